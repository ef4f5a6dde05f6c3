"""Places of unequal length along an axis, as adaptive pooling has them."""

from __future__ import annotations

import operator
from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from typing import Any

from grader.engine.arrays.backend import Array, device


@dataclass(frozen=True, slots=True)
class Spans:
    """Place p holds the entries from firsts[p] up to, not with, ends[p]; both rise, or stay, from place to place.

    A `grader.engine.poolings.lines.SumLine`.
    """

    size: int
    """The input's extent."""
    firsts: tuple[int, ...]
    ends: tuple[int, ...]

    @property
    def lengths(self) -> list[int]:
        """How many entries each place holds."""
        return [end - first for first, end in zip(self.firsts, self.ends, strict=True)]

    @property
    def taps(self) -> int:
        """The greatest length."""
        return max(self.lengths)

    @property
    def step(self) -> int:
        """The entries of a place stand side by side."""
        return 1

    @property
    def runs(self) -> tuple[slice, ...]:
        """The places themselves, where they are fewer than their entries."""
        return tuple(map(slice, self.firsts, self.ends)) if len(self.firsts) < self.taps else ()

    def met(self, xp: Any, x: Array, number: int, fill: float) -> Iterator[Array]:
        """One entry of each place after the other, and `fill` where a place has no more."""
        lengths = self.lengths
        for tap in range(max(lengths)):
            stand = [min(first + tap, self.size - 1) for first in self.firsts]
            patch = xp.take(x, xp.asarray(stand, dtype=xp.int64, device=device(x)), axis=number)
            yield patch if min(lengths) > tap else self._held(xp, patch, number, tap, fill)

    def returned(self, xp: Any, y: Array, number: int) -> Array:
        """For each entry of the input the sum over the places that hold it, which are a run too."""
        firsts = tuple(sum(end <= entry for end in self.ends) for entry in range(self.size))
        ends = tuple(sum(first <= entry for first in self.firsts) for entry in range(self.size))
        return reduce(operator.add, Spans(len(self.firsts), firsts, ends).met(xp, y, number, 0))

    def starts(self, xp: Any, like: Array) -> Array:
        """The same for all leading indices, (1, places)."""
        result: Array = xp.asarray([self.firsts], dtype=xp.int64, device=device(like))
        return result

    def _held(self, xp: Any, patch: Array, number: int, tap: int, fill: float) -> Array:
        there = xp.asarray([length > tap for length in self.lengths], dtype=xp.bool, device=device(patch))
        column = xp.reshape(there, (-1, *(1,) * (patch.ndim - number - 1)))
        held: Array = xp.where(column, patch, xp.asarray(fill, dtype=patch.dtype, device=device(patch)))
        return held
