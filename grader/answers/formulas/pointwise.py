"""The values of a tree at many points at once: numbers, conditions (1 where they hold, else 0), cases and sums.

Where an operation is undefined the value is NaN or infinite; nothing is raised for it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from grader.answers.syntax.tree import (
    PRODUCTS,
    Big,
    Binary,
    Bound,
    Call,
    Cases,
    Dots,
    Group,
    Index,
    Logic,
    Name,
    Node,
    Num,
    Relation,
    Transposed,
    Unary,
    Word,
    parts,
)
from grader.answers.syntax.unread import Unread

Points = NDArray[np.float64]
Truth = NDArray[np.bool_]

MAX_WORK = 2_000_000
"""Entries that all terms of the sums in one tree may take together."""
_TERM, _NODE = 300, 60
"""What one term of a sum and each thing in it cost, in entries."""
_ROUNDING_SLACK = 1e-9
"""Floors are taken of sums of fractions in floats: 3 may have come out as 2.9999999996."""

FUNCTIONS: dict[str, Callable[..., Points]] = {
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
    "sign": np.sign,
    "root": lambda x, n: np.power(x, 1 / n),
}
FOLDS: dict[str, np.ufunc] = {
    "max": np.maximum,
    "min": np.minimum,
    "mean": np.add,
    "sum": np.add,
    "prod": np.multiply,
}
NEUTRAL = {"sum": 0.0, "prod": 1.0, "max": -np.inf, "min": np.inf}
"""What a sum, product, maximum or minimum of nothing is."""
_COMPARE: dict[str, Callable[[Points, Points], Truth]] = {
    "<=": np.less_equal,
    "<": np.less,
    ">=": np.greater_equal,
    ">": np.greater,
    "=": np.equal,
    "!=": np.not_equal,
}


def sampled(node: Node, points: Mapping[str, Points]) -> Points:
    """The values of `node` where each symbol takes the values in `points`, all arrays of one length.

    Raises:
        Unread: a name that is not in `points`, or a thing that has no number.
    """
    with np.errstate(all="ignore"):
        return Pointwise(points).value(node)


def holds(relation: Node, points: Mapping[str, Points], size: int) -> Truth:
    """Where `relation`, which may be a chain such as `0 <= k <= 2`, holds at `size` points.

    Raises:
        Unread: it is no relation, or one of another sort.
    """
    with np.errstate(all="ignore"):
        return np.broadcast_to(Pointwise(points).truth(relation), (size,))


class Pointwise:
    """Works out trees whose names take the values in `points`."""

    def __init__(self, points: Mapping[str, Points]) -> None:
        self.points = points
        self.work = 0

    def value(self, node: Node) -> Points:  # noqa: C901, PLR0911, PLR0912 - a line for each sort of node
        """The value of `node` at each point."""
        match node:
            case Num(value):
                return np.float64(value)  # type: ignore[return-value]  # a 0-d value broadcasts like an array
            case Name():
                return self.name(node)
            case Index(array, indices):
                return self.entry(array, indices)
            case Group(_, (Relation() | Logic(), *_)) | Relation() | Logic():
                return self.truth(node).astype(np.float64)
            case Group(_, (inner,)):
                return self.value(inner)
            case Unary("-", arg):
                return -self.value(arg)
            case Binary(op, left, right) if op in PRODUCTS and isinstance(left, Transposed) | isinstance(
                right, Transposed
            ):
                return self.value(_untransposed(left)) * self.value(_untransposed(right))
            case Binary("^", Name("e", ()), exponent) if "e" not in self.points:
                return np.exp(self.value(exponent))
            case Binary(op, left, right):
                return _combined(op, self.value(left), self.value(right))
            case Call("where", (condition, one, other)):
                return np.where(self.truth(condition), self.value(one), self.value(other))
            case Call(function, args):
                return _called(function, [self.value(arg) for arg in args])
            case Cases():
                return self.cases(node)
            case Big():
                return self.big(node)
            case Transposed():
                raise Unread("transpose", "a transposed number, which may be meant as a power")
        raise Unread("not-a-formula", "this is not a formula")

    def name(self, name: Name) -> Points:
        """What a name stands for."""
        if not name.sub and not name.primes and name.base in self.points:
            return self.points[name.base]
        if name == Name("pi"):
            return np.float64(math.pi)  # type: ignore[return-value]  # a 0-d value broadcasts like an array
        if name == Name("e"):
            return np.float64(math.e)  # type: ignore[return-value]  # as above
        raise Unread("unknown-name", f"{name.base} is none of the problem's symbols")

    def entry(self, array: Node, indices: tuple[Node, ...]) -> Points:
        """An entry of an array; here there are none."""
        del array, indices
        raise Unread("not-a-formula", "an entry of an array where a formula was asked for")

    def truth(self, node: Node) -> Truth:
        """Where the condition `node` holds."""
        match node:
            case Relation(("in",), (value, values)):
                return self.among(value, values)
            case Relation(("notin",), (value, values)):
                return np.asarray(~self.among(value, values), dtype=np.bool_)
            case Relation(ops, members) if set(ops) <= set(_COMPARE):
                sides = [self.value(member) for member in members]
                steps = [_COMPARE[op](a, b) for op, a, b in zip(ops, sides, sides[1:], strict=False)]
                return _joined("and", steps)
            case Logic("not", (arg,)):
                return np.asarray(~np.asarray(self.truth(arg)), dtype=np.bool_)
            case Logic(op, args):
                return _joined(op, [self.truth(arg) for arg in args])
            case Group(_, items) if items:
                return _joined("and", [self.truth(item) for item in items])
        raise Unread("not-a-relation", "expected relations such as K <= W")

    def among(self, value: Node, values: Node) -> Truth:
        """Where `value` is one of a set of numbers, `k in {0, 1}`, or lies in an interval, `k in [0, 1]`."""
        got = self.value(value)
        match values:
            case Call("union", args):
                return _joined("or", [self.among(value, arg) for arg in args])
            case Group("{" | "[", (low, second, Dots(), high)) if np.all(self.value(second) - self.value(low) == 1):
                return self.among(value, Group("{", (low, Dots(), high)))
            case Group("{" | "[", (low, Dots(), high)):
                return _joined("and", [got >= self.value(low), got <= self.value(high), got == np.round(got)])
            case Group("[" | "(" | "[)" | "(]" as bracket, (low, high)):
                above = np.greater_equal if bracket[0] == "[" else np.greater
                below = np.less_equal if bracket in {"[", "(]"} else np.less
                return _joined("and", [above(got, self.end(low)), below(got, self.end(high))])
            case Group("{" | "[", items) if items:
                return _joined("or", [np.equal(got, self.value(item)) for item in items])
        raise Unread("not-a-relation", "expected a set such as {0, 1}")

    def end(self, node: Node) -> Points:
        """The end of an interval, which may be infinite."""
        match node:
            case Word("infinity"):
                return np.float64(np.inf)  # type: ignore[return-value]  # a 0-d value broadcasts like an array
            case Unary("-", Word("infinity")):
                return np.float64(-np.inf)  # type: ignore[return-value]  # as above
        return self.value(node)

    def cases(self, node: Cases) -> Points:
        """The first branch whose condition holds; NaN where none does."""
        found: Points = np.float64(np.nan)  # type: ignore[assignment]  # a 0-d value broadcasts like an array
        for branch in reversed(node.branches):
            value = self.value(branch.value)
            found = value if branch.condition is None else np.where(self.truth(branch.condition), value, found)
        return found

    def big(self, node: Big) -> Points:
        """A sum or product between ends that may differ from point to point."""
        bound, *rest = node.bounds or (None,)
        if bound is None:
            raise Unread("bound", f"a {node.op} without its index")
        low, high = self.ends(bound)
        inner: Node = Big(node.op, tuple(rest), node.body) if rest else node.body
        cost = _TERM + _NODE * sum(1 for _ in parts(inner))
        total: Points | None = None
        outer = self.points
        for index in range(int(np.min(low)), int(np.max(high)) + 1):
            self.points = {**outer, bound.name.base: np.float64(index)}  # type: ignore[dict-item]  # a 0-d value
            self.spend(cost)
            term = np.where((low <= index) & (index <= high), self.value(inner), NEUTRAL[node.op])
            self.spend(term.size)
            total = term if total is None else FOLDS[node.op](total, term)
        self.points = outer
        return np.float64(NEUTRAL[node.op]) if total is None else total  # type: ignore[return-value]  # a 0-d value

    def ends(self, bound: Bound) -> tuple[Points, Points]:
        """Both ends of `bound`."""
        if bound.low is None or bound.high is None:
            raise Unread("bound", "a sum without its ends")
        if bound.name.sub or bound.name.primes:
            raise Unread("bound", "a sum over an index with a script")
        low, high = self.value(bound.low), self.value(bound.high)
        if not (np.isfinite(low).all() and np.isfinite(high).all()):
            raise Unread("bound", "a sum without finite ends")
        if np.max(high) - np.min(low) > MAX_WORK:
            raise Unread("too-large", "a sum out of all proportion")
        return low, high

    def spend(self, entries: int) -> None:
        """Counts what was worked out.

        Raises:
            Unread: that is too much.
        """
        self.work += entries
        if self.work > MAX_WORK:
            raise Unread("too-large", "a sum out of all proportion")


def _untransposed(node: Node) -> Node:
    """A factor without its transpose, which does nothing to a number: `w^T x`."""
    return node.arg if isinstance(node, Transposed) else node


def _joined(op: str, truths: list[Truth]) -> Truth:
    return np.asarray(reduce(np.logical_and if op == "and" else np.logical_or, truths), dtype=np.bool_)


def _combined(op: str, left: Points, right: Points) -> Points:
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


def _called(function: str, args: list[Points]) -> Points:
    if function in FOLDS:
        total = reduce(FOLDS[function], args)
        return np.asarray(total / len(args) if function == "mean" else total)
    if function not in FUNCTIONS or len(args) != (2 if function == "root" else 1):
        raise Unread("not-a-formula", f"{function} of {len(args)} arguments is not read")
    return FUNCTIONS[function](*args)
