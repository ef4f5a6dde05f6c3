"""The smallest things in mathematics: numbers, names, functions, fractions, roots, brackets, matrices."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING

from grader.answers.syntax import powers, products
from grader.answers.syntax.bars import absolute, nested_bars
from grader.answers.syntax.calls import CLOSING, FUNCTIONS, begins_arguments, call, logarithm, tight_base
from grader.answers.syntax.conditions import RESERVED
from grader.answers.syntax.environments import braced_cases, environment
from grader.answers.syntax.lex import Token
from grader.answers.syntax.names import TIMES, is_numbered, split, subscript_within
from grader.answers.syntax.signs import GREEK
from grader.answers.syntax.sums import big, generator
from grader.answers.syntax.tree import (
    Binary,
    Call,
    Derivative,
    Dots,
    Group,
    Matrix,
    Name,
    Node,
    Num,
    Relation,
    Sequence,
    Space,
    Word,
)
from grader.answers.syntax.unread import Unread

if TYPE_CHECKING:
    from grader.answers.syntax.parse import Parser

_PYTHON = frozenset({"int", "where", "range"})
"""Functions of Python's only; an `int` with a backslash is an integral."""
_SUMS = {"sum": "sum", "Sum": "sum", "prod": "prod", "Prod": "prod"}
_MARKS = ("{,}", "\\!", "\\,", ",", " ", "'", "_", "\u00a0", "\u2009", "\u202f")
"""What sets thousands apart."""
_COMMAS = frozenset({",", "and"})
_LIBRARIES = frozenset({"np", "numpy", "math", "torch", "tf", "jnp"})
_CONTAINERS = frozenset({"array", "asarray", "tensor", "Tensor", "Size", "matrix", "tuple", "list"})
_ROUNDING = {"⌊": "floor", "⌈": "ceil"}
_LETTERS = frozenset(GREEK.values()) | {"ell", "varepsilon", "varphi", "vartheta", "nabla"}


def atom(p: Parser) -> Node:
    """The smallest thing that stands at `p`."""
    token = p.peek
    reader = _READERS.get(token.kind)
    if not reader:
        raise Unread("syntax", f"expected a value, found {token.text or 'the end'!r}", token.position)
    return reader(p)


def _number(p: Parser) -> Node:
    token = p.next()
    if token.text.isdecimal():
        return Num(Fraction(int(token.text)), token.text)
    digits = token.text.lower()
    if not digits.isdigit():
        for mark in _MARKS:
            digits = digits.replace(mark, "")
    mantissa, _, exponent = digits.partition("e")
    if exponent and (len(exponent) > 4 or abs(int(exponent)) > 100):
        raise Unread("too-large", f"the number {token.text} is out of range", token.position)
    return Num(Fraction(mantissa) * Fraction(10) ** int(exponent or 0), token.text)


def _name(p: Parser) -> Node:
    """A run of letters: a function, one of the problem's names, or a product of letters."""
    token = p.next()
    if token.text in _LIBRARIES and token.text not in p.names and p.accept("."):
        token = p.next()
    if token.text in _CONTAINERS and token.text not in p.names and p.is_sign("("):
        return _contained(p)
    if token.text in _SUMS and token.text not in p.names and p.is_sign("_", "^", "("):
        return generator(p, _SUMS[token.text]) if p.is_sign("(") else big(p, _SUMS[token.text])
    if token.text == "log" and (base := tight_base(p)):
        return logarithm(p, Num.of(base))
    if token.text in FUNCTIONS and token.text not in p.names and begins_arguments(p):
        return call(p, FUNCTIONS[token.text])
    if token.text in RESERVED:
        raise Unread("syntax", f"expected a value, found {token.text!r}", token.position)
    first, *rest = split(p, token.text)
    below = "" if rest else subscript_within(p, first)
    if below:
        first = first.removesuffix(below)
        p.tokens[p.at : p.at] = [Token("sign", "_", token.position), Token("name", below, token.position)]
    if p.peek.kind == "number" and not p.peek.spaced and is_numbered(p, rest[-1] if rest else first, p.peek.text):
        p.tokens.insert(p.at, Token("sign", "_", p.peek.position))
    # The later pieces go back among the tokens, so that scripts and indices bind to the last one.
    p.tokens[p.at : p.at] = [
        Token("sign", "×", token.position) if piece == TIMES else Token("name", piece, token.position) for piece in rest
    ]
    return Name(first)


def _contained(p: Parser) -> Node:
    """`np.array([[1, 2], [3, 4]])` is its list."""
    p.deeper()
    p.expect("(")
    items = p.items()
    p.expect(")")
    p.shallower()
    if not items:
        raise Unread("empty", "an array of nothing", p.peek.position)
    return items[0]


def _word(p: Parser) -> Node:
    token = p.next()
    text = token.text
    if text.lower() in RESERVED:
        raise Unread("syntax", f"expected a value, found {text!r}", token.position)
    if text in FUNCTIONS and begins_arguments(p):
        return call(p, FUNCTIONS[text])
    return Name(text) if text.isidentifier() else Word(text)


def _command(p: Parser) -> Node:
    token = p.next()
    name = token.text
    if name in {"frac", "dfrac", "tfrac", "cfrac"}:
        return _fraction(p)
    if name == "sqrt":
        return _root(p)
    if name == "underbrace":
        return _underbrace(p)
    if name == "mathbb":
        letter = powers.script(p)
        return Space(None) if letter in (Name("R"), Name("Z"), Name("N")) else letter
    if name in {"hat", "bar", "tilde", "dot"}:
        return _accent(p, token)
    if name in FUNCTIONS and name not in _PYTHON:
        return call(p, FUNCTIONS[name])
    if name in _LETTERS:
        return Name(name.removeprefix("var"))
    raise Unread("unknown-command", f"\\{name} is not read", token.position)


