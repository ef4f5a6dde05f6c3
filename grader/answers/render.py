r"""A tree -> text that parses to the same value, in any of the notations that students use."""

from __future__ import annotations

from collections.abc import Callable

from grader.answers.juxtaposed import between
from grader.answers.linear import simplified
from grader.answers.notation import TIMES, Notation, name_text, number_text
from grader.answers.tree import (
    PRODUCTS,
    Big,
    Binary,
    Bound,
    Branch,
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
    parts,
    spelled,
)

_LIST, _RELATION, _SUM, _OPEN, _PRODUCT, _SIGN, _POWER, _ATOM = range(8)
"""How tightly things bind; what ends in a sum over an index is open, since that takes in the factors behind it."""
_RELATIONS = {
    Notation.LATEX: {"<=": r"\le", ">=": r"\ge", "!=": r"\ne", "in": r"\in", "~": r"\approx", "=>": r"\Rightarrow"},
    Notation.UNICODE: {"<=": "≤", ">=": "≥", "!=": "≠", "in": "∈", "~": "≈", "=>": "⇒"},
    Notation.PYTHON: {"=": "==", "in": "∈"},
    Notation.ASCII: {"in": "∈"},
}
_SUMS = {Notation.LATEX: {"sum": r"\sum", "prod": r"\prod"}, Notation.UNICODE: {"sum": "∑", "prod": "∏"}}
_ROW = r" \\ "
_BRACKETS = {"(": ")", "[": "]", "{": "}"}
_OPPOSITE = {"=": "!=", "!=": "="}
"""The others are no opposites where a side has no value."""
_NOT = {Notation.LATEX: r"\neg", Notation.UNICODE: "¬"}
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
_SPOKEN = {"trunc": "int"}


def render_tree(node: Node, notation: Notation = Notation.ASCII) -> str:
    """`node` in one line."""
    return _Writer(notation).text(node, _LIST)


def render_factor(node: Node, notation: Notation = Notation.ASCII) -> str:
    """`node` in one line, in brackets where it is a sum or a product."""
    return _Writer(notation).text(node, _SIGN)


def cells_text(cells: object, notation: Notation) -> str:
    """Nested lists of numbers; in LaTeX what has rows of equal length is a matrix."""
    if isinstance(cells, float):
        return number_text(cells, notation)
    if not isinstance(cells, list):
        return str(cells)
    if notation is Notation.LATEX and cells and isinstance(cells[0], list) and not _holds_lists(cells[0]):
        rows = _ROW.join(" & ".join(cells_text(cell, notation) for cell in row) for row in cells)
        return rf"\begin{{bmatrix}} {rows} \end{{bmatrix}}"
    return f"[{', '.join(cells_text(cell, notation) for cell in cells)}]"


def _holds_lists(cells: list[object]) -> bool:
    return any(isinstance(cell, list) for cell in cells)


