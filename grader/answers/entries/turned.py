"""A formula of entries with the axes of one array in another order."""

from __future__ import annotations

from collections.abc import Sequence

from grader.answers.syntax.substitute import rebuilt
from grader.answers.syntax.tree import Index, Name, Node


def with_axes(tree: Node, array: str, order: Sequence[int]) -> Node:
    """`tree` with the indices of `array` in `order`: `x[i, k]` for `x[k, i]`."""

    def change(node: Node) -> Node:
        if isinstance(node, Index) and node.array == Name(array) and len(node.indices) == len(order):
            return Index(node.array, tuple(node.indices[axis] for axis in order))
        return node

    found: Node = rebuilt(tree, change)
    return found
