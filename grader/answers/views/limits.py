"""Limits of integer indices, `0 <= k_1 <= 1 and 0 <= k_2 <= 1`: right where they hold for the same integers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import product, takewhile

import numpy as np

from grader.answers.claims import Claim
from grader.answers.formulas.chain import closed
from grader.answers.formulas.pointwise import holds
from grader.answers.formulas.sampling import Points
from grader.answers.formulas.symbols import Domain, Symbols, names_in
from grader.answers.syntax.parse import parse
from grader.answers.syntax.tree import Call, Dots, Group, Logic, Name, Node, Num, Relation, Sequence, parts
from grader.answers.syntax.unread import MAX_LENGTH, Unread
from grader.answers.values import Region
from grader.answers.view import CORRECT, Comparison, Reading
from grader.answers.writing.notation import Notation
from grader.answers.writing.render import render_tree
from grader.model import Verdict

_END = r"\$?[-−]?(?:\d{1,4}|[A-Za-z](?:_\w{1,3})?\s{0,2}[-−+]\s{0,2}\d{1,4})\$?"
_INDEX = r"\$?[A-Za-zα-ω]{1,3}(?:_\{?\w{1,4}\}?|[₀-₉]|\d)?\$?"
_LOWER = re.compile(r"\bfrom\b")
_FROM_TO = re.compile(
    rf"(?P<names>{_INDEX}(?:\s{{0,3}}(?:,|and)\s{{0,3}}{_INDEX}){{0,3}})\s{{1,3}}(?:(?:both|each)\s)?"
    rf"(?:(?:runs?|goes|go|ranges?|range|varies|vary|is|are|going|ranging)\s{{1,3}})?from\s{{1,3}}(?P<low>{_END})"
    rf"\s{{1,3}}(?:up\s)?to\s{{1,3}}(?P<high>{_END})(?![\w.])"
)
_OR = re.compile(r"\bor\b|\\lor\b|\\vee\b|∨|\|\|")
_EXTREMES = frozenset({"max", "min"})
"""The least value of k says nothing of the others."""
_NEAR = 80
"""Characters before a claim in which the rest of its limits is looked for."""


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
        try:
            relations = _relations(parse(_in_signs(claim), self._symbols.names))
            bound = [self._symbols.bind(relation) for relation in relations]
            size = (self.high - self.low + 1) ** len(self.names)
            where = np.logical_and.reduce([holds(relation, self.grid, size) for relation in bound])
        except Unread as unread:
            return Reading(None, unread.code, unread.reason)
        if not any(names_in(node) for node in bound):
            return Reading(None, "not-a-relation", f"expected limits of {' and '.join(self.names)}")
        if not where.any() and any(_is_open(node) for node in bound):
            return Reading(None, "empty-interval", "an open interval without an integer may be meant as closed")
        return Reading(Region(tuple(bool(value) for value in where), tuple(bound)))

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

    def render(self, value: Region, notation: Notation = Notation.ASCII) -> str:
        """The inequalities as written, else limits of each name: `value` is then a box."""
        relations = value.written or tuple(self._limits(value))
        return ", ".join(render_tree(relation, notation) for relation in relations)

    def _limits(self, value: Region) -> Iterator[Relation]:
        """The limits of each name, which contradict each other where nothing holds."""
        held = np.array(value.holds)
        for name, values in self.grid.items():
            inside = values[held]
            low, high = (inside.min(), inside.max()) if inside.size else (1, 0)
            yield Relation(("<=", "<="), (Num.of(int(low)), Name(name), Num.of(int(high))))


def _in_signs(claim: Claim) -> str:
    """The claim's text with `k from 0 to 1` as `0 <= k <= 1`; half of it may stand in the words before.

    Raises:
        Unread: it is too long, or an "or" stands in it.
    """
    text = claim.text
    if len(text) > MAX_LENGTH:
        raise Unread("too-long", f"{len(text)} characters; at most {MAX_LENGTH} are read")
    before = claim.before[-_NEAR:]
    whole = f"{before} {text}"
    ranges = list(_FROM_TO.finditer(whole)) if _LOWER.search(before) else []
    if ranges and ranges[-1].end() > len(before) + 1:
        text = whole[ranges[0].start() :]
    if _OR.search(text):
        raise Unread("or", 'limits with an "or" between them')
    return _FROM_TO.sub(lambda found: f"{found['low']} <= {found['names']} <= {found['high']}", text)


def _relations(tree: Node) -> list[Relation]:
    """The relations of `tree`; names set apart by commas share their limits: `0 <= k_1, k_2 <= 1`, `k_1, k_2 >= 0`."""
    items = tree.items if isinstance(tree, Sequence) else (tree,)
    if len(items) == 2 and all(isinstance(i, Relation) and len(i.ops) == 1 for i in items):
        left, right = items
        if isinstance(left, Relation) and isinstance(right, Relation) and _ends(left, right):
            (low, one), (other, high) = left.members, right.members
            ops = (*left.ops, *right.ops)
            return [Relation(ops, (low, one, high)), Relation(ops, (low, other, high))]
    found: list[Relation] = []
    names: list[Node] = []
    at = 0
    while at < len(items):
        item, values = items[at], _values(items, at + 1)
        at += 1 + len(values)
        inner = item.items[0] if isinstance(item, Group) and len(item.items) == 1 else item
        if isinstance(inner, Name):
            names.append(inner)
            continue
        found += _of_item(inner, names, values)
        names = []
    if names:
        raise Unread("not-a-relation", "a name stands among the limits without any")
    return found


def _values(items: tuple[Node, ...], start: int) -> list[Node]:
    """The numbers that follow `k = 0` among `items`: `k = 0, 1`."""
    first = items[start - 1]
    if not (isinstance(first, Relation) and first.ops == ("=",) and isinstance(first.members[0], Name)):
        return []
    return list(takewhile(lambda item: isinstance(item, Dots) or closed(item) is not None, items[start:]))


def _of_item(item: Node, names: list[Node], values: list[Node]) -> list[Relation]:
    """The limits that `item` states, for the names before it too.

    Raises:
        Unread: it states none, or which name takes which value is not said.
    """
    if isinstance(item, Group) and len(item.items) == 1:
        return _of_item(item.items[0], names, values)
    if isinstance(item, Logic) and item.op == "and":
        return [relation for arg in item.args for relation in _of_item(arg, [], [])]
    if not isinstance(item, Relation) or any(
        isinstance(one, Call) and one.function in _EXTREMES for one in parts(item)
    ):
        raise Unread("not-a-relation", "something that is no inequality stands among the limits")
    first, *others = item.members
    if values:
        item = Relation(("in",), (first, Group("{", (*others, *values))))
    elif item.ops == ("=",) and isinstance(others[0], Group) and len(others[0].items) > 1:
        item = Relation(("in",), item.members)
    if names and (not isinstance(first, Name) or (item.ops[0] == "=" or values)):
        raise Unread("not-a-relation", "which name takes which value is not said")
    return [Relation(item.ops, (name, *item.members[1:])) for name in names] + [item]


def _is_open(node: Node) -> bool:
    return any(isinstance(part, Group) and part.bracket == "(" and len(part.items) == 2 for part in parts(node))


def _ends(left: Relation, right: Relation) -> bool:
    """Whether `left, right` is one chain whose middle holds two names."""
    numbers = isinstance(left.members[0], Num) and isinstance(right.members[1], Num)
    return numbers and not isinstance(left.members[1], Num) and not isinstance(right.members[0], Num)
