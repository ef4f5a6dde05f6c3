"""Rows of a matrix with a name before each."""

from __future__ import annotations

import pytest

from grader.answers.prose.extract import claims
from grader.answers.views.tensor import TensorView
from grader.model import Block, BlockKind, Where


def matrices(text: str) -> list[list[list[int]]]:
    """The matrices that a paragraph states."""
    found = claims([Block(BlockKind.TEXT, text, Where("answer.md", 1))])
    values = [TensorView().read(claim).value for claim in found]
    return [value.array.tolist() for value in values if value is not None and value.array.ndim > 1]


@pytest.mark.parametrize(
    "text",
    [
        "row 1: 4, 5\nrow 2: 6, 7",
        "Row 0: 4 5\nRow 1: 6 7",
        "top: 4 5, bottom: 6 7",
        "The first row is [4, 5], the second row is [6, 7].",
    ],
)
def test_named_rows_are_a_matrix(text: str) -> None:
    """Counted, or named from top to bottom."""
    assert matrices(text) == [[[4, 5], [6, 7]]]


@pytest.mark.parametrize(
    "text",
    ["row 1: 4, 5\nrow 3: 6, 7", "bottom: 4 5, top: 6 7", "row 1: 4, 5\nrow 2: 6, 7, 8", "left: 4 5, right: 6 7"],
)
def test_what_is_no_matrix(text: str) -> None:
    """A row is left out, another order, other lengths, other names."""
    assert matrices(text) == []
