"""Counts of parameters and multiplications, as exact Python integers.

The convention, where tools disagree: a multiplication is one weight times one input entry, padded zeros
included; adding the bias multiplies nothing. A multiply-accumulate (MAC) is two floating-point operations.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import SupportsIndex

from grader.engine.geometry.fitting import conv_window, output_shape, transpose_window
from grader.engine.geometry.sizes import Padding, PerAxis, Shape, integer, shape
from grader.errors import EngineError


def conv_parameters(
    in_channels: int,
    out_channels: int,
    kernel_size: Sequence[SupportsIndex],
    groups: int = 1,
    *,
    bias: bool = True,
) -> int:
    """Weights out_channels * in_channels / groups * prod(kernel_size), and out_channels biases.

    The same for a transposed convolution.

    Args:
        in_channels: C.
        out_channels: O.
        kernel_size: one entry for each spatial axis; an integer would not say how many there are.
        groups: divides both channel counts.
        bias: whether each output channel has a bias.

    Raises:
        EngineError: a count below 1, an integer `kernel_size`, or groups that do not divide.
    """
    op = "conv_parameters"
    channels = integer(op, "in_channels", in_channels, 1), integer(op, "out_channels", out_channels, 1)
    integer(op, "groups", groups, 1)
    kernel = shape(op, "kernel_size", kernel_size)
    if not kernel or not prod(kernel):
        raise EngineError(f"{op}: kernel_size needs one size of at least 1 for each spatial axis, got {kernel}")
    if channels[0] % groups or channels[1] % groups:
        raise EngineError(
            f"{op}: channels must be divisible by groups, got in_channels={in_channels}, "
            f"out_channels={out_channels}, groups={groups}"
        )
    return channels[1] * (channels[0] // groups) * prod(kernel) + (channels[1] if bias else 0)


def linear_parameters(in_features: int, out_features: int, *, bias: bool = True) -> int:
    """Weights in_features * out_features, and out_features biases.

    Raises:
        EngineError: a count below 1.
    """
    outputs = integer("linear_parameters", "out_features", out_features, 1)
    return integer("linear_parameters", "in_features", in_features, 1) * outputs + (outputs if bias else 0)


def norm_parameters(shape_of_scale: int | Shape, *, bias: bool = True) -> int:
    """A scale, and a shift, for each channel of a batch, instance or group norm, or each entry of a layer norm.

    Running means and variances are not learned and not counted.

    Args:
        shape_of_scale: the channels, or a layer norm's normalized_shape.
        bias: whether there is a shift.

    Raises:
        EngineError: a count below 1.
    """
    extents = shape_of_scale if isinstance(shape_of_scale, Sequence) else (shape_of_scale,)
    scales = prod(integer("norm_parameters", "extent", extent, 1) for extent in extents)
    return scales * (2 if bias else 1)


def embedding_parameters(num_embeddings: int, embedding_dim: int) -> int:
    """A vector of embedding_dim entries for each of num_embeddings words.

    Raises:
        EngineError: a count below 1.
    """
    op = "embedding_parameters"
    words = integer(op, "num_embeddings", num_embeddings, 1)
    return words * integer(op, "embedding_dim", embedding_dim, 1)


def conv_multiplications(
    input_shape: Shape,
    weight_shape: Shape,
    stride: PerAxis = 1,
    padding: Padding = 0,
    dilation: PerAxis = 1,
    groups: int = 1,
) -> int:
    """Multiplications (MACs) of ``conv``: the output's entries times C / groups * prod(kernel).

    Args:
        input_shape: (C, *size), or (N, C, *size), whose count is of the whole batch.
        weight_shape: (O, C / groups, *kernel).
        stride: as in ``conv``, like all that follow.
        padding: as in ``conv``.
        dilation: as in ``conv``.
        groups: as in ``conv``.

    Raises:
        EngineError: as ``conv``.
    """
    op = "conv_multiplications"
    shapes = shape(op, "input_shape", input_shape), shape(op, "weight_shape", weight_shape)
    window = conv_window(op, *shapes, stride, padding, dilation, groups)
    return prod(output_shape(*shapes, window)) * prod(shapes[1][1:])


def conv_transpose_multiplications(input_shape: Shape, weight_shape: Shape, groups: int = 1) -> int:
    """Multiplications (MACs) of ``conv_transpose``: the input's entries times O / groups * prod(kernel).

    Products that padding trims away are counted.

    Args:
        input_shape: (C, *size), or (N, C, *size), whose count is of the whole batch.
        weight_shape: (C, O / groups, *kernel).
        groups: as in ``conv_transpose``.

    Raises:
        EngineError: as ``conv_transpose``.
    """
    op = "conv_transpose_multiplications"
    shapes = shape(op, "input_shape", input_shape), shape(op, "weight_shape", weight_shape)
    transpose_window(op, *shapes, 1, 0, 0, groups, 1)
    return prod(shapes[0]) * prod(shapes[1][1:])


def linear_multiplications(in_features: int, out_features: int) -> int:
    """Multiplications (MACs) of a fully connected layer, for one input: in_features * out_features.

    Raises:
        EngineError: a count below 1.
    """
    return linear_parameters(in_features, out_features, bias=False)


def flops(multiplications: int) -> int:
    """Floating-point operations of that many multiply-accumulates: twice as many.

    Raises:
        EngineError: a count below 0.
    """
    return 2 * integer("flops", "multiplications", multiplications, 0)
