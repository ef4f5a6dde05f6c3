"""How the places of a pooling lie along one axis: what each tap meets, and the way back.

A pooling window is the product of its axes, so maxima and sums go one axis at a time: over n axes with k taps each
that is n * k steps instead of k ** n, and every step is one operation on whole arrays. Arrays here have one leading
axis, then the spatial ones; an axis has its `number` counted from the front.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from grader.engine.arrays.backend import Array, added, device
from grader.engine.geometry.window import Axis, Window


class Line(Protocol):
    """The places along one axis."""

    @property
    def size(self) -> int:
        """The input's extent."""

    @property
    def taps(self) -> int:
        """The most entries that a place meets."""

    @property
    def step(self) -> int:
        """How far apart these entries are."""

    @property
    def runs(self) -> tuple[slice, ...]:
        """What each place holds, where that is a run of entries and the places are few; else nothing."""

    def met(self, xp: Any, x: Array, number: int, fill: float) -> Iterator[Array]:
        """For each tap what the places meet of `x`; `fill` where that is nothing."""

    def starts(self, xp: Any, like: Array) -> Array:
        """Where the first tap stands in the input, (1 or L, places); negative in the padding."""


class SumLine(Line, Protocol):
    """Places whose sums have a way back."""

    def returned(self, xp: Any, y: Array, number: int) -> Array:
        """The adjoint of the sum of what is met: every place's entry added to all that it met."""


@dataclass(frozen=True, slots=True)
class Slide:
    """A kernel that slides by a stride: a `SumLine`."""

    axis: Axis

    @property
    def size(self) -> int:
        """The input's extent."""
        return self.axis.size

    @property
    def taps(self) -> int:
        """The kernel's extent."""
        return self.axis.kernel

    @property
    def step(self) -> int:
        """The dilation."""
        return self.axis.dilation

    @property
    def runs(self) -> tuple[slice, ...]:
        """All that one place reaches of the input."""
        axis = self.axis
        if axis.places > 1 or axis.dilation > 1:
            return ()
        return (slice(0, max(min(axis.kernel - axis.before, axis.size), 0)),)

    def met(self, xp: Any, x: Array, number: int, fill: float) -> Iterator[Array]:
        """Strided views; of the padding only what the places reach is made."""
        axis = self.axis
        if axis.before or axis.reach > axis.size:
            known = min(axis.size, axis.reach - axis.before)
            inner = x[along(number, slice(0, known))]
            x = _between(xp, inner, number, axis.before, axis.reach - axis.before - known, fill)
        for tap in range(axis.kernel):
            yield x[along(number, axis.region(tap))]

    def returned(self, xp: Any, y: Array, number: int) -> Array:
        """Into a canvas of the padded extent, tap by tap."""
        axis = self.axis
        extents = (*y.shape[:number], axis.padded, *y.shape[number + 1 :])
        canvas: Array = xp.zeros(extents, dtype=y.dtype, device=device(y))
        for tap in range(axis.kernel):
            canvas = added(canvas, along(number, axis.region(tap)), y)
        inner: Array = canvas[along(number, axis.inner)]
        return inner

    def starts(self, xp: Any, like: Array) -> Array:
        """The same for all leading indices."""
        first, step = -self.axis.before, self.axis.stride
        found = xp.arange(first, first + step * self.axis.places, step, dtype=xp.int64, device=device(like))
        result: Array = xp.reshape(found, (1, -1))
        return result


def slides(window: Window) -> tuple[SumLine, ...]:
    """The axes of a sliding window."""
    return tuple(map(Slide, window.axes))


def whole(lines: Sequence[Line]) -> bool:
    """Whether there is one place, and it holds all."""
    return all(line.runs == (slice(0, line.size),) for line in lines)


def owned(xp: Any, y: Array, lines: Sequence[Line]) -> Array:
    """`y`, pooled along `lines`; a copy where nothing was pooled, as it may be a view of the input then."""
    if any(line.taps > 1 for line in lines):
        return y
    copied: Array = xp.asarray(y, copy=True)
    return copied


def by_runs(xp: Any, reduction: Callable[..., Array], x: Array, line: Line, number: int) -> Array:
    """One of the library's own reductions, of the runs of `line` one by one."""
    parts = [reduction(x[along(number, run)], axis=number, keepdims=True) for run in line.runs]
    together: Array = parts[0] if len(parts) == 1 else xp.concat(parts, axis=number)
    return together


def along(number: int, part: slice) -> tuple[Any, ...]:
    """`part` of axis `number`, and all of the others."""
    return (*(slice(None),) * number, part, ...)


def _between(xp: Any, x: Array, number: int, before: int, after: int, fill: float) -> Array:
    """`x` with so many entries of `fill` before and after it along axis `number`."""
    sides = [
        xp.full((*x.shape[:number], wide, *x.shape[number + 1 :]), fill, dtype=x.dtype, device=device(x))
        for wide in (before, after)
    ]
    result: Array = xp.concat([sides[0], x, sides[1]], axis=number)
    return result
