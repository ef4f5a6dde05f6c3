"""Shares along one axis: softmax, its logarithm, and all for the largest; and their gradients.

The largest entry is taken off first, which changes no share, so that no exponential overflows.
"""

from __future__ import annotations

from typing import Any, SupportsIndex

from grader.engine.arrays.backend import Array, ArrayLike, device
from grader.engine.arrays.numeric import arrays
from grader.engine.geometry.sizes import integer
from grader.engine.layers.operands import floats, flowing_floats
from grader.errors import EngineError


def softmax(x: ArrayLike, dim: SupportsIndex) -> Array:
    """exp(x) over its sum along `dim`.

    Args:
        x: any shape with at least one axis; 1 is the axis of the channels of (N, C, *size).
        dim: the axis along which the shares sum to 1; negative ones count from the end.

    Returns:
        The shape of `x`; floats keep their type, integers give float64.

    Raises:
        EngineError: `x` is not numeric, has no such axis, or nothing along it.
    """
    xp, x = floats("softmax", x=x)
    return shares(xp, x, _axis("softmax", x, dim))


def softmax_grad(x: ArrayLike, grad_output: ArrayLike, dim: SupportsIndex) -> Array:
    """dL/dx of ``softmax(x, dim)``, given dL/dy: y * (dL/dy - sum of dL/dy * y).

    Raises:
        EngineError: the shapes differ, there is no such axis, or nothing along it.
    """
    op = "softmax_grad"
    xp, x, grad = flowing_floats(op, x, grad_output)
    axis = _axis(op, x, dim)
    y = shares(xp, x, axis)
    result: Array = y * (grad - xp.sum(grad * y, axis=axis, keepdims=True))
    return result


def log_softmax(x: ArrayLike, dim: SupportsIndex) -> Array:
    """X - log(sum of exp(x) along `dim`).

    Args:
        x: any shape with at least one axis.
        dim: as in ``softmax``.

    Returns:
        The shape of `x`; floats keep their type, integers give float64.

    Raises:
        EngineError: `x` is not numeric, has no such axis, or nothing along it.
    """
    xp, x = floats("log_softmax", x=x)
    return log_shares(xp, x, _axis("log_softmax", x, dim))


def log_softmax_grad(x: ArrayLike, grad_output: ArrayLike, dim: SupportsIndex) -> Array:
    """dL/dx of ``log_softmax(x, dim)``, given dL/dy: dL/dy - softmax(x) * sum of dL/dy.

    Raises:
        EngineError: the shapes differ, there is no such axis, or nothing along it.
    """
    op = "log_softmax_grad"
    xp, x, grad = flowing_floats(op, x, grad_output)
    axis = _axis(op, x, dim)
    result: Array = grad - shares(xp, x, axis) * xp.sum(grad, axis=axis, keepdims=True)
    return result


def hardmax(x: ArrayLike, dim: SupportsIndex) -> Array:
    """1 for the first of the largest entries along `dim`, 0 for the others; wherever it has a gradient that is 0.

    Source: the ONNX operator Hardmax.

    Args:
        x: any shape with at least one axis.
        dim: as in ``softmax``.

    Returns:
        The shape of `x`, in its type (integers as int64).

    Raises:
        EngineError: `x` is not numeric, has no such axis, or nothing along it.
    """
    xp, x = arrays("hardmax", x=x)
    axis = _axis("hardmax", x, dim)
    order = tuple(-1 if number == axis else 1 for number in range(x.ndim))
    index = xp.reshape(xp.arange(x.shape[axis], dtype=xp.int64, device=device(x)), order)
    largest = xp.argmax(x, axis=axis, keepdims=True)
    result: Array = xp.astype(index == largest, x.dtype)
    return result


def shares(xp: Any, x: Array, axis: int) -> Array:
    """`softmax` of floats."""
    large = xp.exp(x - xp.max(x, axis=axis, keepdims=True))
    result: Array = large / xp.sum(large, axis=axis, keepdims=True)
    return result


def log_shares(xp: Any, x: Array, axis: int) -> Array:
    """`log_softmax` of floats."""
    less = x - xp.max(x, axis=axis, keepdims=True)
    result: Array = less - xp.log(xp.sum(xp.exp(less), axis=axis, keepdims=True))
    return result


def _axis(op: str, x: Array, dim: SupportsIndex) -> int:
    """`dim` counted from the front."""
    number = integer(op, "dim", dim, -x.ndim)
    if number >= x.ndim:
        raise EngineError(f"{op}: dim must be less than {x.ndim} for input of shape {tuple(x.shape)}, got {number}")
    if not x.shape[number]:
        raise EngineError(f"{op}: there is nothing along dim {number} of input of shape {tuple(x.shape)}")
    return number % x.ndim
