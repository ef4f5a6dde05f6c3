r"""Functions with their arguments: `max(a, b)`, `\log_2 x`, `\exp -z`, `\max_{i} x_i`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.answers.syntax import powers, products
from grader.answers.syntax.sums import scripts
from grader.answers.syntax.tree import Big, Binary, Call, Node
from grader.answers.syntax.unread import Unread

if TYPE_CHECKING:
    from grader.answers.syntax.parse import Parser

FUNCTIONS = {
    "max": "max", "min": "min", "floor": "floor", "ceil": "ceil", "ceiling": "ceil", "sqrt": "sqrt", "exp": "exp",
    "log": "log", "ln": "log", "abs": "abs", "int": "trunc", "sigmoid": "sigmoid", "relu": "relu", "ReLU": "relu",
    "tanh": "tanh", "where": "where", "range": "range", "mean": "mean", "average": "mean", "avg": "mean", "Max": "max",
    "Min": "min", "sign": "sign", "sgn": "sign", "maximum": "max", "minimum": "min",
}  # fmt: skip
"""How functions are written, and what they are."""

_OVER = frozenset({"max", "min"})
_LOGARITHMS = {"log2": 2, "log10": 10}
_WORDED = frozenset({"floor", "ceil", "trunc", "abs", "sqrt", "sign", "relu", "mean", "max", "min"})
"""Functions whose argument, written without brackets, may go on behind any sign of a product: `floor W/2`."""
CLOSING = {"(": ")", "[": "]", "{": "}", "{set": "}set", "⌊": "⌋", "⌈": "⌉"}


def tight_base(p: Parser) -> int:
    """2 where `log2(` stands, 10 for `log10(`; else 0."""
    number, bracket = p.peek, p.tokens[min(p.at + 1, len(p.tokens) - 1)]
    if number.spaced or f"log{number.text}" not in _LOGARITHMS or bracket.text != "(" or bracket.spaced:
        return 0
    p.next()
    return _LOGARITHMS[f"log{number.text}"]


def logarithm(p: Parser, base: Node) -> Node:
    """The logarithm to `base` of the argument that stands here."""
    return Binary("/", call(p, "log"), Call("log", (base,)))


def begins_arguments(p: Parser) -> bool:
    """Whether what stands at `p` may be the argument of a function."""
    return p.is_sign("(", "{", "{set", "[", "_") or p.peek.kind in {"name", "number", "command"}


def call(p: Parser, function: str) -> Node:
    """The call of `function`, whose arguments stand at `p`.

    Raises:
        Unread: it has none, or where they end is not clear.
    """
    p.deeper()
    if function in _OVER and p.is_sign("_"):
        p.shallower()
        return _over(p, function)
    if function == "log" and p.accept("_"):
        found = logarithm(p, powers.script(p))
        p.shallower()
        return found
    if p.is_sign("_", "^"):
        raise Unread("function-script", f"{function} with a script", p.peek.position)
    bracket = p.accept(*CLOSING)
    if bracket:
        args = tuple(p.items())
        p.expect(CLOSING[bracket])
    else:
        args = (powers.power(p),)
        _require_end(p, function)
    p.shallower()
    if not args:
        raise Unread("syntax", f"{function} of nothing", p.peek.position)
    return Call(function, args)


def _require_end(p: Parser, function: str) -> None:
    """Refuses an argument without brackets that may go on: `log W K`, `floor W/2`.

    Raises:
        Unread: it may.
    """
    goes_on = p.is_sign("/", "//", "%") or (function in _WORDED and p.is_sign("*", "×", "·"))
    follows = products.is_juxtaposed(p) and p.peek.text not in FUNCTIONS
    if goes_on or follows or products.is_times_letter(p):
        raise Unread("function-argument", f"where the argument of {function} ends is not clear", p.peek.position)


def _over(p: Parser, function: str) -> Node:
    r"""`\max_{i, j} x_{ij}`, `\max_i (x_i, 0)`."""
    bounds, conditions = scripts(p)
    if conditions:
        raise Unread("bound", f"a {function} with a condition below", p.peek.position)
    body = call(p, function) if p.is_sign("(", "{", "{set", "[") else products.product(p)
    if isinstance(body, Call) and body.function == function and len(body.args) == 1:
        body = body.args[0]
    return Big(function, tuple(bounds), body)
