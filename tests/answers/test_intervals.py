"""Intervals that leave out an end, Python's ranges, and lists that count on."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from grader.answers.intervals import counts_on, within
from grader.answers.tree import Name, Num
from grader.answers.unread import Unread

FOUR = np.array([0.0, 1.0, 1.5, 2.0])


@pytest.mark.parametrize(
    ("how", "ends", "expected"),
    [
        ("[)", [0, 2], [True, True, True, False]),
        ("(]", [0, 2], [False, True, True, True]),
        ("[)", [1], [False, True, True, True]),
        ("(]", [1], [True, True, False, False]),
        ("range", [2], [True, True, False, False]),
        ("range", [1, 3], [False, True, False, True]),
    ],
)
def test_what_lies_within(how: str, ends: list[Any], expected: list[bool]) -> None:
    """One end is left out, or is infinite; a range holds integers alone."""
    assert within(how, FOUR, ends).tolist() == expected


@pytest.mark.parametrize("ends", [[], [0, 1, 2]])
def test_an_interval_without_two_ends(ends: list[Any]) -> None:
    """A range with a step is one of them."""
    with pytest.raises(Unread):
        within("range", FOUR, ends)


def test_a_list_that_counts_on() -> None:
    """`0, 1, ...` does, `0, 2, ...` does not, and of names nobody knows."""
    assert counts_on(Num.of(0), [Num.of(1), Num.of(2)])
    assert counts_on(Name("n"), [])
    assert not counts_on(Num.of(0), [Num.of(2)])
    assert not counts_on(Name("n"), [Num.of(1)])