def _underbrace(p: Parser) -> Node:
    """What stands above a brace; the words below it say nothing."""
    node = powers.script(p)
    while p.accept("_", "^"):
        powers.script(p)
    return node


def _accent(p: Parser, token: Token) -> Node:
    inner = powers.script(p)
    if not isinstance(inner, Name):
        raise Unread("accent", "an accent over something that is no name", token.position)
    return Name(inner.base, (Name(token.text), *inner.sub), inner.primes)


def _fraction(p: Parser) -> Node:
    if p.is_sign("{") and _is_differential(p, p.tokens[p.at + 1]):
        mark = p.mark()
        derivative = _derivative(p)
        if derivative:
            return derivative
        p.back_to(mark)
    above, below = _argument(p), _argument(p)
    if isinstance(above, Relation | Sequence) or isinstance(below, Relation | Sequence):
        raise Unread("syntax", "a fraction of something that is no value", p.peek.position)
    return Binary("/", above, below)


def _argument(p: Parser) -> Node:
    r"""One argument of a fraction: LaTeX takes a single digit where there are no braces, `\frac12`."""
    token = p.peek
    if token.kind == "number" and len(token.text) > 1:
        if not token.text.isdigit():
            raise Unread("syntax", "a fraction whose parts need braces", token.position)
        head, tail = token.text[0], token.text[1:]
        p.tokens[p.at : p.at + 1] = [Token("number", head, token.position), Token("number", tail, token.position + 1)]
    return powers.script(p)


def _derivative(p: Parser) -> Derivative | None:
    r"""`{\partial L}{\partial w}` or `{dL}{dw}`, if that is what stands here."""
    of = _differential(p)
    by = _differential(p) if of else None
    return Derivative(of, by) if of and by else None


def _is_differential(p: Parser, token: Token) -> bool:
    """Whether `token` may be the sign of a differential: `∂`, `d`, or a short name that begins with d."""
    if token.kind != "name":
        return token.kind == "sign" and token.text == "∂"
    return token.text[0] == "d" and len(token.text) <= 3 and token.text not in p.names


def _differential(p: Parser) -> Node | None:
    """What stands behind the sign of a differential in braces."""
    if not p.accept("{"):
        return None
    run = p.peek
    if not _is_differential(p, run):
        return None
    if len(run.text) > 1:
        p.tokens[p.at] = Token("name", run.text[1:], run.position + 1)
    else:
        p.next()
    if p.stops():
        return None
    node = products.product(p)
    return node if p.accept("}") else None


def _root(p: Parser) -> Node:
    if not p.accept("["):
        if p.peek.kind == "number" and len(p.peek.text) > 1:
            raise Unread("function-argument", "how far the root reaches is not clear", p.peek.position)
        return Call("sqrt", (powers.script(p),))
    degree = p.items()
    p.expect("]")
    return Call("root", (powers.script(p), *degree))


def _root_sign(p: Parser) -> Node:
    """`√2`, `√(W + 1)`; `√2W` may be the root of either."""
    bracketed = p.is_sign(*CLOSING)
    node = powers.power(p)
    if not bracketed and p.peek.kind in {"name", "number"} and not p.peek.spaced and not products.is_times_letter(p):
        raise Unread("function-argument", "how far the root reaches is not clear", p.peek.position)
    return Call("sqrt", (node,))


def _sign(p: Parser) -> Node:
    token = p.peek
    if p.accept("∂"):
        p.deeper()
        inner = powers.power(p)
        p.shallower()
        return Call("differential", (inner,))
    if token.text in CLOSING:
        return _bracket(p)
    if p.is_sign("||"):
        return nested_bars(p)
    if p.accept("|"):
        return absolute(p)
    if token.text in _SUMS:
        p.next()
        return big(p, token.text)
    if p.accept("sqrt"):
        return _root_sign(p)
    if p.accept("..."):
        return Dots()
    raise Unread("syntax", f"expected a value, found {token.text!r}", token.position)


def _bracket(p: Parser) -> Node:
    opening = p.next()
    if opening.text == "[":
        return _list(p)
    if opening.text == "{set" and p.peek.kind == "open":
        return braced_cases(p)
    items = tuple(p.items())
    p.expect(CLOSING[opening.text])
    if opening.text in _ROUNDING:
        if len(items) != 1:
            raise Unread("syntax", "a floor or ceiling of several things", opening.position)
        return Call(_ROUNDING[opening.text], items)
    if opening.text == "{" and len(items) == 1 and not isinstance(items[0], Relation | Sequence):
        return items[0]  # braces only group in LaTeX
    return Group(opening.text[0], items)


def _list(p: Parser) -> Node:
    """`[1, 2]`, and rows set apart by semicolons: `[1, 2; 3, 4]`."""
    p.cells += 1
    rows = [tuple(p.items(_COMMAS))]
    while p.accept(";"):
        rows.append(tuple(p.items(_COMMAS)))
    p.cells -= 1
    p.expect("]")
    return Group("[", rows[0]) if len(rows) == 1 else Matrix(tuple(row for row in rows if row))


_READERS: dict[str, Callable[[Parser], Node]] = {
    "number": _number,
    "name": _name,
    "word": _word,
    "command": _command,
    "open": environment,
    "sign": _sign,
}
