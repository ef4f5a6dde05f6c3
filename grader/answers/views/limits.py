"""Limits of integer indices, `0 <= k_1 <= 1 and 0 <= k_2 <= 1`: right where they hold for the same integers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

import numpy as np

from grader.answers.claims import Claim
from grader.answers.parse import parse
from grader.answers.pointwise import holds
from grader.answers.sampling import Points
from grader.answers.symbols import Domain, Symbols, names_in
from grader.answers.tree import Call, Dots, Group, Logic, Name, Node, Num, Relation, Unary, parts
from grader.answers.tree import Sequence as Listed
from grader.answers.unread import Unread
from grader.answers.values import Region
from grader.answers.view import CORRECT, Comparison, Reading
from grader.model import Verdict

_EXTREMES = frozenset({"max", "min"})
"""`\\min k = 0` is no value of k."""


@dataclass(frozen=True)
class LimitsView:
    """Reads inequalities in `names` and tries them at every integer point from `low` to `high`."""

    names: tuple[str, ...]
    low: int
    high: int

    @cached_property
    def _symbols(self) -> Symbols:
        return Symbols({name: Domain(self.low, self.high) for name in self.names})

    @cached_property
    def grid(self) -> Points:
        """All points, the last name running fastest."""
        points = np.array(list(product(range(self.low, self.high + 1), repeat=len(self.names))), dtype=np.float64)
        return {name: points[:, axis] for axis, name in enumerate(self.names)}

    def read(self, claim: Claim) -> Reading[Region]:
        """The points at which all relations of the claim hold; `0 <= k_1, k_2 <= 1` limits both."""
        if re.search(r"\bor\b|\\lor\b|\\vee\b|∨", claim.text):
            return Reading(None, "or", 'limits with an "or" between them')
        try:
            relations = _relations(parse(claim.text, self._symbols.names))
            bound = [self._symbols.bind(relation) for relation in relations]
            size = (self.high - self.low + 1) ** len(self.names)
            where = np.logical_and.reduce([holds(relation, self.grid, size) for relation in bound])
        except Unread as unread:
            return Reading(None, unread.code, unread.reason)
        if not any(names_in(node) for node in bound):
            return Reading(None, "not-a-relation", f"expected limits of {' and '.join(self.names)}")
        return Reading(Region(tuple(bool(value) for value in where)))

    def likely(self, value: Region, reference: Region) -> bool:  # noqa: ARG002 - the contract of a view
        """Always: limits are limits."""
        return True

    def compare(self, value: Region, reference: Region) -> Comparison:
        """Right where both hold for the same integers; else a point at which they differ."""
        wrong = [i for i, (a, b) in enumerate(zip(value.holds, reference.holds, strict=True)) if a != b]
        if not wrong:
            return CORRECT
        place = ", ".join(f"{name} = {int(values[wrong[0]])}" for name, values in self.grid.items())
        said = "lets in" if value.holds[wrong[0]] else "leaves out"
        return Comparison(Verdict.INCORRECT, 0.0, f"it {said} {place}, wrongly")

    def render(self, value: Region) -> str:
        """Limits of each name, where `value` is a box."""
        inside = [[int(values[i]) for i, held in enumerate(value.holds) if held] for values in self.grid.values()]
        return ", ".join(f"{min(v)} <= {name} <= {max(v)}" for name, v in zip(self.names, inside, strict=True) if v)


def _relations(tree: Node) -> list[Relation]:
    """The relations of `tree`; names set apart by commas within one share its ends: `0 <= k_1, k_2 <= 1`."""
    items = tree.items if isinstance(tree, Listed) else (tree,)
    if len(items) == 2 and all(isinstance(i, Relation) and len(i.ops) == 1 for i in items):
        left, right = items
        if isinstance(left, Relation) and isinstance(right, Relation) and _ends(left, right):
            (low, one), (other, high) = left.members, right.members
            ops = (*left.ops, *right.ops)
            return [Relation(ops, (low, one, high)), Relation(ops, (low, other, high))]
    return [relation for item in _listed(_shared(items)) for relation in _joined(item)]


def _joined(item: Node) -> Iterator[Relation]:
    """The relations that hold together in `item`, in brackets or not."""
    match item:
        case Group("(" | "[", (inner,)):
            yield from _joined(inner)
        case Logic("and", args):
            for arg in args:
                yield from _joined(arg)
        case Relation(("=",), (Name() as name, Group("{") as values)):
            yield Relation(("in",), (name, values))
        case Relation() if not any(isinstance(part, Call) and part.function in _EXTREMES for part in parts(item)):
            yield item
        case _:
            raise Unread("not-a-relation", "something that is no inequality stands among the limits")


def _listed(items: Sequence[Node]) -> list[Node]:
    """`items` with the values that are listed behind an equals sign, `k = 0, 1, 2`, as a set."""
    found: list[Node] = []
    values: list[Node] = []
    for item in items:
        match item:
            case Relation(("=",), (Name() as name, value)):
                found.append(item)
                values = [value]
            case Num() | Unary(_, Num()) | Dots() if values:
                values.append(item)
                found[-1] = Relation(("=",), (name, Group("{", tuple(values))))
            case _:
                found.append(item)
                values = []
    return found


def _shared(items: Sequence[Node]) -> list[Node]:
    """`items`, where `i, j in S` says the same of both names."""
    found: list[Node] = []
    for item in reversed(items):
        match item, found[-1:]:
            case Name(), [Relation(("in",), (_, values))]:
                found.append(Relation(("in",), (item, values)))
            case _:
                found.append(item)
    return found[::-1]


def _ends(left: Relation, right: Relation) -> bool:
    """Whether `left, right` is one chain whose middle holds two names."""
    numbers = isinstance(left.members[0], Num) and isinstance(right.members[1], Num)
    return numbers and not isinstance(left.members[1], Num) and not isinstance(right.members[0], Num)
