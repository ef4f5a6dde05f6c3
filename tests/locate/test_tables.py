"""The cells of a table problem, where a student drew a table and where not."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from grader.model import Finding

Grade = Callable[[str, str], Mapping[str, Finding]]

TABLE = """
    1: kind: layer-table, given: {input: [28, 28, 1], layout: HWC, layers: [\
{name: conv1, title: Conv3-10, conv: {out_channels: 10, kernel_size: 3, padding: 1}}, \
{name: pool1, title: Pool-2, pool: {window: 2}}]}
"""
CELLS = ["input.params", "input.shape", "conv1.params", "conv1.shape", "pool1.params", "pool1.shape"]
DRAWN = """1)

| Layer | Output shape | Parameters |
| --- | --- | --- |
| Input | 28x28x1 | 0 |
| Conv3-10 | 28x28x10 | 100 |
| Pool-2 | 14x14x10 | 0 |
"""
LINES = """1)

Input: 28x28x1, 0 parameters
Conv3-10: 28x28x10, 100 parameters
Pool-2: 14x14x10, 0 parameters
"""


def verdicts(findings: Mapping[str, Finding]) -> list[str]:
    """Of the cells, in their order."""
    return [findings[f"1.{cell}"].verdict.value for cell in CELLS]


@pytest.mark.parametrize("text", [DRAWN, LINES, LINES.replace(":", " ->"), LINES.replace(", ", " | ")])
def test_a_row_for_each_layer(grade: Grade, text: str) -> None:
    """As a table, and as lines that begin with the layer's name."""
    assert verdicts(grade(TABLE, text)) == ["correct"] * 6


def test_a_wrong_cell_of_a_table_is_wrong(grade: Grade) -> None:
    """And no other one."""
    found = verdicts(grade(TABLE, DRAWN.replace("28x28x10 | 100", "28x28x10 | 90")))
    assert found == ["correct", "correct", "incorrect", "correct", "correct", "correct"]


def test_a_wrong_cell_of_a_line_is_for_a_person(grade: Grade) -> None:
    """Which of a line's values a column means is read from its words, not seen."""
    found = verdicts(grade(TABLE, LINES.replace("28x28x10, 100", "28x28x10, 90")))
    assert found == ["correct", "correct", "review", "correct", "correct", "correct"]


def test_a_line_that_is_not_there_is_for_a_person(grade: Grade) -> None:
    """Nothing says where its answer stands."""
    found = verdicts(grade(TABLE, "\n".join(LINES.split("\n")[:-2])))
    assert found == ["correct"] * 4 + ["review"] * 2


SHORT = DRAWN.replace("Output shape", "out")


def test_a_short_heading_of_the_last_column(grade: Grade) -> None:
    """Where all others are known, and its cells are what is asked for."""
    assert verdicts(grade(TABLE, SHORT)) == ["correct"] * 6
    wrong = verdicts(grade(TABLE, SHORT.replace("14x14x10", "13x13x10")))
    assert wrong == ["correct"] * 5 + ["incorrect"]


@pytest.mark.parametrize(
    "text",
    [
        SHORT.replace("| out |", "| input |"),
        SHORT.replace("28x28x10", "10").replace("28x28x1 ", "1 ").replace("14x14x10", "10"),
        SHORT.replace("| out | Parameters |", "| out | Parameters | x |").replace(" 0 |", " 0 | - |"),
    ],
)
def test_a_heading_that_may_mean_something_else(grade: Grade, text: str) -> None:
    """Another word, cells that are no shapes, a further column: for a person."""
    assert verdicts(grade(TABLE, text))[1::2] == ["review"] * 3


HEADED = """1)

layer: params / output
Input: 0 / 28x28x1
Conv3-10: 90 / 28x28x10
Pool-2: 0 / 14x14x10
"""


def test_lines_below_a_line_of_headings(grade: Grade) -> None:
    """Are as good as a table: what is wrong there is wrong."""
    found = verdicts(grade(TABLE, HEADED))
    assert found == ["correct", "correct", "incorrect", "correct", "correct", "correct"]


def test_lines_that_lack_a_cell_are_for_a_person(grade: Grade) -> None:
    """The headings then say nothing for certain."""
    assert verdicts(grade(TABLE, HEADED.replace("90 / ", "")))[2] == "review"
