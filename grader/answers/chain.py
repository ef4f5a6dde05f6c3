"""A chain of equalities, `3*3*10 = 90 = 9e1`: its members one by one, and the first step that is false."""

from __future__ import annotations

from fractions import Fraction

from grader.answers.evaluate import exact
from grader.answers.tree import Name, Node, Relation, Word
from grader.answers.unread import Unread

EQUALITIES = frozenset({"=", "~", "=>", "->", ":"})


def members(tree: Node) -> tuple[Node, ...]:
    """The members of a chain of equalities; a lone expression is a chain of one.

    Raises:
        Unread: an inequality stands in it.
    """
    if not isinstance(tree, Relation):
        return (tree,)
    if not set(tree.ops) <= EQUALITIES:
        raise Unread("inequality", "an inequality where a value was asked for")
    if ":" in tree.ops and not isinstance(tree.members[0], Name | Word):
        raise Unread("ratio", "a ratio where a value was asked for")
    return tree.members


def closed(node: Node) -> Fraction | None:
    """The exact value of `node`, or None where it is not a closed rational expression."""
    try:
        return exact(node)
    except Unread as unread:
        if unread.code in {"too-large", "division-by-zero"}:
            raise
        return None
