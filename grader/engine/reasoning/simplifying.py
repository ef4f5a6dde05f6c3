"""Quotients, minima and roots of expressions, simplified where that is exact.

Rules for integers x, r and m, n >= 1:
    floor((x + n * r) / n) = floor(x / n) + r
    floor((floor(x / m) + r) / n) = floor((x + m * r) / (m * n))
    floor((m * x + r) / (m * n)) = floor((x + floor(r / m)) / n)
"""

from __future__ import annotations

from collections import Counter
from math import gcd, isqrt, prod
from typing import TypeAlias

from grader.engine.reasoning.expressions import Atom, Expression, Floor, Minimum, Monomial, Name, Root, atom, expression
from grader.errors import EngineError

Term: TypeAlias = tuple[Monomial, int]


def divided(dividend: Expression | int, divisor: Expression | int, *, up: bool = False) -> Expression:
    """floor(dividend / divisor), or ceil(dividend / divisor) with `up`.

    Raises:
        EngineError: a divisor below 1, or a name that does not stand for an integer.
    """
    above, below = expression(dividend), expression(divisor)
    if below.constant is not None and below.constant < 1:
        raise EngineError(f"expression: a divisor must be at least 1, got {below.constant}")
    if loose := sorted(name.name for name in above.names | below.names if name.domain != "whole"):
        raise EngineError(f"expression: only integers can be divided and rounded, got {', '.join(loose)}")
    if up:
        above = above + below - 1
    if len(below.terms) != 1 or below.terms[0][1] < 0:
        return atom(Floor(above, below))
    return _floor(above, below)


def _floor(above: Expression, below: Expression) -> Expression:
    """The floor for a divisor of one term: what it divides evenly is taken out first."""
    ((_, n),) = below.terms
    whole, rest = Expression(), Expression()
    for term in above.terms:
        quotient, remainder = _quotient(term, below.terms[0])
        whole, rest = whole + quotient, rest + remainder
    if not rest.terms:
        return whole
    for monomial, count in rest.terms:
        inner = monomial[0][0] if len(monomial) == 1 and monomial[0][1] == count == 1 else None
        if isinstance(inner, Floor) and len(inner.divisor.terms) == 1:
            others = rest - Expression(((monomial, count),))
            return whole + _floor(inner.dividend + inner.divisor * others, inner.divisor * below)
    common = gcd(n, *(count for monomial, count in rest.terms if monomial))
    if common > 1:
        return whole + _floor(_shared_out(rest, common), _shared_out(below, common))
    return whole + atom(Floor(rest, below))


def _quotient(term: Term, divisor: Term) -> tuple[Expression, Expression]:
    """How often `divisor` goes into `term`, and what is left: all of it where its names are not in `term`.

    What is left of an integer is at least 0; what is left of a name keeps its sign.
    """
    (monomial, count), (names, n) = term, divisor
    powers = Counter(dict(monomial))
    powers.subtract(dict(names))
    if min(powers.values(), default=0) < 0:
        return Expression(), Expression((term,))
    times = -(-count // n) if monomial and count < 0 else count // n
    quotient = tuple((factor, powers[factor]) for factor, _ in monomial if powers[factor])
    return _single(quotient, times), _single(monomial, count - n * times)


def _single(monomial: Monomial, count: int) -> Expression:
    return Expression(((monomial, count),) if count else ())


def _shared_out(value: Expression, common: int) -> Expression:
    """`value` / `common`, the constant rounded down."""
    shares = ((monomial, count // common) for monomial, count in value.terms)
    return Expression(tuple(share for share in shares if share[1]))


def minimum(one: Expression | int, other: Expression | int) -> Expression:
    """The smaller one; settled where the two differ by an integer."""
    first, second = sorted((expression(one), expression(other)), key=repr)
    gap = (first - second).constant
    if gap is not None:
        return first if gap <= 0 else second
    return atom(Minimum(first, second))


def root(*factors: Expression | int) -> Expression:
    """The square root of the product of `factors`, each of at least 0; squares and equal pairs are taken out."""
    counts = Counter(map(expression, factors))
    outside = prod((factor ** (count // 2) for factor, count in counts.items()), start=expression(1))
    inside = prod((factor for factor, count in counts.items() if count % 2), start=expression(1))
    if len(inside.terms) != 1:
        return outside * (atom(Root(inside)) if inside.terms else 0)
    ((monomial, count),) = inside.terms
    if count < 0:
        raise EngineError("expression: a square root needs a product of at least 0")
    square = _largest_square(count)
    out = tuple((factor, power // 2) for factor, power in monomial if power > 1 and _positive(factor))
    left = tuple((factor, power) for factor, whole in monomial if (power := _left(factor, whole)))
    outside = outside * Expression(((out, square),))
    return outside * _rooted(Expression(((left, count // square**2),)))


def _largest_square(count: int) -> int:
    """The largest n, up to 1000, whose square divides `count`; its root, where that is an integer."""
    if isqrt(count) ** 2 == count:
        return isqrt(count)
    return max(n for n in range(1, min(isqrt(count), 1000) + 1) if count % n**2 == 0)


def _rooted(radicand: Expression) -> Expression:
    return radicand if radicand.constant == 1 else atom(Root(radicand))


def _positive(factor: Atom) -> bool:
    """Whether the root of its square is itself, and not perhaps its negative."""
    return isinstance(factor, Root) or (isinstance(factor, Name) and factor.domain != "real")


def _left(factor: Atom, power: int) -> int:
    return power % 2 if _positive(factor) else power
