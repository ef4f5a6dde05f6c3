"""Whether a value that came back is the right one, and in words how it is not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np

from grader.kinds._code.words import Layout, Numbers
from grader.sandbox import Opaque

Sort: TypeAlias = Literal["nothing", "kind", "shape", "numbers", "near", "raised", "stopped"]
"""``near``: numbers further off than rounding goes, and nearer than any mistake."""

RTOL, ATOL = 1e-6, 1e-9
NEAR = 1e-4
"""Of what is to be looked at, as where 1e-5 was added so that no logarithm is taken of 0."""
RTOL_SINGLE = 1e-4
"""Of float32: some twenty roundings of 6e-8 each, and room for sums in another order."""

_THINGS = {"H": "row", "P": "row", "W": "column", "Q": "column", "N": "example", "C": "channel", "O": "channel"}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one result."""

    sort: Sort
    text: str
    """It goes on behind the result's name: ``out has one row too many``. It holds no right number."""


def fault(got: Any, want: Numbers, layout: Layout, tolerance: float | None = None) -> Fault | None:
    """What is wrong with `got`; None where nothing is.

    Args:
        got: whatever came back.
        want: what is right, as the course lays it out.
        layout: how that is, so that rows can be told from columns.
        tolerance: how far off a number may be, relative to its size.
    """
    if got is None:
        return Fault("nothing", "is None")
    array = as_array(got, want)
    if array is None:
        return Fault("kind", f"is {_kind(got)}, expected {_expected(want)}")
    if array.shape != want.shape:
        return Fault("shape", _shapes(array, want, layout))
    if agree(array, want, tolerance):
        return None
    if tolerance is None and _is_near(array, want):
        return Fault("near", f"is right but for {_furthest(array, want):.0e}, which is more than rounding")
    return Fault("numbers", _numbers(array, want, tolerance))


def as_array(got: Any, want: Numbers) -> Numbers | None:
    """`got` as real numbers, None where it holds none; an array of one entry is the number that is asked for."""
    if isinstance(got, np.ndarray | np.generic | bool | int | float | list | tuple):
        try:
            array = np.asarray(got)
        except (ValueError, OverflowError):  # rows of different lengths, integers beyond all types
            return None
        if array.dtype.kind in "biuf":
            return array.reshape(()) if want.ndim == 0 and array.size == 1 else array
    return None


def agree(got: Numbers, want: Numbers, tolerance: float | None = None) -> bool:
    """Whether two arrays of one shape hold the same numbers; NaN and infinity equal nothing but themselves."""
    return np.array_equal(got, want) or bool(_close(got, want, tolerance).all())


def _close(got: Numbers, want: Numbers, tolerance: float | None) -> Numbers:
    single = got.dtype in (np.float32, np.float16)
    rtol = tolerance or (RTOL_SINGLE if single else RTOL)
    # Sums of single numbers are as exact as their largest terms, so what cancels out is off by a share of those.
    finite = np.abs(want[np.isfinite(want)])
    largest = float(finite.max(initial=0.0))
    atol = max(ATOL, rtol * largest if single else 0.01 * (tolerance or 0.0) * largest)
    with np.errstate(invalid="ignore", over="ignore"):
        near = np.isclose(got.astype(np.float64), want.astype(np.float64), rtol=rtol, atol=atol, equal_nan=True)
    return np.asarray(near)


def _is_near(got: Numbers, want: Numbers) -> bool:
    finite = bool(np.isfinite(got).all() and np.isfinite(want).all())
    return finite and _furthest(got, want) <= NEAR * max(1.0, float(np.abs(want).max(initial=0.0)))


def _furthest(got: Numbers, want: Numbers) -> float:
    return float(np.abs(got.astype(np.float64) - want).max(initial=0.0))


def _kind(got: Any) -> str:
    match got:
        case Opaque(type=name):
            return f"of type {name}"
        case np.ndarray():
            return f"an array of {got.dtype}"
        case tuple() | list():
            return f"a {type(got).__name__} of {len(got)}"
    return f"of type {type(got).__name__}"


def _expected(want: Numbers) -> str:
    return f"an array of shape {want.shape}" if want.ndim else "a number"


def _shapes(got: Numbers, want: Numbers, layout: Layout) -> str:
    if not want.ndim:
        return f"is an array of shape {got.shape}, expected a number"
    both = f"its shape is {got.shape}, expected {want.shape}"
    if got.size == 0:
        return f"is empty ({both})"
    if got.ndim == want.ndim:
        differ = [axis for axis in range(got.ndim) if got.shape[axis] != want.shape[axis]]
        counted = [_count(got.shape[axis] - want.shape[axis], layout.axes[axis]) for axis in differ]
        if all(counted):
            return f"has {' and '.join(counted)} ({both})"
    return f"has another shape ({both})"


def _count(more: int, axis: str) -> str:
    """How many rows too many; nothing where the axis has no name for its entries."""
    thing = _THINGS.get(axis, "")
    if not thing:
        return ""
    number = "one" if abs(more) == 1 else str(abs(more))
    return f"{number} {thing}{'s' if abs(more) > 1 else ''} too {'many' if more > 0 else 'few'}"


def _numbers(got: Numbers, want: Numbers, tolerance: float | None) -> str:
    if got.dtype.kind in "biu" and not np.array_equal(want, np.rint(want)):
        return "holds whole numbers where the right ones have fractions: an integer array or // cuts them off"
    if np.isnan(got).any() and not np.isnan(want).any():
        return "holds NaN"
    if np.isinf(got).any() and not np.isinf(want).any():
        return "holds infinity"
    if not want.ndim:
        return "is another number"
    close = _close(got, want, tolerance)
    if close.any():
        return f"is right in {int(close.sum())} of {close.size} entries"
    return "is right in no entry" if close.size > 1 else "is another number"
