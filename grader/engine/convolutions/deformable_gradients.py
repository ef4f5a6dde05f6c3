"""Gradients of a loss to a deformable convolution's input, offset, mask, weight and bias, given its gradient to y."""

from __future__ import annotations

from typing import Any

from grader.engine.arrays.backend import Array, ArrayLike
from grader.engine.convolutions.deformable import columns_of, read
from grader.engine.convolutions.deformed import Deformed, deformed
from grader.engine.convolutions.gradients import bias_gradient
from grader.engine.geometry.fitting import require_shape
from grader.engine.geometry.sizes import Padding, PerAxis, Shape, shape


def deform_conv_grad_input(
    input_shape: Shape,
    offset: ArrayLike,
    weight: ArrayLike,
    grad_output: ArrayLike,
    stride: PerAxis = 1,
    padding: Padding = 0,
    dilation: PerAxis = 1,
    mask: ArrayLike | None = None,
    *,
    many: bool = False,
) -> Array:
    """dL/dx of ``deform_conv(x, offset, weight, ...)``, given dL/dy.

    Args:
        input_shape: the shape of x, (N, C, *size) or (C, *size).
        offset: as in ``deform_conv``.
        weight: as in ``deform_conv``.
        grad_output: dL/dy, in the shape of the output.
        stride: as in ``deform_conv``, like all that follow.
        padding: as in ``deform_conv``.
        dilation: as in ``deform_conv``.
        mask: as in ``deform_conv``.
        many: as in ``conv``.

    Returns:
        Shape `input_shape`, floating.

    Raises:
        EngineError: as ``deform_conv``, and where `grad_output` has another shape than the output.
    """
    op = "deform_conv_grad_input"
    xp, offset, weight, grad, mask = read(op, offset=offset, weight=weight, grad_output=grad_output, mask=mask)
    extents = shape(op, "input_shape", input_shape)
    plan = deformed(op, extents, offset.shape, weight.shape, mask, stride, padding, dilation, many=many)
    require_shape(op, "grad_output", grad.shape, plan.output_shape)
    flowing = _to_samples(xp, weight, grad, mask, plan)
    result: Array = xp.reshape(plan.samples(xp, offset).spread(flowing), extents)
    return result


def deform_conv_grad_offset(
    x: ArrayLike,
    offset: ArrayLike,
    weight: ArrayLike,
    grad_output: ArrayLike,
    stride: PerAxis = 1,
    padding: Padding = 0,
    dilation: PerAxis = 1,
    mask: ArrayLike | None = None,
    *,
    many: bool = False,
) -> Array:
    """dL/doffset of ``deform_conv(x, offset, weight, ...)``, given dL/dy.

    The output has a kink where a sample falls on a pixel; the gradient there is the one behind it, as in torchvision.

    Args:
        x: as in ``deform_conv``.
        offset: as in ``deform_conv``.
        weight: as in ``deform_conv``.
        grad_output: dL/dy, in the shape of the output.
        stride: as in ``deform_conv``, like all that follow.
        padding: as in ``deform_conv``.
        dilation: as in ``deform_conv``.
        mask: as in ``deform_conv``.
        many: as in ``conv``.

    Returns:
        The shape of `offset`, floating.

    Raises:
        EngineError: as ``deform_conv``, and where `grad_output` has another shape than the output.
    """
    op = "deform_conv_grad_offset"
    xp, x, offset, weight, grad, mask = read(op, x=x, offset=offset, weight=weight, grad_output=grad_output, mask=mask)
    plan = deformed(op, x.shape, offset.shape, weight.shape, mask, stride, padding, dilation, many=many)
    require_shape(op, "grad_output", grad.shape, plan.output_shape)
    flowing = _to_samples(xp, weight, grad, mask, plan)
    samples, images = plan.samples(xp, offset), plan.images(xp, x)
    slopes = [xp.sum(samples.slopes(images, axis) * flowing, axis=-1) for axis in range(len(plan.window.axes))]
    return plan.offsets(xp, slopes, offset.shape)


