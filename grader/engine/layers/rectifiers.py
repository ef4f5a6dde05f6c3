"""Activations that bend once: relu, leaky relu, prelu, threshold, and their gradients.

All take any shape and keep it; integers stay exact where slopes and values are integers too. At the bend the gradient
is the one from the left, and NaN stays NaN, as in PyTorch.
"""

from __future__ import annotations

from math import prod
from typing import Any

from grader.engine.arrays.backend import Array, ArrayLike
from grader.engine.arrays.numeric import arrays, floating, is_floating, require_exact
from grader.engine.geometry.fitting import require_shape
from grader.engine.layers.operands import flowing, number
from grader.errors import EngineError


def relu(x: ArrayLike) -> Array:
    """max(x, 0), NaN where x is; integers stay integers.

    Raises:
        EngineError: `x` is not numeric.
    """
    xp, x = arrays("relu", x=x)
    y: Array = xp.clip(x, 0, None)
    return y


def relu_grad(x: ArrayLike, grad_output: ArrayLike) -> Array:
    """dL/dx of ``relu(x)``, given dL/dy: dL/dy where x > 0, else 0.

    Raises:
        EngineError: the shapes differ.
    """
    xp, x, grad = flowing("relu_grad", x, grad_output)
    return _cut(xp, x <= 0, grad)


def threshold(x: ArrayLike, threshold: float, value: float) -> Array:
    """X where x > threshold, else `value`; integers stay integers where both numbers are.

    Raises:
        EngineError: `x` is not numeric, or a number is not finite.
    """
    op = "threshold"
    xp, x = arrays(op, x=x)
    bend, below = number(op, "threshold", threshold), number(op, "value", value)
    if isinstance(below, float):
        x = floating(xp, x)
    y: Array = xp.where(x <= bend, xp.full_like(x, below), x)
    return y


def threshold_grad(x: ArrayLike, grad_output: ArrayLike, threshold: float) -> Array:
    """dL/dx of ``threshold(x, threshold, value)``, given dL/dy: dL/dy where x > threshold, else 0.

    Raises:
        EngineError: the shapes differ, or the threshold is not finite.
    """
    op = "threshold_grad"
    xp, x, grad = flowing(op, x, grad_output)
    return _cut(xp, x <= number(op, "threshold", threshold), grad)


def leaky_relu(x: ArrayLike, negative_slope: float = 0.01) -> Array:
    """X where x > 0, else negative_slope * x; integers stay integers where the slope is one.

    Raises:
        EngineError: `x` is not numeric, a slope that is not finite, integers that might overflow int64.
    """
    op = "leaky_relu"
    xp, x = arrays(op, x=x)
    return _bent(xp, op, x, x, negative_slope)


def leaky_relu_grad(x: ArrayLike, grad_output: ArrayLike, negative_slope: float = 0.01) -> Array:
    """dL/dx of ``leaky_relu(x, negative_slope)``, given dL/dy: times 1 where x > 0, else times the slope.

    Raises:
        EngineError: the shapes differ, a slope that is not finite, integers that might overflow int64.
    """
    op = "leaky_relu_grad"
    xp, x, grad = flowing(op, x, grad_output)
    return _bent(xp, op, x, grad, negative_slope)


def prelu(x: ArrayLike, weight: ArrayLike, *, many: bool = False) -> Array:
    """X where x > 0, else weight * x: a leaky relu whose slope is learned.

    Source: He, Zhang, Ren & Sun, "Delving deep into rectifiers".

    Args:
        x: shape (N, C, *size), or any where there is one slope.
        weight: shape (1,) or (C,): one slope, or one for each channel.
        many: both arrays have one more axis in front, for independent problems that are worked out together.

    Returns:
        The shape of `x`; int64 where both are integers, and then exact.

    Raises:
        EngineError: shapes that do not fit, integers that might overflow int64.
    """
    op = "prelu"
    xp, x, weight = arrays(op, x=x, weight=weight)
    slopes = xp.reshape(weight, _slope_view(op, x.shape, weight.shape, many=many))
    require_exact(xp, op, 1, x, weight)
    y: Array = xp.where(x > 0, x, x * slopes)
    return y


