"""The largest entry of each place, and where it stood. Arrays are (L, *size), with one leading axis."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from math import prod
from typing import Any

from grader.engine.arrays.backend import Array, device
from grader.engine.arrays.numeric import is_floating
from grader.engine.poolings.lines import Line, by_runs, owned, whole


def largest(xp: Any, x: Array, lines: Sequence[Line]) -> Array:
    """(L, *size) to (L, *output): each place's largest entry, NaN where there is one."""
    if whole(lines):
        top: Array = xp.reshape(xp.max(_flat(xp, x), axis=1), (x.shape[0], *(1,) * len(lines)))
        return top
    for number, line in enumerate(lines, start=1):
        if line.runs:
            x = by_runs(xp, xp.max, x, line, number)
        else:
            x = reduce(xp.maximum, line.met(xp, x, number, _lowest(xp, x)))
    return owned(xp, x, lines)


def first_largest(xp: Any, x: Array, lines: Sequence[Line]) -> tuple[Array, Array]:
    """Each place's largest entry, and its flat index in its own block of `size`, int64.

    Of equal ones it is the first in row order, of NaNs the last, as in PyTorch.
    """
    if whole(lines):
        values = largest(xp, x, lines)
        if not (is_floating(xp, x) and xp.any(xp.isnan(values))):
            return values, xp.astype(xp.reshape(xp.argmax(_flat(xp, x), axis=1), values.shape), xp.int64)
    kind = xp.uint8 if prod(line.taps for line in lines) <= 256 else xp.int64
    weight = 1
    taps: Any = None
    for number, line in reversed(list(enumerate(lines, start=1))):
        x, taps = _better(xp, x, taps, line, number, weight, kind)
        weight *= line.taps
    return x, _indices(xp, taps, lines)


def _better(
    xp: Any, x: Array, taps: Array | None, line: Line, number: int, weight: int, kind: Any
) -> tuple[Array, Array]:
    """The largest along one axis, and their taps' numbers in row order over the axes from this one on.

    `taps`, all below `weight`, are the winners along the axes after this one. A later tap of this axis has the larger
    number and wins only where it is better than all before it, so the winner is the largest number among those that
    were better: a maximum of bytes, and no choice between entries.
    """
    patches = line.met(xp, x, number, _lowest(xp, x))
    below: Any = iter([0] * line.taps) if taps is None else line.met(xp, taps, number, 0)
    values = xp.asarray(next(patches), copy=True)
    winners = xp.zeros_like(values, dtype=kind) + next(below)
    for tap, (strided, inner) in enumerate(zip(patches, below, strict=True), start=1):
        patch = xp.asarray(strided, copy=True)  # side by side in memory, which the three steps on it repay
        better = patch > values
        if is_floating(xp, x):
            better = better | xp.isnan(patch)
        values = xp.maximum(values, patch)
        winners = xp.maximum(winners, xp.astype(better, kind) * (inner + tap * weight))
    return values, winners


def _indices(xp: Any, taps: Array, lines: Sequence[Line]) -> Array:
    """Flat indices in the input from the numbers of the winning taps."""
    corner: Any = 0
    first: Any = 0
    offsets = [0]
    weight, stride = 1, 1
    for number, line in reversed(list(enumerate(lines, start=1))):
        starts = line.starts(xp, taps)
        starts = xp.reshape(starts, (starts.shape[0], *(1,) * (number - 1), -1, *(1,) * (len(lines) - number)))
        corner = corner + starts * stride
        first = first + xp.maximum(-(starts // line.step), xp.zeros_like(starts)) * weight
        offsets = [tap * line.step * stride + offset for tap in range(line.taps) for offset in offsets]
        weight, stride = weight * line.taps, stride * line.size
    # Where no entry is above the padding, which is the lowest there is, the first entry has won.
    taps = xp.astype(xp.maximum(taps, xp.astype(first, taps.dtype)), xp.int64)
    table = xp.asarray(offsets, dtype=xp.int64, device=device(taps))
    moved = xp.take(table, xp.reshape(taps, (-1,)), axis=0)
    result: Array = corner + xp.reshape(moved, taps.shape)
    return result


def _flat(xp: Any, x: Array) -> Array:
    """(L, *size) as (L, entries)."""
    flat: Array = xp.reshape(x, (x.shape[0], prod(x.shape[1:])))
    return flat


def _lowest(xp: Any, x: Array) -> float:
    """What no entry of the type of `x` is below."""
    return -xp.inf if is_floating(xp, x) else int(xp.iinfo(x.dtype).min)
