"""Entries of a vector, each an equation of its own."""

from __future__ import annotations

import pytest

from grader.answers.prose.extract import claims
from grader.answers.views.tensor import TensorView
from grader.model import Block, BlockKind, Where


def vectors(text: str) -> list[list[int]]:
    """The arrays that a paragraph states."""
    found = claims([Block(BlockKind.TEXT, text, Where("answer.md", 1))])
    readings = [TensorView().read(claim).value for claim in found]
    return [value.array.tolist() for value in readings if value is not None]


@pytest.mark.parametrize(
    "text", ["so $w_1 = 2$, $w_2 = -1$ and $w_3 = 3$.", "w_1 = 2, w_2 = -1, w_3 = 3", "w[0] = 2, w[1] = -1, w[2] = 3"]
)
def test_entries_in_a_row_are_a_vector(text: str) -> None:
    """Counted up from 0 or 1."""
    assert vectors(text) == [[2, -1, 3]]


@pytest.mark.parametrize(
    "text",
    [
        "$k_1 = 2$ and then after some thought $k_2 = -1$",
        "$w_1 = 2$, $w_3 = 3$",
        "$w_1 = 2$, $v_2 = 3$",
        "$w_2 = 2$, $w_3 = 3$",
        "$w_1 = 2$, $w_2 = w_1 - 3$",
    ],
)
def test_what_is_no_row_of_entries(text: str) -> None:
    """One is left out, another name, words between, a formula."""
    assert vectors(text) == []
