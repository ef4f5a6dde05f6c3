"""A convolution cut into blocks that fit a buffer: problems, then images, then rows of places.

Matrix products need every patch as a column ("im2col"), which is the input as many times over as the kernel has taps.
Made block by block into one buffer it costs no memory and stays in the processor's cache.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import prod
from typing import Any

from grader.engine.arrays.backend import Array, added, placed
from grader.engine.convolutions.plan import Plan
from grader.engine.geometry.window import Axis

BUFFER = 4 * 2**20
"""Bytes of columns that are made at a time, where a few hundred columns are no more than that."""
MOST = 14 * 2**20
"""Bytes that they are never more than, where one row of places is not."""
COLUMNS = 384
"""Columns that a matrix product should have, so that it is worth its start."""


@dataclass(frozen=True, slots=True)
class Block:
    """Some problems, some images, some rows of places (along the first spatial axis)."""

    problems: slice
    images: slice
    rows: slice

    @property
    def extents(self) -> tuple[int, int, int]:
        """How many of each."""
        counts = [part.stop - part.start for part in (self.problems, self.images, self.rows)]
        return counts[0], counts[1], counts[2]


def blocks(plan: Plan, itemsize: int) -> list[Block]:
    """The blocks of `plan`, for entries of `itemsize` bytes, in order."""
    height, line = plan.window.output[0], prod(plan.window.output[1:])
    depth = plan.groups * plan.channels * plan.taps * itemsize
    columns = max(BUFFER // depth, min(COLUMNS, MOST // depth), 1)
    rows = min(max(columns // line, 1), height)
    images = min(max(columns // (line * height), 1), plan.batch) if rows == height else 1
    problems = (
        min(max(columns // (line * height * max(plan.batch, 1)), 1), plan.problems) if images == plan.batch else 1
    )
    return [
        Block(some, pictures, part)
        for some in _cut(plan.problems, problems)
        for pictures in _cut(plan.batch, images)
        for part in _cut(height, rows)
    ]


def _cut(whole: int, most: int) -> list[slice]:
    """`whole` in as equal parts as can be, none over `most`."""
    count = -(-whole // max(most, 1))
    ends = [whole * number // count for number in range(count + 1)] if count else []
    return [slice(start, stop) for start, stop in pairwise(ends)]


def patches(xp: Any, padded: Array, plan: Plan, block: Block, buffer: Array) -> Array:
    """The patches of `block` as columns: (problems, groups, channels * taps, images * places).

    Args:
        xp: the arrays' library.
        padded: x in its border, of shape `plan.x_view`.
        plan: the convolution.
        block: which part of it.
        buffer: one axis, of at least the columns' size; it is written over.
    """
    some, images, rows = block.extents
    lead = (some, plan.groups, plan.channels)
    places = (rows, *plan.window.output[1:])
    shape = (*lead, plan.taps, images, *places)
    columns = xp.reshape(buffer[: prod(shape)], shape)
    order = (0, 2, 3, 1, *range(4, padded.ndim))
    source = xp.permute_dims(padded[block.problems, block.images, ...], order)
    for number, region in enumerate(_regions(plan, block)):
        columns = placed(columns, (slice(None),) * 3 + (number, ...), source[region])
    result: Array = xp.reshape(columns, (some, plan.groups, plan.channels * plan.taps, images * prod(places)))
    return result


def spread(xp: Any, canvas: Array, columns: Array, plan: Plan, block: Block) -> Array:
    """The adjoint of `patches`: every column is added to the places of `canvas` that it was taken from."""
    some, images, rows = block.extents
    shape = (some, plan.groups, plan.channels, plan.taps, images, rows, *plan.window.output[1:])
    apart = xp.permute_dims(xp.reshape(columns, shape), (0, 4, 1, 2, 3, *range(5, len(shape))))
    for number, region in enumerate(_regions(plan, block)):
        where = (block.problems, block.images, slice(None), slice(None), *region[1:])
        canvas = added(canvas, where, apart[:, :, :, :, number, ...])
    return canvas


def _regions(plan: Plan, block: Block) -> Iterator[tuple[Any, ...]]:
    """For each tap, what it meets of the padded input in the rows of `block`."""
    for tap, _ in plan.window.taps():
        first, *others = (axis.region(index) for axis, index in zip(plan.window.axes, tap[1:], strict=True))
        yield (..., _part(plan.window.axes[0], first, block.rows), *others)


def _part(axis: Axis, region: slice, rows: slice) -> slice:
    start = region.start + rows.start * axis.stride
    return slice(start, start + (rows.stop - rows.start - 1) * axis.stride + 1, axis.stride)
