"""Places in an array, `(1,3), (2,3) or (3,3)`: each place that a student names is tested by the kind."""

from __future__ import annotations

import re
from collections.abc import Sequence as Items
from dataclasses import dataclass

from grader.answers.claims import Claim
from grader.answers.formulas.chain import closed, members
from grader.answers.formulas.evaluate import Exact
from grader.answers.shapes.coordinates import spread
from grader.answers.syntax.parse import parse
from grader.answers.syntax.tree import Binary, Group, Index, Name, Node, Num, Relation, Sequence, is_entry
from grader.answers.syntax.unread import MAX_LENGTH, Unread
from grader.answers.values import Places
from grader.answers.view import CORRECT, Comparison, Reading
from grader.answers.writing.notation import Notation
from grader.model import Verdict

_FAMILIES = ["row column", "row col", "r c", "i j k l", "m n", "h w", "p q", "u v"]
_FAMILY = {name: family.split() for family in _FAMILIES for name in family.split()}
"""Names of indices, and in which order they stand: rows before columns."""
_UNORDERED = frozenset("xyz")
"""Names that are taken as rows first by some and as columns first by others."""
_ROW_AND_COLUMN = re.compile(
    r"\brow\s{0,3}[=:]?\s{0,3}\$?(?P<row>-?\d{1,4})\$?\s{0,3}[,;]?\s{0,3}(?:and\s{1,3})?col(?:umn)?\s{0,3}[=:]?\s{0,3}\$?"
    r"(?P<column>-?\d{1,4})\$?(?!\.?\d)",
    re.IGNORECASE,
)
_NEAR = 60
"""Characters around a claim in which the rest of its place is looked for."""


@dataclass(frozen=True)
class PlacesView:
    """Reads index tuples of `axes` numbers each."""

    axes: int

    def read(self, claim: Claim) -> Reading[Places]:
        """Every place in the claim; `Z[1, 3]` and `(i, j) = (1, 3)` name one too."""
        try:
            text = self._text(claim)
            tree = parse(text)
            places = _Reader(self.axes).places(tree)
        except Unread as unread:
            return Reading(None, unread.code, unread.reason)
        if not places:
            return Reading(None, "not-a-place", f"expected places such as ({', '.join('0' * self.axes)})")
        share = "place" if text != claim.text or is_entry(tree) else ""
        return Reading(Places(tuple(dict.fromkeys(places))), share=share)

    def _text(self, claim: Claim) -> str:
        """The claim's mathematics, with the half of a place that stands in the words around it."""
        if self.axes != 2 or len(claim.text) > MAX_LENGTH:
            return claim.text
        if said := spread(claim):
            return said
        before = claim.before[-_NEAR:] + " "
        whole = f"{before}{claim.text}{claim.after[:_NEAR]}"
        start, end = len(before), len(before) + len(claim.text)
        spoken = [f for f in _ROW_AND_COLUMN.finditer(whole) if f.start() < end and f.end() > start]
        if len(spoken) == 1 and re.fullmatch(r"[\s\d,;=:$.-]*(?:and)?[\s\d]*", _without_names(claim.text)):
            return f"({spoken[0]['row']}, {spoken[0]['column']})"
        return claim.text

    def likely(self, value: Places, reference: Places) -> bool:  # noqa: ARG002 - the contract of a view
        """Always: a place is a place."""
        return True

    def compare(self, value: Places, reference: Places) -> Comparison:
        """Whether the places are the reference's, for kinds that ask for one set of places and no condition."""
        if set(value.indices) == set(reference.indices):
            return CORRECT
        return Comparison(Verdict.INCORRECT, 0.0, "these are not the places asked for")

    def render(self, value: Places, notation: Notation = Notation.ASCII) -> str:  # noqa: ARG002 - all write it so
        """Tuples with commas between them."""
        return ", ".join(f"({', '.join(map(str, index))})" for index in value.indices)


def _without_names(text: str) -> str:
    return re.sub(r"\b(?:row|col(?:umn)?)\b", " ", text, flags=re.IGNORECASE)


class _Reader:
    """Finds places in a tree."""

    def __init__(self, axes: int) -> None:
        self.axes = axes
        self.evaluator = Exact()

    def places(self, tree: Node) -> list[tuple[int, ...]]:
        """Every place that `tree` names.

        Raises:
            Unread: something that is no place stands among them.
        """
        items = tree.items if isinstance(tree, Sequence | Group) else ()
        if items and (one := self.place(items) or self.by_equations(items)):
            return [one]
        if items and (isinstance(tree, Sequence) or all(isinstance(item, Group | Index | Name) for item in items)):
            each = [self.places(item) for item in items]
            if not all(each) and any(each):
                raise Unread("not-a-place", "something that is no place stands among the places")
            return [place for places in each for place in places]
        if isinstance(tree, Relation) and tree.ops == ("in",) and isinstance(tree.members[1], Group):
            return self.among(tree.members[0], tree.members[1])
        chain = members(tree)
        found = [place for member in chain if (place := self.at(member)) is not None]
        if found and len(chain) > 1 and isinstance(chain[0], Group):
            return [_ordered(_names(chain[0].items), found[-1])]
        return found[-1:]

    def among(self, left: Node, places: Group) -> list[tuple[int, ...]]:
        r"""The places of `(i, j) \in \{(1, 3), (2, 3)\}`."""
        names = _names(left.items) if isinstance(left, Group) else []
        found = self.places(places) if all(isinstance(item, Group) for item in places.items) else []
        return [_ordered(names, place) if names else place for place in found]

    def at(self, node: Node) -> tuple[int, ...] | None:
        """The place that an index, a subscript or a tuple states."""
        match node:
            case Index(_, items) | Group(_, items) | Name(_, items) | Binary("", Name(), Group("(", items)):
                return self.place(items)
        return None

    def place(self, items: Items[Node]) -> tuple[int, ...] | None:
        """`items` as one integer for each axis."""
        if len(items) != self.axes:
            return None
        values = [None if isinstance(item, Relation) else closed(item, self.evaluator) for item in items]
        if any(value is None or value.denominator != 1 for value in values):
            return None
        return tuple(int(value) for value in values if value is not None)

    def by_equations(self, items: Items[Node]) -> tuple[int, ...] | None:
        """`i = 1, j = 3`, `row 1, column 3`: a name and an integer for each axis."""
        names: list[str] = []
        values: list[Node] = []
        for item in items:
            match item:
                case Relation(("=" | ":",), (Name(name, ()), value)) | Binary("", Name(name, ()), Num() as value):
                    names.append(name.lower())
                    values.append(value)
                case _:
                    return None
        found = self.place(values)
        if found is None or len(set(names)) < len(names) or any(name not in _FAMILY for name in names):
            if found is not None and set(names) & _UNORDERED:
                raise Unread("axis-order", "x and y may stand for rows or columns first")
            return None
        return _ordered(names, found)


def _names(items: Items[Node]) -> list[str]:
    return [item.base.lower() if isinstance(item, Name) and not item.sub else "" for item in items]


def _ordered(names: Items[str], place: tuple[int, ...]) -> tuple[int, ...]:
    """`place`, whose numbers are given for `names`, with rows before columns.

    Raises:
        Unread: the names do not say which is which.
    """
    if len(names) == len(place) and set(names) & _UNORDERED and len(set(place)) > 1:
        raise Unread("axis-order", "x and y may stand for rows or columns first")
    family = _FAMILY.get(names[0], [])
    if len(names) != len(place) or not set(names) <= set(family):
        return place
    return tuple(number for _, number in sorted(zip(map(family.index, names), place, strict=True)))
