r"""Numbers, names, entries, arithmetic and functions, written down: `\frac{W - K}{S} + 1`, `(W - K)/S + 1`."""

from __future__ import annotations

from grader.answers.syntax.juxtaposed import between
from grader.answers.syntax.sums import reaching
from grader.answers.syntax.tree import (
    PRODUCTS,
    Big,
    Binary,
    Branch,
    Call,
    Cases,
    Derivative,
    Dots,
    Group,
    Index,
    Name,
    Node,
    Num,
    Transposed,
    Unary,
    spelled,
)
from grader.answers.writing.notation import TIMES, Notation, name_text, number_text
from grader.answers.writing.writer import ATOM, LIST, OPEN, POWER, PRODUCT, SIGN, SUM, Writer, Written, bare

_CALLS = {
    Notation.LATEX: {
        "floor": r"\left\lfloor {} \right\rfloor",
        "ceil": r"\left\lceil {} \right\rceil",
        "abs": r"\left|{}\right|",
        "sqrt": r"\sqrt{{{}}}",
    },
    Notation.UNICODE: {"floor": "⌊{}⌋", "ceil": "⌈{}⌉", "abs": "|{}|", "sqrt": "√({})"},
}
_COMMANDS = frozenset("exp log max min tanh".split())
_QUOTIENTS = frozenset({"/", "//", "%"})


def number(w: Writer, node: Num) -> Written:
    """A number in digits, or a fraction."""
    text = number_text(node.value, w.notation)
    if text.replace(".", "", 1).isdigit():
        return text, ATOM
    return text, SIGN if text.startswith(r"\frac") else SUM


def name(w: Writer, node: Name) -> Written:
    """A name; that of a derivative has a slash or a fraction in it."""
    text = name_text(spelled(node), w.notation)
    return text, PRODUCT if "/" in text else SIGN if text.startswith(r"\frac") else ATOM


def derivative(w: Writer, node: Derivative) -> Written:
    """One name by another."""
    of, by = w.text(node.of, ATOM), w.text(node.by, ATOM)
    if w.latex:
        return rf"\frac{{\partial {of}}}{{\partial {by}}}", SIGN
    return (f"∂{of}/∂{by}" if w.notation is Notation.UNICODE else f"d{of}/d{by}"), PRODUCT


def index(w: Writer, node: Index) -> Written:
    """An entry: its indices below the name in LaTeX, in brackets elsewhere."""
    array, level = w.written(node.array)
    if w.latex and isinstance(node.array, Name) and level == ATOM and "_" not in array:
        below = _subscript(w, node)
        return f"{array}_{below}" if len(below) == 1 else f"{array}_{{{below}}}", ATOM
    return f"{array}[{w.listed(node.indices, SUM)}]", level


def _subscript(w: Writer, node: Index) -> str:
    """The indices of an entry, close together; digits keep their distance, or they would be thousands."""
    found = ""
    for item in node.indices:
        text = w.text(item, SUM).replace(" + ", "+").replace(" - ", "-")
        found += (", " if text[:1].isdigit() else ",") + text if found else text
    return found


def transposed(w: Writer, node: Transposed) -> Written:
    """What is transposed, with the sign for it."""
    sign = r"^\top" if w.latex else "^T"
    return f"{w.text(node.arg, ATOM)}{sign}", POWER


def dots(w: Writer, node: Dots) -> Written:
    """An ellipsis."""
    del node
    return (r"\cdots" if w.latex else "..."), ATOM


def unary(w: Writer, node: Unary) -> Written:
    """A sign before what it belongs to."""
    arg = bare(node.arg)
    return f"{node.op}{w.text(arg, OPEN if isinstance(arg, Big) else SIGN)}", SUM


def binary(w: Writer, node: Binary) -> Written:
    """Two operands and what is done with them."""
    left, right = bare(node.left), bare(node.right)
    if node.op in PRODUCTS:
        return _product(w, left, right)
    if node.op == "^":
        return _power(w, left, right)
    return _quotient(w, node.op, left, right) if node.op in _QUOTIENTS else _sum(w, node.op, left, right)


