"""Transposed convolution: the gradient of a convolution to its input, used forwards."""

from __future__ import annotations

from math import prod

from grader.engine.arrays.backend import Array, ArrayLike
from grader.engine.arrays.numeric import arrays, require_exact
from grader.engine.convolutions.correlation import to_input
from grader.engine.convolutions.forward import bias_column
from grader.engine.geometry.fitting import transpose_window
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

    Returns:
        Shape (N, O, *output), or (O, *output), with
        output = (size - 1) * stride - padding + dilation * (kernel - 1) + output_padding + 1;
        int64 where all arguments are integers, and then exact.

    Raises:
        EngineError: shapes that do not fit, an empty output, integers that might overflow int64.
    """
    op = "conv_transpose"
    xp, x, weight = arrays(op, x=x, weight=weight)
    window = transpose_window(op, x.shape, weight.shape, stride, padding, output_padding, groups, dilation)
    batched = x if x.ndim == weight.ndim else x[None]
    offset = None if bias is None else bias_column(op, bias, weight.shape[1] * groups, len(window.size))
    require_exact(op, prod(window.kernel) * weight.shape[0] // groups, x, weight, plus=offset)
    y = to_input(xp, weight, batched, window, groups)
    if offset is not None:
        y = y + offset
    return y if batched is x else y[0]
