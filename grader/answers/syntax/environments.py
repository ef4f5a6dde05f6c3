"""Environments: matrices, whose cells are set apart by `&` or commas, and those that only align."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.answers.syntax.conditions import cases
from grader.answers.syntax.signs import CASES, MATRICES
from grader.answers.syntax.tree import Matrix, Node, Sequence
from grader.answers.syntax.unread import MAX_CELLS, Unread

if TYPE_CHECKING:
    from grader.answers.syntax.parse import Parser

_WRAPPERS = frozenset("aligned align equation gathered gather split displaymath math multline eqnarray".split())


def environment(p: Parser) -> Node:
    r"""What stands between `\begin{...}` and its `\end{...}`."""
    token = p.next()
    name = token.text
    if name in CASES:
        return _cases(p, name)
    if name not in MATRICES and name.rstrip("*") not in _WRAPPERS:
        raise Unread("unknown-environment", f"the environment {name} is not read", token.position)
    if name in {"array", "tabular"}:
        _columns(p)
    elif name in MATRICES and p.is_sign("[") and set(p.tokens[p.at + 1].text) <= set("lcr"):
        _aligned(p)
    p.deeper()
    p.cells += name in MATRICES
    rows = _rows(p)
    p.cells -= name in MATRICES
    p.shallower()
    if p.peek.kind != "close" or p.next().text != name:
        raise Unread("unbalanced", f"\\begin{{{name}}} is not closed", p.peek.position)
    if name in MATRICES:
        return Matrix(rows)
    cells = [cell for row in rows for cell in row]
    return cells[0] if len(cells) == 1 else Sequence(tuple(cells))


def braced_cases(p: Parser) -> Node:
    r"""`\left\{ \begin{array}{ll} a & x > 0 \\ ... \end{array} \right.`: the environment behind a brace stands here."""
    name = p.next().text
    _columns(p)
    node = _cases(p, name)
    p.accept("}set")
    return node


def _cases(p: Parser, name: str) -> Node:
    p.deeper()
    node = cases(p)
    p.shallower()
    if p.peek.kind != "close" or p.next().text != name:
        raise Unread("unbalanced", f"\\begin{{{name}}} is not closed", p.peek.position)
    return node


def _columns(p: Parser) -> None:
    """Steps over the alignment of an array's columns."""
    if p.accept("{"):
        while p.peek.kind != "end" and not p.accept("}"):
            p.next()


def _aligned(p: Parser) -> None:
    r"""Steps over the alignment of a matrix, `\begin{pmatrix}[cc]`, where that is what stands here."""
    if p.tokens[p.at + 1].kind == "name" and p.tokens[p.at + 2].text == "]":
        p.at += 3


def _rows(p: Parser) -> tuple[tuple[Node, ...], ...]:
    r"""Cells set apart by `&` or commas, rows by `\\`; empty rows are passed over."""
    rows: list[tuple[Node, ...]] = []
    cells: list[Node] = []
    while True:
        found = p.items()
        cells += found
        if p.is_sign("&"):
            if not found:
                raise Unread("empty-cell", "a cell of the matrix is empty", p.peek.position)
            p.next()
            if p.is_sign("\\\\") or p.peek.kind == "close":
                raise Unread("empty-cell", "a cell of the matrix is empty", p.peek.position)
            continue
        if cells:
            rows.append(tuple(cells))
            cells = []
        if not p.accept("\\\\"):
            break
    if sum(map(len, rows)) > MAX_CELLS:
        raise Unread("too-large", "a matrix with too many entries", p.peek.position)
    return tuple(rows)
