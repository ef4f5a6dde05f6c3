"""Activations that let x through by a share of its own: silu, mish, gelu, and their gradients.

All take any shape and keep it; floats keep their type, integers give float64.
"""

from __future__ import annotations

from math import pi, sqrt
from typing import Any, Literal, TypeAlias, get_args

from grader.engine.arrays.backend import Array, ArrayLike
from grader.engine.layers.normal_distribution import cdf, density
from grader.engine.layers.operands import floats, flowing_floats
from grader.engine.layers.sigmoids import logistic, logistic_slope, soft_positive
from grader.errors import EngineError

Approximation: TypeAlias = Literal["none", "tanh"]
"""How gelu has the normal distribution: itself, or by a tanh."""

CUBIC = 0.044715
"""The weight of x ** 3 in gelu's tanh, as in its paper."""


def silu(x: ArrayLike) -> Array:
    """X * sigmoid(x), also known as swish.

    Source: Elfwing, Uchibe & Doya, "Sigmoid-weighted linear units for neural network function approximation".

    Raises:
        EngineError: `x` is not numeric.
    """
    xp, x = floats("silu", x=x)
    result: Array = x * logistic(xp, x)
    return result


def silu_grad(x: ArrayLike, grad_output: ArrayLike) -> Array:
    """dL/dx of ``silu(x)``, given dL/dy: times s + x * s * (1 - s), where s = sigmoid(x).

    Raises:
        EngineError: the shapes differ.
    """
    xp, x, grad = flowing_floats("silu_grad", x, grad_output)
    result: Array = grad * (logistic(xp, x) + x * logistic_slope(xp, x))
    return result


def mish(x: ArrayLike) -> Array:
    """X * tanh(softplus(x)).

    Source: Misra, "Mish: a self regularized non-monotonic activation function".

    Raises:
        EngineError: `x` is not numeric.
    """
    xp, x = floats("mish", x=x)
    y: Array = x * xp.tanh(soft_positive(xp, x))
    return y


def mish_grad(x: ArrayLike, grad_output: ArrayLike) -> Array:
    """dL/dx of ``mish(x)``, given dL/dy: times t + x * (1 - t ** 2) * sigmoid(x), where t = tanh(softplus(x)).

    Raises:
        EngineError: the shapes differ.
    """
    xp, x, grad = flowing_floats("mish_grad", x, grad_output)
    plus = soft_positive(xp, x)
    result: Array = grad * (xp.tanh(plus) + x * 4 * logistic_slope(xp, 2 * plus) * logistic(xp, x))
    return result


def gelu(x: ArrayLike, approximate: Approximation = "none") -> Array:
    """X times the share of the standard normal distribution below x.

    Source: Hendrycks & Gimpel, "Gaussian error linear units".

    Args:
        x: any shape.
        approximate: 'tanh' takes x / 2 * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 * x ** 3))).

    Raises:
        EngineError: `x` is not numeric, or an `approximate` that there is not.
    """
    xp, x = floats("gelu", x=x)
    _require_approximation("gelu", approximate)
    share = logistic(xp, _bent_line(x)) if approximate == "tanh" else _as(xp, x, cdf(xp, _double(xp, x)))
    y: Array = x * share
    return y


def gelu_grad(x: ArrayLike, grad_output: ArrayLike, approximate: Approximation = "none") -> Array:
    """dL/dx of ``gelu(x, approximate)``, given dL/dy: times cdf(x) + x * density(x).

    Raises:
        EngineError: the shapes differ, or an `approximate` that there is not.
    """
    op = "gelu_grad"
    xp, x, grad = flowing_floats(op, x, grad_output)
    _require_approximation(op, approximate)
    if approximate == "tanh":
        line, steepness = _bent_line(x), 2 * sqrt(2 / pi) * (1 + 3 * CUBIC * x**2)
        slope = logistic(xp, line) + x * steepness * logistic_slope(xp, line)
    else:
        double = _double(xp, x)
        slope = _as(xp, x, cdf(xp, double) + double * density(xp, double))
    result: Array = grad * slope
    return result


def _bent_line(x: Array) -> Array:
    """What gelu's tanh is taken of, twice: (1 + tanh(u)) / 2 = sigmoid(2 u)."""
    line: Array = 2 * sqrt(2 / pi) * (x + CUBIC * x**3)
    return line


def _double(xp: Any, x: Array) -> Array:
    result: Array = xp.astype(x, xp.float64)
    return result


def _as(xp: Any, like: Array, value: Array) -> Array:
    result: Array = xp.astype(value, like.dtype)
    return result


def _require_approximation(op: str, approximate: str) -> None:
    if approximate not in get_args(Approximation):
        raise EngineError(f"{op}: approximate must be 'none' or 'tanh', got {approximate!r}")
