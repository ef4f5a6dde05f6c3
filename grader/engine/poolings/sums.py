"""The sum of each place, and its adjoint. Arrays are (L, *size), with one leading axis."""

from __future__ import annotations

import operator
from collections.abc import Sequence
from functools import partial, reduce
from math import prod
from typing import Any

from grader.engine.arrays.backend import Array, device
from grader.engine.poolings.lines import SumLine, by_runs, owned, whole


def summed(xp: Any, x: Array, lines: Sequence[SumLine]) -> Array:
    """(L, *size) to (L, *output): each place's sum, the padding as zeros."""
    if whole(lines):
        entries = prod(x.shape[1:])
        # A product with ones, because a sum along a short axis starts anew for each row.
        ones = xp.ones((entries, 1), dtype=x.dtype, device=device(x))
        total = xp.matmul(xp.reshape(x, (x.shape[0], entries)), ones)
        return xp.reshape(total, (x.shape[0], *(1,) * len(lines)))  # type: ignore[no-any-return]
    for number, line in enumerate(lines, start=1):
        if line.runs:
            x = by_runs(xp, partial(xp.sum, dtype=x.dtype), x, line, number)
        else:
            x = reduce(operator.add, line.met(xp, x, number, 0))
    return owned(xp, x, lines)


def spread(xp: Any, y: Array, lines: Sequence[SumLine]) -> Array:
    """The adjoint, (L, *output) to (L, *size): each entry is added to every input entry of its place."""
    if whole(lines):
        size = (y.shape[0], *(line.size for line in lines))
        return xp.asarray(xp.broadcast_to(y, size), copy=True)  # type: ignore[no-any-return]
    for number, line in reversed(list(enumerate(lines, start=1))):
        y = line.returned(xp, y, number)
    return y
