"""How a tree is written down: a node becomes text and how tightly that binds; brackets are set where they are needed.

What each sort of node looks like is told by the functions that a writer is made with.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from grader.answers.syntax.tree import Group, Logic, Node, Relation
from grader.answers.writing.notation import Notation

LIST, RELATION, SUM, OPEN, PRODUCT, SIGN, POWER, ATOM = range(8)
"""How tightly things bind; what ends in a sum over an index is open, since that takes in the factors behind it."""

Written = tuple[str, int]
"""Text, and how tightly it binds."""


class Writer:
    """Writes trees in one notation."""

    def __init__(self, notation: Notation, writers: Mapping[type, Callable[[Writer, Any], Written]]) -> None:
        self.notation = notation
        self.latex = notation is Notation.LATEX
        self.writers = writers

    def text(self, node: Node, outer: int) -> str:
        """`node`, in brackets where it binds less tightly than `outer` asks for."""
        found, level = self.written(node)
        return found if level >= outer else self.bracketed(found)

    def written(self, node: Node) -> Written:
        """`node` without brackets around it."""
        write = self.writers.get(type(node))
        return write(self, node) if write else ("?", ATOM)

    def bracketed(self, text: str) -> str:
        """`text` in round brackets."""
        return rf"\left({text}\right)" if self.latex else f"({text})"

    def listed(self, nodes: tuple[Node, ...], outer: int) -> str:
        """`nodes` with commas between them."""
        return ", ".join(self.text(node, outer) for node in nodes)


def bare(node: Node, *brackets: str) -> Node:
    """What stands in brackets that nothing needs; a condition in brackets counts 1 where it holds.

    Args:
        node: a node, perhaps in brackets.
        brackets: which brackets a condition is taken out of; else it stays in them.
    """
    while isinstance(node, Group) and node.bracket in {"(", "{", *brackets} and len(node.items) == 1:
        if states(node.items[0]) and not brackets:
            break
        node = node.items[0]
    return node


def states(node: Node) -> bool:
    """Whether `node` is a condition."""
    return isinstance(node, Relation | Logic)
