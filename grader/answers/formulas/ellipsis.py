r"""Sums and products with an ellipsis, `a_1 x_j + a_2 x_{j+1} + \cdots + a_m x_{n-d+j}`, as sums over an index.

The terms before the dots say how each place changes from term to term, the last one says where it ends.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from grader.answers.formulas.linear import simplified
from grader.answers.syntax.substitute import with_inner
from grader.answers.syntax.tree import Big, Binary, Bound, Dots, Name, Node, Num, Relation, nodes
from grader.answers.syntax.unread import Unread

INDEX = Name("term")
"""The index of the sum that stands for an ellipsis; no student's name is spelled so."""
_OPS = {"+": "sum", "*": "prod", "·": "prod", "×": "prod", "": "prod"}


@dataclass(frozen=True, slots=True)
class Written:
    """A tree without its ellipsis, and the equations that have to hold for its terms to fit together."""

    tree: Node
    conditions: tuple[Relation, ...] = ()


def closed_up(tree: Node) -> Written:
    """`tree` with each ellipsis replaced by the sum it stands for.

    Raises:
        Unread: the terms do not show what the ellipsis leaves out.
    """
    if not any(isinstance(node, Dots) for node in nodes(tree)):
        return Written(tree)
    conditions: list[Relation] = []
    found: Node = _closed(tree, conditions)
    return Written(found, tuple(conditions))


def _closed(node: Any, conditions: list[Relation]) -> Any:
    if isinstance(node, tuple):
        return tuple(_closed(item, conditions) for item in node)
    if isinstance(node, Binary) and node.op in _OPS and Dots() in (terms := _terms(node, node.op)):
        return _sum(node.op, terms, conditions)
    return with_inner(node, lambda inner: _closed(inner, conditions))


def _terms(node: Node, op: str) -> list[Node]:
    """The terms of a chain of one sign; `a + b - c` has no terms of one sign."""
    if isinstance(node, Binary) and node.op == op:
        return [*_terms(node.left, op), *_terms(node.right, op)]
    return [node]


def _sum(op: str, terms: list[Node], conditions: list[Relation]) -> Node:
    at = terms.index(Dots())
    before, behind = terms[:at], terms[at + 1 :]
    if not before or len(behind) != 1 or Dots() in behind:
        raise Unread("ellipsis", "an ellipsis without a term on either side, or with several behind it")
    first, last = before[0], behind[0]
    terms_shown = first, before[1] if len(before) > 1 else None, last
    counted = _Run(0)
    counted.general(*terms_shown)
    if counted.steps is None:
        raise Unread("ellipsis", "an ellipsis whose terms do not change")
    conditions += counted.conditions
    low = counted.starts[0] if counted.starts else 0
    body: Node = _Run(low).general(*terms_shown)
    high = simplified(Binary("+", Num.of(low), counted.steps))
    return Big(_OPS[op], (Bound(INDEX, Num.of(low), high),), body)


class _Run:
    """What is known of an ellipsis's terms: they are counted from `low` on, `steps` of them behind the first."""

    def __init__(self, low: int) -> None:
        self.low = low
        self.steps: Node | None = None
        self.starts: list[int] = []
        """Numbers that count the terms one by one as they are written, `1` of `a_1 + a_2 + ...`."""
        self.indexing = 0
        """How many subscripts or brackets of indices it stands in: only there may a name change into another."""
        self.conditions: list[Relation] = []

    def general(self, first: Any, second: Any, last: Any) -> Any:
        """The term at `INDEX`, from the first, the second (if there is one) and the last."""
        if first == last and second in {None, first}:
            return first
        if self.is_place(first, second, last):
            return self.place(first, second, last)
        if type(first) is not type(last) or (second is not None and type(first) is not type(second)):
            raise Unread("ellipsis", "the terms around an ellipsis differ in their form")
        if isinstance(first, tuple):
            if len(first) != len(last) or (second is not None and len(first) != len(second)):
                raise Unread("ellipsis", "the terms around an ellipsis differ in their form")
            seconds = second if second is not None else [None] * len(first)
            return tuple(self.general(*items) for items in zip(first, seconds, last, strict=True))
        if not is_dataclass(first) or isinstance(first, type):
            raise Unread("ellipsis", "the terms around an ellipsis differ in their names")
        names = [each.name for each in fields(first)]
        inner = {}
        for name in names:
            self.indexing += name in {"sub", "indices"}
            inner[name] = self.general(
                getattr(first, name), getattr(second, name) if second else None, getattr(last, name)
            )
            self.indexing -= name in {"sub", "indices"}
        return replace(first, **inner)

    def is_place(self, first: Any, second: Any, last: Any) -> bool:
        """Whether a number that changes stands here: the forms differ, or plain numbers do."""
        forms = {_form(node) for node in (first, second, last) if node is not None}
        if not all(isinstance(node, Num | Name | Binary) for node in (first, second, last) if node is not None):
            return False
        if isinstance(first, Num):
            return True
        return self.indexing > 0 and (len(forms) > 1 or (isinstance(first, Name) and not first.sub))

    def place(self, first: Node, second: Node | None, last: Node) -> Node:
        """`first + step * INDEX`; where it ends tells how many terms there are, or has to agree with what did."""
        step = Num.of(1) if second is None else simplified(Binary("-", second, first))
        steps = simplified(Binary("-", last, first))
        if step != Num.of(1):
            steps = Binary("/", steps, step)
        elif isinstance(first, Num) and first.value.denominator == 1:
            self.starts.append(int(first.value))
        if self.steps is None:
            self.steps = steps
        else:
            self.conditions.append(Relation(("=",), (self.steps, steps)))
        count = simplified(Binary("-", INDEX, Num.of(self.low)))
        return simplified(Binary("+", first, Binary("*", step, count)))


def _form(node: Any) -> str:
    """What a place looks like: a name in itself, a number, or arithmetic."""
    match node:
        case Name(base, sub) if sub:
            return f"name {base}"
        case Binary(op):
            return f"binary {op}"
    return type(node).__name__