def _sum(w: Writer, op: str, left: Node, right: Node) -> Written:
    before = w.text(left, SUM)
    last = bare(left.right) if isinstance(left, Binary) else left
    if isinstance(last, Big) and reaching(last, right):
        before = w.bracketed(before)  # or it would take in what stands behind it
    return f"{before} {op} {w.text(right, OPEN)}", SUM


def _product(w: Writer, left: Node, right: Node) -> Written:
    before = _first(w, left)
    behind, level = w.written(right)
    if level < (OPEN if isinstance(right, Big) else SIGN):
        behind, level = w.bracketed(behind), ATOM
    sign = between(left, right, behind) if w.latex else None
    sign = TIMES.get(w.notation, "*") if sign is None else sign
    return f"{before}{sign}{behind}", SUM if _leads(left) else min(level, PRODUCT)


def _quotient(w: Writer, op: str, left: Node, right: Node) -> Written:
    if op == "//" and w.notation in _CALLS:
        return call(w, Call("floor", (Binary("/", left, right),)))
    if op == "/" and w.latex:
        return _fraction(w, left, right)
    sign = op if op != "%" else r" \bmod " if w.latex else " % "
    before, behind = _first(w, left), w.text(right, SIGN)
    if op == "/" and behind[0] == "d" and "d" in before:
        behind = w.bracketed(behind)  # or it would be the derivative of one by the other
    return f"{before}{sign}{behind}", SUM if _leads(left) else PRODUCT


def _fraction(w: Writer, above: Node, below: Node) -> Written:
    match above, below:
        case Call("log", (power,)), Call("log", (Num() as base,)):
            return rf"\log_{{{w.text(base, LIST)}}}\left({w.text(power, LIST)}\right)", SIGN
    return rf"\frac{{{w.text(above, LIST)}}}{{{w.text(below, LIST)}}}", SIGN


def _first(w: Writer, node: Node) -> str:
    """The first factor; a sign before it needs no brackets."""
    return w.written(node)[0] if _leads(node) else w.text(node, PRODUCT)


def _leads(node: Node) -> bool:
    """Whether `node` is a product that begins with a sign, and takes in nothing that stands behind it."""
    first, last = node, node
    while isinstance(first, Binary) and (first.op in PRODUCTS or first.op in _QUOTIENTS):
        first = bare(first.left)
    while isinstance(last, Unary) or (isinstance(last, Binary) and last.op in PRODUCTS):
        last = bare(last.arg if isinstance(last, Unary) else last.right)
    return isinstance(first, Unary) and not isinstance(last, Big)


def _power(w: Writer, base: Node, exponent: Node) -> Written:
    below = w.text(base, ATOM)
    if w.latex:
        above = w.text(exponent, LIST)
        return f"{below}^{above}" if len(above) == 1 else f"{below}^{{{above}}}", POWER
    if w.notation is Notation.UNICODE and isinstance(exponent, Num) and exponent.value in {2, 3}:
        return f"{below}{'²' if exponent.value == 2 else '³'}", POWER
    above = w.text(exponent, ATOM)
    if isinstance(exponent, Index | Group) or (isinstance(exponent, Name) and "_" in above):
        above = w.bracketed(above)  # or what is below the exponent would be below the base
    return f"{below}{'**' if w.notation is Notation.PYTHON else '^'}{above}", POWER


def call(w: Writer, node: Call) -> Written:
    """A function of its arguments, or the signs that stand for it."""
    match node:
        case Call("where", (condition, one, other)):
            return w.written(Cases((Branch(one, condition), Branch(other))))
        case Call("root", (arg, degree)) if w.latex:
            return rf"\sqrt[{w.text(degree, LIST)}]{{{w.text(arg, LIST)}}}", ATOM
        case Call("root", (arg, degree)):
            return _power(w, bare(arg), Binary("/", Num.of(1), degree))
    args = w.listed(tuple(map(bare, node.args)), SUM)
    signs = _CALLS.get(w.notation, {}).get(node.function)
    if signs and len(node.args) == 1:
        apart = "|" in signs and "|" in args  # two bars side by side are "or"
        return signs.format(f" {args} " if apart else args), ATOM
    function = "int" if node.function == "trunc" else node.function
    if not w.latex:
        return f"{function}({args})", ATOM
    command = rf"\{function}" if function in _COMMANDS else rf"\operatorname{{{function}}}"
    return rf"{command}\left({args}\right)", ATOM
