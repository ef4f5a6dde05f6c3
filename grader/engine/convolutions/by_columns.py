"""Convolutions by matrix products with the patches of the input as columns ("im2col"), a block at a time.

Arrays come with all their axes: x (problems, batch, groups, channels, *size), the weight as matrices (problems,
groups, filters, channels * taps), y (problems, batch, groups, filters, places).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce
from math import prod
from typing import Any

import numpy as np

from grader.engine.arrays.backend import Array, added, device, placed
from grader.engine.arrays.numeric import item_bytes
from grader.engine.arrays.threads import shared, thread_count
from grader.engine.convolutions.patches import Block, blocks, patches, pictures, room, spread
from grader.engine.convolutions.plan import Plan
from grader.engine.geometry.borders import bordered, unbordered


def to_output(xp: Any, x: Array, weight: Array, plan: Plan) -> Array:
    """The weight times the columns."""
    y: Array = xp.empty((*plan.y_view[:4], plan.places), dtype=x.dtype, device=device(x))
    threads = thread_count(xp, plan.multiplications, plan.columns)
    parts = blocks(plan, item_bytes(xp, x), threads)
    padded = _padded(xp, x, plan, parts, threads)

    def work(some: Sequence[Block]) -> Array:
        result = y
        for block, columns in _columns(xp, x, padded, plan, some):
            result = _multiplied(xp, weight[block.problems, block.groups, ...], columns, result, plan, block)
        return result

    return shared(work, parts, threads)[-1]


def to_input(xp: Any, weight: Array, y: Array, plan: Plan) -> Array:
    """The columns are the transposed weight times y; each is added to where it came from."""
    matrices = xp.matrix_transpose(weight)
    x: Array = xp.empty(plan.x_view, dtype=y.dtype, device=device(y))

    def work(images: Sequence[Sequence[Block]]) -> Array:
        result = x
        buffer = _buffer(xp, y, plan, [block for parts in images for block in parts])
        for parts in images:
            canvas = xp.zeros((*_lead(parts[0], plan), *plan.window.padded), dtype=y.dtype, device=device(y))
            for block in parts:
                some = matrices[block.problems, block.groups, ...]
                columns = _product(xp, some, _gathered(xp, y, plan, block), buffer)
                canvas = spread(xp, canvas, columns, plan, block)
            result = placed(result, _picture(parts[0]), unbordered(xp, canvas, plan.window, plan.mode))
        return result

    threads = thread_count(xp, plan.multiplications, plan.columns)
    return shared(work, pictures(blocks(plan, item_bytes(xp, y), threads)), threads)[-1]


def to_weight(xp: Any, x: Array, y: Array, plan: Plan) -> Array:
    """Y times the transposed columns, added up over the blocks."""
    threads = thread_count(xp, plan.multiplications, plan.columns)
    parts = blocks(plan, item_bytes(xp, x), threads)
    padded = _padded(xp, x, plan, parts, threads)

    def work(some: Sequence[Block]) -> Array:
        total: Array = xp.zeros(plan.weight_view, dtype=y.dtype, device=device(y))
        for block, columns in _columns(xp, x, padded, plan, some):
            product = xp.matmul(_gathered(xp, y, plan, block), xp.matrix_transpose(columns))
            total = added(total, (block.problems, block.groups, ...), product)
        return total

    total: Array = reduce(xp.add, shared(work, parts, threads))
    return total


def _padded(xp: Any, x: Array, plan: Plan, parts: Sequence[Block], threads: int) -> Array | None:
    """X in its border where several threads share a picture; else each is padded where it is used, in the cache."""
    if threads == 1 or len(pictures(parts)) >= threads:
        return None
    return bordered(xp, x, plan.window, plan.mode)


def _columns(
    xp: Any, x: Array, padded: Array | None, plan: Plan, parts: Sequence[Block]
) -> Iterator[tuple[Block, Array]]:
    """Each of `parts` with its patches, which are written over by the next."""
    buffer = _buffer(xp, x, plan, parts)
    for same in pictures(parts):
        where = _picture(same[0])
        picture = bordered(xp, x[where], plan.window, plan.mode) if padded is None else padded[where]
        for block in same:
            yield block, patches(xp, picture, plan, block, buffer)


def _picture(block: Block) -> tuple[Any, ...]:
    """Where in x a block takes its patches from."""
    return block.problems, block.images, block.groups, ...


def _product(xp: Any, one: Array, other: Array, buffer: Array) -> Array:
    """Their matrix product; NumPy's in `buffer`, which has room for it."""
    if xp is not np:
        result: Array = xp.matmul(one, other)
        return result
    shape = (*one.shape[:-1], other.shape[-1])
    room: Array = buffer[: prod(shape)].reshape(shape)
    np.matmul(one, other, out=room)
    return room


def _lead(block: Block, plan: Plan) -> tuple[int, ...]:
    some, images, groups, _ = block.extents
    return some, images, groups, plan.channels


def _multiplied(xp: Any, weight: Array, columns: Array, y: Array, plan: Plan, block: Block) -> Array:
    """Y with the product in the place of `block`; one image's needs no copy where there is ``out``."""
    some, images, groups, _ = block.extents
    where = _places(plan, block)
    if images == 1:
        region = (block.problems, block.images.start, block.groups, slice(None), where)
        if xp is np:
            np.matmul(weight, columns, out=y[region])
            return y
        return placed(y, region, xp.matmul(weight, columns))
    apart = xp.reshape(xp.matmul(weight, columns), (some, groups, plan.filters, images, -1))
    region = (block.problems, block.images, block.groups, slice(None), where)
    return placed(y, region, xp.permute_dims(apart, (0, 3, 1, 2, 4)))


def _gathered(xp: Any, y: Array, plan: Plan, block: Block) -> Array:
    """The part of y in `block` as matrices: (problems, groups, filters, images * places)."""
    where = _places(plan, block)
    if block.extents[1] == 1:
        one: Array = y[block.problems, block.images.start, block.groups, :, where]
        return one
    together = xp.permute_dims(y[block.problems, block.images, block.groups, :, where], (0, 2, 3, 1, 4))
    matrices: Array = xp.reshape(together, (*together.shape[:2], plan.filters, -1))
    return matrices


def _places(plan: Plan, block: Block) -> slice:
    line = plan.places // plan.window.output[0]
    return slice(block.rows.start * line, block.rows.stop * line)


def _buffer(xp: Any, like: Array, plan: Plan, parts: Sequence[Block]) -> Array:
    """Room for the columns of the largest of `parts`."""
    depth = plan.channels * plan.taps * (plan.places // plan.window.output[0])
    entries = depth * max((prod(part.extents) for part in parts), default=0)
    return room(xp, like, entries)
