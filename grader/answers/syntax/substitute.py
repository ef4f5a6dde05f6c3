"""Puts one thing for a name in a tree, and writes short sums out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from operator import is_not
from typing import Any

from grader.answers.syntax.tree import INNER, Big, Binary, Derivative, Group, Name, Node, Num, Unary, parts, spelled

MAX_WRITTEN = 64
"""Terms of a sum that is written out."""
MAX_NODES = 2_000
"""Things in a sum that is written out: sums within sums grow without end."""


def with_inner(node: Any, change: Callable[[Any], Any]) -> Any:
    """A copy of `node` with `change` applied to what it is made of; what stays the same is not copied."""
    names = INNER.get(type(node))
    if not names:
        return node
    old = [getattr(node, name) for name in names]
    new = [change(inner) for inner in old]
    return replace(node, **dict(zip(names, new, strict=True))) if any(map(is_not, old, new)) else node


def renamed(node: Any, change: Callable[[Name], Node], bound: frozenset[Name] = frozenset()) -> Any:
    """A copy of `node` with `change` applied to each name that no sum binds; the others are spelled in one piece."""
    if isinstance(node, Name):
        if node in bound:
            return Name(spelled(node))
        sub = renamed(node.sub, change, bound) if bound and not bound.isdisjoint(_names(node.sub)) else node.sub
        return change(node if sub == node.sub else replace(node, sub=sub))
    if isinstance(node, tuple):
        return tuple(renamed(item, change, bound) for item in node)
    if isinstance(node, Big):
        bound |= {each.name for each in node.bounds}
    return with_inner(node, lambda inner: renamed(inner, change, bound))


def _names(node: Any) -> Iterator[Name]:
    return (inner for inner in parts(node) if isinstance(inner, Name))


def rebuilt(node: Any, change: Callable[[Any], Any]) -> Any:
    """A copy of `node` with `change` applied to each thing in it, from the inside out."""
    if isinstance(node, tuple):
        return tuple(rebuilt(item, change) for item in node)
    return change(with_inner(node, lambda inner: rebuilt(inner, change))) if type(node) in INNER else node


def substituted(node: Node, name: Name | Derivative, value: Node) -> Node:
    """`node` with `value` for `name`, in subscripts too, where it is worked out: `x_{i+1}` becomes `x_3`."""
    found: Node = _substituted(node, name, value)
    return found


def _substituted(node: Any, name: Name | Derivative, value: Node) -> Any:
    if node == name:
        return value if isinstance(value, Num | Name) else Group("(", (value,))
    if isinstance(node, Name):
        sub = tuple(_worked_out(_substituted(item, name, value)) for item in node.sub)
        return replace(node, sub=sub) if sub != node.sub else node
    if isinstance(node, tuple):
        return tuple(_substituted(item, name, value) for item in node)
    if isinstance(node, Big) and any(each.name == name for each in node.bounds):
        return node
    return with_inner(node, lambda inner: _substituted(inner, name, value))


def _worked_out(node: Node) -> Node:
    """`node` as one number, where it is a sum or difference of integers."""
    match node:
        case Group(_, (inner,)):
            return _worked_out(inner)
        case Unary("-", arg):
            inner = _worked_out(arg)
            return Num(-inner.value, f"-{inner.raw}") if isinstance(inner, Num) else node
        case Binary(("+" | "-" | "*" | "·" | "") as op, left, right):
            sides = _worked_out(left), _worked_out(right)
            if isinstance(sides[0], Num) and isinstance(sides[1], Num):
                a, b = sides[0].value, sides[1].value
                value = a + b if op == "+" else a - b if op == "-" else a * b
                return Num(value, str(value))
    return node


def written_out(node: Any) -> Any:
    r"""`node` with each short sum between plain integers written out: `\sum_{i=1}^{3} a_i` as `a_1 + a_2 + a_3`."""
    if isinstance(node, tuple):
        return tuple(written_out(item) for item in node)
    node = with_inner(node, written_out)
    return _terms(node) if isinstance(node, Big) else node


def _terms(node: Big) -> Node:
    ends = [(bound.low, bound.high) for bound in node.bounds]
    if node.op != "sum" or len(ends) != 1 or not _indexes(node.body, node.bounds[0].name):
        return node
    low, high = ends[0]
    if not (isinstance(low, Num) and isinstance(high, Num) and 0 <= high.value - low.value < MAX_WRITTEN):
        return node
    if (high.value - low.value + 1) * len(list(islice(parts(node.body), MAX_NODES))) > MAX_NODES:
        return node
    total: Node | None = None
    for index in range(int(low.value), int(high.value) + 1):
        term = substituted(node.body, node.bounds[0].name, Num.of(index))
        total = term if total is None else Binary("+", total, term)
    return total or node


def _indexes(node: Node, name: Name) -> bool:
    """Whether `name` stands in a subscript within `node`."""
    return any(name in parts(inner.sub) for inner in parts(node) if isinstance(inner, Name))
