"""What may go into the engine, and when integers stay exact.

Two rules hold everywhere: floats keep their type; booleans and integers become int64 and stay exact.
Integer arithmetic that could leave int64 is refused, never wrapped around.
"""

from __future__ import annotations

from math import prod
from typing import Any

from grader.engine.arrays.backend import Array, ArrayLike, namespace
from grader.errors import EngineError

LARGEST_INTEGER = 2**63 - 1
"""The end of int64."""


def arrays(op: str, **values: ArrayLike) -> tuple[Any, ...]:
    """The array library of `values`, then each of them in order, as an int64 or floating array.

    Raises:
        EngineError: a value is ragged, not numeric, or an integer beyond int64; the message begins with `op`.
    """
    xp = namespace(*values.values())
    return xp, *(_numeric(xp, op, name, value) for name, value in values.items())


def floating(xp: Any, x: Array) -> Array:
    """`x` itself where it is floating, else `x` in float64."""
    return x if x.dtype.kind == "f" else x.astype(xp.float64)


def require_exact(op: str, terms: int, *factors: Array, plus: Array | None = None) -> None:
    """Refuses a sum of `terms` products of entries of `factors`, and one of `plus`, that might leave int64.

    The largest magnitudes bound the sum, so that one that is let through is exact. Floats pass unseen.

    Raises:
        EngineError: the bound exceeds 2**63 - 1.
    """
    if any(factor.dtype.kind == "f" for factor in factors):
        return
    bound = terms * prod(magnitude(factor) for factor in factors)
    if plus is not None and plus.dtype.kind != "f":
        bound += magnitude(plus)
    if bound > LARGEST_INTEGER:
        raise EngineError(f"{op}: integers this large may overflow int64 (bound {bound}); pass floating arrays instead")


def magnitude(array: Array) -> int:
    """The largest absolute value of integers, 0 where there are none; no int64 limits it."""
    return max(abs(int(array.max())), abs(int(array.min()))) if array.size else 0


def _numeric(xp: Any, op: str, name: str, value: ArrayLike) -> Array:
    try:
        array: Array = xp.asarray(value)
    except ValueError:
        raise EngineError(f"{op}: {name} is ragged; every row must be as long as the first") from None
    if array.dtype.kind in "biu":
        if array.dtype.kind == "u" and magnitude(array) > LARGEST_INTEGER:
            raise EngineError(f"{op}: {name} holds integers beyond int64; pass a floating array instead")
        return array.astype(xp.int64, copy=False)
    if array.dtype.kind != "f":
        raise EngineError(f"{op}: {name} must hold integers or floats within int64's range, got dtype {array.dtype}")
    return array
