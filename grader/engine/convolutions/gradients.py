"""Gradients of a loss to a convolution's input, weight and bias, given its gradient to the output."""

from __future__ import annotations

from math import prod

from grader.engine.arrays.backend import Array, ArrayLike
from grader.engine.arrays.numeric import arrays, require_exact
from grader.engine.convolutions.correlation import to_input, to_weight
from grader.engine.geometry.fitting import conv_window, output_shape, require_shape
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

    Returns:
        Shape `input_shape`; exact int64 where both arrays are integers.

    Raises:
        EngineError: as ``conv``, and where `grad_output` has another shape than the output.
    """
    op = "conv_grad_input"
    xp, weight, y = arrays(op, weight=weight, grad_output=grad_output)
    extents = shape(op, "input_shape", input_shape)
    window = conv_window(op, extents, weight.shape, stride, padding, dilation, groups)
    require_shape(op, "grad_output", y.shape, output_shape(extents, weight.shape, window))
    require_exact(op, prod(window.kernel) * weight.shape[0] // groups, weight, y)
    batched = len(extents) == weight.ndim
    grad_input = to_input(xp, weight, y if batched else y[None], window, groups)
    return grad_input.reshape(extents)


def conv_grad_weight(
    x: ArrayLike,
    weight_shape: Shape,
    grad_output: ArrayLike,
    stride: PerAxis = 1,
    padding: Padding = 0,
    dilation: PerAxis = 1,
    groups: int = 1,
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

    Returns:
        Shape `weight_shape`; exact int64 where both arrays are integers.

    Raises:
        EngineError: as ``conv``, and where `grad_output` has another shape than the output.
    """
    op = "conv_grad_weight"
    xp, x, y = arrays(op, x=x, grad_output=grad_output)
    extents = shape(op, "weight_shape", weight_shape)
    window = conv_window(op, x.shape, extents, stride, padding, dilation, groups)
    require_shape(op, "grad_output", y.shape, output_shape(x.shape, extents, window))
    require_exact(op, y.size // extents[0], x, y)
    batched = x.ndim == len(extents)
    return to_weight(xp, x if batched else x[None], y if batched else y[None], window, groups)


def conv_grad_bias(grad_output: ArrayLike, *, batched: bool = True) -> Array:
    """dL/dbias of a convolution: dL/dy summed over everything but the channel.

    Args:
        grad_output: dL/dy, shape (N, O, *output), or (O, *output).
        batched: whether the batch axis is there; the shape alone cannot tell.

    Returns:
        Shape (O,).

    Raises:
        EngineError: too few axes, or integers that might overflow int64.
    """
    op = "conv_grad_bias"
    _, y = arrays(op, grad_output=grad_output)
    channel = 1 if batched else 0
    if y.ndim < channel + 2:
        layout = "(N, O, *output)" if batched else "(O, *output)"
        raise EngineError(f"{op}: grad_output must have shape {layout}, got shape {y.shape}")
    require_exact(op, y.size // max(y.shape[channel], 1), y)
    total: Array = y.sum(axis=tuple(axis for axis in range(y.ndim) if axis != channel))
    return total
