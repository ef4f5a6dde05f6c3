"""Mean and variance of what a convolution and its gradients add up, where what goes in is random and independent.

Every entry is a sum of n products a * b, in which no factor stands twice, of entries with means m and standard
deviations s: the mean is n * m_a * m_b, the variance n * (s_a^2 * s_b^2 + s_a^2 * m_b^2 + m_a^2 * s_b^2).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod

from grader.engine.geometry.sizes import integer
from grader.engine.reasoning.expressions import Expression, expression, symbol
from grader.engine.reasoning.simplifying import root


@dataclass(frozen=True, slots=True)
class Independent:
    """Independent entries with one mean and one standard deviation, in numbers or names."""

    deviation: Expression | int
    mean: Expression | int = 0


def independent(name: str, *, centered: bool = True) -> Independent:
    """Entries with standard deviation sigma_<name>, and mean 0 or mu_<name>."""
    return Independent(symbol(f"sigma_{name}", "nonnegative"), 0 if centered else symbol(f"mu_{name}", "real"))


@dataclass(frozen=True, slots=True)
class Moments:
    """Of one entry."""

    mean: Expression
    variance: Expression
    deviation: Expression
    """The standard deviation."""


def sum_of_products(terms: Sequence[Expression | int], one: Independent, other: Independent) -> Moments:
    """The moments of a sum of products of entries of two arrays, none of which stands in it twice.

    Args:
        terms: factors of the count of products, as (N, m, m).
        one: the entries of the first array.
        other: the entries of the second.

    Raises:
        EngineError: a count or deviation that is negative.
    """
    counts = [_at_least_0(term) for term in terms]
    s, t = _at_least_0(one.deviation), _at_least_0(other.deviation)
    m, n = expression(one.mean), expression(other.mean)
    count = prod(counts, start=expression(1))
    variance = count * (s**2 * t**2 + s**2 * n**2 + m**2 * t**2)
    centered = not m.terms and not n.terms
    return Moments(count * m * n, variance, root(*counts, s, s, t, t) if centered else root(variance))


def weight_gradient_moments(
    places: Sequence[Expression | int],
    x: Independent | None = None,
    grad: Independent | None = None,
    batch: Expression | int = 1,
) -> Moments:
    """Of dL/dweight: dW[t] = sum over images and places p of dY[p] * X[p * stride + t * dilation], without padding.

    Args:
        places: the output's extents, (m, m) with m = n - k + 1 at stride 1.
        x: the input's entries, by default of mean 0 and deviation sigma_x.
        grad: the entries of dL/dY, by default of mean 0 and deviation sigma_g.
        batch: N.

    Raises:
        EngineError: a negative count.
    """
    return sum_of_products([batch, *places], x or independent("x"), grad or independent("g"))


def input_gradient_moments(
    out_channels: Expression | int,
    kernel_size: Sequence[Expression | int],
    weight: Independent | None = None,
    grad: Independent | None = None,
) -> Moments:
    """Of dL/dx at stride 1 and away from the edges: every tap of every filter brings one product.

    Args:
        out_channels: O, or O / groups.
        kernel_size: the kernel's extents.
        weight: the weight's entries, by default of mean 0 and deviation sigma_w.
        grad: the entries of dL/dY, by default of mean 0 and deviation sigma_g.

    Raises:
        EngineError: a negative count.
    """
    return sum_of_products([out_channels, *kernel_size], weight or independent("w"), grad or independent("g"))


def output_moments(
    in_channels: Expression | int,
    kernel_size: Sequence[Expression | int],
    weight: Independent | None = None,
    x: Independent | None = None,
) -> Moments:
    """Of the output itself, without bias and away from padding: C / groups * prod(kernel_size) products.

    Args:
        in_channels: C, or C / groups.
        kernel_size: the kernel's extents.
        weight: the weight's entries, by default of mean 0 and deviation sigma_w.
        x: the input's entries, by default of mean 0 and deviation sigma_x.

    Raises:
        EngineError: a negative count.
    """
    return sum_of_products([in_channels, *kernel_size], weight or independent("w"), x or independent("x"))


def bias_gradient_moments(
    places: Sequence[Expression | int], grad: Independent | None = None, batch: Expression | int = 1
) -> Moments:
    """Of dL/dbias, the sum of dL/dY over images and places, with arguments as in ``weight_gradient_moments``."""
    return sum_of_products([batch, *places], grad or independent("g"), Independent(0, 1))


def _at_least_0(value: Expression | int) -> Expression:
    return value if isinstance(value, Expression) else expression(integer("moments", "counts and deviations", value, 0))
