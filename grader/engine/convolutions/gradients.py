"""Gradients of a loss to a convolution's input, weight and bias, given its gradient to the output."""

from __future__ import annotations

from math import prod

from grader.engine.arrays.backend import Array, ArrayLike
from grader.engine.arrays.numeric import arrays, lifted, lowered, require_exact
from grader.engine.convolutions.correlation import to_input, to_weight
from grader.engine.convolutions.plan import conv_plan
from grader.engine.geometry.borders import PaddingMode
from grader.engine.geometry.fitting import require_shape
from grader.engine.geometry.sizes import Padding, PerAxis, Shape, shape
from grader.errors import EngineError


def conv_grad_input(
    input_shape: Shape,
    weight: ArrayLike,
    grad_output: ArrayLike,
    stride: PerAxis = 1,
    padding: Padding = 0,
    dilation: PerAxis = 1,
    groups: int = 1,
    *,
    padding_mode: PaddingMode = "zeros",
    many: bool = False,
) -> Array:
    """dL/dx of ``conv(x, weight, ...)``, given dL/dy.

    Args:
        input_shape: the shape of x, (N, C, *size) or (C, *size).
        weight: shape (O, C / groups, *kernel).
        grad_output: dL/dy, in the shape of the output.
        stride: as in ``conv``, like all that follow.
        padding: as in ``conv``.
        dilation: as in ``conv``.
        groups: as in ``conv``.
        padding_mode: as in ``conv``.
        many: as in ``conv``.

    Returns:
        Shape `input_shape`; exact int64 where both arrays are integers.

    Raises:
        EngineError: as ``conv``, and where `grad_output` has another shape than the output.
    """
    op = "conv_grad_input"
    xp, weight, y = arrays(op, weight=weight, grad_output=grad_output)
    extents = shape(op, "input_shape", input_shape)
    plan = conv_plan(op, extents, weight.shape, stride, padding, dilation, groups, padding_mode, many=many)
    require_shape(op, "grad_output", y.shape, plan.output_shape)
    bound = require_exact(xp, op, plan.taps * plan.filters * plan.overlap, weight, y)
    return lowered(xp, bound, to_input(xp, *lifted(xp, bound, weight, y), plan))


def conv_grad_weight(
    x: ArrayLike,
    weight_shape: Shape,
    grad_output: ArrayLike,
    stride: PerAxis = 1,
    padding: Padding = 0,
    dilation: PerAxis = 1,
    groups: int = 1,
    *,
    padding_mode: PaddingMode = "zeros",
    many: bool = False,
) -> Array:
    """dL/dweight of ``conv(x, weight, ...)``, given dL/dy.

    Args:
        x: shape (N, C, *size) or (C, *size).
        weight_shape: the shape of the weight, (O, C / groups, *kernel).
        grad_output: dL/dy, in the shape of the output.
        stride: as in ``conv``, like all that follow.
        padding: as in ``conv``.
        dilation: as in ``conv``.
        groups: as in ``conv``.
        padding_mode: as in ``conv``.
        many: as in ``conv``.

    Returns:
        Shape `weight_shape`; exact int64 where both arrays are integers.

    Raises:
        EngineError: as ``conv``, and where `grad_output` has another shape than the output.
    """
    op = "conv_grad_weight"
    xp, x, y = arrays(op, x=x, grad_output=grad_output)
    extents = shape(op, "weight_shape", weight_shape)
    plan = conv_plan(op, x.shape, extents, stride, padding, dilation, groups, padding_mode, many=many)
    require_shape(op, "grad_output", y.shape, plan.output_shape)
    bound = require_exact(xp, op, plan.batch * plan.places, x, y)
    return lowered(xp, bound, to_weight(xp, *lifted(xp, bound, x, y), plan))


def conv_grad_bias(grad_output: ArrayLike, *, batched: bool = True, many: bool = False) -> Array:
    """dL/dbias of a convolution: dL/dy summed over everything but the channel.

    Args:
        grad_output: dL/dy, shape (N, O, *output), or (O, *output).
        batched: whether the batch axis is there; the shape alone cannot tell.
        many: as in ``conv``.

    Returns:
        Shape (O,); (problems, O) of many.

    Raises:
        EngineError: too few axes, or integers that might overflow int64.
    """
    return bias_gradient("conv_grad_bias", grad_output, batched=batched, many=many)


def bias_gradient(op: str, grad_output: ArrayLike, *, batched: bool, many: bool) -> Array:
    """`grad_output` summed over everything but problems and channels: any bias is added once to each place."""
    xp, y = arrays(op, grad_output=grad_output)
    kept = (*range(many), many + batched)
    if y.ndim < kept[-1] + 2:
        layout = "(N, O, *output)" if batched else "(O, *output)"
        raise EngineError(f"{op}: grad_output must have shape {layout}, got shape {tuple(y.shape)}")
    summed = tuple(axis for axis in range(y.ndim) if axis not in kept)
    require_exact(xp, op, prod(y.shape[axis] for axis in summed), y)
    total: Array = xp.sum(y, axis=summed)
    return total