def prelu_grad_input(x: ArrayLike, weight: ArrayLike, grad_output: ArrayLike, *, many: bool = False) -> Array:
    """dL/dx of ``prelu(x, weight)``, given dL/dy: times 1 where x > 0, else times the slope.

    Args:
        x: shape (N, C, *size).
        weight: shape (1,) or (C,).
        grad_output: dL/dy, in the shape of `x`.
        many: as in ``prelu``.

    Returns:
        The shape of `x`; int64 where all are integers, and then exact.

    Raises:
        EngineError: as ``prelu``, and where `grad_output` has another shape than `x`.
    """
    op = "prelu_grad_input"
    xp, x, weight, grad = arrays(op, x=x, weight=weight, grad_output=grad_output)
    require_shape(op, "grad_output", grad.shape, x.shape)
    slopes = xp.reshape(weight, _slope_view(op, x.shape, weight.shape, many=many))
    require_exact(xp, op, 1, grad, weight)
    result: Array = xp.where(x > 0, grad, grad * slopes)
    return result


def prelu_grad_weight(x: ArrayLike, grad_output: ArrayLike, *, each_channel: bool = True, many: bool = False) -> Array:
    """dL/dweight of ``prelu(x, weight)``, given dL/dy: the sum of dL/dy * x over the entries that are not positive.

    Args:
        x: shape (N, C, *size).
        grad_output: dL/dy, in the shape of `x`.
        each_channel: whether there is a slope for each channel, or one for all.
        many: as in ``prelu``.

    Returns:
        Shape (C,) or (1,), of many (problems, C) or (problems, 1); int64 where both are integers, and then exact.

    Raises:
        EngineError: the shapes differ, no axis for the channels, integers that might overflow int64.
    """
    op = "prelu_grad_weight"
    xp, x, grad = flowing(op, x, grad_output)
    if x.ndim < 2 * each_channel + many:
        raise EngineError(f"{op}: x must have shape {_layout(many=many)}, got shape {tuple(x.shape)}")
    channels = x.shape[1 + many] if each_channel else 1
    weight_shape = (*x.shape[:many], channels)
    kept = (*range(many), *((1 + many,) if each_channel else ()))
    summed = tuple(axis for axis in range(x.ndim) if axis not in kept)
    require_exact(xp, op, prod(x.shape[axis] for axis in summed), x, grad)
    total: Array = xp.sum(_cut(xp, x > 0, grad * x), axis=summed)
    result: Array = xp.reshape(total, weight_shape)
    return result


def _cut(xp: Any, cut: Array, values: Array) -> Array:
    """0 where `cut`, else `values`."""
    result: Array = xp.where(cut, xp.zeros_like(values), values)
    return result


def _bent(xp: Any, op: str, x: Array, values: Array, slope: float) -> Array:
    """`values` where x > 0, else times the slope."""
    slope = number(op, "negative_slope", slope)
    if isinstance(slope, float):
        values = floating(xp, values)
    elif not is_floating(xp, values):
        require_exact(xp, op, 1, values, xp.asarray(slope, dtype=values.dtype))
    result: Array = xp.where(x > 0, values, values * slope)
    return result


def _slope_view(op: str, shape: tuple[int, ...], weight_shape: tuple[int, ...], *, many: bool) -> tuple[int, ...]:
    """The shape in which a weight broadcasts on x."""
    first = 1 + many
    if len(weight_shape) == first and weight_shape[:many] == shape[:many] and len(shape) >= many:
        if weight_shape[-1] == 1:
            return (*shape[:many], *(1,) * (len(shape) - many))
        if len(shape) > first and weight_shape[-1] == shape[first]:
            return (*shape[:many], 1, shape[first], *(1,) * (len(shape) - first - 1))
    lead = "problems, " if many else ""
    raise EngineError(
        f"{op}: weight must have shape ({lead}1,) or one entry for each channel of input {_layout(many=many)}, "
        f"got weight of shape {tuple(weight_shape)} for input of shape {tuple(shape)}"
    )


def _layout(*, many: bool) -> str:
    return "(problems, N, C, *size)" if many else "(N, C, *size)"
