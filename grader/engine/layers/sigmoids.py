"""Activations in the shape of an S: sigmoid, its logarithm, tanh, softsign, and their gradients.

All take any shape and keep it; floats keep their type, integers give float64. No exponential here has a positive
argument, so that nothing overflows and nothing small is lost beside 1.
"""

from __future__ import annotations

from typing import Any

from grader.engine.arrays.backend import Array, ArrayLike
from grader.engine.layers.operands import floats, flowing_floats


def sigmoid(x: ArrayLike) -> Array:
    """1 / (1 + exp(-x)).

    Raises:
        EngineError: `x` is not numeric.
    """
    xp, x = floats("sigmoid", x=x)
    return logistic(xp, x)


def sigmoid_grad(x: ArrayLike, grad_output: ArrayLike) -> Array:
    """dL/dx of ``sigmoid(x)``, given dL/dy: times y * (1 - y).

    Raises:
        EngineError: the shapes differ.
    """
    xp, x, grad = flowing_floats("sigmoid_grad", x, grad_output)
    return grad * logistic_slope(xp, x)


def logsigmoid(x: ArrayLike) -> Array:
    """log(1 / (1 + exp(-x))).

    Raises:
        EngineError: `x` is not numeric.
    """
    xp, x = floats("logsigmoid", x=x)
    return -soft_positive(xp, -x)


def logsigmoid_grad(x: ArrayLike, grad_output: ArrayLike) -> Array:
    """dL/dx of ``logsigmoid(x)``, given dL/dy: times sigmoid(-x).

    Raises:
        EngineError: the shapes differ.
    """
    xp, x, grad = flowing_floats("logsigmoid_grad", x, grad_output)
    return grad * logistic(xp, -x)


def tanh(x: ArrayLike) -> Array:
    """The hyperbolic tangent, (exp(x) - exp(-x)) / (exp(x) + exp(-x)).

    Raises:
        EngineError: `x` is not numeric.
    """
    xp, x = floats("tanh", x=x)
    y: Array = xp.tanh(x)
    return y


def tanh_grad(x: ArrayLike, grad_output: ArrayLike) -> Array:
    """dL/dx of ``tanh(x)``, given dL/dy: times 1 - y ** 2.

    Raises:
        EngineError: the shapes differ.
    """
    xp, x, grad = flowing_floats("tanh_grad", x, grad_output)
    # tanh(x) = 2 sigmoid(2x) - 1; so written the slope keeps its digits where tanh is close to 1.
    result: Array = grad * (4 * logistic_slope(xp, 2 * x))
    return result


def softsign(x: ArrayLike) -> Array:
    """X / (1 + abs(x)).

    Raises:
        EngineError: `x` is not numeric.
    """
    xp, x = floats("softsign", x=x)
    y: Array = x / (1 + xp.abs(x))
    return y


def softsign_grad(x: ArrayLike, grad_output: ArrayLike) -> Array:
    """dL/dx of ``softsign(x)``, given dL/dy: over (1 + abs(x)) ** 2.

    Raises:
        EngineError: the shapes differ.
    """
    xp, x, grad = flowing_floats("softsign_grad", x, grad_output)
    result: Array = grad / (1 + xp.abs(x)) ** 2
    return result


def logistic(xp: Any, x: Array) -> Array:
    """1 / (1 + exp(-x)) of floats."""
    small = xp.exp(-xp.abs(x))
    y: Array = xp.where(x >= 0, xp.ones_like(x), small) / (1 + small)
    return y


def logistic_slope(xp: Any, x: Array) -> Array:
    """The derivative of `logistic`, y * (1 - y), without the difference."""
    small = xp.exp(-xp.abs(x))
    slope: Array = small / (1 + small) ** 2
    return slope


def soft_positive(xp: Any, x: Array) -> Array:
    """log(1 + exp(x)) of floats."""
    y: Array = xp.log1p(xp.exp(-xp.abs(x))) + xp.clip(x, 0, None)
    return y
