"""What goes into a layer: arrays that may be left out, a gradient that has to fit, numbers that say what to do."""

from __future__ import annotations

from math import inf
from numbers import Integral, Real
from typing import Any

from grader.engine.arrays.backend import Array, ArrayLike, device
from grader.engine.arrays.numeric import arrays, floating
from grader.engine.geometry.fitting import require_shape
from grader.errors import EngineError

_NEVER_LEFT_OUT = frozenset({"x", "target", "grad_output"})


def operands(op: str, **values: ArrayLike | None) -> tuple[Any, ...]:
    """The array library of `values`, then each in order, as `arrays` gives it; None stays None where it may stand.

    Raises:
        EngineError: as ``arrays``; None for an array that no layer does without.
    """
    for name in values.keys() & _NEVER_LEFT_OUT:
        if values[name] is None:
            raise EngineError(f"{op}: {name} must be an array, got None")
    xp, *found = arrays(op, **{name: value for name, value in values.items() if value is not None})
    each = iter(found)
    return xp, *(None if value is None else next(each) for value in values.values())


def floats(op: str, **values: ArrayLike | None) -> tuple[Any, ...]:
    """As `operands`, with integers as float64.

    Raises:
        EngineError: as ``arrays``.
    """
    xp, *found = operands(op, **values)
    return xp, *(None if array is None else floating(xp, array) for array in found)


def beside(xp: Any, op: str, name: str, value: ArrayLike, like: Array) -> Array:
    """`value` in the library of `like`; integers stay integers, as classes and masks do beside floats.

    Raises:
        EngineError: as ``arrays``.
    """
    near = xp.zeros((0,), dtype=xp.int64, device=device(like))
    _, found, _ = arrays(op, **{name: value, "x": near})
    array: Array = found
    return array


def flowing(op: str, x: ArrayLike, grad_output: ArrayLike) -> tuple[Any, Array, Array]:
    """The library of both, x, and what flows back through a layer that keeps its shape; integers stay integers.

    Raises:
        EngineError: as ``arrays``, and where the shapes differ.
    """
    xp, x, grad = arrays(op, x=x, grad_output=grad_output)
    require_shape(op, "grad_output", grad.shape, x.shape)
    return xp, x, grad


def flowing_floats(op: str, x: ArrayLike, grad_output: ArrayLike) -> tuple[Any, Array, Array]:
    """As `flowing`, with integers as float64.

    Raises:
        EngineError: as `flowing`.
    """
    xp, x, grad = flowing(op, x, grad_output)
    return xp, floating(xp, x), floating(xp, grad)


def require_broadcast(op: str, name: str, found: tuple[int, ...], shape: tuple[int, ...]) -> None:
    """Refuses an array that does not stretch to `shape`: from the last axis on every extent is 1 or the same.

    Raises:
        EngineError: it does not.
    """
    fits = len(found) <= len(shape) and all(
        extent in (1, wanted) for extent, wanted in zip(reversed(found), reversed(shape), strict=False)
    )
    if not fits:
        raise EngineError(f"{op}: {name} of shape {tuple(found)} does not broadcast to shape {tuple(shape)}")


def number(op: str, name: str, value: object, *, least: float = -inf, above: float = -inf, most: float = inf) -> float:
    """`value`, a finite number, as an int or a float of Python's, which widen no array.

    Raises:
        EngineError: it is none (True is none), below `least`, not above `above`, or beyond `most`.
    """
    found = _plain(value)
    if found is None or found in {inf, -inf} or found != found:  # noqa: PLR0124  # only NaN differs from itself
        raise EngineError(f"{op}: {name} must be a finite number, got {value!r}")
    if found < least:
        raise EngineError(f"{op}: {name} must be at least {least}, got {found!r}")
    if found <= above:
        raise EngineError(f"{op}: {name} must be greater than {above}, got {found!r}")
    if found > most:
        raise EngineError(f"{op}: {name} must be at most {most}, got {found!r}")
    return found


def _plain(value: object) -> float | None:
    if isinstance(value, Integral) and not isinstance(value, bool):
        return int(value)
    return float(value) if isinstance(value, Real) and not isinstance(value, Integral) else None
