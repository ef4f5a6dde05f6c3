"""Case distinctions at ties, `x > 0` at 0: which way they break is free, so what counts is what holds around them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise

import numpy as np

from grader.answers.formulas.pointwise import Points, Truth, sampled
from grader.answers.syntax.tree import Name, Node, Relation, parts

_STEP = 1e-5
_DIRECTIONS = 6
_SEED = 20_261_121
_BY_SIZE = frozenset({"<", "<=", ">", ">="})

Agree = Callable[[Points, Points], Truth]


def agree_beside_ties(got: Node, want: Node, points: Mapping[str, Points], here: Truth, agree: Agree) -> Truth:
    """Where a comparison in either formula is a tie of real numbers, and both agree everywhere close to it.

    A comparison that is a tie all around, such as `max(x, 0) > 0` below 0, is none: there the values count.

    Args:
        got: a formula over the symbols in `points`.
        want: another.
        points: equally many values of each symbol; symbols with integer values only stay as they are.
        here: the points that are asked for.
        agree: tells where two columns of values are equal.
    """
    moving = {name for name, values in points.items() if (values != np.round(values)).any()}
    at = {name: values[here] for name, values in points.items()}
    size = int(here.sum())
    tied = _tied(got, at, moving, size) | _tied(want, at, moving, size)
    if not tied.any():
        return tied
    rng = np.random.default_rng(_SEED)
    for _ in range(_DIRECTIONS):
        near = {
            name: values + _STEP * rng.uniform(0.1, 1, size) * rng.choice((-1, 1), size) if name in moving else values
            for name, values in at.items()
        }
        values, wanted = (np.broadcast_to(sampled(tree, near), (size,)) for tree in (got, want))
        tied &= agree(values, wanted)
    return tied


def _tied(tree: Node, at: Mapping[str, Points], moving: set[str], size: int) -> Truth:
    """Where two sides of a comparison by size in `tree` are equal that a small step may set apart."""
    tied: Truth = np.zeros(size, dtype=bool)
    for node in parts(tree):
        if not isinstance(node, Relation) or _BY_SIZE.isdisjoint(node.ops):
            continue
        if moving.isdisjoint(name.base for name in parts(node) if isinstance(name, Name)):
            continue
        sides = [sampled(member, at) for member in node.members]
        for left, right in pairwise(sides):
            tied |= np.isclose(left, right, rtol=0, atol=1e-12)
    return tied
