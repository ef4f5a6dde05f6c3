"""The standard normal distribution of arrays: density and distribution function, to double precision.

The array API standard has no error function, so both ways to it are here. Up to 1 the series

    cdf(x) = 1/2 + density(x) * (x + x**3 / 3 + x**5 / (3 * 5) + ...)

whose terms are of one sign (Abramowitz & Stegun, "Handbook of mathematical functions", 26.2.11). Beyond it, with
z = x / sqrt(2), the trapezoidal rule for erfc(z) = 2 z / pi * exp(-z**2) * integral of exp(-t**2) / (t**2 + z**2)
over t > 0, corrected for the pole at t = i z, whose error at step h is of the order exp(-(pi / h)**2): Chiarella &
Reichel, "On the evaluation of integrals related to the error function", Mathematics of Computation 22 (1968). With
h = 1/2 that is 1e-17.
"""

from __future__ import annotations

from math import exp, pi, sqrt
from typing import Any

from grader.engine.arrays.backend import Array

STEP = 0.5
"""The trapezoidal rule's h."""
NODES = [STEP * number for number in range(1, 14)]
"""Up to where exp(-t**2) is beyond double precision."""
ODD = range(41, 1, -2)
"""The series' divisors, from the last that counts below 1."""
FAR = 40.0
"""From here on the tail is 0 in double precision."""


def cdf(xp: Any, x: Array) -> Array:
    """The share of the distribution below `x`, of floats in float64; small values keep their digits."""
    far = xp.abs(x)
    bell = _bell(xp, far)
    near = xp.where(far < 1, x, xp.zeros_like(x))
    middle = 0.5 + bell / sqrt(2 * pi) * _series(xp, near)
    tail = _tail(xp, xp.clip(far, 1.0, FAR), bell)
    result: Array = xp.where(far < 1, middle, xp.where(x < 0, tail, 1 - tail))
    return result


def density(xp: Any, x: Array) -> Array:
    """exp(-x**2 / 2) / sqrt(2 pi), of floats in float64."""
    return _bell(xp, xp.abs(x)) / sqrt(2 * pi)


def _bell(xp: Any, x: Array) -> Array:
    """exp(-x**2 / 2) for x >= 0, its square split so that what is rounded off does not grow with x."""
    x = xp.clip(x, 0.0, FAR)
    coarse = xp.floor(16 * x) / 16
    result: Array = xp.exp(-0.5 * coarse**2) * xp.exp(-0.5 * (x - coarse) * (x + coarse))
    return result


def _series(xp: Any, x: Array) -> Array:
    """X + x**3 / 3 + x**5 / (3 * 5) + ..., for magnitudes below 1."""
    square, total = x**2, xp.ones_like(x)
    for divisor in ODD:
        total = 1 + total * square / divisor
    result: Array = x * total
    return result


def _tail(xp: Any, x: Array, bell: Array) -> Array:
    """The share beyond x >= 1, given exp(-x**2 / 2)."""
    z = x / sqrt(2)
    total = 0.5 / z**2
    for node in NODES:
        total = total + exp(-(node**2)) / (z**2 + node**2)
    # Beyond pi / h the pole lies outside of what the rule goes around.
    pole = xp.where(z < pi / STEP, 1 / xp.expm1((2 * pi / STEP) * z), xp.zeros_like(z))
    result: Array = bell * (STEP / pi) * z * total - pole
    return result
