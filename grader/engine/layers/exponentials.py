"""Activations with an exponential on the left: elu, selu, celu, softplus, and their gradients.

All take any shape and keep it; floats keep their type, integers give float64.
"""

from __future__ import annotations

from typing import Any

from grader.engine.arrays.backend import Array, ArrayLike
from grader.engine.layers.operands import floats, flowing_floats, number
from grader.engine.layers.sigmoids import logistic, soft_positive

SELU_ALPHA = 1.6732632423543772
"""With `SELU_SCALE` it keeps mean 0 and variance 1 from layer to layer; both follow from that."""
SELU_SCALE = 1.0507009873554805


def elu(x: ArrayLike, alpha: float = 1.0) -> Array:
    """X where x > 0, else alpha * (exp(x) - 1).

    Source: Clevert, Unterthiner & Hochreiter, "Fast and accurate deep network learning by exponential linear units".

    Raises:
        EngineError: `x` is not numeric, or `alpha` is not finite.
    """
    xp, x = floats("elu", x=x)
    return _elu(xp, x, number("elu", "alpha", alpha), 1.0)


def elu_grad(x: ArrayLike, grad_output: ArrayLike, alpha: float = 1.0) -> Array:
    """dL/dx of ``elu(x, alpha)``, given dL/dy: times 1 where x > 0, else times alpha * exp(x).

    Raises:
        EngineError: the shapes differ, or `alpha` is not finite.
    """
    op = "elu_grad"
    xp, x, grad = flowing_floats(op, x, grad_output)
    return grad * _slope(xp, x, number(op, "alpha", alpha), 1.0)


def selu(x: ArrayLike) -> Array:
    """The scaled elu, 1.0507... * elu(x, 1.6732...).

    Source: Klambauer, Unterthiner, Mayr & Hochreiter, "Self-normalizing neural networks".

    Raises:
        EngineError: `x` is not numeric.
    """
    xp, x = floats("selu", x=x)
    return SELU_SCALE * _elu(xp, x, SELU_ALPHA, 1.0)


def selu_grad(x: ArrayLike, grad_output: ArrayLike) -> Array:
    """dL/dx of ``selu(x)``, given dL/dy.

    Raises:
        EngineError: the shapes differ.
    """
    xp, x, grad = flowing_floats("selu_grad", x, grad_output)
    return grad * (SELU_SCALE * _slope(xp, x, SELU_ALPHA, 1.0))


def celu(x: ArrayLike, alpha: float = 1.0) -> Array:
    """X where x > 0, else alpha * (exp(x / alpha) - 1): an elu without a bend for every alpha.

    Source: Barron, "Continuously differentiable exponential linear units".

    Raises:
        EngineError: `x` is not numeric, or `alpha` is not positive.
    """
    xp, x = floats("celu", x=x)
    width = number("celu", "alpha", alpha, above=0)
    return _elu(xp, x, width, width)


def celu_grad(x: ArrayLike, grad_output: ArrayLike, alpha: float = 1.0) -> Array:
    """dL/dx of ``celu(x, alpha)``, given dL/dy: times 1 where x > 0, else times exp(x / alpha).

    Raises:
        EngineError: the shapes differ, or `alpha` is not positive.
    """
    op = "celu_grad"
    xp, x, grad = flowing_floats(op, x, grad_output)
    return grad * _slope(xp, x, 1.0, number(op, "alpha", alpha, above=0))


def softplus(x: ArrayLike, beta: float = 1.0) -> Array:
    """log(1 + exp(beta * x)) / beta, for large x as well, where PyTorch from beta * x = 20 on takes x itself.

    Raises:
        EngineError: `x` is not numeric, or `beta` is not positive.
    """
    xp, x = floats("softplus", x=x)
    sharpness = number("softplus", "beta", beta, above=0)
    return soft_positive(xp, sharpness * x) / sharpness


def softplus_grad(x: ArrayLike, grad_output: ArrayLike, beta: float = 1.0) -> Array:
    """dL/dx of ``softplus(x, beta)``, given dL/dy: times sigmoid(beta * x).

    Raises:
        EngineError: the shapes differ, or `beta` is not positive.
    """
    op = "softplus_grad"
    xp, x, grad = flowing_floats(op, x, grad_output)
    return grad * logistic(xp, number(op, "beta", beta, above=0) * x)


def _elu(xp: Any, x: Array, height: float, width: float) -> Array:
    """X where x > 0, else height * (exp(x / width) - 1); the exponential sees nothing above 0."""
    y: Array = xp.where(x > 0, x, height * xp.expm1(xp.clip(x, None, 0) / width))
    return y


def _slope(xp: Any, x: Array, steepness: float, width: float) -> Array:
    """1 where x > 0, else steepness * exp(x / width)."""
    slope: Array = xp.where(x > 0, xp.ones_like(x), steepness * xp.exp(xp.clip(x, None, 0) / width))
    return slope
