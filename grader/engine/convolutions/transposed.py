"""Transposed convolution: the gradient of a convolution to its input, used forwards."""

from __future__ import annotations

from grader.engine.arrays.backend import Array, ArrayLike
from grader.engine.arrays.numeric import arrays, lifted, lowered, require_exact
from grader.engine.convolutions.correlation import to_input
from grader.engine.convolutions.forward import bias_column
from grader.engine.convolutions.plan import transpose_plan
from grader.engine.geometry.sizes import Padding, PerAxis


def conv_transpose(
    x: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None = None,
    stride: PerAxis = 1,
    padding: Padding = 0,
    output_padding: PerAxis = 0,
    groups: int = 1,
    dilation: PerAxis = 1,
    *,
    output_size: PerAxis | None = None,
    many: bool = False,
) -> Array:
    """Lays down a copy of `weight` for every entry of `x`, times that entry, and adds up where copies meet.

    Source: Dumoulin & Visin, "A guide to convolution arithmetic for deep learning", chapter 4.

    Args:
        x: shape (N, C, *size), or (C, *size) without a batch.
        weight: shape (C, O / groups, *kernel): input channels first, as in PyTorch.
        bias: shape (O,).
        stride: the step between copies.
        padding: trimmed from the output, an integer, one for each axis, or (before, after) pairs.
        output_padding: extent added at the output's end, less than stride or dilation.
        groups: blocks of channels that do not mix.
        dilation: the step between taps.
        output_size: the output's spatial extents, which say how much output padding there is; in its place.
        many: as in ``conv``.

    Returns:
        Shape (N, O, *output), or (O, *output), with
        output = (size - 1) * stride - padding + dilation * (kernel - 1) + output_padding + 1;
        int64 where all arguments are integers, and then exact.

    Raises:
        EngineError: shapes that do not fit, an empty output, integers that might overflow int64.
    """
    op = "conv_transpose"
    given = {"x": x, "weight": weight} | ({} if bias is None else {"bias": bias})
    xp, x, weight, *rest = arrays(op, **given)
    plan = transpose_plan(
        op, x.shape, weight.shape, stride, padding, output_padding, groups, dilation, output_size, many=many
    )
    offset = bias_column(xp, op, rest[0], plan.input_shape, len(plan.window.axes), many=many) if rest else None
    bound = require_exact(xp, op, plan.taps * plan.filters, x, weight, plus=offset)
    y = lowered(xp, bound, to_input(xp, *lifted(xp, bound, weight, x), plan))
    return y if offset is None else y + offset
