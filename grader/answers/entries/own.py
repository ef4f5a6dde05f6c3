"""An array of a student's own, `G` of "let G[i,j,m] = dJ/dZ[i,j,m]": what its entries stand for."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import Any

from grader.answers.syntax.substitute import rebuilt
from grader.answers.syntax.tree import Big, Group, Index, Name, Node, Num, parts
from grader.answers.syntax.unread import Unread


@dataclass(frozen=True)
class Own:
    """A definition of an array, in the problem's names."""

    indices: tuple[str, ...]
    """Its indices, as the definition names them."""
    value: Node
    """What an entry is, in those indices."""

    def at(self, places: tuple[Node, ...]) -> Node:
        """The entry at `places`.

        Raises:
            Unread: a sum within the definition has an index that stands in `places` too.
        """
        inner = {each.name for node in parts(self.value) if isinstance(node, Big) for each in node.bounds}
        if any(name in inner for place in places for name in parts(place)):
            raise Unread(
                "own-array", "an index of a definition's own sum stands among the indices that it is used with"
            )
        put = {name: _closed(place) for name, place in zip(self.indices, places, strict=True)}
        return rebuilt(self.value, lambda node: _changed(node, put))  # type: ignore[no-any-return]  # a tree for a tree


def _closed(place: Node) -> Node:
    return place if isinstance(place, Num | Name) else Group("(", (place,))


def _changed(node: Any, put: dict[str, Node]) -> Any:
    return put.get(node.base, node) if isinstance(node, Name) and not node.sub else node


def require_short(tree: Node, most: int) -> None:
    """Refuses a tree that definitions have made too large: they may double each other.

    Raises:
        Unread: so many things stand in it, or more.
    """
    if len(list(islice(parts(tree), most))) == most:
        raise Unread("too-long", "its definitions make it too large to work out")


def is_entry_of(node: Node, indices: tuple[str, ...]) -> bool:
    """Whether `node` is an entry with just `indices`, in that order."""
    return isinstance(node, Index) and node.indices == tuple(map(Name, indices))
