"""Rates of growth: which of them are equal, which one outgrows which, how they are written."""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction
from itertools import product

Order = tuple[float, Fraction, Fraction]
"""How a term grows in one symbol, the fastest first: the rate of its exponential, its power, that of its logarithm."""
Term = tuple[tuple[str, Order], ...]
"""A product over symbols, in the order of their names; the empty one is a constant."""
Rate = frozenset[Term]
"""The terms of a sum that no other one of it outgrows."""

ANY_BASE = math.inf
"""The rate of an exponential of which only that is said."""
PLACES = 9
"""Decimals of the rate of an exponential: `4^n` and `2^(2n)` are one."""
CONSTANT: Rate = frozenset({()})

_ZERO = Fraction(0)
_NONE: Order = (0.0, _ZERO, _ZERO)
_DIRECTIONS = 7
"""Ways to infinity that are tried for each symbol: it is a power, from 0 to 6, of one and the same quantity."""


def exponential(rate: Rate) -> Rate:
    """What grows exponentially in what grows like `rate`: in its symbols, and of any base."""
    return frozenset(((name, (ANY_BASE, _ZERO, _ZERO)),) for term in rate for name, _ in term)


def equal(one: Rate, other: Rate) -> bool:
    """Whether both are the same; an exponential without a base is any."""
    if one == other:
        return True
    loose = any(order[0] == ANY_BASE for term in one | other for _, order in term)
    return loose and _loosely(one) == _loosely(other)


def _loosely(rate: Rate) -> Rate:
    return frozenset(
        tuple((name, (ANY_BASE, _ZERO, _ZERO) if order[0] > 0 else order) for name, order in term) for term in rate
    )


def outgrows(one: Rate, other: Rate) -> bool:
    """Whether each term of `other` is certain to grow no faster than one of `one`, and `one` is not the same."""
    return not equal(one, other) and all(any(within(term, each) for each in one) for term in other)


def differ(one: Rate, other: Rate) -> bool:
    """Whether both, not equal as written, are certain to differ.

    Two products always do; sums do where along some way to infinity one leaves the other behind.
    """
    if len(one) == len(other) == 1:
        return True
    if any(order[0] for term in one | other for _, order in term):
        return False
    symbols = sorted({name for term in one | other for name, _ in term})[:3]
    ways = product(range(_DIRECTIONS), repeat=len(symbols))
    return any(
        max(_along(term, speeds) for term in one) != max(_along(term, speeds) for term in other)
        for way in ways
        if (speeds := dict(zip(symbols, way, strict=True)))
    )


def _along(term: Term, speeds: Mapping[str, int]) -> tuple[Fraction, Fraction]:
    """How `term` grows where each symbol is a power of one and the same quantity: its power, that of its logarithm."""
    moving = [(order, speeds.get(name, 0)) for name, order in term if speeds.get(name, 0)]
    power = sum((order[1] * speed for order, speed in moving), _ZERO)
    return power, sum((order[2] for order, _ in moving), _ZERO)


def within(term: Term, other: Term) -> bool:
    """Whether `term` grows no faster than `other` in any symbol."""
    one, two = dict(term), dict(other)
    return all(one.get(name, _NONE) <= two.get(name, _NONE) for name in {*one, *two})


def written(rate: Rate) -> str:
    """`rate` as a formula in ASCII, `n^2*log(m)`; an exponential of any base has none."""
    terms = sorted(rate, reverse=True)
    return " + ".join("*".join(_factor(*one) for one in term) or "1" for term in terms)


def _factor(name: str, order: Order) -> str:
    exponential, power, logarithm = order
    found = [_exponential(name, exponential)] if exponential else []
    found += [_raised(name, power)] if power else []
    found += [_raised(f"log({name})", logarithm)] if logarithm else []
    return "*".join(found)


def _exponential(name: str, rate: float) -> str:
    base = round(math.exp(rate)) if abs(rate) < 20 else 0
    if base > 1 and round(math.log(base), PLACES) == rate:
        return f"{base}^{name}"
    factor = f"{rate:.{PLACES}f}".rstrip("0").rstrip(".")
    return f"exp({name})" if factor == "1" else f"exp({factor}*{name})"


def _raised(name: str, power: Fraction) -> str:
    if power == 1:
        return name
    return f"{name}^{power}" if power.denominator == 1 and power > 0 else f"{name}^{{{power}}}"
