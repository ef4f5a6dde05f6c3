r"""Brackets, lists, relations and case distinctions, written down: `\begin{cases} ... \end{cases}`, `a if c else b`."""

from __future__ import annotations

from grader.answers.syntax.tree import Branch, Cases, Group, Logic, Matrix, Node, Relation, Sequence
from grader.answers.writing.notation import Notation
from grader.answers.writing.writer import ATOM, LIST, RELATION, SUM, Writer, Written, bare, states

SIGNS = {
    Notation.LATEX: {"<=": r"\le", ">=": r"\ge", "!=": r"\ne", "in": r"\in", "~": r"\approx", "=>": r"\Rightarrow"},
    Notation.UNICODE: {"<=": "≤", ">=": "≥", "!=": "≠", "in": "∈", "~": "≈", "=>": "⇒"},
    Notation.PYTHON: {"=": "==", "in": "∈"},
    Notation.ASCII: {"in": "∈"},
}
"""Signs of relation, where they differ from those of a tree."""
_ROW = r" \\ "
_BRACKETS = {"(": ")", "[": "]", "{": "}"}
_OPPOSITE = {"=": "!=", "!=": "="}
"""The others are no opposites where a side has no value."""
_NOT = {Notation.LATEX: r"\neg", Notation.UNICODE: "¬"}


def group(w: Writer, node: Group) -> Written:
    """Brackets, where they mean more than what binds tighter: a list, a set, 1 where a condition holds."""
    inside = bare(node)
    if inside is not node:
        return w.written(inside)
    if len(node.items) == 1 and node.bracket == "[" and not states(node.items[0]):
        return f"[{w.text(node.items[0], LIST)}]", ATOM
    inner = w.listed(node.items, RELATION)
    if any(map(states, node.items)):
        return (rf"\mathbb{{1}}[{inner}]" if w.latex else f"1[{inner}]"), ATOM
    if node.bracket == "{" and w.latex:
        return rf"\{{{inner}\}}", ATOM
    opens, closes = node.bracket[0], node.bracket[1:] or _BRACKETS[node.bracket]  # half-open ones hold both
    return f"{opens}{inner}{closes}", ATOM


def sequence(w: Writer, node: Sequence) -> Written:
    """Items with commas between them."""
    return w.listed(node.items, RELATION), LIST


def matrix(w: Writer, node: Matrix) -> Written:
    """Rows of cells."""
    if w.latex:
        rows = _ROW.join(" & ".join(w.text(cell, SUM) for cell in row) for row in node.rows)
        return rf"\begin{{bmatrix}} {rows} \end{{bmatrix}}", ATOM
    return f"[{', '.join(f'[{w.listed(row, SUM)}]' for row in node.rows)}]", ATOM


def relation(w: Writer, node: Relation) -> Written:
    """A chain of relations."""
    words = [w.text(node.members[0], SUM)]
    for op, member in zip(node.ops, node.members[1:], strict=True):
        words += [SIGNS[w.notation].get(op, op), w.text(member, SUM)]
    return " ".join(words), RELATION


def logic(w: Writer, node: Logic) -> Written:
    """Conditions with "and" or "or" between them, or denied; in brackets where one is of such itself."""
    inner = [bare(arg, "(", "[") for arg in node.args]
    if node.op == "not":
        return _negated(w, inner[0])
    texts = [w.text(arg, LIST) for arg in inner]
    args = [w.bracketed(text) if isinstance(arg, Logic) else text for arg, text in zip(inner, texts, strict=True)]
    return (rf" \text{{ {node.op} }} " if w.latex else f" {node.op} ").join(args), RELATION


def _negated(w: Writer, node: Node) -> Written:
    match node:
        case Relation((op,), members) if op in _OPPOSITE:
            return relation(w, Relation((_OPPOSITE[op],), members))
    return f"{_NOT.get(w.notation, 'not ')}{w.bracketed(w.text(node, LIST))}", RELATION


def cases(w: Writer, node: Cases) -> Written:
    """A value with its condition, one behind another."""
    if w.latex:
        rows = [f"{w.text(branch.value, SUM)} & {_condition(w, branch)}" for branch in node.branches]
        return rf"\begin{{cases}} {_ROW.join(rows)} \end{{cases}}", ATOM
    words = [f"{w.text(bare(branch.value), SUM)} {_condition(w, branch)}" for branch in node.branches]
    if w.notation is not Notation.PYTHON or node.branches[0].condition is None:
        return ", ".join(words), LIST
    last = node.branches[-1]
    if last.condition is None:
        words[-1] = w.text(bare(last.value), SUM)
    return " else ".join(words), LIST


def _condition(w: Writer, branch: Branch) -> str:
    if branch.condition is None:
        return r"\text{otherwise}" if w.latex else "otherwise"
    return (r"\text{if } " if w.latex else "if ") + w.text(branch.condition, LIST)
