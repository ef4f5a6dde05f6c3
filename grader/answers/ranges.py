r"""What stands behind `∈`: `\{0, 1\}`, `[0, 3)`, `[0, \infty)`, `1..5`, and such sets with `∪` between them.

An interval with one end left out is a call of its brackets, `[)` or `(]`, of both its ends, or of the finite one. Two
round brackets may hold a pair, and many write them for an interval with its ends: they are read as they stand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.answers.tree import Call, Dots, Group, Node
from grader.answers.unread import Unread

if TYPE_CHECKING:
    from grader.answers.parse import Parser

_LONGEST = 40
"""Tokens of an interval."""
_OPEN, _CLOSE = frozenset({"(", "[", "{", "{set"}), frozenset({")", "]", "}", "}set"})
HALF_OPEN = frozenset({"[)", "(]"})
"""Intervals that hold one of their ends."""


def region(p: Parser) -> Node:
    """The set at `p`."""
    found = [_one(p)]
    while p.accept("∪"):
        found.append(_one(p))
    return found[0] if len(found) == 1 else Call("union", tuple(found))


def _one(p: Parser) -> Node:
    if p.is_sign("{") and p.tokens[p.at + 1].text in {"[", "(", "{set"} and _is_whole_group(p):
        p.next()
        p.deeper()
        inner = region(p)
        p.shallower()
        p.expect("}")
        return inner
    if p.is_sign("[", "(") and _is_half_open(p):
        return _half_open(p)
    return dotted(p, p.sum())


def dotted(p: Parser, low: Node) -> Node:
    """`low..high`, or `low` itself.

    Raises:
        Unread: an ellipsis stands at the end.
    """
    if not p.is_sign("..."):
        return low
    dots = p.next()
    if p.stops():
        raise Unread("syntax", "an ellipsis without its end", dots.position)
    return Group("{", (low, Dots(), p.sum()))


def _end_of_group(p: Parser) -> int:
    """Where the bracket closes that opens at `p`, whatever its sort; -1 where that is far off."""
    depth = 0
    for at in range(p.at, min(p.at + _LONGEST, len(p.tokens))):
        text = p.tokens[at].text if p.tokens[at].kind == "sign" else ""
        depth += (text in _OPEN) - (text in _CLOSE)
        if not depth:
            return at
    return -1


def _is_whole_group(p: Parser) -> bool:
    """Whether the braces at `p` hold one set or a union, and no list of them."""
    depth = 0
    for token in p.tokens[p.at + 1 : _end_of_group(p)]:
        text = token.text if token.kind == "sign" else ""
        depth += (text in _OPEN) - (text in _CLOSE)
        if text == "," and not depth:
            return False
    return True


def _is_half_open(p: Parser) -> bool:
    """Whether an interval stands here of which one end belongs to it."""
    end = _end_of_group(p)
    return end > 0 and p.peek.text + p.tokens[end].text in HALF_OPEN


def _half_open(p: Parser) -> Node:
    opening = p.next().text
    low = _finite(p, "-")
    p.expect(",")
    high = _finite(p, "+")
    brackets = opening + p.next().text
    ends = [end for end in (low, high) if end is not None]
    if brackets not in HALF_OPEN or len(ends) != 1 + (low is not None and high is not None):
        raise Unread("interval", "an interval that is not closed as it is opened", p.peek.position)
    if len(ends) == 1 and (brackets == "[)") != (low is not None):
        raise Unread("interval", "an interval that holds infinity", p.peek.position)
    return Call(brackets, tuple(ends))


def _finite(p: Parser, sign: str) -> Node | None:
    """An end of an interval; None for infinity, whose sign is `sign`."""
    mark = p.mark()
    p.accept(sign)
    if p.accept("infinity"):
        return None
    p.back_to(mark)
    return p.sum()
