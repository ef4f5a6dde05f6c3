"""Places in an array, `(1,3), (2,3) or (3,3)`: each place that a student names is tested by the kind."""

from __future__ import annotations

from dataclasses import dataclass

from grader.answers.chain import closed, members
from grader.answers.claims import Claim
from grader.answers.notation import Notation
from grader.answers.parse import parse
from grader.answers.tree import Group, Index, Node, Sequence
from grader.answers.unread import Unread
from grader.answers.values import Places
from grader.answers.view import CORRECT, Comparison, Reading
from grader.model import Verdict


@dataclass(frozen=True)
class PlacesView:
    """Reads index tuples of `axes` numbers each."""

    axes: int

    def read(self, claim: Claim) -> Reading[Places]:
        """Every place in the claim; `Z[1, 3]` and `(i, j) = (1, 3)` name one too."""
        try:
            places = self._places(parse(claim.text))
        except Unread as unread:
            return Reading(None, unread.code, unread.reason)
        if not places:
            return Reading(None, "not-a-place", f"expected places such as ({', '.join('0' * self.axes)})")
        return Reading(Places(tuple(dict.fromkeys(places))))

    def _places(self, tree: Node) -> list[tuple[int, ...]]:
        if isinstance(tree, Sequence) or (
            isinstance(tree, Group) and all(isinstance(i, Group | Index) for i in tree.items)
        ):
            each = [self._places(item) for item in tree.items]
            if not all(each) and any(each):
                raise Unread("not-a-place", "something that is no place stands among the places")
            return [place for places in each for place in places]
        found = [place for member in members(tree) if (place := self._place(member)) is not None]
        return found[-1:]

    def _place(self, node: Node) -> tuple[int, ...] | None:
        items = node.indices if isinstance(node, Index) else node.items if isinstance(node, Group) else ()
        values = [closed(item) for item in items]
        if len(values) != self.axes or any(value is None or value.denominator != 1 for value in values):
            return None
        return tuple(int(value) for value in values if value is not None)

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
