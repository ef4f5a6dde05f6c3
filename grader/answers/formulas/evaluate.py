"""The value of a closed tree: exactly where it is rational, else in floating point.

A large power is refused before it is worked out, so no text can make the grader compute for long.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterable
from fractions import Fraction

from grader.answers.formulas.pointwise import FUNCTIONS, sampled
from grader.answers.syntax.substitute import substituted
from grader.answers.syntax.tree import PRODUCTS, Big, Binary, Bound, Call, Group, Name, Node, Num, Unary, parts
from grader.answers.syntax.unread import MAX_BITS, Unread

MAX_WORK = 16_000
"""Things in a tree that are worked out for all terms of all sums together."""
_OF_INTEGERS: dict[str, Callable[[int, int], int]] = {
    "+": operator.add,
    "-": operator.sub,
    **dict.fromkeys(PRODUCTS, operator.mul),
}
"""What stays among the integers, and needs no fractions."""


def exact(node: Node) -> Fraction:
    """The value of a closed expression of rational operations.

    Raises:
        Unread: it holds names, is not rational, divides by zero or grows out of bounds.
    """
    return Exact().value(node)


class Exact:
    """Works out closed expressions one after another, and counts the work of all of them together."""

    def __init__(self) -> None:
        self.left = MAX_WORK

    def value(self, node: Node) -> Fraction:
        """As `exact`."""
        match node:
            case Num(value):
                return value
            case Group(_, (inner,)):
                return self.value(inner)
            case Unary("-", arg):
                return -self.value(arg)
            case Binary("/", Call("log", (power,)), Call("log", (base,))):
                return _exact_logarithm(self.value(power), self.value(base))
            case Binary(op, left, right):
                return _bounded(_exact_binary(op, self.value(left), self.value(right)))
            case Call(function, args):
                return _exact_call(function, [self.value(arg) for arg in args])
            case Big():
                return self.big(node)
            case Name():
                raise Unread("unknown-name", "a name stands where a number was asked for")
        raise Unread("not-a-number", "this is not a number")

    def big(self, node: Big) -> Fraction:
        """A sum or product over integers between two ends or over a set, term by term."""
        bound, *rest = node.bounds or (None,)
        if bound is None or node.op not in {"sum", "prod"}:
            raise Unread("bound", "a sum without its ends")
        inner: Node = Big(node.op, tuple(rest), node.body) if rest else node.body
        cost = 1 + sum(1 for _ in parts(inner))
        total = Fraction(node.op == "prod")
        for index in self.range(bound, cost):
            term = self.value(substituted(inner, bound.name, index))
            total = _bounded(total * term if node.op == "prod" else total + term)
        return total

    def range(self, bound: Bound, cost: int) -> Iterable[Node]:
        """What an index takes, where each value costs so much."""
        if isinstance(bound.among, Group) and bound.among.bracket == "{":
            self.spend(len(bound.among.items) * cost)
            return bound.among.items
        if bound.low is None or bound.high is None:
            raise Unread("bound", "a sum without its ends")
        low, high = self.value(bound.low), self.value(bound.high)
        if low.denominator != 1 or high.denominator != 1:
            raise Unread("bound", "a sum between ends that are no integers")
        self.spend(max(0, int(high - low) + 1) * cost)
        return map(Num.of, range(int(low), int(high) + 1))

    def spend(self, work: int) -> None:
        """Counts what is about to be worked out.

        Raises:
            Unread: that is too much.
        """
        self.left -= work
        if self.left < 0:
            raise Unread("too-large", "a sum of too many terms")


def _bounded(value: Fraction) -> Fraction:
    if value.numerator.bit_length() > MAX_BITS or value.denominator.bit_length() > MAX_BITS:
        raise Unread("too-large", "a number out of all proportion")
    return value


def _exact_binary(op: str, left: Fraction, right: Fraction) -> Fraction:
    if op in _OF_INTEGERS and left.denominator == right.denominator == 1:
        return Fraction(_OF_INTEGERS[op](left.numerator, right.numerator))
    if op in PRODUCTS:
        return left * right
    if op in {"/", "//", "%"} and right == 0:
        raise Unread("division-by-zero", "a division by zero")
    match op:
        case "+":
            return left + right
        case "-":
            return left - right
        case "/":
            return left / right
        case "//":
            return Fraction(left // right)
        case "%":
            return left % right
        case "^":
            return _exact_power(left, right)
    raise Unread("not-a-number", f"the sign {op} does not make a number")


def _exact_power(base: Fraction, exponent: Fraction) -> Fraction:
    if exponent.denominator != 1:
        root = _exact_root(base, exponent.denominator)
        return _exact_power(root, Fraction(exponent.numerator))
    size = max(base.numerator.bit_length(), base.denominator.bit_length())
    if abs(exponent) * size > MAX_BITS:
        raise Unread("too-large", "a power out of all proportion")
    if base == 0 and exponent < 0:
        raise Unread("division-by-zero", "a division by zero")
    return base ** int(exponent)


def _exact_root(value: Fraction, degree: int) -> Fraction:
    """The rational root of `value`; no float stands in for an irrational one."""
    if value < 0 or degree > 64:
        raise Unread("irrational", "a root that is no fraction")
    above, below = (round(float(part) ** (1 / degree)) if part < 2**1000 else 0 for part in value.as_integer_ratio())
    if below and Fraction(above, below) ** degree == value:
        return Fraction(above, below)
    raise Unread("irrational", "a root that is no fraction")


def _exact_logarithm(power: Fraction, base: Fraction) -> Fraction:
    """The whole exponent of `base` that gives `power`."""
    if power > 0 and base > 0 and base != 1:
        exponent = Fraction(round(_log(power) / _log(base)))
        if abs(exponent) <= MAX_BITS and _exact_power(base, exponent) == power:
            return exponent
    raise Unread("irrational", "a logarithm that is no whole number")


def _log(value: Fraction) -> float:
    return math.log(value.numerator) - math.log(value.denominator)


_EXACT_FOLDS: dict[str, Callable[[list[Fraction]], Fraction]] = {
    "max": max,
    "min": min,
    "mean": lambda args: sum(args, Fraction(0)) / len(args),
}
_EXACT_CALLS: dict[str, Callable[[Fraction], Fraction]] = {
    "floor": lambda x: Fraction(math.floor(x)),
    "ceil": lambda x: Fraction(math.ceil(x)),
    "trunc": lambda x: Fraction(math.trunc(x)),
    "abs": abs,
    "relu": lambda x: max(x, Fraction(0)),
    "sqrt": lambda x: _exact_root(x, 2),
}


def _exact_call(function: str, args: list[Fraction]) -> Fraction:
    if function in _EXACT_FOLDS:
        return _EXACT_FOLDS[function](args)
    if function in _EXACT_CALLS and len(args) == 1:
        return _EXACT_CALLS[function](args[0])
    if function == "root" and len(args) == 2 and args[1].denominator == 1 and args[1] > 0:
        return _exact_root(args[0], int(args[1]))
    if function in FUNCTIONS and len(args) == 1:
        raise Unread("irrational", f"{function} of a number is no fraction")
    raise Unread("not-a-number", f"{function} of {len(args)} arguments is not read")


def real(node: Node) -> float:
    """The value of a closed expression in floating point, where it is not rational.

    Raises:
        Unread: as for `exact`, or where the value is not finite.
    """
    value = float(sampled(node, {}))
    if not math.isfinite(value):
        raise Unread("not-finite", "the value is not a finite number")
    return value
