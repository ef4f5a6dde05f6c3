"""Output sizes: of one axis, and of whole shapes.

Source: Dumoulin & Visin, "A guide to convolution arithmetic for deep learning", relationships 6, 14 and 15.
"""

from __future__ import annotations

from grader.engine.geometry.fitting import conv_window, output_shape, pool_window, transpose_window
from grader.engine.geometry.sizes import Padding, Pair, PerAxis, Shape, integer, shape
from grader.engine.geometry.sliding import slide, spread


def conv_size(
    size: int,
    kernel_size: int,
    stride: int = 1,
    padding: int | Pair | str = 0,
    dilation: int = 1,
    *,
    ceil_mode: bool = False,
) -> int:
    """How many places a kernel takes along one axis, in a convolution or a pooling.

    floor((size + padding - dilation * (kernel_size - 1) - 1) / stride) + 1, the padding counted on both
    sides.

    Args:
        size: the input's extent.
        kernel_size: the number of taps.
        stride: the step between places.
        padding: an integer for either side, (before, after), ``'valid'``, ``'same'`` or ``'same_lower'``.
            ``'same'`` gives ceil(size / stride) places, the odd padding at the end; with stride 1 this is
            PyTorch's, with a larger stride, which PyTorch refuses, it is TensorFlow's and ONNX's (SAME_UPPER).
            ``'same_lower'`` puts the odd padding in front, as ONNX's SAME_LOWER.
        dilation: the step between taps.
        ceil_mode: rounds up; a place that would begin in the padding after the input is then dropped.

    Raises:
        EngineError: a size below 1, a negative padding, an unknown padding, or an empty output.
    """
    op = "conv_size"
    extent = integer(op, "size", size, 1)
    pad = padding if isinstance(padding, str) else (padding,)
    return slide(op, (extent,), kernel_size, stride, pad, dilation, ceil_mode=ceil_mode).output[0]


def conv_transpose_size(
    size: int,
    kernel_size: int,
    stride: int = 1,
    padding: int | Pair = 0,
    output_padding: int = 0,
    dilation: int = 1,
) -> int:
    """The extent of a transposed convolution's output along one axis.

    (size - 1) * stride - padding + dilation * (kernel_size - 1) + output_padding + 1, the padding counted on
    both sides.

    Args:
        size: the input's extent.
        kernel_size: the number of taps.
        stride: the step between copies of the kernel.
        padding: trimmed from the output, an integer for either side or (before, after).
        output_padding: added at the output's end, less than stride or dilation.
        dilation: the step between taps.

    Raises:
        EngineError: a size below 1, a negative padding, or an empty output.
    """
    op = "conv_transpose_size"
    extent = integer(op, "size", size, 1)
    return spread(op, (extent,), kernel_size, stride, (padding,), output_padding, dilation).size[0]


def conv_shape(
    input_shape: Shape,
    weight_shape: Shape,
    stride: PerAxis = 1,
    padding: Padding = 0,
    dilation: PerAxis = 1,
    groups: int = 1,
) -> tuple[int, ...]:
    """The shape of ``conv``'s output, (N, O, *output).

    Args:
        input_shape: (N, C, *size); without the batch axis, (C, *size), the output's is left out too.
        weight_shape: (O, C / groups, *kernel).
        stride: as in ``conv``, like all that follow.
        padding: as in ``conv``.
        dilation: as in ``conv``.
        groups: as in ``conv``.

    Raises:
        EngineError: as ``conv``.
    """
    op = "conv_shape"
    extents, weight = shape(op, "input_shape", input_shape), shape(op, "weight_shape", weight_shape)
    return output_shape(extents, weight, conv_window(op, extents, weight, stride, padding, dilation, groups))


def conv_transpose_shape(
    input_shape: Shape,
    weight_shape: Shape,
    stride: PerAxis = 1,
    padding: Padding = 0,
    output_padding: PerAxis = 0,
    groups: int = 1,
    dilation: PerAxis = 1,
    *,
    output_size: PerAxis | None = None,
) -> tuple[int, ...]:
    """The shape of ``conv_transpose``'s output, (N, O, *output).

    Args:
        input_shape: (N, C, *size); without the batch axis, (C, *size), the output's is left out too.
        weight_shape: (C, O / groups, *kernel).
        stride: as in ``conv_transpose``, like all that follow.
        padding: as in ``conv_transpose``.
        output_padding: as in ``conv_transpose``.
        groups: as in ``conv_transpose``.
        dilation: as in ``conv_transpose``.
        output_size: as in ``conv_transpose``.

    Raises:
        EngineError: as ``conv_transpose``.
    """
    op = "conv_transpose_shape"
    extents, weight = shape(op, "input_shape", input_shape), shape(op, "weight_shape", weight_shape)
    window = transpose_window(op, extents, weight, stride, padding, output_padding, groups, dilation, output_size)
    return (*window.lead(extents)[:-1], weight[1] * groups, *window.size)


def pool_shape(
    input_shape: Shape,
    kernel_size: PerAxis,
    stride: PerAxis | None = None,
    padding: Padding = 0,
    dilation: PerAxis = 1,
    *,
    ceil_mode: bool = False,
) -> tuple[int, ...]:
    """The shape of a pooling's output: the last axes change, those before them stay.

    Args:
        input_shape: (..., *size).
        kernel_size: as in ``max_pool``, like all that follow.
        stride: as in ``max_pool``.
        padding: as in ``max_pool``.
        dilation: as in ``max_pool``.
        ceil_mode: as in ``max_pool``.

    Raises:
        EngineError: as ``max_pool``, save that places with padding alone are not looked for.
    """
    op = "pool_shape"
    extents = shape(op, "input_shape", input_shape)
    window = pool_window(op, extents, kernel_size, stride, padding, dilation, ceil_mode=ceil_mode)
    return (*window.lead(extents), *window.output)
