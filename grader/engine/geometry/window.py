"""How a kernel slides over the spatial axes of an input: worked out once, then used by every operation.

Nothing here loops over pixels. A kernel of k taps sees the padded input as k shifted, strided regions, each
of the output's shape; every operation of the engine is a sum or a maximum over those regions.
Source: Dumoulin & Visin, "A guide to convolution arithmetic for deep learning".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any, TypeAlias

from grader.engine.arrays.backend import Array, device, placed

Index: TypeAlias = tuple[Any, ...]
"""Picks from the last axes of an array: an ellipsis, then an integer or a slice for each."""


@dataclass(frozen=True, slots=True)
class Axis:
    """A kernel that slides along one axis."""

    size: int
    """The input's extent."""
    kernel: int
    stride: int
    before: int
    """Padding before the input."""
    after: int
    """Padding after the input."""
    dilation: int
    places: int
    """The output's extent: how many places the kernel takes."""

    @property
    def reach(self) -> int:
        """How far the places reach into the padded input, in ceil mode beyond it."""
        return (self.places - 1) * self.stride + self.dilation * (self.kernel - 1) + 1

    @property
    def padded(self) -> int:
        """The padded input's extent; in ceil mode the last place may reach beyond the padding asked for."""
        return max(self.before + self.size + self.after, self.reach)

    @property
    def inner(self) -> slice:
        """Where the input lies within the padded input."""
        return slice(self.before, self.before + self.size)

    def region(self, tap: int) -> slice:
        """What the kernel's entry `tap` meets of the padded input, over all places."""
        first = tap * self.dilation
        return slice(first, first + (self.places - 1) * self.stride + 1, self.stride)

    def cover(self, *, padding: bool) -> list[int]:
        """For each place, how many of the kernel's taps lie on the input, or on the padded input."""
        low, high = (0, self.before + self.size + self.after) if padding else (self.before, self.inner.stop)
        if low == 0 and self.reach <= high:
            return [self.kernel] * self.places
        starts = range(0, self.places * self.stride, self.stride)
        return [max(self._taps_before(high - start) - self._taps_before(low - start), 0) for start in starts]

    def _taps_before(self, end: int) -> int:
        """How many of the kernel's taps lie before `end`, counted from the first one."""
        return min(max(-(-end // self.dilation), 0), self.kernel)


@dataclass(frozen=True, slots=True)
class Window:
    """A kernel that slides over all spatial axes, the last axes of an array."""

    axes: tuple[Axis, ...]

    @property
    def size(self) -> tuple[int, ...]:
        """The input's extents."""
        return tuple(axis.size for axis in self.axes)

    @property
    def kernel(self) -> tuple[int, ...]:
        """The kernel's extents."""
        return tuple(axis.kernel for axis in self.axes)

    @property
    def output(self) -> tuple[int, ...]:
        """The output's extents."""
        return tuple(axis.places for axis in self.axes)

    @property
    def padded(self) -> tuple[int, ...]:
        """The padded input's extents."""
        return tuple(axis.padded for axis in self.axes)

    @property
    def inner(self) -> Index:
        """Where the input lies within the padded input."""
        return (..., *(axis.inner for axis in self.axes))

    def lead(self, shape: tuple[int, ...]) -> tuple[int, ...]:
        """The extents of `shape` before the spatial ones."""
        return shape[: -len(self.axes)]

    def pad(self, xp: Any, x: Array, value: float = 0) -> Array:
        """`x` of shape (..., *size) within `value`, as (..., *padded); `x` itself where nothing is added."""
        if self.padded == self.size:
            return x
        canvas: Array = xp.full((*self.lead(x.shape), *self.padded), value, dtype=x.dtype, device=device(x))
        return placed(canvas, self.inner, x)

    def taps(self) -> Iterator[tuple[Index, Index]]:
        """Each tap of the kernel in row order, with the region of the padded input that it meets."""
        for tap in product(*map(range, self.kernel)):
            yield (
                (..., *tap),
                (..., *(axis.region(i) for axis, i in zip(self.axes, tap, strict=True))),
            )
