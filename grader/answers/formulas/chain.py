"""A chain of equalities, `3*3*10 = 90 = 9e1`: its members one by one, and the first step that is false."""

from __future__ import annotations

from fractions import Fraction

from grader.answers.formulas.evaluate import Exact
from grader.answers.syntax.tree import Logic, Name, Node, Relation, Word
from grader.answers.syntax.unread import Unread

EQUALITIES = frozenset({"=", "~", "=>", "->", ":"})


def members(tree: Node) -> tuple[Node, ...]:
    """The members of a chain of equalities; a lone expression is a chain of one.

    Raises:
        Unread: an inequality stands in it.
    """
    if isinstance(tree, Logic):
        raise Unread("or", "conditions where a value was asked for")
    if not isinstance(tree, Relation):
        return (tree,)
    if not set(tree.ops) <= EQUALITIES:
        raise Unread("inequality", "an inequality where a value was asked for")
    if ":" in tree.ops and not _is_labelled(tree):
        raise Unread("ratio", "a ratio where a value was asked for")
    return tree.members


def _is_labelled(tree: Relation) -> bool:
    """Whether its colon stands behind the name of a value, `width: 28`, and not between two: `W:K`, `7:32`."""
    named = isinstance(tree.members[0], Name | Word) and (len(tree.ops) > 1 or not isinstance(tree.members[1], Name))
    return named and tree.ops.index(":") == 0 and ":" not in tree.ops[1:]


def closed(node: Node, evaluator: Exact | None = None) -> Fraction | None:
    """The exact value of `node`, or None where it is not a closed rational expression.

    Args:
        node: an expression.
        evaluator: what counts the work, where several expressions of one text are worked out.
    """
    try:
        return (evaluator or Exact()).value(node)
    except Unread as unread:
        if unread.code in {"too-large", "division-by-zero"}:
            raise
        return None
