"""Deformable convolution: every tap is sent where an offset says, and may be weighed by a mask."""

from __future__ import annotations

from typing import Any

from grader.engine.arrays.backend import Array, ArrayLike
from grader.engine.arrays.numeric import arrays, floating
from grader.engine.convolutions.deformed import Deformed, deformed
from grader.engine.convolutions.forward import bias_column
from grader.engine.geometry.sizes import Padding, PerAxis


def deform_conv(
    x: ArrayLike,
    offset: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None = None,
    stride: PerAxis = 1,
    padding: Padding = 0,
    dilation: PerAxis = 1,
    mask: ArrayLike | None = None,
    *,
    many: bool = False,
) -> Array:
    """Cross-correlation of `weight` with `x` sampled beside the grid, in any number of dimensions.

    As ``torchvision.ops.deform_conv2d`` and ONNX's DeformConv. Between pixels values are multilinear; beyond the input
    they are 0. The shapes tell the groups: of the weight, C / its second extent; of the offset, channels that share
    their offsets. All samples of the batch are in memory at once: as many times the input as the kernel has taps, and a
    few times that on the way.

    Sources: Dai et al., "Deformable Convolutional Networks"; with a mask, Zhu et al., "Deformable ConvNets v2".

    Args:
        x: shape (N, C, *size), or (C, *size) without a batch.
        offset: how far each tap moves at each place, in pixels: shape (N, offset groups * taps * axes, *output), by
            group, by tap, and then along each axis.
        weight: shape (O, C / groups, *kernel).
        bias: shape (O,).
        stride: as in ``conv``.
        padding: as in ``conv``; positions in it are sampled as 0.
        dilation: as in ``conv``.
        mask: what each sample is multiplied by: shape (N, offset groups * taps, *output).
        many: as in ``conv``.

    Returns:
        Shape (N, O, *output), or (O, *output); floats keep their type, integers give float64.

    Raises:
        EngineError: shapes that do not fit, or an empty output.
    """
    op = "deform_conv"
    xp, x, offset, weight, mask, bias = read(op, x=x, offset=offset, weight=weight, mask=mask, bias=bias)
    plan = deformed(op, x.shape, offset.shape, weight.shape, mask, stride, padding, dilation, many=many)
    axes = len(plan.window.axes)
    column = 0 if bias is None else bias_column(xp, op, bias, plan.output_shape, axes, many=many)
    product = xp.matmul(xp.reshape(weight, plan.weight_view), columns_of(xp, x, offset, mask, plan))
    y: Array = xp.reshape(product, plan.output_shape) + column
    return y


def read(op: str, **given: ArrayLike | None) -> tuple[Any, ...]:
    """The library of what is given, then each in order: a floating array, or None where there is none."""
    there = {name: value for name, value in given.items() if value is not None}
    xp, *found = arrays(op, **there)
    floats = dict(zip(there, (floating(xp, value) for value in found), strict=True))
    return xp, *(floats.get(name) for name in given)


def columns_of(xp: Any, x: Array, offset: Array, mask: Array | None, plan: Deformed) -> Array:
    """What the weight is multiplied with, of shape `plan.columns_shape`."""
    sampled = plan.samples(xp, offset).values(plan.images(xp, x))
    return plan.columns(xp, sampled if mask is None else sampled * plan.weights(xp, mask))
