"""Absolute values between bars: `|x|`, `||a| - b|`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.answers.syntax.lex import Token
from grader.answers.syntax.tree import Call, Node
from grader.answers.syntax.unread import Unread

if TYPE_CHECKING:
    from grader.answers.syntax.parse import Parser


def absolute(p: Parser) -> Node:
    """What stands between two bars; the first one was stepped over."""
    p.deeper()
    p.bars += 1
    inner = p.sum()
    _split_bars(p)
    p.expect("|")
    p.bars -= 1
    p.shallower()
    return Call("abs", (inner,))


def _split_bars(p: Parser) -> None:
    """Makes two bars of `||`, where one stands here."""
    if p.is_sign("||"):
        position = p.peek.position
        p.tokens[p.at : p.at + 1] = [Token("sign", "|", position), Token("sign", "|", position + 1)]


def nested_bars(p: Parser) -> Node:
    """`||a| - b|`; `||x||` may be a norm."""
    position = p.peek.position
    _split_bars(p)
    p.accept("|")
    node = absolute(p)
    if isinstance(node, Call) and isinstance(node.args[0], Call) and node.args[0].function == "abs":
        raise Unread("norm", "two bars on each side may be a norm", position)
    return node
