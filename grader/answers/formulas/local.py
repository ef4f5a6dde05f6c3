"""Puts in what a student's own names stand for: `m` of "where m = n - k + 1"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice

from grader.answers.formulas.chain import closed
from grader.answers.formulas.symbols import derivative_name
from grader.answers.syntax.parse import parse
from grader.answers.syntax.substitute import substituted
from grader.answers.syntax.tree import Derivative, Name, Node, parts
from grader.answers.syntax.unread import Unread

MAX_NODES = 2_000
"""Things in a tree beyond which nothing more is put in: definitions that double each other grow without end."""

Knows = Callable[[Name], bool]


def with_local(
    tree: Node, defined: Sequence[tuple[str, str]], names: frozenset[str], knows: Knows, fits: Knows
) -> Node:
    """`tree` with the student's definitions put in for the names that mean nothing to the problem.

    Args:
        tree: what the student wrote.
        defined: the student's names with their expressions, as written.
        names: every name that must not be taken apart when they are read.
        knows: whether the problem has that very name; the student's line about it is an example then.
        fits: whether the problem has a name that may be meant; then a plain number for it is an example.

    Raises:
        Unread: the definitions make it too large.
    """
    pairs = [pair for one in defined if (pair := _pair(*one, names)) and _counts(*pair, knows, fits)]
    for _ in pairs:
        before = tree
        for name, value in reversed(pairs):
            tree = substituted(tree, name, value)
            if len(list(islice(parts(tree), MAX_NODES))) == MAX_NODES:
                raise Unread("too-long", "its definitions make it too large to work out")
        if tree == before:
            break
    return tree


def _pair(name: str, expression: str, names: frozenset[str]) -> tuple[Name | Derivative, Node] | None:
    """A definition as trees; None where it cannot be read, so that its name stays unknown."""
    try:
        left, right = parse(name, names | {name}), parse(expression, names)
    except Unread:
        return None
    return (left, right) if isinstance(left, Name | Derivative) else None


def _counts(name: Name | Derivative, value: Node, knows: Knows, fits: Knows) -> bool:
    if isinstance(name, Derivative):
        whole = derivative_name(name)
        return isinstance(whole, Name) and not fits(whole)
    return not knows(name) and not (fits(name) and closed(value) is not None)
