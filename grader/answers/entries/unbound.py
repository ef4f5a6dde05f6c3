"""A formula of entries in names that a reader knows: the problem's indices, a letter for what an ellipsis counts."""

from __future__ import annotations

from collections.abc import Mapping

from grader.answers.entries.arrays import Signature
from grader.answers.formulas.ellipsis import INDEX
from grader.answers.syntax.substitute import rebuilt
from grader.answers.syntax.tree import Big, Name, Node, parts, spelled
from grader.answers.values import Entrywise

_LETTERS = "tsrqpijklmnuvabcdefgh"


def in_names(reading: Entrywise, signature: Signature) -> Node:
    """The tree of `reading` with the problem's own names of the answer's indices; sums that bind them bind others."""
    names = {Name(own): Name(free) for own, free in reading.free if own != free}
    taken = {name.base for name in parts(reading.tree) if isinstance(name, Name)}
    bound = {each.name for node in parts(reading.tree) if isinstance(node, Big) for each in node.bounds}
    if not names and INDEX not in bound:
        return reading.tree
    known = {name.lower() for name in signature.names} | {name.lower() for name in taken}
    fresh = (letter for letter in _LETTERS if letter not in known)
    clashing = [name for name in sorted(bound, key=spelled) if name == INDEX or name in names.values()]
    moved = {name: Name(next(fresh, spelled(name))) for name in clashing}
    return _renamed(_renamed(reading.tree, moved), names)


def _renamed(tree: Node, names: Mapping[Name, Name]) -> Node:
    found: Node = rebuilt(tree, lambda node: names.get(node, node) if isinstance(node, Name) else node)
    return found
