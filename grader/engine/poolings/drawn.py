"""Places of equal length along an axis that begin where they were drawn, for each image elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import prod
from typing import Any

from grader.engine.arrays.backend import Array, device


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """A `grader.engine.poolings.lines.Line`, for maxima."""

    size: int
    """The input's extent."""
    taps: int
    """The kernel's extent."""
    firsts: Array
    """Where each place begins, (L, places), int64."""

    @property
    def step(self) -> int:
        """The entries of a place stand side by side."""
        return 1

    @property
    def only(self) -> slice | None:
        """Where one place stands differs from image to image."""
        return None

    def met(self, xp: Any, x: Array, number: int, fill: float) -> Iterator[Array]:  # noqa: ARG002  # no padding to fill
        """One entry of each place after the other."""
        order = (0, number, *(n for n in range(1, x.ndim) if n != number))
        back = (0, *range(2, number + 1), 1, *range(number + 1, x.ndim))
        moved = xp.permute_dims(x, order)
        rows = xp.reshape(moved, (-1, prod(moved.shape[2:])))
        images = xp.arange(x.shape[0], dtype=xp.int64, device=device(x)) * self.size
        stand = xp.expand_dims(images, axis=1) + self.firsts
        for tap in range(self.taps):
            patch = xp.take(rows, xp.reshape(stand + tap, (-1,)), axis=0)
            yield xp.permute_dims(xp.reshape(patch, (*stand.shape, *moved.shape[2:])), back)

    def starts(self, xp: Any, like: Array) -> Array:  # noqa: ARG002  # they are known
        """As they were drawn."""
        return self.firsts
