"""Convolutions by matrix products with the patches of the input as columns ("im2col"), a block at a time.

Arrays come with all their axes: x (problems, batch, groups, channels, *padded), the weight as matrices (problems,
groups, filters, channels * taps), y (problems, batch, groups, filters, places).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from itertools import groupby
from math import prod
from typing import Any

import numpy as np

from grader.engine.arrays.backend import Array, added, device, placed
from grader.engine.arrays.numeric import item_bytes
from grader.engine.arrays.threads import shared, thread_count
from grader.engine.convolutions.patches import Block, blocks, patches, spread
from grader.engine.convolutions.plan import Plan


def to_output(xp: Any, padded: Array, weight: Array, plan: Plan) -> Array:
    """The weight times the columns."""
    y: Array = xp.empty((*plan.y_view[:4], plan.places), dtype=padded.dtype, device=device(padded))

    def work(parts: Sequence[Block]) -> Array:
        result, buffer = y, _buffer(xp, padded, plan, parts)
        for block in parts:
            columns = patches(xp, padded, plan, block, buffer)
            result = _multiplied(xp, weight[block.problems, block.groups, ...], columns, result, plan, block)
        return result

    threads = thread_count(xp, plan.multiplications)
    return shared(work, blocks(plan, item_bytes(xp, padded), threads), threads)[-1]


def to_input(xp: Any, weight: Array, y: Array, plan: Plan) -> Array:
    """The columns are the transposed weight times y; each is added to where it came from."""
    matrices = xp.matrix_transpose(weight)
    canvas: Array = xp.zeros(plan.x_view, dtype=y.dtype, device=device(y))

    def work(pictures: Sequence[Sequence[Block]]) -> Array:
        result = canvas
        for block in (block for parts in pictures for block in parts):
            columns = xp.matmul(matrices[block.problems, block.groups, ...], _gathered(xp, y, plan, block))
            result = spread(xp, result, columns, plan, block)
        return result

    threads = thread_count(xp, plan.multiplications)
    parts = blocks(plan, item_bytes(xp, y), threads)
    pictures = [list(same) for _, same in groupby(parts, key=_picture)]
    padded: Array = shared(work, pictures, threads)[-1]
    return padded


def to_weight(xp: Any, padded: Array, y: Array, plan: Plan) -> Array:
    """Y times the transposed columns, added up over the blocks."""
    start = xp.zeros(plan.weight_view, dtype=y.dtype, device=device(y))

    def work(parts: Sequence[Block]) -> Array:
        total: Array = start + 0
        buffer = _buffer(xp, padded, plan, parts)
        for block in parts:
            columns = xp.matrix_transpose(patches(xp, padded, plan, block, buffer))
            product = xp.matmul(_gathered(xp, y, plan, block), columns)
            total = added(total, (block.problems, block.groups, ...), product)
        return total

    threads = thread_count(xp, plan.multiplications)
    total: Array = reduce(xp.add, shared(work, blocks(plan, item_bytes(xp, padded), threads), threads))
    return total


def _picture(block: Block) -> tuple[int, int, int]:
    """What tells blocks apart whose patches do not overlap."""
    return block.problems.start, block.images.start, block.groups.start


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
    most = max((prod(part.extents) for part in parts), default=0)
    buffer: Array = xp.empty(depth * most, dtype=like.dtype, device=device(like))
    return buffer
