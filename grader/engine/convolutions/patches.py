"""A convolution cut into blocks that fit a buffer: problems, then images, then rows of places.

Matrix products need every patch as a column ("im2col"), which is the input as many times over as the kernel has taps.
Made block by block into one buffer it costs no memory and stays in the processor's cache.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise, product
from math import prod
from typing import Any

import numpy as np

from grader.engine.arrays.backend import Array, added, device, placed
from grader.engine.convolutions.plan import Plan

BUFFER = 4 * 2**20
"""Bytes of columns that are made at a time, where a few hundred columns are no more than that."""
MOST = 14 * 2**20
"""Bytes that all threads' columns are never more than, where one row of places is not."""
COLUMNS = 384
"""Columns that a matrix product should have, so that it is worth its start."""


_ROOM = threading.local()


def room(xp: Any, like: Array, entries: int) -> Array:
    """Room for so many entries of the type of `like`; NumPy's is the thread's own and used again.

    Memory that is new to a process has to be cleared by the system first, which takes as long as filling it.
    """
    if xp is not np or entries * like.itemsize > BUFFER:
        fresh: Array = xp.empty(entries, dtype=like.dtype, device=device(like))
        return fresh
    if not hasattr(_ROOM, "bytes"):
        _ROOM.bytes = np.empty(BUFFER, dtype=np.uint8)
    kept: Array = _ROOM.bytes[: entries * like.itemsize].view(like.dtype)
    return kept


@dataclass(frozen=True, slots=True)
class Block:
    """Some problems, some images, some groups of channels, some rows of places (along the first spatial axis)."""

    problems: slice
    images: slice
    groups: slice
    rows: slice

    @property
    def extents(self) -> tuple[int, int, int, int]:
        """How many of each."""
        some, images, groups, rows = (
            part.stop - part.start for part in (self.problems, self.images, self.groups, self.rows)
        )
        return some, images, groups, rows


def blocks(plan: Plan, itemsize: int, threads: int = 1) -> list[Block]:
    """The blocks of `plan`, for entries of `itemsize` bytes, in order; as many as there are threads, or more.

    A group's columns are few, so a block rather holds fewer groups of all images than fewer images of all groups.
    """
    height, line = plan.window.output[0], prod(plan.window.output[1:])
    depth = plan.channels * plan.taps * itemsize
    whole = plan.problems * plan.groups * plan.batch * plan.places
    room = max(whole // threads, 1)
    columns = max(min(BUFFER // depth, MOST // threads // depth, room), min(COLUMNS, MOST // threads // depth, room))
    rows, columns = _share(height, columns // line)
    images, columns = _share(plan.batch, columns)
    groups, columns = _share(plan.groups, columns)
    problems, _ = _share(plan.problems, columns)
    return [
        Block(*parts)
        for parts in product(
            _cut(plan.problems, problems), _cut(plan.batch, images), _cut(plan.groups, groups), _cut(height, rows)
        )
    ]


def _share(extent: int, columns: int) -> tuple[int, int]:
    """How much of `extent` fits, at least 1, and how often what was taken fits then."""
    taken = min(max(columns, 1), max(extent, 1))
    return taken, columns // taken if taken == max(extent, 1) else 1


def _cut(whole: int, most: int) -> list[slice]:
    """`whole` in as equal parts as can be, none over `most`."""
    count = -(-whole // max(most, 1))
    ends = [whole * number // count for number in range(count + 1)] if count else []
    return [slice(start, stop) for start, stop in pairwise(ends)]


def pictures(parts: Sequence[Block]) -> list[list[Block]]:
    """`parts` by what they take their patches from; those of different pictures have nothing in common."""
    return [list(same) for _, same in groupby(parts, key=lambda part: (part.problems, part.images, part.groups))]


def patches(xp: Any, padded: Array, plan: Plan, block: Block, buffer: Array) -> Array:
    """The patches of `block` as columns: (problems, groups, channels * taps, images * places).

    Args:
        xp: the arrays' library.
        padded: what x holds of the block's problems, images and groups, in its border: (problems, images, groups,
            channels, *padded).
        plan: the convolution.
        block: which part of it.
        buffer: one axis, of at least the columns' size; it is written over.
    """
    some, images, groups, rows = block.extents
    lead = (some, groups, plan.channels)
    places = (rows, *plan.window.output[1:])
    shape = (*lead, plan.taps, images, *places)
    columns = xp.reshape(buffer[: prod(shape)], shape)
    order = (0, 2, 3, 1, *range(4, padded.ndim))
    source = xp.permute_dims(padded, order)
    for number, region in enumerate(_regions(plan, block)):
        columns = placed(columns, (slice(None),) * 3 + (number, ...), source[region])
    result: Array = xp.reshape(columns, (*lead[:2], plan.channels * plan.taps, images * prod(places)))
    return result


def spread(xp: Any, canvas: Array, columns: Array, plan: Plan, block: Block) -> Array:
    """The adjoint of `patches`: every column is added to where in `canvas`, of the shape of `padded`, it is from."""
    some, images, groups, rows = block.extents
    shape = (some, groups, plan.channels, plan.taps, images, rows, *plan.window.output[1:])
    apart = xp.permute_dims(xp.reshape(columns, shape), (0, 4, 1, 2, 3, *range(5, len(shape))))
    for number, region in enumerate(_regions(plan, block)):
        canvas = added(canvas, region, apart[:, :, :, :, number, ...])
    return canvas


def _regions(plan: Plan, block: Block) -> Iterator[tuple[Any, ...]]:
    """For each tap, what it meets of the padded input in the rows of `block`."""
    stride, first, last = plan.window.axes[0].stride, block.rows.start, block.rows.stop - 1
    for start, others in plan.regions:
        yield (..., slice(start + first * stride, start + last * stride + 1, stride), *others)
