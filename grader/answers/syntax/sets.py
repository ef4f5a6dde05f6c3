"""Sets of numbers behind a sign of membership: `[0, 1)`, `{0, ..., 3}`, `0..3`, `(-1, 2] ∪ {5}`.

An interval keeps its brackets: `Group("[)", (low, high))`. An end that is infinite is the word `infinity`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.answers.syntax.tree import Binary, Call, Dots, Group, Node, Num, Unary, Word
from grader.answers.syntax.unread import Unread

if TYPE_CHECKING:
    from grader.answers.syntax.parse import Parser

INFINITY = Word("infinity")


def membership(p: Parser, *, typed: bool) -> Node:
    """What stands behind the sign: a set, or a union of sets.

    Args:
        p: stands behind the sign.
        typed: whether the sign was Python's `in`, behind which `(0, 1)` holds two numbers.
    """
    found = [_set(p, typed=typed)]
    while p.accept("∪"):
        p.longer()
        found.append(_set(p, typed=typed))
    return found[0] if len(found) == 1 else Call("union", tuple(found))


def counted(p: Parser, low: Node) -> Node:
    """`low`, or all integers from there where `..` follows it."""
    if not p.accept("..."):
        return low
    return Group("{", (low, Dots(), p.sum()))


def _set(p: Parser, *, typed: bool) -> Node:
    if p.stops():
        raise Unread("syntax", f"expected a set, found {p.peek.text or 'the end'!r}", p.peek.position)
    if p.is_sign("{") and (inner := _braced(p, typed=typed)):
        return inner
    if p.is_sign("[", "(") and (found := _interval(p)):
        return Group("{", found.items) if typed and found.bracket == "(" else found
    node = p.sum()
    if isinstance(node, Call) and node.function == "range" and 1 <= len(node.args) <= 2:
        low, high = (Num.of(0), *node.args)[-2:]
        return Group("{", (low, Dots(), Binary("-", high, Num.of(1))))
    return counted(p, node)


def _braced(p: Parser, *, typed: bool) -> Node | None:
    """One set within braces that only group, `{[0, 1)}`; None where they hold anything else."""
    mark = p.mark()
    p.next()
    try:
        inner = membership(p, typed=typed) if p.is_sign("[", "(", "{set") else None
    except Unread:
        inner = None
    if inner is None or not p.accept("}"):
        p.back_to(mark)
        return None
    return inner


def _interval(p: Parser) -> Group | None:
    """The interval that stands here; None where it is anything else, such as a tuple of three."""
    mark = p.mark()
    opening = p.next().text
    try:
        low = _end(p)
        high = _end(p) if p.accept(",", ";") else None
    except Unread:
        high = None
    closing = p.accept("]", ")") if high is not None else ""
    if high is None or not closing:
        p.back_to(mark)
        return None
    bracket = opening if opening + closing in {"[]", "()"} else opening + closing
    return Group(bracket, (low, high))


def _end(p: Parser) -> Node:
    sign = p.accept("+", "-") if p.is_sign("+", "-") and p.tokens[p.at + 1].text == "infinity" else ""
    if p.accept("infinity"):
        return Unary("-", INFINITY) if sign == "-" else INFINITY
    return p.sum()