def deform_conv_grad_mask(
    x: ArrayLike,
    offset: ArrayLike,
    weight: ArrayLike,
    grad_output: ArrayLike,
    stride: PerAxis = 1,
    padding: Padding = 0,
    dilation: PerAxis = 1,
    *,
    many: bool = False,
) -> Array:
    """dL/dmask of ``deform_conv(x, offset, weight, ...)``, given dL/dy: what each sample would have added.

    Args:
        x: as in ``deform_conv``.
        offset: as in ``deform_conv``.
        weight: as in ``deform_conv``.
        grad_output: dL/dy, in the shape of the output.
        stride: as in ``deform_conv``, like all that follow.
        padding: as in ``deform_conv``.
        dilation: as in ``deform_conv``.
        many: as in ``conv``.

    Returns:
        The shape of the mask, floating; the mask itself does not matter.

    Raises:
        EngineError: as ``deform_conv``, and where `grad_output` has another shape than the output.
    """
    op = "deform_conv_grad_mask"
    xp, x, offset, weight, grad = read(op, x=x, offset=offset, weight=weight, grad_output=grad_output)
    plan = deformed(op, x.shape, offset.shape, weight.shape, None, stride, padding, dilation, many=many)
    require_shape(op, "grad_output", grad.shape, plan.output_shape)
    values = plan.samples(xp, offset).values(plan.images(xp, x))
    result: Array = xp.reshape(xp.sum(values * _to_samples(xp, weight, grad, None, plan), axis=-1), plan.mask_shape)
    return result


def deform_conv_grad_weight(
    x: ArrayLike,
    offset: ArrayLike,
    weight_shape: Shape,
    grad_output: ArrayLike,
    stride: PerAxis = 1,
    padding: Padding = 0,
    dilation: PerAxis = 1,
    mask: ArrayLike | None = None,
    *,
    many: bool = False,
) -> Array:
    """dL/dweight of ``deform_conv(x, offset, weight, ...)``, given dL/dy.

    Args:
        x: as in ``deform_conv``.
        offset: as in ``deform_conv``.
        weight_shape: the shape of the weight, (O, C / groups, *kernel).
        grad_output: dL/dy, in the shape of the output.
        stride: as in ``deform_conv``, like all that follow.
        padding: as in ``deform_conv``.
        dilation: as in ``deform_conv``.
        mask: as in ``deform_conv``.
        many: as in ``conv``.

    Returns:
        Shape `weight_shape`, floating.

    Raises:
        EngineError: as ``deform_conv``, and where `grad_output` has another shape than the output.
    """
    op = "deform_conv_grad_weight"
    xp, x, offset, grad, mask = read(op, x=x, offset=offset, grad_output=grad_output, mask=mask)
    extents = shape(op, "weight_shape", weight_shape)
    plan = deformed(op, x.shape, offset.shape, extents, mask, stride, padding, dilation, many=many)
    require_shape(op, "grad_output", grad.shape, plan.output_shape)
    columns = xp.matrix_transpose(columns_of(xp, x, offset, mask, plan))
    each = xp.matmul(xp.reshape(grad, plan.output_view), columns)
    result: Array = xp.reshape(xp.sum(each, axis=1), extents)
    return result


def deform_conv_grad_bias(grad_output: ArrayLike, *, batched: bool = True, many: bool = False) -> Array:
    """dL/dbias of a deformable convolution: dL/dy summed over everything but the channel.

    Args:
        grad_output: dL/dy, shape (N, O, *output), or (O, *output).
        batched: whether the batch axis is there; the shape alone cannot tell.
        many: as in ``conv``.

    Returns:
        Shape (O,); (problems, O) of many.

    Raises:
        EngineError: too few axes, or integers that might overflow int64.
    """
    return bias_gradient("deform_conv_grad_bias", grad_output, batched=batched, many=many)


def _to_samples(xp: Any, weight: Array, grad: Array, mask: Array | None, plan: Deformed) -> Array:
    """dL/d(samples), through the mask where there is one: (stack, taps * places, channels)."""
    matrices = xp.matrix_transpose(xp.reshape(weight, plan.weight_view))
    flowing = plan.sampled(xp, xp.matmul(matrices, xp.reshape(grad, plan.output_view)))
    return flowing if mask is None else flowing * plan.weights(xp, mask)
