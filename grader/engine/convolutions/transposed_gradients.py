"""Gradients of a loss to a transposed convolution's input, weight and bias, given its gradient to the output."""

from __future__ import annotations

from grader.engine.arrays.backend import Array, ArrayLike
from grader.engine.arrays.numeric import arrays, lifted, lowered, require_exact
from grader.engine.convolutions.correlation import to_output, to_weight
from grader.engine.convolutions.gradients import bias_gradient
from grader.engine.convolutions.plan import transpose_plan
from grader.engine.geometry.fitting import require_shape
from grader.engine.geometry.sizes import Padding, PerAxis, Shape, shape


def conv_transpose_grad_input(
    input_shape: Shape,
    weight: ArrayLike,
    grad_output: ArrayLike,
    stride: PerAxis = 1,
    padding: Padding = 0,
    output_padding: PerAxis = 0,
    groups: int = 1,
    dilation: PerAxis = 1,
    *,
    output_size: PerAxis | None = None,
    many: bool = False,
) -> Array:
    """dL/dx of ``conv_transpose(x, weight, ...)``, given dL/dy: the convolution that it is the transpose of.

    Args:
        input_shape: the shape of x, (N, C, *size) or (C, *size).
        weight: shape (C, O / groups, *kernel).
        grad_output: dL/dy, in the shape of the output.
        stride: as in ``conv_transpose``, like all that follow.
        padding: as in ``conv_transpose``.
        output_padding: as in ``conv_transpose``.
        groups: as in ``conv_transpose``.
        dilation: as in ``conv_transpose``.
        output_size: as in ``conv_transpose``.
        many: as in ``conv``.

    Returns:
        Shape `input_shape`; exact int64 where both arrays are integers.

    Raises:
        EngineError: as ``conv_transpose``, and where `grad_output` has another shape than the output.
    """
    op = "conv_transpose_grad_input"
    xp, weight, grad = arrays(op, weight=weight, grad_output=grad_output)
    extents = shape(op, "input_shape", input_shape)
    plan = transpose_plan(
        op, extents, weight.shape, stride, padding, output_padding, groups, dilation, output_size, many=many
    )
    require_shape(op, "grad_output", grad.shape, plan.input_shape)
    bound = require_exact(xp, op, plan.channels * plan.taps, weight, grad)
    grad, weight = lifted(xp, bound, grad, weight)
    return lowered(xp, bound, to_output(xp, grad, weight, plan))


def conv_transpose_grad_weight(
    x: ArrayLike,
    weight_shape: Shape,
    grad_output: ArrayLike,
    stride: PerAxis = 1,
    padding: Padding = 0,
    output_padding: PerAxis = 0,
    groups: int = 1,
    dilation: PerAxis = 1,
    *,
    output_size: PerAxis | None = None,
    many: bool = False,
) -> Array:
    """dL/dweight of ``conv_transpose(x, weight, ...)``, given dL/dy.

    Args:
        x: shape (N, C, *size) or (C, *size).
        weight_shape: the shape of the weight, (C, O / groups, *kernel).
        grad_output: dL/dy, in the shape of the output.
        stride: as in ``conv_transpose``, like all that follow.
        padding: as in ``conv_transpose``.
        output_padding: as in ``conv_transpose``.
        groups: as in ``conv_transpose``.
        dilation: as in ``conv_transpose``.
        output_size: as in ``conv_transpose``.
        many: as in ``conv``.

    Returns:
        Shape `weight_shape`; exact int64 where both arrays are integers.

    Raises:
        EngineError: as ``conv_transpose``, and where `grad_output` has another shape than the output.
    """
    op = "conv_transpose_grad_weight"
    xp, x, grad = arrays(op, x=x, grad_output=grad_output)
    extents = shape(op, "weight_shape", weight_shape)
    plan = transpose_plan(
        op, x.shape, extents, stride, padding, output_padding, groups, dilation, output_size, many=many
    )
    require_shape(op, "grad_output", grad.shape, plan.input_shape)
    bound = require_exact(xp, op, plan.batch * plan.places, x, grad)
    grad, x = lifted(xp, bound, grad, x)
    return lowered(xp, bound, to_weight(xp, grad, x, plan))


def conv_transpose_grad_bias(grad_output: ArrayLike, *, batched: bool = True, many: bool = False) -> Array:
    """dL/dbias of a transposed convolution: dL/dy summed over everything but the channel.

    Args:
        grad_output: dL/dy, shape (N, O, *output), or (O, *output).
        batched: whether the batch axis is there; the shape alone cannot tell.
        many: as in ``conv``.

    Returns:
        Shape (O,); (problems, O) of many.

    Raises:
        EngineError: too few axes, or integers that might overflow int64.
    """
    return bias_gradient("conv_transpose_grad_bias", grad_output, batched=batched, many=many)
