"""What may go into the engine, and when integers stay exact.

Three rules hold everywhere: floats keep their type, of several types they take the widest; booleans and integers become
int64 and stay exact; integers beside floats take the floats' type. Integer arithmetic that could leave int64 is
refused, never wrapped around.
"""

from __future__ import annotations

from functools import lru_cache
from math import prod
from typing import Any

import numpy as np

from grader.engine.arrays.backend import Array, ArrayLike, device, namespace
from grader.errors import EngineError

LARGEST_INTEGER = 2**63 - 1
"""The end of int64."""
EXACT_IN_FLOAT64 = 2**53
"""Integers up to here are doubles, and so are all sums of them that stay below."""


def arrays(op: str, **values: ArrayLike) -> tuple[Any, ...]:
    """The array library of `values`, then each of them in order; all are int64, or all are of one floating type.

    Raises:
        EngineError: a value is ragged, not numeric, or an integer beyond int64, or the arrays come from two
            libraries or devices, or from one that has no int64; the message begins with `op`.
    """
    try:
        xp = namespace(*values.values())
    except EngineError as error:
        raise EngineError(f"{op}: {error}") from None
    where = None if xp is np else _home(op, values)
    found = [_numeric(xp, op, name, value, where) for name, value in values.items()]
    if any(array.dtype != found[0].dtype for array in found):
        floats = [array for array in found if is_floating(xp, array)]
        given = [x for x, v in zip(found, values.values(), strict=True) if is_floating(xp, x) and not _is_number(v)]
        kind = xp.result_type(*(given or floats))
        found = [array if array.dtype == kind else xp.astype(array, kind) for array in found]
    if xp is not np:
        _require_64_bits(xp, op, found)
    return xp, *found


def _is_number(value: object) -> bool:
    """Whether it is a number alone: 0.5 is a double to Python, which is no reason for doubles."""
    return isinstance(value, int | float) or getattr(value, "ndim", 1) == 0


def is_floating(xp: Any, x: Array) -> bool:
    """Whether the entries of `x` are floats."""
    return kind_of(xp, x.dtype) == "f"


@lru_cache(maxsize=256)
def kind_of(xp: Any, dtype: Any) -> str:
    """NumPy's letter for the kind of `dtype` of any library: b, i, u, f, c, or O for anything else."""
    if xp is np:
        return str(dtype.kind)
    kinds = {"b": "bool", "i": "signed integer", "u": "unsigned integer", "f": "real floating", "c": "complex floating"}
    return next((letter for letter, kind in kinds.items() if xp.isdtype(dtype, kind)), "O")


def floating(xp: Any, x: Array) -> Array:
    """`x` itself where it is floating, else `x` in float64."""
    if is_floating(xp, x):
        return x
    result: Array = xp.astype(x, xp.float64)
    return result


def require_exact(xp: Any, op: str, terms: int, *factors: Array, plus: Array | None = None) -> int:
    """Refuses a sum of `terms` products of entries of `factors`, and one of `plus`, that might leave int64.

    The largest magnitudes bound the sum, so that one that is let through is exact. Floats pass unseen.

    Returns:
        The bound; 0 for floats.

    Raises:
        EngineError: the bound exceeds 2**63 - 1.
    """
    if is_floating(xp, factors[0]):
        return 0
    bound = terms * prod(magnitude(xp, factor) for factor in factors)
    if plus is not None:
        bound += magnitude(xp, plus)
    if bound > LARGEST_INTEGER:
        raise EngineError(f"{op}: integers this large may overflow int64 (bound {bound}); pass floating arrays instead")
    return bound


def item_bytes(xp: Any, x: Array) -> int:
    """The size of an entry of `x`."""
    return int((xp.finfo if is_floating(xp, x) else xp.iinfo)(x.dtype).bits) // 8


def lifted(xp: Any, bound: int, one: Array, other: Array) -> tuple[Array, Array]:
    """Integers as float64 where every sum of their products, at most `bound`, is exact in it.

    Matrix products of floats are worked out by BLAS, some twenty times as fast, and on a GPU at all.
    """
    if 0 < bound <= EXACT_IN_FLOAT64:
        return xp.astype(one, xp.float64), xp.astype(other, xp.float64)
    return one, other


def lowered(xp: Any, bound: int, value: Array) -> Array:
    """What was worked out of `lifted` arrays, as integers again."""
    if 0 < bound <= EXACT_IN_FLOAT64:
        result: Array = xp.astype(value, xp.int64)
        return result
    return value


def magnitude(xp: Any, array: Array) -> int:
    """The largest absolute value of integers, 0 where there are none; no int64 limits it."""
    return max(abs(int(xp.max(array))), abs(int(xp.min(array)))) if prod(array.shape) else 0


def _home(op: str, values: dict[str, ArrayLike]) -> Any:
    """The one device that all arrays among `values` live on."""
    homes = [device(value) for value in values.values() if hasattr(value, "dtype")]
    if any(home != homes[0] for home in homes):
        kinds = " and ".join(dict.fromkeys(map(str, homes)))
        raise EngineError(f"{op}: expected arrays on one device, got arrays on {kinds}")
    return homes[0]


def _require_64_bits(xp: Any, op: str, found: list[Array]) -> None:
    """Refuses integers that were to become int64 and did not, as in JAX without being asked to."""
    if found and not is_floating(xp, found[0]) and found[0].dtype != xp.int64:
        raise EngineError(
            f"{op}: integers need 64 bits to stay exact, and the array library gives {found[0].dtype}; for JAX set "
            "jax_enable_x64, or pass floating arrays"
        )


def _numeric(xp: Any, op: str, name: str, value: ArrayLike, where: Any) -> Array:
    try:
        array: Array = xp.asarray(value, device=None if hasattr(value, "dtype") else where)
    except (TypeError, ValueError, RuntimeError, OverflowError):
        raise EngineError(f"{op}: {name} {_why_none(value)}") from None
    kind = kind_of(xp, array.dtype)
    if kind == "u" and magnitude(xp, array) > LARGEST_INTEGER:
        raise EngineError(f"{op}: {name} holds integers beyond int64; pass a floating array instead")
    if kind in "biu":
        return array if array.dtype == xp.int64 else xp.astype(array, xp.int64)
    if kind != "f":
        raise EngineError(f"{op}: {name} must hold integers or floats within int64's range, got dtype {array.dtype}")
    return array


def _why_none(value: ArrayLike) -> str:
    """Why there is no array of `value`: libraries say so in many ways, NumPy knows."""
    try:
        kind = np.asarray(value).dtype
    except ValueError:
        return "is ragged; every row must be as long as the first"
    return f"must hold integers or floats within int64's range, got dtype {kind}"
