"""The three sums behind every convolution: to the output, to the input, to the weight.

They are one trilinear form, sum of x * weight * y over all places and taps, with a different factor left out. Each is
a matrix product a block, so integers stay exact and memory stays at the padded input and one buffer.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from grader.engine.arrays.backend import Array, added, device, placed
from grader.engine.arrays.numeric import is_floating
from grader.engine.convolutions.blocks import Block, blocks, patches, spread
from grader.engine.convolutions.plan import Plan
from grader.engine.geometry.borders import bordered, unbordered


def to_output(xp: Any, x: Array, weight: Array, plan: Plan) -> Array:
    """y[n, o, p] = sum over c, t of weight[o, c, t] * x[n, c, p * stride + t * dilation - padding]."""
    padded = xp.reshape(bordered(xp, x, plan.window, plan.mode), plan.x_view)
    matrices = xp.reshape(weight, plan.weight_view)
    y = xp.empty(plan.y_view, dtype=x.dtype, device=device(x))
    if plan.is_pointwise:
        columns = xp.reshape(padded, (*plan.x_view[:4], plan.places))
        y: Array = xp.matmul(matrices[:, None, ...], columns)
        return xp.reshape(y, plan.output_shape)
    y = xp.empty((*plan.y_view[:4], plan.places), dtype=x.dtype, device=device(x))
    parts = blocks(plan, _itemsize(xp, x))
    buffer = _buffer(xp, x, plan, parts)
    for block in parts:
        columns = patches(xp, padded, plan, block, buffer)
        y = _product(xp, matrices[block.problems, ...], columns, y, plan, block)
    return xp.reshape(y, plan.output_shape)


def to_input(xp: Any, weight: Array, y: Array, plan: Plan) -> Array:
    """The adjoint of `to_output` in x: every entry of y is spread over the places that it was summed from."""
    matrices = xp.matrix_transpose(xp.reshape(weight, plan.weight_view))
    spatial = xp.reshape(y, plan.y_view)
    canvas = xp.zeros(plan.x_view, dtype=y.dtype, device=device(y))
    for block in blocks(plan, _itemsize(xp, y)):
        columns = xp.matmul(matrices[block.problems, ...], _to_product(xp, spatial, plan, block))
        canvas = spread(xp, canvas, columns, plan, block)
    lead = plan.input_shape[: -len(plan.window.axes)]
    whole: Array = xp.reshape(canvas, (*lead, *plan.window.padded))
    return unbordered(xp, whole, plan.window, plan.mode)


def to_weight(xp: Any, x: Array, y: Array, plan: Plan) -> Array:
    """The adjoint of `to_output` in the weight: each tap collects x * y over all places and the batch."""
    padded = xp.reshape(bordered(xp, x, plan.window, plan.mode), plan.x_view)
    spatial = xp.reshape(y, plan.y_view)
    total: Array = xp.zeros(plan.weight_view, dtype=x.dtype, device=device(x))
    parts = blocks(plan, _itemsize(xp, x))
    buffer = _buffer(xp, x, plan, parts)
    for block in parts:
        columns = xp.matrix_transpose(patches(xp, padded, plan, block, buffer))
        product = xp.matmul(_to_product(xp, spatial, plan, block), columns)
        total = added(total, (block.problems, ...), product)
    weight: Array = xp.reshape(total, plan.weight_shape)
    return weight


def _product(xp: Any, matrices: Array, columns: Array, y: Array, plan: Plan, block: Block) -> Array:
    """y, of shape (*, places), with the product in the place of `block`; one image's needs no copy."""
    some, images, rows = block.extents
    line = plan.places // plan.window.output[0]
    where = slice(block.rows.start * line, block.rows.stop * line)
    if images == 1:
        region = (block.problems, block.images.start, slice(None), slice(None), where)
        if xp is np:
            np.matmul(matrices, columns, out=y[region])
            return y
        return placed(y, region, xp.matmul(matrices, columns))
    apart = xp.reshape(xp.matmul(matrices, columns), (some, plan.groups, plan.filters, images, rows * line))
    region = (block.problems, block.images, slice(None), slice(None), where)
    return placed(y, region, xp.permute_dims(apart, (0, 3, 1, 2, 4)))


def _target(block: Block) -> tuple[Any, ...]:
    """Where `block` lies in y of shape `plan.y_view`."""
    return (block.problems, block.images, slice(None), slice(None), block.rows, ...)


def _to_product(xp: Any, spatial: Array, plan: Plan, block: Block) -> Array:
    """A part of y as (problems, groups, filters, images * places)."""
    part = spatial[_target(block)]
    together = xp.permute_dims(part, (0, 2, 3, 1, *range(4, part.ndim)))
    matrix: Array = xp.reshape(together, (part.shape[0], plan.groups, plan.filters, -1))
    return matrix


def _buffer(xp: Any, like: Array, plan: Plan, parts: list[Block]) -> Array:
    """Room for the columns of the largest of `parts`."""
    depth = plan.groups * plan.channels * plan.taps * (plan.places // plan.window.output[0])
    most = max((part.extents[0] * part.extents[1] * part.extents[2] for part in parts), default=0)
    buffer: Array = xp.empty(depth * most, dtype=like.dtype, device=device(like))
    return buffer


def _itemsize(xp: Any, x: Array) -> int:
    """Bytes of an entry."""
    if xp is np:
        return x.dtype.itemsize
    bits = (xp.finfo if is_floating(xp, x) else xp.iinfo)(x.dtype).bits
    return int(bits) // 8
