"""Values between the pixels: multilinear sampling at any positions, its slopes, and its adjoint.

A value at a position is the mean of the 2 ** axes pixels around it, each weighed along every axis by 1 - its distance.
Beyond the image there are zeros, so that an image fades out over one pixel.
Source: Dai et al., "Deformable Convolutional Networks", equations 3 and 4.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, reduce
from itertools import product
from math import prod
from typing import Any, TypeAlias

from grader.engine.arrays.backend import Array, added, device, placed

BUFFER = 2**18
"""Entries of an interpolation matrix that are made at a time, where one sample has no more."""

Corner: TypeAlias = tuple[int, ...]
"""One of the pixels around a position: along each axis the one before (0) or behind (1) it."""


@dataclass(frozen=True)
class Samples:
    """Positions in a stack of images, at which every channel of an image is read."""

    xp: Any
    positions: tuple[Array, ...]
    """For each spatial axis (images, samples), in pixels from the first one."""
    size: tuple[int, ...]

    @cached_property
    def reach(self) -> tuple[Array, ...]:
        """The positions, held where there is nothing but zeros around them, so that every one has an index."""
        return tuple(self.xp.clip(at, -2, n) for at, n in zip(self.positions, self.size, strict=True))

    @cached_property
    def fractions(self) -> tuple[Array, ...]:
        """How far each position lies behind the pixel before it."""
        return tuple(at - self.xp.floor(at) for at in self.reach)

    def values(self, images: Array) -> Array:
        """`images` of shape (images, channels, *size) at the positions: (images, samples, channels)."""
        return self._mean(images, self.fractions, tuple(1 - part for part in self.fractions))

    def slopes(self, images: Array, axis: int) -> Array:
        """How the values change with the position along `axis`; at a pixel, the slope behind it."""
        behind, before = list(self.fractions), [1 - part for part in self.fractions]
        behind[axis] = self.xp.ones_like(behind[axis])
        before[axis] = -behind[axis]
        return self._mean(images, tuple(behind), tuple(before))

    def spread(self, grad: Array) -> Array:
        """The adjoint of `values`: (images, samples, channels) to (images, channels, *size).

        The standard has no sum into repeated indices. So this is a product with the matrix of all weights, some
        samples at a time.
        """
        xp, (count, samples, channels) = self.xp, grad.shape
        total: Array = xp.zeros((count, channels, prod(self.size)), dtype=grad.dtype, device=device(grad))
        step = max(BUFFER // (max(count, 1) * prod(self.size)), 1)
        for start in range(0, samples, step):
            some = slice(start, min(start + step, samples))
            total = added(total, ..., xp.matmul(xp.matrix_transpose(grad[:, some, :]), self._matrix(some)))
        result: Array = xp.reshape(total, (count, channels, *self.size))
        return result

    def _mean(self, images: Array, behind: tuple[Array, ...], before: tuple[Array, ...]) -> Array:
        """The pixels around each position, times the product of their weights along the axes."""
        rows, axes = self._rows(images), list(zip(before, behind, strict=True))

        def part(corner: Corner) -> Array:
            weight = reduce(self.xp.multiply, (sides[side] for sides, side in zip(axes, corner, strict=True)))
            weighed: Array = self._picked(rows, corner) * weight[..., None]
            return weighed

        return reduce(self.xp.add, map(part, product((0, 1), repeat=len(axes))))

    def _rows(self, images: Array) -> Array:
        """The pixels of all images below one another, each image within zeros: (images * pixels, channels)."""
        xp, (count, channels, *size) = self.xp, images.shape
        within = xp.zeros((count, *(n + 2 for n in size), channels), dtype=images.dtype, device=device(images))
        inner = (slice(None), *(slice(1, n + 1) for n in size), ...)
        within = placed(within, inner, xp.permute_dims(images, (0, *range(2, images.ndim), 1)))
        rows: Array = xp.reshape(within, (count * prod(n + 2 for n in size), channels))
        return rows

    def _picked(self, rows: Array, corner: Corner) -> Array:
        """The pixel at `corner` of every position, (images, samples, channels)."""
        xp, (count, samples) = self.xp, self.positions[0].shape
        index = xp.arange(count, dtype=xp.int64, device=device(rows))[:, None]
        for at, n, last in zip(self.reach, self.size, corner, strict=True):
            pixel = xp.clip(xp.floor(at) + last, -1, n) + 1
            # A position that is no number has weights that are none; any index will do.
            whole = xp.astype(xp.where(xp.isnan(pixel), xp.zeros_like(pixel), pixel), xp.int64)
            index = index * (n + 2) + whole
        taken = xp.take(rows, xp.reshape(index, (count * samples,)), axis=0)
        picked: Array = xp.reshape(taken, (count, samples, rows.shape[1]))
        return picked

    def _matrix(self, some: slice) -> Array:
        """The weight of every pixel in some of the samples, (images, some, pixels)."""
        xp = self.xp
        nears = []
        for at, n in zip(self.reach, self.size, strict=True):
            pixels = xp.arange(n, dtype=at.dtype, device=device(at))
            nears.append(xp.clip(1 - xp.abs(at[:, some][..., None] - pixels), 0, None))
        return reduce(self._outer, nears)

    def _outer(self, one: Array, other: Array) -> Array:
        extents = (*one.shape[:2], one.shape[2] * other.shape[2])
        outer: Array = self.xp.reshape(one[..., :, None] * other[..., None, :], extents)
        return outer
