r"""Which index of the answer each name on a student's left side stands for: by its place, or by the space he states.

`dW \in R^{7 x 5}` says that the first index of `dW[n, c]` runs to 7, whatever the order of the problem's own indices.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TypeAlias

from grader.answers.entries.discover import array_and_indices
from grader.answers.entries.indices import flat
from grader.answers.syntax.parse import parse
from grader.answers.syntax.tree import Name, Node, Num, spelled
from grader.answers.syntax.unread import Unread

Free: TypeAlias = tuple[tuple[str, str], ...]
"""The student's names of the answer's indices, each with the problem's."""


def placed(
    stated: tuple[Node, ...], pattern: tuple[Node, ...], free: tuple[str, ...], single: Collection[str]
) -> Free | None:
    """The names at the places of the answer's indices; None where the left side has another form.

    Args:
        stated: the indices on the student's left side.
        pattern: those on the problem's; numbers among them stand for axes of extent 1.
        free: the problem's names among them.
        single: those along axes of extent 1, which may have a number in their place, or be left out.
    """
    stated = flat(stated, len(pattern))
    if len(stated) == len(pattern):
        pairs = [
            (node, spelled(place))
            for node, place in zip(stated, pattern, strict=True)
            if isinstance(place, Name) and not (isinstance(node, Num) and spelled(place) in single)
        ]
    else:
        named = [node for node in stated if not isinstance(node, Num)]
        kept = free if len(named) == len(free) else tuple(name for name in free if name not in single)
        pairs = list(zip(named, kept, strict=True)) if len(named) == len(kept) else []
    names = [spelled(node) for node, _ in pairs if isinstance(node, Name)]
    if not pairs or len(names) < len(pairs) or len(set(names)) < len(names):
        return None
    return tuple((name, place) for name, (_, place) in zip(names, pairs, strict=True))


def by_extents(pairs: Free, stated: tuple[Node, ...], extents: Sequence[int], known: Mapping[str, int]) -> Free:
    """`pairs` with the problem's names in the order that the `extents` of the stated indices say.

    That order is clear only where no two extents are alike, and they are those of the answer's axes in `known`.
    """
    if len(extents) != len(stated):
        return pairs
    own = {spelled(node): extent for node, extent in zip(stated, extents, strict=True) if isinstance(node, Name)}
    places = {known.get(place, 0): place for _, place in pairs}
    said = [own.get(name, -1) for name, _ in pairs]
    if len(places) < len(pairs) or set(said) != set(places):
        return pairs
    return tuple((name, places[extent]) for (name, _), extent in zip(pairs, said, strict=True))


def extents_of(left: Node, spaces: Sequence[tuple[str, tuple[int, ...]]]) -> tuple[int, ...]:
    """The extents that a student states for the array whose entry stands on the left; empty where he states none."""
    array = array_and_indices(left)[0]
    found: tuple[int, ...] = ()
    for name, extents in spaces if array else ():
        try:
            named = array_and_indices(parse(name))
        except Unread:
            continue  # a name in words is no array's
        if named == (array, ()):
            found = extents
    return found
