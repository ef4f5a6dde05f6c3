r"""A tree -> text that parses to the same value, in any of the notations that students use."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from grader.answers.syntax.tree import (
    Big,
    Binary,
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
)
from grader.answers.writing import write_arithmetic, write_conditions, write_sums
from grader.answers.writing.notation import Notation
from grader.answers.writing.writer import LIST, SIGN, Writer, Written

_WRITERS: dict[type, Callable[[Writer, Any], Written]] = {
    Num: write_arithmetic.number,
    Name: write_arithmetic.name,
    Unary: write_arithmetic.unary,
    Binary: write_arithmetic.binary,
    Call: write_arithmetic.call,
    Index: write_arithmetic.index,
    Derivative: write_arithmetic.derivative,
    Transposed: write_arithmetic.transposed,
    Dots: write_arithmetic.dots,
    Group: write_conditions.group,
    Sequence: write_conditions.sequence,
    Matrix: write_conditions.matrix,
    Relation: write_conditions.relation,
    Logic: write_conditions.logic,
    Cases: write_conditions.cases,
    Big: write_sums.big,
}
_BY_NOTATION = {notation: Writer(notation, _WRITERS) for notation in Notation}


def render_tree(node: Node, notation: Notation = Notation.ASCII) -> str:
    """`node` in one line."""
    return _BY_NOTATION[notation].text(node, LIST)


def render_factor(node: Node, notation: Notation = Notation.ASCII) -> str:
    """`node` in one line, in brackets where it is a sum or a product."""
    return _BY_NOTATION[notation].text(node, SIGN)
