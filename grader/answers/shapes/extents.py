"""The extents of a shape as it is written: `28x28x10`, `(5, 4)`, `R^{3x5}`, `10@28x28`, `[1, (5, 7)]`."""

from __future__ import annotations

import re

from grader.answers.formulas.chain import closed, members
from grader.answers.formulas.symbols import names_in
from grader.answers.syntax.tree import SHAPE_SIGNS, Binary, Group, Node, Num, Relation, Sequence, Space, Transposed
from grader.answers.syntax.unread import Unread


def extents(tree: Node) -> tuple[Node, ...]:
    """The extents that `tree` states, in order; a lone value is a shape of one extent.

    Raises:
        Unread: `tree` states no shape.
    """
    found = _extents(tree)
    if len(found) > MAX_AXES:
        raise Unread("not-a-shape", f"more than {MAX_AXES} extents")
    return found


def _extents(tree: Node) -> tuple[Node, ...]:
    if isinstance(tree, Sequence):
        return _of_items(tree.items)
    if not isinstance(tree, Relation):
        return _alone(tree)
    if "in" in tree.ops:
        return _flat(tree.members[-1])
    chain = members(tree)
    if worked_out(tree):
        return _flat(chain[-2])
    return _alone(chain[-1])


def worked_out(tree: Node) -> Node | None:
    """The product that is worked out, rightly or not, behind a shape: 720 of `6 x 6 x 20 = 720`."""
    if not isinstance(tree, Relation) or tree.ops[-1] not in {"=", "~"} or len(tree.members) < 2:
        return None
    before, last = tree.members[-2:]
    if (
        not isinstance(before, Relation)
        and len(_flat(before)) > 1
        and len(_flat(last)) == 1
        and closed(last) is not None
    ):
        return last
    return None


def _alone(node: Node) -> tuple[Node, ...]:
    """The extents of what stands alone."""
    if isinstance(node, Num) and _IN_GROUPS.fullmatch(node.raw):
        raise Unread("thousands", "commas that set thousands or extents apart")
    return _flat(node)


MAX_AXES = 12
_IN_GROUPS = re.compile(r"\d{1,3}(?:,[1-9]\d\d)+")
"""A number that may be several: none of the groups begins with 0."""


def _of_items(items: tuple[Node, ...]) -> tuple[Node, ...]:
    """Items set apart by commas: extents, or a shape with its working behind it."""
    if not items:
        raise Unread("empty", "there is nothing to read")
    first = _flat(items[0]) if not isinstance(items[0], Relation) else extents(items[0])
    if len(first) > 1:
        others = [_flat(item) for item in items[1:] if not isinstance(item, Relation)]
        if any(isinstance(item, Num) for item in items[1:]):
            raise Unread("ambiguous-shape", "a number behind a shape may be one more extent")
        if any(len(other) > 1 and other != first for other in others):
            raise Unread("several", "several shapes, and which is the answer is not said")
        return first
    if any(isinstance(item, Relation) for item in items):
        raise Unread("several", "several equations, and no shape among them")
    return tuple(extent for item in items for extent in _flat(item))


def _flat(node: Node) -> tuple[Node, ...]:
    match node:
        case Space(None):
            raise Unread("not-a-shape", "a space without a dimension")
        case Space(inner) if inner is not None:
            return _flat(inner)
        case Transposed(Group() as inner):
            return tuple(reversed(_flat(inner)))
        case Group("(" | "[" | "{", items) if items:
            return _of_tuple(items)
        case Sequence(items):
            return tuple(extent for item in items for extent in _flat_item(item))
        case Binary(op, left, right) if op in SHAPE_SIGNS or op == "@":
            return (*_flat(left), *_flat(right))
        case Group():
            raise Unread("not-a-shape", "empty brackets, or an interval")
    if _crosses_unbracketed(node):
        raise Unread("ambiguous-shape", "arithmetic between crosses; brackets are missing")
    return (node,)


def _of_tuple(items: tuple[Node, ...]) -> tuple[Node, ...]:
    """The extents within brackets."""
    if len(items) > 1 and all(isinstance(item, Group) and len(item.items) > 1 for item in items):
        raise Unread("not-a-shape", "rows of numbers where a shape was asked for")
    if len(items) > 1 and any(_is_product(item) and not names_in(item) for item in items):
        raise Unread("ambiguous-shape", "a product within a tuple may be one extent or two")
    return tuple(extent for item in items for extent in _flat_item(item))


def _crosses_unbracketed(node: Node) -> bool:
    """Whether a cross stands in a sum or a quotient without brackets: `28-3+1 x 28-3+1`, `28/2 x 28/2`."""
    if not isinstance(node, Binary):
        return False
    sides = (node.left, node.right)
    crossed = any(isinstance(side, Binary) and side.op in {"x", "×"} for side in sides)
    return crossed or any(_crosses_unbracketed(side) for side in sides)


def _flat_item(node: Node) -> tuple[Node, ...]:
    """An item in brackets: `(5, (4, 3))` and `(3 x 5)` are flattened, `(32 - 3 + 1)` is one extent."""
    if _is_product(node) or (isinstance(node, Group) and len(node.items) == 1 and _is_product(node.items[0])):
        return (node,)  # `2*F` among others is arithmetic
    match node:
        case Group() | Binary() | Sequence():
            return _flat(node)
    return (node,)


def _is_product(node: Node) -> bool:
    return isinstance(node, Binary) and node.op in {"*", "·"}