class _Writer:
    def __init__(self, notation: Notation) -> None:
        self.notation = notation

    @property
    def latex(self) -> bool:
        return self.notation is Notation.LATEX

    def text(self, node: Node, outer: int) -> str:
        """`node`, in brackets where it binds less tightly than `outer` asks for."""
        found, level = self.written(node)
        return found if level >= outer else self.bracketed(found)

    def written(self, node: Node) -> tuple[str, int]:
        write = _WRITERS.get(type(node))
        return write(self, node) if write else ("?", _ATOM)

    def bracketed(self, text: str) -> str:
        return rf"\left({text}\right)" if self.latex else f"({text})"

    def number(self, node: Num) -> tuple[str, int]:
        text = number_text(node.value, self.notation)
        if text.isdigit() or text.replace(".", "", 1).isdigit():
            return text, _ATOM
        return text, _SIGN if text.startswith(r"\frac") else _SUM

    def name(self, node: Name) -> tuple[str, int]:
        text = name_text(spelled(node), self.notation)
        return text, _PRODUCT if "/" in text else _SIGN if text.startswith(r"\frac") else _ATOM

    def unary(self, node: Unary) -> tuple[str, int]:
        arg = _bare(node.arg)
        return f"{node.op}{self.text(arg, _OPEN if isinstance(arg, Big) else _SIGN)}", _SUM

    # --- arithmetic

    def binary(self, node: Binary) -> tuple[str, int]:
        left, right = _bare(node.left), _bare(node.right)
        if node.op in PRODUCTS:
            return self.product(left, right)
        if node.op == "^":
            return self.power(left, right)
        if node.op in {"+", "-"}:
            low = _ATOM if _reaches(left, right) else _SUM
            return f"{self.text(left, low)} {node.op} {self.text(right, _OPEN)}", _SUM
        if node.op == "//" and self.notation in _CALLS:
            return self.call(Call("floor", (Binary("/", left, right),)))
        if node.op == "/" and self.latex:
            return self.fraction(left, right)
        sign = {"%": r" \bmod " if self.latex else " % "}.get(node.op, node.op)
        return f"{self.first(left)}{sign}{self.text(right, _SIGN)}", _SUM if _leads(left) else _PRODUCT

    def first(self, node: Node) -> str:
        """The first factor; a sign before it needs no brackets."""
        return self.written(node)[0] if _leads(node) else self.text(node, _PRODUCT)

    def fraction(self, above: Node, below: Node) -> tuple[str, int]:
        match above, below:
            case Call("log", (power,)), Call("log", (Num() as base,)):
                return rf"\log_{{{self.text(base, _LIST)}}}\left({self.text(power, _LIST)}\right)", _SIGN
        return rf"\frac{{{self.text(above, _LIST)}}}{{{self.text(below, _LIST)}}}", _SIGN

    def product(self, left: Node, right: Node) -> tuple[str, int]:
        is_open = isinstance(right, Big)
        before, behind = self.first(left), self.text(right, _OPEN if is_open else _SIGN)
        sign = between(left, right, behind) if self.latex else None
        level = _SUM if _leads(left) else _OPEN if is_open and self.written(right)[1] < _SIGN else _PRODUCT
        return f"{before}{TIMES.get(self.notation, '*') if sign is None else sign}{behind}", level

    def power(self, base: Node, exponent: Node) -> tuple[str, int]:
        below = self.text(base, _ATOM)
        if self.latex:
            above = self.text(exponent, _LIST)
            return f"{below}^{above}" if len(above) == 1 else f"{below}^{{{above}}}", _POWER
        if self.notation is Notation.UNICODE and isinstance(exponent, Num) and exponent.value in {2, 3}:
            return f"{below}{'²' if exponent.value == 2 else '³'}", _POWER
        above = self.text(exponent, _ATOM)
        if isinstance(exponent, Index | Group) or (isinstance(exponent, Name) and "_" in above):
            above = self.bracketed(above)
        return f"{below}{'**' if self.notation is Notation.PYTHON else '^'}{above}", _POWER

    def call(self, node: Call) -> tuple[str, int]:
        match node:
            case Call("where", (condition, one, other)):
                return self.written(Cases((Branch(one, condition), Branch(other))))
            case Call("root", (arg, degree)):
                if self.latex:
                    return rf"\sqrt[{self.text(degree, _LIST)}]{{{self.text(arg, _LIST)}}}", _ATOM
                return self.power(_bare(arg), Binary("/", Num.of(1), degree))
        args = ", ".join(self.text(_bare(arg), _SUM) for arg in node.args)
        known = _CALLS.get(self.notation, {}).get(node.function)
        if known and len(node.args) == 1:
            return known.format(f" {args} " if "|" in known + args[:1] + args[-1:] and "|" in args else args), _ATOM
        name = _SPOKEN.get(node.function, node.function)
        if not self.latex:
            return f"{name}({args})", _ATOM
        command = rf"\{name}" if name in _COMMANDS else rf"\operatorname{{{name}}}"
        return rf"{command}\left({args}\right)", _ATOM

    # --- brackets and lists

    def group(self, node: Group) -> tuple[str, int]:
        inside = _bare(node)
        if inside is not node:
            return self.written(inside)
        if len(node.items) == 1 and node.bracket == "[" and not _states(node.items[0]):
            return f"[{self.text(node.items[0], _LIST)}]", _ATOM
        inner = ", ".join(self.text(item, _RELATION) for item in node.items)
        if any(map(_states, node.items)):
            return (rf"\mathbb{{1}}[{inner}]" if self.latex else f"1[{inner}]"), _ATOM
        if node.bracket == "{" and self.latex:
            return rf"\{{{inner}\}}", _ATOM
        return f"{node.bracket[0]}{inner}{_BRACKETS.get(node.bracket, node.bracket[-1])}", _ATOM

    def sequence(self, node: Sequence) -> tuple[str, int]:
        return ", ".join(self.text(item, _RELATION) for item in node.items), _LIST

    def matrix(self, node: Matrix) -> tuple[str, int]:
        cells = [[self.text(cell, _SUM) for cell in row] for row in node.rows]
        if self.latex:
            rows = _ROW.join(" & ".join(row) for row in cells)
            return rf"\begin{{bmatrix}} {rows} \end{{bmatrix}}", _ATOM
        return f"[{', '.join('[' + ', '.join(row) + ']' for row in cells)}]", _ATOM

    # --- conditions

    def relation(self, node: Relation) -> tuple[str, int]:
        signs = _RELATIONS[self.notation]
        words = [self.text(node.members[0], _SUM)]
        for op, member in zip(node.ops, node.members[1:], strict=True):
            words += [signs.get(op, op), self.text(member, _SUM)]
        return " ".join(words), _RELATION

    def logic(self, node: Logic) -> tuple[str, int]:
        if node.op == "not":
            return self.negated(_bare(node.args[0], "(", "["))
        word = rf" \text{{ {node.op} }} " if self.latex else f" {node.op} "
        inner = [_bare(arg, "(", "[") for arg in node.args]
        args = [
            self.bracketed(self.text(arg, _LIST)) if isinstance(arg, Logic) else self.text(arg, _LIST) for arg in inner
        ]
        return word.join(args), _RELATION

    def negated(self, node: Node) -> tuple[str, int]:
        match node:
            case Relation((op,), members) if op in _OPPOSITE:
                return self.relation(Relation((_OPPOSITE[op],), members))
        return f"{_NOT.get(self.notation, 'not ')}{self.bracketed(self.text(node, _LIST))}", _RELATION

    def cases(self, node: Cases) -> tuple[str, int]:
        if self.latex:
            rows = [f"{self.text(branch.value, _SUM)} & {self.condition(branch)}" for branch in node.branches]
            return rf"\begin{{cases}} {_ROW.join(rows)} \end{{cases}}", _ATOM
        words = [f"{self.text(_bare(branch.value), _SUM)} {self.condition(branch)}" for branch in node.branches]
        if self.notation is not Notation.PYTHON or node.branches[0].condition is None:
            return ", ".join(words), _LIST
        last = node.branches[-1]
        if last.condition is None:
            words[-1] = self.text(_bare(last.value), _SUM)
        return " else ".join(words), _LIST

    def condition(self, branch: Branch) -> str:
        if branch.condition is None:
            return r"\text{otherwise}" if self.latex else "otherwise"
        return (r"\text{if } " if self.latex else "if ") + self.text(branch.condition, _LIST)

    # --- sums over indices

    def big(self, node: Big) -> tuple[str, int]:
        if node.op in {"max", "min"}:
            sign = rf"\{node.op}" if self.latex else node.op
            return (
                f"{sign}_{{{', '.join(map(self.ends, node.bounds))}}}{self.bracketed(self.text(node.body, _LIST))}",
                _ATOM,
            )
        if self.notation is Notation.PYTHON and node.bounds and all(b.low and b.high for b in node.bounds):
            loops = " ".join(f"for {self.text(b.name, _ATOM)} in range({self.span(b)})" for b in node.bounds)
            return f"{node.op}({self.text(node.body, _SUM)} {loops})", _ATOM
        body = self.text(_bare(node.body), _OPEN)
        sign = _SUMS.get(self.notation, {}).get(node.op, node.op)
        if self.notation not in _SUMS and all(b.low or not b.high for b in node.bounds):
            return (
                f"{sign}_{{{', '.join(map(self.ends, node.bounds))}}} {body}" if node.bounds else f"{sign} {body}",
                _OPEN,
            )
        each = [self.scripts(sign, bound) for bound in node.bounds]
        return f"{' '.join(each) or sign} {body}", _OPEN

    def span(self, bound: Bound) -> str:
        high = simplified(Binary("+", bound.high or Num.of(0), Num.of(1)))
        return f"{self.text(bound.low or Num.of(0), _SUM)}, {self.text(high, _SUM)}"

    def scripts(self, sign: str, bound: Bound) -> str:
        high = f"^{{{self.text(bound.high, _LIST)}}}" if bound.high else ""
        return f"{sign}_{{{self.begin(bound)}}}{high}"

    def begin(self, bound: Bound) -> str:
        name = self.text(bound.name, _ATOM)
        if bound.among:
            return f"{name} {_RELATIONS[self.notation]['in']} {self.text(bound.among, _SUM)}"
        return f"{name}={self.text(bound.low, _SUM)}" if bound.low else name

    def ends(self, bound: Bound) -> str:
        if not bound.high:
            return self.begin(bound)
        dots = r" \dots " if self.latex else ".."
        return f"{self.begin(bound)}{dots}{self.text(bound.high, _SUM)}"

    # --- entries

    def index(self, node: Index) -> tuple[str, int]:
        array, level = self.written(node.array)
        if self.latex and isinstance(node.array, Name) and level == _ATOM and "_" not in array:
            below = self.subscript(node)
            return f"{array}_{below}" if len(below) == 1 else f"{array}_{{{below}}}", _ATOM
        inner = ", ".join(self.text(item, _SUM) for item in node.indices)
        return f"{array}[{inner}]", level

    def subscript(self, node: Index) -> str:
        """The indices of an entry, close together; digits keep their distance, or they would be thousands."""
        found = ""
        for item in node.indices:
            text = self.text(item, _SUM).replace(" + ", "+").replace(" - ", "-")
            found += (", " if text[:1].isdigit() else ",") + text if found else text
        return found

    def derivative(self, node: Derivative) -> tuple[str, int]:
        of, by = self.text(node.of, _ATOM), self.text(node.by, _ATOM)
        if self.latex:
            return rf"\frac{{\partial {of}}}{{\partial {by}}}", _SIGN
        return (f"∂{of}/∂{by}" if self.notation is Notation.UNICODE else f"d{of}/d{by}"), _PRODUCT

    def transposed(self, node: Transposed) -> tuple[str, int]:
        sign = r"^\top" if self.latex else "^T"
        return f"{self.text(node.arg, _ATOM)}{sign}", _POWER

    def dots(self, node: Dots) -> tuple[str, int]:
        del node
        return (r"\cdots" if self.latex else "..."), _ATOM


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


def _states(node: Node) -> bool:
    return isinstance(node, Relation | Logic)


def _bare(node: Node, *brackets: str) -> Node:
    """What stands in brackets that nothing needs; a condition in brackets counts 1 where it holds."""
    while isinstance(node, Group) and node.bracket in {"(", "{", *brackets} and len(node.items) == 1:
        if _states(node.items[0]) and not brackets:
            break
        node = node.items[0]
    return node


def _leads(node: Node) -> bool:
    """Whether `node` is a product that begins with a sign."""
    while isinstance(node, Binary) and (node.op in PRODUCTS or node.op in {"/", "//", "%"}):
        node = _bare(node.left)
    return isinstance(node, Unary)


def _reaches(left: Node, right: Node) -> bool:
    """Whether an index of a sum in `left` stands in `right`, which would be taken into that sum."""
    bound = {each.name for node in parts(left) if isinstance(node, Big) for each in node.bounds}
    return bool(bound) and any(name in bound for name in parts(right) if isinstance(name, Name))
