"""Formulas as values: polynomials with integer coefficients in names, floors, minima and square roots.

An `Expression` is always in one normal form, so two that are the same polynomial are equal. What is rounded is kept
as a floor alone: ceil(a / b) = floor((a + b - 1) / b). The names of sizes stand for integers of at least 0.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import isqrt, prod, sqrt
from typing import Literal, TypeAlias

from grader.errors import EngineError

Number: TypeAlias = int | Fraction | float
Domain: TypeAlias = Literal["whole", "nonnegative", "real"]
"""Integers of at least 0, real numbers of at least 0, all real numbers."""

_OP = "expression"
_NAME = re.compile(r"[A-Za-z]\w*'*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Name:
    """What a number is put in for."""

    name: str
    domain: Domain = "whole"

    def value(self, names: Mapping[str, Number]) -> Number:
        """The number that `names` gives it."""
        found = names.get(self.name)
        if found is None:
            raise EngineError(f"{_OP}: {self.name} has no value, got values of {', '.join(names) or 'nothing'}")
        if self.domain == "whole" and (not isinstance(found, int) or isinstance(found, bool) or found < 0):
            raise EngineError(f"{_OP}: {self.name} must be an integer of at least 0, got {found!r}")
        if self.domain == "nonnegative" and not found >= 0:
            raise EngineError(f"{_OP}: {self.name} must be at least 0, got {found!r}")
        return found

    @property
    def parts(self) -> tuple[Expression, ...]:
        """Nothing stands within a name."""
        return ()


@dataclass(frozen=True, slots=True)
class Floor:
    """The largest integer that is at most dividend / divisor."""

    dividend: Expression
    divisor: Expression

    def value(self, names: Mapping[str, Number]) -> Number:
        """Its value; a divisor of 0 is refused."""
        below = self.divisor.value(names)
        if below < 1:
            raise EngineError(f"{_OP}: a divisor must be at least 1, got {below}")
        return self.dividend.value(names) // below

    @property
    def parts(self) -> tuple[Expression, ...]:
        """Above and below."""
        return self.dividend, self.divisor


@dataclass(frozen=True, slots=True)
class Minimum:
    """The smaller of two."""

    one: Expression
    other: Expression

    def value(self, names: Mapping[str, Number]) -> Number:
        """Its value."""
        return min(self.one.value(names), self.other.value(names))

    @property
    def parts(self) -> tuple[Expression, ...]:
        """Both."""
        return self.one, self.other


@dataclass(frozen=True, slots=True)
class Root:
    """The square root."""

    radicand: Expression

    def value(self, names: Mapping[str, Number]) -> Number:
        """Its value, an integer where that is exact."""
        square = self.radicand.value(names)
        if square < 0:
            raise EngineError(f"{_OP}: a square root needs at least 0, got {square}")
        if isinstance(square, int) and isqrt(square) ** 2 == square:
            return isqrt(square)
        return sqrt(square)

    @property
    def parts(self) -> tuple[Expression, ...]:
        """What stands below it."""
        return (self.radicand,)


Atom: TypeAlias = Name | Floor | Minimum | Root
Monomial: TypeAlias = tuple[tuple[Atom, int], ...]
"""Atoms with their exponents, in one order."""


@dataclass(frozen=True, slots=True)
class Expression:
    """A sum of products of atoms, with integer coefficients.

    Made by `symbol`, by the operators +, -, *, ** with one another and with integers, and by ``divided``, ``minimum``
    and ``root``.
    """

    terms: tuple[tuple[Monomial, int], ...] = ()
    """Monomials and coefficients other than 0, in one order; none for 0."""

    def value(self, names: Mapping[str, Number] | None = None) -> Number:
        """The number that it has where `names` have theirs: an int where all is whole.

        Raises:
            EngineError: a name has no value or one out of its domain, a divisor is 0, a radicand is negative.
        """
        given = names or {}
        return sum(count * prod(atom.value(given) ** power for atom, power in term) for term, count in self.terms)

    @property
    def constant(self) -> int | None:
        """The integer that it is, where no name stands in it."""
        if not self.terms:
            return 0
        (term, count), *others = self.terms
        return None if term or others else count

    @property
    def names(self) -> frozenset[Name]:
        """All names in it."""
        return frozenset(name for term, _ in self.terms for atom, _ in term for name in _names(atom))

    def __add__(self, other: Expression | int) -> Expression:
        return _collected([*self.terms, *expression(other).terms])

    def __mul__(self, other: Expression | int) -> Expression:
        return _collected(
            (_merged(one, two), count * times) for one, count in self.terms for two, times in expression(other).terms
        )

    def __neg__(self) -> Expression:
        return self * -1

    def __sub__(self, other: Expression | int) -> Expression:
        return self + expression(other) * -1

    def __rsub__(self, other: int) -> Expression:
        return expression(other) - self

    def __pow__(self, power: int) -> Expression:
        return prod([self] * power, start=expression(1))

    __radd__ = __add__
    __rmul__ = __mul__


def symbol(name: str, domain: Domain = "whole") -> Expression:
    """The name as an expression.

    Raises:
        EngineError: it is no name, as ``H``, ``W_out`` or ``sigma_x`` is, or one of a function.
    """
    if not _NAME.fullmatch(name) or name in {"floor", "ceil", "min", "sqrt"}:
        raise EngineError(f"{_OP}: a name must be letters, digits and underscores, and no function's, got {name!r}")
    return atom(Name(name, domain))


def expression(value: Expression | int) -> Expression:
    """`value` as an expression.

    Raises:
        EngineError: it is neither one nor an integer.
    """
    if isinstance(value, Expression):
        return value
    try:
        count = operator.index(value)
    except TypeError:
        raise EngineError(f"{_OP}: expected an integer or an expression, got {value!r}") from None
    return Expression((((), count),)) if count else Expression()


def atom(one: Atom) -> Expression:
    """`one` as an expression."""
    return Expression(((((one, 1),), 1),))


def _names(one: Atom) -> frozenset[Name]:
    return frozenset([one]) if isinstance(one, Name) else frozenset().union(*(part.names for part in one.parts))


def _merged(one: Monomial, other: Monomial) -> Monomial:
    """The product of two monomials."""
    powers = dict(one)
    for factor, power in other:
        powers[factor] = powers.get(factor, 0) + power
    return tuple(sorted(powers.items(), key=repr))


def _collected(terms: Iterable[tuple[Monomial, int]]) -> Expression:
    """Like terms added up, in the order of the normal form."""
    counts: dict[Monomial, int] = {}
    for term, count in terms:
        counts[term] = counts.get(term, 0) + count
    return Expression(tuple(sorted(((term, count) for term, count in counts.items() if count), key=repr)))
