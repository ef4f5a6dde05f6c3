"""Which values lie in an interval that leaves out one of its ends, or in a Python `range`."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from grader.answers.tree import Node, Num
from grader.answers.unread import Unread

Points = NDArray[np.float64]
Truth = NDArray[np.bool_]

INTERVALS = frozenset({"[)", "(]", "range"})
"""The calls that stand for one: its brackets, of both ends or of the finite one, and Python's own."""


def within(how: str, got: Points, ends: Sequence[Points]) -> Truth:
    """Where `got` lies in the interval `how` of `ends`; without the upper end of `[)`, or the lower one of `(]`.

    Raises:
        Unread: there are more ends than two, or none.
    """
    match how, ends:
        case "[)", [low]:
            found = got >= low
        case "(]", [high]:
            found = got <= high
        case "[)", [low, high]:
            found = (got >= low) & (got < high)
        case "(]", [low, high]:
            found = (got > low) & (got <= high)
        case "range", [high]:
            found = (got >= 0) & (got < high) & (got == np.round(got))
        case "range", [low, high]:
            found = (got >= low) & (got < high) & (got == np.round(got))
        case _:
            raise Unread("not-a-relation", "an interval without its two ends")
    return np.asarray(found, dtype=np.bool_)


def counts_on(low: Node, further: Sequence[Node]) -> bool:
    """Whether `further` goes on from `low` one by one, as in `0, 1, ..., n`."""
    run = [node.value for node in (low, *further) if isinstance(node, Num)]
    return not further or (len(run) == 1 + len(further) and run == [run[0] + step for step in range(len(run))])
