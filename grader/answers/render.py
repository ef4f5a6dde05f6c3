r"""A tree -> text that parses to the same value, in any of the notations that students use."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from grader.answers.lex import GREEK
from grader.answers.tree import (
    PRODUCTS,
    Big,
    Binary,
    Bound,
    Call,
    Cases,
    Derivative,
    Dots,
    Group,
    Index,
    Logic,
    Matrix,
    Name,
    Node,
    Num,
    Relation,
    Sequence,
    Transposed,
    Unary,
    spelled,
)


class Notation(StrEnum):
    """How mathematics is written down."""

    ASCII = "ascii"
    LATEX = "latex"
    UNICODE = "unicode"
    PYTHON = "python"


_SUM, _PRODUCT, _SIGN, _POWER, _ATOM = 1, 2, 3, 4, 5
_LEVEL = {"+": _SUM, "-": _SUM, "^": _POWER}
_LETTERS = {name: letter for letter, name in GREEK.items() if letter not in "ςϵ"}
_GREEK_COMMANDS = frozenset(GREEK.values()) | {"ell", "nabla"}
_ACCENTS = ("hat", "bar", "tilde", "dot")
_TIMES = {Notation.LATEX: r" \cdot ", Notation.UNICODE: "·"}
_RELATIONS = {
    Notation.LATEX: {"<=": r"\le", ">=": r"\ge", "!=": r"\ne", "in": r"\in", "~": r"\approx", "=>": r"\Rightarrow"},
    Notation.UNICODE: {"<=": "≤", ">=": "≥", "!=": "≠", "in": "∈", "~": "≈", "=>": "⇒"},
}
_SUMS = {Notation.LATEX: {"sum": r"\sum", "prod": r"\prod"}, Notation.UNICODE: {"sum": "∑", "prod": "∏"}}
_ROW = r" \\ "
_BRACKETS = {"(": ")", "[": "]", "{": "}"}


def render_tree(node: Node, notation: Notation = Notation.ASCII) -> str:
    """`node` in one line."""
    return _Writer(notation).text(node, 0)


class _Writer:
    def __init__(self, notation: Notation) -> None:
        self.notation = notation

    @property
    def latex(self) -> bool:
        return self.notation is Notation.LATEX

    def text(self, node: Node, outer: int) -> str:
        """`node`, in brackets where it binds less tightly than `outer` asks for."""
        write = _WRITERS.get(type(node))
        found, level = write(self, node) if write else ("?", _ATOM)
        if level >= outer:
            return found
        return rf"\left({found}\right)" if self.latex else f"({found})"

    def number(self, node: Num) -> tuple[str, int]:
        whole = node.value.denominator == 1
        return str(node.value), _ATOM if whole and node.value >= 0 else _SUM

    def name(self, node: Name) -> tuple[str, int]:
        return _named(spelled(node), self.notation), _ATOM

    def unary(self, node: Unary) -> tuple[str, int]:
        return f"{node.op}{self.text(node.arg, _SIGN)}", _SUM

    def binary(self, node: Binary) -> tuple[str, int]:
        if node.op == "/" and self.latex:
            return rf"\frac{{{self.text(_bare(node.left), 0)}}}{{{self.text(_bare(node.right), 0)}}}", _ATOM
        level = _LEVEL.get(node.op, _PRODUCT)
        left, right = self.text(node.left, level + (node.op == "^")), self.text(node.right, level + 1)
        if node.op == "^":
            return self.power(left, node.right)
        if node.op in PRODUCTS:
            return f"{left}{_TIMES.get(self.notation, '*')}{right}", level
        return (f"{left} {node.op} {right}" if level == _SUM else f"{left}{self.sign(node.op)}{right}"), level

    def sign(self, op: str) -> str:
        return r" \% " if op == "%" and self.latex else op

    def power(self, base: str, exponent: Node) -> tuple[str, int]:
        if self.latex:
            return f"{base}^{{{self.text(exponent, 0)}}}", _POWER
        if self.notation is Notation.UNICODE and isinstance(exponent, Num) and exponent.raw in {"2", "3"}:
            return f"{base}{'²' if exponent.raw == '2' else '³'}", _POWER
        sign = "**" if self.notation is Notation.PYTHON else "^"
        return f"{base}{sign}{self.text(exponent, _ATOM)}", _POWER

    def call(self, node: Call) -> tuple[str, int]:
        args = ", ".join(self.text(_bare(arg), 0) for arg in node.args)
        if self.notation in _CALLS and node.function in _CALLS[self.notation] and len(node.args) == 1:
            return _CALLS[self.notation][node.function].format(args), _ATOM
        if node.function == "root" and self.latex and len(node.args) == 2:
            return rf"\sqrt[{self.text(node.args[1], 0)}]{{{self.text(node.args[0], 0)}}}", _ATOM
        name = rf"\operatorname{{{node.function}}}" if self.latex else node.function
        return f"{name}({args})", _ATOM

    def group(self, node: Group) -> tuple[str, int]:
        if len(node.items) == 1 and not isinstance(node.items[0], Relation | Logic):
            if node.bracket in {"(", "{"}:
                return self.text(node.items[0], _ATOM), _ATOM
            return f"[{self.text(node.items[0], 0)}]", _ATOM
        inner = ", ".join(self.text(item, 0) for item in node.items)
        if any(isinstance(item, Relation | Logic) for item in node.items):
            return (rf"\mathbb{{1}}[{inner}]" if self.latex else f"1[{inner}]"), _ATOM
        if node.bracket == "{" and self.latex:
            return rf"\{{{inner}\}}", _ATOM
        return f"{node.bracket[0]}{inner}{_BRACKETS.get(node.bracket, node.bracket[-1])}", _ATOM

    def sequence(self, node: Sequence) -> tuple[str, int]:
        return ", ".join(self.text(item, 0) for item in node.items), 0

    def matrix(self, node: Matrix) -> tuple[str, int]:
        cells = [[self.text(cell, 0) for cell in row] for row in node.rows]
        if self.latex:
            rows = _ROW.join(" & ".join(row) for row in cells)
            return rf"\begin{{bmatrix}} {rows} \end{{bmatrix}}", _ATOM
        return f"[{', '.join('[' + ', '.join(row) + ']' for row in cells)}]", _ATOM

    def relation(self, node: Relation) -> tuple[str, int]:
        signs = _RELATIONS.get(self.notation, {})
        words = [self.text(node.members[0], _SUM)]
        for op, member in zip(node.ops, node.members[1:], strict=True):
            sign = "==" if op == "=" and self.notation is Notation.PYTHON else signs.get(op, op)
            words += [sign, self.text(member, _SUM)]
        return " ".join(words), 0

    def logic(self, node: Logic) -> tuple[str, int]:
        if node.op == "not":
            return f"not ({self.text(node.args[0], 0)})", 0
        word = rf" \text{{ {node.op} }} " if self.latex else f" {node.op} "
        args = [f"({self.text(arg, 0)})" if isinstance(arg, Logic) else self.text(arg, 0) for arg in node.args]
        return word.join(args), 0

    def cases(self, node: Cases) -> tuple[str, int]:
        if self.latex:
            rows = [
                f"{self.text(branch.value, 0)} & "
                + (
                    r"\text{otherwise}"
                    if branch.condition is None
                    else rf"\text{{if }} {self.text(branch.condition, 0)}"
                )
                for branch in node.branches
            ]
            return rf"\begin{{cases}} {_ROW.join(rows)} \end{{cases}}", _ATOM
        words = [
            f"{self.text(branch.value, _SUM)} "
            + ("otherwise" if branch.condition is None else f"if {self.text(branch.condition, 0)}")
            for branch in node.branches
        ]
        return ", ".join(words), 0

    def big(self, node: Big) -> tuple[str, int]:
        body = self.text(node.body, _PRODUCT)
        if self.notation is Notation.PYTHON and node.op == "sum" and all(b.low and b.high for b in node.bounds):
            loops = " ".join(f"for {self.bound_name(b)} in range({self.span(b)})" for b in node.bounds)
            return f"sum({self.text(node.body, 0)} {loops})", _ATOM
        signs = _SUMS.get(self.notation, {})
        if node.op in {"max", "min"} or not signs:
            sign = rf"\{node.op}" if self.latex else node.op
            return f"{sign}_{{{', '.join(map(self.ends, node.bounds))}}} {body}", 0
        each = [self.scripts(signs[node.op], bound) for bound in node.bounds]
        return f"{' '.join(each) or signs[node.op]} {body}", 0

    def bound_name(self, bound: Bound) -> str:
        return _named(spelled(bound.name), self.notation)

    def span(self, bound: Bound) -> str:
        high = Binary("+", bound.high, Num.of(1)) if bound.high else Num.of(1)
        return f"{self.text(bound.low or Num.of(0), 0)}, {self.text(high, 0)}"

    def scripts(self, sign: str, bound: Bound) -> str:
        low = f"{self.bound_name(bound)}" + (f"={self.text(bound.low, _SUM)}" if bound.low else "")
        return f"{sign}_{{{low}}}" + (f"^{{{self.text(bound.high, 0)}}}" if bound.high else "")

    def ends(self, bound: Bound) -> str:
        if bound.low is None or bound.high is None:
            return self.bound_name(bound)
        dots = r" \dots " if self.latex else ".."
        return f"{self.bound_name(bound)}={self.text(bound.low, _SUM)}{dots}{self.text(bound.high, _SUM)}"

    def index(self, node: Index) -> tuple[str, int]:
        inner = ", ".join(self.text(item, 0) for item in node.indices)
        array = self.text(node.array, _ATOM)
        if self.latex and isinstance(node.array, Name) and "/" not in node.array.base and "_" not in array:
            return f"{array}_{{{inner}}}", _ATOM
        return f"{array}[{inner}]", _ATOM

    def derivative(self, node: Derivative) -> tuple[str, int]:
        of, by = self.text(node.of, _ATOM), self.text(node.by, _ATOM)
        if self.latex:
            return rf"\frac{{\partial {of}}}{{\partial {by}}}", _ATOM
        return f"∂{of}/∂{by}" if self.notation is Notation.UNICODE else f"d{of}/d{by}", _ATOM

    def transposed(self, node: Transposed) -> tuple[str, int]:
        return f"{self.text(node.arg, _ATOM)}^T", _POWER

    def dots(self, node: Dots) -> tuple[str, int]:
        del node
        return (r"\cdots" if self.latex else "..."), _ATOM


_CALLS = {
    Notation.LATEX: {
        "floor": r"\left\lfloor {} \right\rfloor",
        "ceil": r"\left\lceil {} \right\rceil",
        "abs": r"\left|{}\right|",
        "sqrt": r"\sqrt{{{}}}",
        "exp": r"\exp({})",
        "log": r"\log({})",
    },
    Notation.UNICODE: {"floor": "⌊{}⌋", "ceil": "⌈{}⌉", "abs": "|{}|", "sqrt": "√({})"},
}

_WRITERS: dict[type, Callable[..., tuple[str, int]]] = {
    Num: _Writer.number,
    Name: _Writer.name,
    Unary: _Writer.unary,
    Binary: _Writer.binary,
    Call: _Writer.call,
    Group: _Writer.group,
    Sequence: _Writer.sequence,
    Matrix: _Writer.matrix,
    Relation: _Writer.relation,
    Logic: _Writer.logic,
    Cases: _Writer.cases,
    Big: _Writer.big,
    Index: _Writer.index,
    Derivative: _Writer.derivative,
    Transposed: _Writer.transposed,
    Dots: _Writer.dots,
}


def _bare(node: Node) -> Node:
    """What stands in brackets that nothing needs."""
    while isinstance(node, Group) and node.bracket == "(" and len(node.items) == 1:
        if isinstance(node.items[0], Relation | Logic):
            break
        node = node.items[0]
    return node


def _named(name: str, notation: Notation) -> str:
    """A name as problems spell it, `sigma_x`, `y_hat`, `dL/dW`, in another notation."""
    if notation not in {Notation.LATEX, Notation.UNICODE}:
        base, _, sub = name.partition("_")
        return f"{base}_{{{sub}}}" if sub and not sub.replace("_", "").isalnum() and "/" not in name else name
    if "/" in name:
        of, _, by = name.partition("/")
        sides = _named(of.removeprefix("d"), notation), _named(by.removeprefix("d"), notation)
        return (
            r"\frac{{\partial {}}}{{\partial {}}}".format(*sides)
            if notation is Notation.LATEX
            else "∂{}/∂{}".format(*sides)
        )
    base, _, sub = name.rstrip("'").partition("_")
    primes = "'" * (len(name) - len(name.rstrip("'")))
    if notation is Notation.UNICODE:
        lower = f"_{{{sub}}}" if sub and not sub.isalnum() else f"_{sub}" if sub else ""
        return f"{_LETTERS.get(base, base)}{lower}{primes}"
    letter = rf"\{base}" if base in _GREEK_COMMANDS else base
    if sub in _ACCENTS:
        return rf"\{sub}{{{letter}}}{primes}"
    lower = rf"\{sub}" if sub in _GREEK_COMMANDS else sub
    return f"{letter}{'_{' + lower + '}' if lower else ''}{primes}"
