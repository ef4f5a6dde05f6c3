"""Rows of an array, each on a line of its own."""

from __future__ import annotations

from typing import Any

import pytest

from grader.answers.prose.extract import claims
from grader.answers.views.tensor import TensorView
from grader.model import Block, BlockKind, Where


def said(text: str, kind: BlockKind = BlockKind.TEXT) -> list[Any]:
    """The claims of one block."""
    return claims([Block(kind, text, Where("answer.md", 1))])


@pytest.mark.parametrize("kind", [BlockKind.TEXT, BlockKind.CODE])
@pytest.mark.parametrize(
    "text",
    ["[0  2  -1]\n[2  3  4]\n[9  3  9]", "[ 0  2  -1\n  2  3  4\n  9  3  9 ]"],
)
def test_rows_are_said_together(text: str, kind: BlockKind) -> None:
    """The whole is a claim, and its rows are pieces of it."""
    found = said(text, kind)
    value = TensorView().read(found[-1]).value
    assert value is not None
    assert value.array.tolist() == [[0, 2, -1], [2, 3, 4], [9, 3, 9]]
    assert all(claim.inside == found[-1].text for claim in found[:-1])


def test_paragraphs_of_one_row() -> None:
    """Blank lines between the rows make them paragraphs."""
    found = claims([Block(BlockKind.TEXT, row, Where("answer.md", line)) for line, row in ((3, "6   8"), (5, "4   7"))])
    value = TensorView().read(found[-1]).value
    assert value is not None
    assert value.array.tolist() == [[6, 8], [4, 7]]


@pytest.mark.parametrize("text", ["[1, 2]\n[3, 4, 5]", "[1, 2] so\n[3, 4]", "(1, 2)\n(3, 4)", "28\n14"])
def test_what_is_no_stack(text: str) -> None:
    """Rows of unequal length, words between, places, single numbers."""
    assert not any(claim.inside and "\n" in claim.inside for claim in said(text))
