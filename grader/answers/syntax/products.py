r"""Factors side by side, with or without a sign between them, and quotients: `2P`, `28x28`, `W/S`, `dL/dW`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.answers.syntax import conditions, powers
from grader.answers.syntax.lex import Token
from grader.answers.syntax.tree import Binary, Call, Derivative, Group, Name, Node, Num, Unary
from grader.answers.syntax.unread import Unread

if TYPE_CHECKING:
    from grader.answers.syntax.parse import Parser

_TIMES_WORDS = frozenset({"x", "X", "by"})
_PRODUCT_SIGNS = frozenset({"*", "×", "·", "@"})
_OPENING = frozenset({"(", "[", "{", "{set", "⌊", "⌈", "sqrt", "∂", "infinity", "sum", "prod"})


def product(p: Parser) -> Node:
    """Factors; what stands side by side is multiplied, but never two numbers."""
    chain = p.chain
    left = signed(p)
    while True:
        p.longer()
        if p.is_sign(*_PRODUCT_SIGNS):
            left = Binary(p.next().text, left, signed(p))
        elif p.is_sign("/", "//", "%"):
            left = quotient(p, left)
        elif is_times_letter(p):
            p.next()
            left = Binary("x", left, signed(p))
        elif is_juxtaposed(p):
            left = side_by_side(p, left)
        else:
            p.chain = chain
            return left


def quotient(p: Parser, left: Node) -> Node:
    """`left` divided by what follows; `50%W` may be half of W."""
    before, sign = p.tokens[p.at - 1], p.next()
    signed = p.is_sign("+", "-")
    right = divisor(p)
    if sign.text == "%" and before.kind == "number" and not sign.spaced and (signed or not _is_number(right)):
        raise Unread("ambiguous-percent", "a percentage or a remainder", sign.position)
    return divided(sign.text, left, right)


def divided(op: str, left: Node, right: Node) -> Node:
    """`left` divided by `right`; `dL/dW` and `∂L/∂W` are derivatives."""
    match left, right:
        case Call("differential", (of,)), Call("differential", (by,)) if op == "/":
            return Derivative(of, by)
        case Binary(sign, before, Call("differential", (of,))), Call("differential", (by,)) if op == "/":
            return Binary(sign, before, Derivative(of, by))
    return Binary(op, left, right)


def side_by_side(p: Parser, left: Node) -> Node:
    """`left` times what follows it closely; a number and one in brackets set apart are a value and its label."""
    spaced, behind = p.peek.spaced, p.tokens[p.at - 1]
    token = p.peek
    right = factor(p)
    require_product(p, behind, token, right)
    closes = behind.kind == "number" or behind.text == ")"
    if spaced and closes and _is_number(right) and (_is_number(left) or behind.kind == "number"):
        raise Unread("two-numbers", "two numbers stand side by side with no sign between", p.peek.position)
    return Binary("", left, right)


def require_product(p: Parser, behind: Token, token: Token, right: Node) -> None:
    r"""Refuses what stands side by side and is no product, or may be none.

    Args:
        p: the parser.
        behind: the last token of the left factor.
        token: the first token of the right one.
        right: the right factor.

    Raises:
        Unread: `3\frac{1}{2}` may be a sum, `[1|2|3]` a list, `\sqrt{5}[3]` an entry, `2^{3}4` a slip.
    """
    if behind.text.isdigit() and token.kind == "command" and _is_proper(right):
        raise Unread("mixed-number", "a fraction behind a whole number may be added to it", token.position)
    if token.text == "|" and isinstance(right, Call) and isinstance(right.args[0], Num):
        raise Unread("bars", "bars that may set numbers apart", token.position)
    if token.text == "[" and isinstance(right, Group) and len(right.items) == 1 and _is_number(right):
        raise Unread("two-numbers", "a number in square brackets may be an index", token.position)
    if token.kind == "number" and behind.kind == "name" and may_be_script(p, token):
        raise Unread("ambiguous-digit", "digits behind a letter: a factor, a power or an index", token.position)
    if behind.kind == "number" and "." in behind.text and not token.spaced and _is_number(right):
        raise Unread("ambiguous-decimal", "digits in brackets behind a decimal may be repeating", token.position)
    if token.kind == "number" and behind.text in {"}", "|"} and not isinstance(right, Binary | Name):
        raise Unread("two-numbers", "a number stands right behind a value with no sign between", token.position)


def may_be_script(p: Parser, token: Token) -> bool:
    """Whether the digits of `token` may be an exponent or index of the letter before it; in `K3 = 5` they name."""
    return token.text != "1" and not token.spaced and not p.is_sign("=", ":")


def divisor(p: Parser) -> Node:
    """What stands behind a slash; in the tight reading juxtaposed factors belong to it."""
    right = signed(p)
    while is_juxtaposed(p) and not is_times_letter(p):
        p.slashed = True
        if not p.tight:
            break
        right = Binary("", right, factor(p))
    return right


def factor(p: Parser) -> Node:
    """A juxtaposed factor. `3 4` is no product: one of the two is a slip of the pen or another answer."""
    is_indicator = p.peek.text == "1" and p.tokens[p.at + 1].text in {"_", "["}
    if p.peek.kind == "number" and p.tokens[p.at - 1].kind == "number" and not is_indicator:
        raise Unread("two-numbers", "two numbers stand side by side with no sign between", p.peek.position)
    return powers.power(p)


def is_juxtaposed(p: Parser) -> bool:
    """Whether a factor begins here without a sign before it."""
    if p.peek.kind in {"number", "name", "command", "open"}:
        return p.peek.text not in conditions.RESERVED and not p.is_typed_in()
    if p.is_sign("(") and p.tokens[p.at + 1].text.lower() in conditions.OTHERWISE:
        return False
    return p.is_among(_OPENING) or (p.is_sign("|") and not p.bars)


def is_times_letter(p: Parser) -> bool:
    """Whether here stands an `x` that means `×`: `28x28`, `H x W`; never where `x` is a symbol of the problem."""
    token = p.peek
    if token.kind != "name" or token.text not in _TIMES_WORDS or token.text in p.names:
        return False
    before, after = p.tokens[p.at - 1], p.tokens[p.at + 1]
    opens = after.kind in {"name", "number", "command"} or (after.kind == "sign" and after.text in {"(", "⌊", "["})
    closes = before.kind == "number" or (before.kind == "sign" and before.text in {")", "⌋", "]", "}"})
    return opens and (closes or (token.spaced and after.spaced))


def signed(p: Parser) -> Node:
    """A factor with its signs."""
    if not p.is_sign("+", "-", "±"):
        return powers.power(p)
    p.deeper()
    op = p.next().text
    arg = signed(p)
    p.shallower()
    return arg if op == "+" else Unary(op, arg)


def _is_proper(node: Node) -> bool:
    """Whether it is a fraction of two numbers, below 1."""
    match node:
        case Binary("/", Num(above), Num(below)):
            return above < below
    return False


def _is_number(node: Node) -> bool:
    return isinstance(node, Num) or (
        isinstance(node, Group) and len(node.items) == 1 and isinstance(node.items[0], Num)
    )
