"""Activations between two bounds: relu6, hardtanh, hardsigmoid, hardswish, and their gradients.

All take any shape and keep it. At a bound nothing flows back, as in PyTorch.
"""

from __future__ import annotations

from typing import Any

from grader.engine.arrays.backend import Array, ArrayLike
from grader.engine.arrays.numeric import arrays, floating
from grader.engine.layers.operands import floats, flowing, flowing_floats, number
from grader.errors import EngineError


def hardtanh(x: ArrayLike, min_val: float = -1, max_val: float = 1) -> Array:
    """X within [min_val, max_val], beyond them the bound; integers stay integers where both bounds are.

    Raises:
        EngineError: `x` is not numeric, or the bounds are not finite or not in order.
    """
    op = "hardtanh"
    xp, x = arrays(op, x=x)
    low, high = _bounds(op, min_val, max_val)
    if isinstance(low, float) or isinstance(high, float):
        x = floating(xp, x)
    y: Array = xp.clip(x, low, high)
    return y


def hardtanh_grad(x: ArrayLike, grad_output: ArrayLike, min_val: float = -1, max_val: float = 1) -> Array:
    """dL/dx of ``hardtanh(x, min_val, max_val)``, given dL/dy: dL/dy where min_val < x < max_val, else 0.

    Raises:
        EngineError: the shapes differ, or the bounds are not finite or not in order.
    """
    op = "hardtanh_grad"
    xp, x, grad = flowing(op, x, grad_output)
    return _between(xp, x, *_bounds(op, min_val, max_val), grad)


def relu6(x: ArrayLike) -> Array:
    """min(max(x, 0), 6); integers stay integers.

    Raises:
        EngineError: `x` is not numeric.
    """
    xp, x = arrays("relu6", x=x)
    y: Array = xp.clip(x, 0, 6)
    return y


def relu6_grad(x: ArrayLike, grad_output: ArrayLike) -> Array:
    """dL/dx of ``relu6(x)``, given dL/dy: dL/dy where 0 < x < 6, else 0.

    Raises:
        EngineError: the shapes differ.
    """
    xp, x, grad = flowing("relu6_grad", x, grad_output)
    return _between(xp, x, 0, 6, grad)


def hardsigmoid(x: ArrayLike) -> Array:
    """min(max(x + 3, 0), 6) / 6; ONNX has another slope by default.

    Raises:
        EngineError: `x` is not numeric.
    """
    xp, x = floats("hardsigmoid", x=x)
    y: Array = xp.clip(x + 3, 0, 6) / 6
    return y


def hardsigmoid_grad(x: ArrayLike, grad_output: ArrayLike) -> Array:
    """dL/dx of ``hardsigmoid(x)``, given dL/dy: a sixth of dL/dy where -3 < x < 3, else 0.

    Raises:
        EngineError: the shapes differ.
    """
    xp, x, grad = flowing_floats("hardsigmoid_grad", x, grad_output)
    return _between(xp, x, -3, 3, grad / 6)


def hardswish(x: ArrayLike) -> Array:
    """X * hardsigmoid(x).

    Source: Howard et al., "Searching for MobileNetV3".

    Raises:
        EngineError: `x` is not numeric.
    """
    xp, x = floats("hardswish", x=x)
    y: Array = x * (xp.clip(x + 3, 0, 6) / 6)
    return y


def hardswish_grad(x: ArrayLike, grad_output: ArrayLike) -> Array:
    """dL/dx of ``hardswish(x)``, given dL/dy: times x / 3 + 1 / 2 within (-3, 3), times 1 above, 0 below.

    Raises:
        EngineError: the shapes differ.
    """
    xp, x, grad = flowing_floats("hardswish_grad", x, grad_output)
    inside = _between(xp, x, -3, 3, grad * (x / 3 + 0.5))
    result: Array = xp.where(x >= 3, grad, inside)
    return result


def _between(xp: Any, x: Array, low: float, high: float, values: Array) -> Array:
    """`values` where x lies between the bounds, else 0."""
    result: Array = xp.where((x <= low) | (x >= high), xp.zeros_like(values), values)
    return result


def _bounds(op: str, min_val: float, max_val: float) -> tuple[float, float]:
    low, high = number(op, "min_val", min_val), number(op, "max_val", max_val)
    if low >= high:
        raise EngineError(f"{op}: min_val must be less than max_val, got {low!r} and {high!r}")
    return low, high
