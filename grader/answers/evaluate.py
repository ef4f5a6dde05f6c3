"""The value of a tree: exactly, where it is closed; or at many points at once, where it has symbols.

A large power is refused before it is worked out, so no text can make the grader compute for long.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from grader.answers.tree import PRODUCTS, Binary, Call, Group, Name, Node, Num, Relation, Transposed, Unary
from grader.answers.unread import MAX_BITS, Unread

Points = NDArray[np.float64]

_ROUNDING_SLACK = 1e-9
"""Floors are taken of sums of fractions in floats: 3 may have come out as 2.9999999996."""


def exact(node: Node) -> Fraction:
    """The value of a closed expression of rational operations.

    Raises:
        Unread: it holds names, is not rational, divides by zero or grows out of bounds.
    """
    match node:
        case Num(value):
            return value
        case Group(_, (inner,)):
            return exact(inner)
        case Unary("-", arg):
            return -exact(arg)
        case Binary(op, left, right):
            return _bounded(_exact_binary(op, exact(left), exact(right)))
        case Call(function, args):
            return _exact_call(function, [exact(arg) for arg in args])
        case Name():
            raise Unread("unknown-name", "a name stands where a number was asked for")
    raise Unread("not-a-number", "this is not a number")


def _bounded(value: Fraction) -> Fraction:
    if value.numerator.bit_length() > MAX_BITS or value.denominator.bit_length() > MAX_BITS:
        raise Unread("too-large", "a number out of all proportion")
    return value


def _exact_binary(op: str, left: Fraction, right: Fraction) -> Fraction:
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
    if function in _CALLS and len(args) == 1:
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


_CALLS: dict[str, Callable[..., Points]] = {
    "floor": lambda x: np.floor(x + _ROUNDING_SLACK),
    "ceil": lambda x: np.ceil(x - _ROUNDING_SLACK),
    "trunc": lambda x: np.trunc(x + np.copysign(_ROUNDING_SLACK, x)),
    "sqrt": np.sqrt,
    "exp": np.exp,
    "log": np.log,
    "abs": np.abs,
    "tanh": np.tanh,
    "sigmoid": lambda x: 1 / (1 + np.exp(-x)),
    "relu": lambda x: np.maximum(x, 0),
    "root": lambda x, n: np.power(x, 1 / n),
}
_FOLDS: dict[str, Callable[[Points, Points], Points]] = {"max": np.maximum, "min": np.minimum, "mean": np.add}


def sampled(node: Node, points: Mapping[str, Points]) -> Points:
    """The values of `node` where each symbol takes the values in `points`, all arrays of one length.

    Where an operation is undefined the value is NaN or infinite; nothing is raised for it.

    Raises:
        Unread: a name that is not in `points`, or a thing that has no number.
    """
    with np.errstate(all="ignore"):
        return _sampled(node, points)


def _sampled(node: Node, points: Mapping[str, Points]) -> Points:
    match node:
        case Num(value):
            return np.float64(value)  # type: ignore[return-value]  # a 0-d value broadcasts like an array
        case Name(base):
            return _at_name(base, points)
        case Group(_, (inner,)):
            return _sampled(inner, points)
        case Unary("-", arg):
            return -_sampled(arg, points)
        case Binary("^", Name("e"), exponent) if "e" not in points:
            return np.exp(_sampled(exponent, points))
        case Binary(op, left, right):
            return _sampled_binary(op, _sampled(left, points), _sampled(right, points))
        case Call(function, args):
            return _sampled_call(function, [_sampled(arg, points) for arg in args])
        case Relation():
            raise Unread("relation", "a relation stands where a value was asked for")
        case Transposed(arg):
            return _sampled(arg, points)
    raise Unread("not-a-formula", "this is not a formula")


def _at_name(name: str, points: Mapping[str, Points]) -> Points:
    if name in points:
        return points[name]
    if name == "pi":
        return np.float64(math.pi)  # type: ignore[return-value]  # as above
    raise Unread("unknown-name", f"{name} is none of the problem's symbols")


def _sampled_binary(op: str, left: Points, right: Points) -> Points:
    if op in PRODUCTS:
        return left * right
    match op:
        case "+":
            return left + right
        case "-":
            return left - right
        case "/":
            return left / right
        case "//":
            return np.floor(left / right + _ROUNDING_SLACK)
        case "%":
            return np.mod(left, right)
        case "^":
            return np.power(np.asarray(left, dtype=np.float64), right)
    raise Unread("not-a-formula", f"the sign {op} is not read in a formula")


def _sampled_call(function: str, args: list[Points]) -> Points:
    if function in _FOLDS:
        total = args[0]
        for arg in args[1:]:
            total = _FOLDS[function](total, arg)
        return total / len(args) if function == "mean" else total
    if len(args) != (2 if function == "root" else 1):
        raise Unread("not-a-formula", f"{function} of {len(args)} arguments is not read")
    return _CALLS[function](*args)
