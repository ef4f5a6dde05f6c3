"""How fast a formula grows: its leading terms as its symbols become large, up to a constant factor. By algebra alone.

A formula is expanded into products of powers, logarithms and exponentials with exact coefficients, so that what
cancels is seen to cancel; then all but the terms that no other term outgrows are dropped.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import count

from grader.answers.formulas.symbols import Domain, Symbols, base_of
from grader.answers.growth.rates import PLACES, Order, Rate, Term, within
from grader.answers.syntax.signs import GREEK
from grader.answers.syntax.tree import PRODUCTS, Binary, Call, Group, Name, Node, Num, Unary, parts, spelled
from grader.answers.syntax.unread import MAX_BITS, Unread

_ZERO = Fraction(0)
_ONE = Fraction(1)
_MAX_TERMS = 200
_MAX_POWER = 12
_TINY = 1e-12
_ANY = Domain(1, 2)
_CONSTANTS = frozenset({"c", "C", "const", "e", "pi"})
_LETTERS = frozenset(GREEK.values())
_GROWS = frozenset({"n", "log", "exp"})

_Atom = tuple[str, str]
"""What is raised to a power: ``n`` a symbol, ``log`` its logarithm, ``exp`` its exponential, ``c`` a constant, ``?`` a
positive number that nobody knows."""
_Product = tuple[tuple[_Atom, Fraction | float], ...]
_Sum = dict[_Product, Fraction]


@dataclass(frozen=True)
class Growing:
    """The symbols that grow, and what else may stand in a formula."""

    symbols: tuple[str, ...]
    aliases: Mapping[str, Node] = field(default_factory=dict)
    """Another name, and what it is in the symbols: `m` is `n - k + 1`."""
    constants: frozenset[str] = frozenset()
    """Names that do not grow; Greek letters and `c` are among them where they mean nothing else."""

    @property
    def names(self) -> frozenset[str]:
        """Every name that must not be taken apart."""
        known = {*self.symbols, *self.aliases, *self.constants}
        return frozenset(known | {base_of(name) for name in known})

    def rate(self, tree: Node) -> Rate:
        """How fast `tree` grows.

        Raises:
            Unread: a name that is not known to grow or to stay; a form of which the growth cannot be told for certain.
        """
        return _rate(_Expansion(self).of(self._bound(tree)))

    def _bound(self, tree: Node) -> Node:
        """`tree` with the names of the problem."""
        known = dict.fromkeys((*self.symbols, *self.aliases, *self.constants), _ANY)
        symbols = Symbols(known)
        usual = {
            spelled(node): _ANY
            for node in parts(tree)
            if isinstance(node, Name)
            and (node.base in _LETTERS or spelled(node) in _CONSTANTS)
            and not symbols.fits(node)
        }
        return Symbols(known | usual).bind(tree) if usual else symbols.bind(tree)


class _Expansion:
    """Writes trees as sums of products with exact coefficients."""

    def __init__(self, growing: Growing) -> None:
        self.growing = growing
        self.made = count()

    def of(self, node: Node) -> _Sum:  # noqa: C901, PLR0911 - a line for each sort of node
        match node:
            case Num(value):
                return _nonzero({(): value})
            case Name():
                return self.name(spelled(node))
            case Group(_, (inner,)):
                return self.of(inner)
            case Unary("-", arg):
                return _times(self.of(arg), {(): Fraction(-1)})
            case Binary("+", left, right):
                return _plus(self.of(left), self.of(right))
            case Binary("-", left, right):
                return _plus(self.of(left), _times(self.of(right), {(): Fraction(-1)}))
            case Binary("/", left, right):
                return _times(self.of(left), self.power(self.of(right), Fraction(-1)))
            case Binary("//", left, right):
                return self.rounded(_times(self.of(left), self.power(self.of(right), Fraction(-1))))
            case Binary("^", left, right):
                return self.raised(self.of(left), self.of(right))
            case Binary(op, left, right) if op in PRODUCTS:
                return _times(self.of(left), self.of(right))
            case Call(function, args):
                return self.called(function, [self.of(arg) for arg in args])
        raise Unread("not-a-rate", "this is no formula of which the growth can be told")

    def name(self, name: str) -> _Sum:
        """What `name` stands for."""
        if name in self.growing.aliases:
            return self.of(self.growing.aliases[name])
        return {((("n" if name in self.growing.symbols else "c", name), Fraction(1)),): Fraction(1)}

    def called(self, function: str, args: list[_Sum]) -> _Sum:
        """A function of expanded arguments."""
        match function, args:
            case "sqrt", [x]:
                return self.power(x, Fraction(1, 2))
            case "root", [x, degree] if value := _number(degree):
                return self.power(x, 1 / value)
            case "exp", [x]:
                return self.exponential(1.0, x)
            case "log", [x]:
                return self.logarithm(x)
            case "floor" | "ceil" | "trunc", [x]:
                return self.rounded(x)
            case "max" | "mean" | "sum", _:
                leading = [self.scaled(self.leading(x)) for x in args]
                return _plus(*leading)
        raise Unread("not-a-rate", f"the growth of {function} is not told")

    def rounded(self, x: _Sum) -> _Sum:
        """A floor or ceiling: it changes nothing in what grows."""
        leading = self.leading(x)
        if not leading:
            raise Unread("not-a-rate", "a rounded number that does not grow")
        return self.scaled(leading)

    def leading(self, x: _Sum) -> _Product:
        """The one product of symbols that outgrows the rest of `x`."""
        found = _leading(x)
        if len(found) != 1:
            raise Unread("several-terms", "the growth of a sum whose terms cannot be put in order")
        return next(iter(found))

    def scaled(self, growth: _Product) -> _Sum:
        """`growth` times a positive number that nobody knows."""
        unknown = ((("?", str(next(self.made))), Fraction(1)),)
        return _times({growth: Fraction(1)}, {unknown: Fraction(1)})

    def power(self, x: _Sum, exponent: Fraction) -> _Sum:
        """`x` raised to a number."""
        whole = exponent.denominator == 1 and 0 <= exponent <= _MAX_POWER
        if whole and (len(x) ** int(exponent) <= _MAX_TERMS or len(x) == 1):
            total: _Sum = {(): Fraction(1)}
            for _ in range(int(exponent)):
                total = _times(total, x)
            return total
        if not x:
            raise Unread("division-by-zero", "a division by zero")
        if len(x) == 1:
            ((factors, coefficient),) = x.items()
            if exponent.denominator == 1 and abs(exponent) <= _MAX_POWER:
                return {_raise(factors, exponent): coefficient ** int(exponent)}
        return self.scaled(_raise(self.leading(x), exponent))

    def raised(self, base: _Sum, exponent: _Sum) -> _Sum:
        """A power: of a number as exponent, or a number to the power of a symbol."""
        number = _number(exponent)
        if number is not None:
            return self.power(base, number)
        if base == {((("c", "e"), Fraction(1)),): Fraction(1)}:
            return self.exponential(1.0, exponent)
        value = _number(base)
        if value is None or value <= 0:
            raise Unread("not-a-rate", "a power whose exponent is not a number")
        return self.exponential(math.log(value), exponent)

    def exponential(self, rate: float, exponent: _Sum) -> _Sum:
        """An exponential of `rate` times a symbol, and perhaps a number added."""
        growing = {factors: value for factors, value in exponent.items() if any(a[0] in _GROWS for a, _ in factors)}
        for factors, value in growing.items():
            match factors:
                case ((("n", name), 1),) if len(growing) == 1:
                    return self.scaled(((("exp", name), rate * float(value)),) if rate else ())
        if growing:
            raise Unread("not-a-rate", "an exponential of more than a multiple of one symbol")
        return self.scaled(())

    def logarithm(self, x: _Sum) -> _Sum:
        """The logarithm of the term that leads, factor by factor."""
        total = self.scaled(()) if len(x) > 1 or () not in x else {}
        for (sort, name), exponent in self.leading(x):
            if sort == "log":
                raise Unread("not-a-rate", "a logarithm of a logarithm")
            if sort == "exp":
                term = _times(self.scaled(((("n", name), Fraction(1)),)), {(): Fraction(1 if exponent > 0 else -1)})
            else:
                term = {((("log", name), Fraction(1)),): Fraction(exponent)}
            total = _plus(total, term)
        return total or self.scaled(())


def _rate(x: _Sum) -> Rate:
    """The terms of `x` that no other one outgrows."""
    found = _leading(x)
    for growth in found:
        _check_sign(x, growth)
    return frozenset(_term(growth) for growth in found)


def _leading(x: _Sum) -> set[_Product]:
    """The products of symbols in `x` that no other one outgrows."""
    growths = {_growth(factors) for factors in x}
    if not growths:
        raise Unread("zero", "this is zero")
    terms = {growth: _term(growth) for growth in growths}
    return {
        growth
        for growth in growths
        if not any(terms[growth] != terms[other] and within(terms[growth], terms[other]) for other in growths)
    }


def _growth(factors: _Product) -> _Product:
    return tuple(pair for pair in factors if pair[0][0] in _GROWS)


def _check_sign(x: _Sum, growth: _Product) -> None:
    """Makes sure that what leads does not cancel and is not negative."""
    mine = {factors: value for factors, value in x.items() if _growth(factors) == growth}
    if all(value < 0 for value in mine.values()):
        raise Unread("negative", "this is negative where its symbols are large")
    if any(value < 0 for value in mine.values()) and any(a[0] == "?" for factors in mine for a, _ in factors):
        raise Unread("cancels", "the terms that lead may cancel")


def _term(growth: _Product) -> Term:
    found = dict(growth)
    names = sorted({name for (_, name), _ in growth})
    return tuple((name, _order(found, name)) for name in names)


def _order(found: Mapping[_Atom, Fraction | float], name: str) -> Order:
    rate = round(float(found.get(("exp", name), 0.0)), PLACES)
    return rate, Fraction(found.get(("n", name), 0)), Fraction(found.get(("log", name), 0))


def _number(x: _Sum) -> Fraction | None:
    """The value of `x` where it is a number."""
    return x.get((), _ZERO) if set(x) <= {()} else None


def _nonzero(x: _Sum) -> _Sum:
    return {factors: value for factors, value in x.items() if value}


def _plus(*sums: _Sum) -> _Sum:
    total: _Sum = {}
    for each in sums:
        for factors, value in each.items():
            total[factors] = total.get(factors, _ZERO) + value
    return _bounded(_nonzero(total))


def _times(one: _Sum, other: _Sum) -> _Sum:
    if len(one) * len(other) > _MAX_TERMS**2:
        raise Unread("too-large", "a product of too many terms")
    total: _Sum = {}
    for left, a in one.items():
        for right, b in other.items():
            factors = _joined(left, right)
            total[factors] = total.get(factors, _ZERO) + a * b
    return _bounded(_nonzero(total))


def _bounded(x: _Sum) -> _Sum:
    if len(x) > _MAX_TERMS or any(value.numerator.bit_length() > MAX_BITS for value in x.values()):
        raise Unread("too-large", "a formula of too many terms")
    return x


def _joined(left: _Product, right: _Product) -> _Product:
    total: dict[_Atom, Fraction | float] = dict(left)
    for atom, exponent in right:
        total[atom] = total.get(atom, _ZERO) + exponent
    return tuple((atom, total[atom]) for atom in sorted(total) if abs(float(total[atom])) > _TINY)


def _raise(factors: _Product, exponent: Fraction) -> _Product:
    return tuple((atom, power * (float(exponent) if isinstance(power, float) else exponent)) for atom, power in factors)
