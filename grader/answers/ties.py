"""Case distinctions at ties: which way `>` or `>=` breaks one is free, so each way counts as right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from itertools import pairwise, product

import numpy as np
from numpy.typing import NDArray

from grader.answers.pointwise import Points, Truth, sampled
from grader.answers.substitute import rebuilt
from grader.answers.tree import Node, Relation, parts

MAX_WAYS = 64
"""Ways to break all ties of a formula that are tried; with more comparisons than that a few ways stand for all."""
_OTHER = {"<": "<=", "<=": "<", ">": ">=", ">=": ">"}


def has_ties(tree: Node) -> bool:
    """Whether comparisons by size stand in `tree`."""
    return any(True for _ in _comparisons(tree))


def ways(tree: Node) -> Iterator[Node]:
    """`tree` with its ties broken in other ways, the way it is written left out."""
    found = list(dict.fromkeys(_comparisons(tree)))
    free = min(len(found), MAX_WAYS.bit_length() - 1)
    for flips in product((False, True), repeat=free):
        if any(flips):
            turned = {node for node, flip in zip(found, flips, strict=False) if flip}
            yield rebuilt(tree, partial(_turned, turned))


def _turned(turned: set[Relation], node: Node) -> Node:
    """`node`, its signs turned where it is one of `turned`."""
    if not isinstance(node, Relation) or node not in turned:
        return node
    return replace(node, ops=tuple(_OTHER.get(op, op) for op in node.ops))


def _comparisons(tree: Node) -> Iterator[Relation]:
    return (node for node in parts(tree) if isinstance(node, Relation) and not _OTHER.keys().isdisjoint(node.ops))


def at_ties(tree: Node, at: Mapping[str, Points], size: int) -> Truth:
    """Where two sides of a comparison in `tree` are equal."""
    tied: NDArray[np.bool_] = np.zeros(size, dtype=bool)
    for relation in _comparisons(tree):
        sides = [sampled(member, at) for member in relation.members]
        for left, right in pairwise(sides):
            tied |= np.isclose(left, right, rtol=0, atol=1e-12)
    return tied
