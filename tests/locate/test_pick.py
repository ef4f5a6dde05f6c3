"""Which of the things that are said at one place answers which part."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from grader.model import Finding

Grade = Callable[[str, str], Mapping[str, Finding]]

SHAPE = "1a: kind: shape, given: {shape: [4, 4]}"
COUNT = "1a: kind: number, given: {value: 280}"
BOTH = """
    1a.shape: kind: shape, given: {shape: [4, 4]}
    1a.count: kind: number, given: {value: 280}
"""
SIZES = """
    1a.w_out: kind: formula, names: [W_out], given: {formula: W - K + 1, symbols: {W: [8, 20], H: [8, 20], K: [1, 5]}}
    1a.h_out: kind: formula, names: [H_out], given: {formula: H - K + 1, symbols: {W: [8, 20], H: [8, 20], K: [1, 5]}}
"""


def verdicts(findings: Mapping[str, Finding]) -> dict[str, str]:
    """Part and verdict."""
    return {part: finding.verdict.value for part, finding in findings.items()}


@pytest.mark.parametrize(
    "text",
    [
        "1a) 4x4",
        "1a) The output is 4 x 4.",
        "1a) $4 \\times 4$",
        "1a) With a 2x2 kernel on a 5x5 image the output is 4x4.",
        "1a) The output is 4x4, since the image is 5x5 and the kernel is 2x2.",
        "1a)\n\n$$H' = W' = (5 - 2)/1 + 1 = 4$$\n\nso the output is $[4, 4]$",
        "1a) shape: (4, 4)",
        "1a)\n\n**Answer:** 4×4",
        "1a) What is the output for a 5x5 image and a 2x2 kernel?\n\n4x4",
    ],
)
def test_the_shape_that_is_stated_is_the_answer(grade: Grade, text: str) -> None:
    """Shapes that are only mentioned, and the working, are left aside."""
    assert verdicts(grade(SHAPE, text)) == {"1a": "correct"}


@pytest.mark.parametrize(
    "text",
    [
        "1a) 280",
        "1a) 280 parameters",
        "1a) 3*3*3*10 + 10 = 280",
        "1a) There are $3 \\cdot 3 \\cdot 3$ weights a filter and 10 filters, so $27 \\cdot 10 + 10 = 280$.",
        "1a) The layer has 280 trainable parameters.",
        "1a)\n\n$$3 \\times 3 \\times 3 \\times 10 = 270$$\n\n$$270 + 10 = 280$$",
    ],
)
def test_the_last_number_that_is_stated_is_the_answer(grade: Grade, text: str) -> None:
    """Numbers on the way to it are working."""
    assert verdicts(grade(COUNT, text)) == {"1a": "correct"}


def test_the_kind_decides_what_is_taken(grade: Grade) -> None:
    """One sentence that holds a shape and a count answers both parts."""
    assert verdicts(grade(BOTH, "1a) The output is 4x4 and there are 280 parameters.")) == {
        "1a.shape": "correct",
        "1a.count": "correct",
    }


def test_symbols_on_the_left_tell_formulas_apart(grade: Grade) -> None:
    """`W_out = ...` and `H_out = ...` in any order."""
    text = "1a)\n\n$$H_{out} = H - K + 1$$\n\n$$W_{out} = W - K + 1$$\n"
    assert set(verdicts(grade(SIZES, text)).values()) == {"correct"}


def test_formulas_that_cannot_be_told_apart_are_for_a_person(grade: Grade) -> None:
    """Two formulas without names for two parts: neither is guessed."""
    assert set(verdicts(grade(SIZES, "1a)\n\n$$H - K + 1$$\n\n$$W - K + 1$$\n")).values()) == {"review"}


def test_a_correction_further_down_counts(grade: Grade) -> None:
    """The last of two statements is the answer, right or wrong."""
    assert verdicts(grade(COUNT, "1a) 270\n\nNo, with the bias it is 280.")) == {"1a": "correct"}
    assert verdicts(grade(COUNT, "1a) 280\n\nNo, it is 270.")) == {"1a": "incorrect"}


@pytest.mark.parametrize(
    "text", ["1a)", "1a) TODO", "1a) ?", "1a) your answer here", "1a) ...", "nothing at all", "1a) $a \\times b$"]
)
def test_nothing_there_is_missing(grade: Grade, text: str) -> None:
    """A blank, a template's placeholder and a question mark are no answer."""
    assert grade(SHAPE, text)["1a"].verdict in {"missing", "review"}
    if text.startswith("1a"):
        assert grade(SHAPE, text)["1a"].verdict == "missing"


@pytest.mark.parametrize("text", ["1a) it gets smaller", "1a) $4 \\oint 4$", "1a) ![my answer](scan.png)"])
def test_something_that_cannot_be_read_is_for_a_person(grade: Grade, text: str) -> None:
    """Words, strange notation and pictures cost nothing and are shown to a person, with the reason."""
    finding = grade(SHAPE, text)["1a"]
    assert finding.verdict == "review"
    assert finding.reason


def test_an_answer_without_its_number_is_for_a_person(grade: Grade) -> None:
    """A text that was never labelled is not missing: it is looked at."""
    assert verdicts(grade(SHAPE, "The output has shape 4x4.")) == {"1a": "review"}


def test_values_of_equal_standing_that_differ_are_for_a_person(grade: Grade) -> None:
    """A 3x3 and a 4x4 that are both only mentioned: which is meant is not guessed."""
    assert verdicts(grade(SHAPE, "1a) from 5x5 by way of 3x3 towards 4x4")) == {"1a": "review"}


def test_a_table_of_layers_is_read_by_row_and_column(grade: Grade) -> None:
    """Rows by the layer's name, columns by their headings; the shape is taken, the working beside it left."""
    layers = (
        "{name: conv1, title: Conv3-4, conv: {out_channels: 4, kernel_size: 3}}, "
        "{name: pool1, title: Pool-2, pool: {window: 2}}"
    )
    sheet = f"1: kind: layer-table, given: {{input: [8, 8, 1], layout: HWC, layers: [{layers}]}}"
    text = """
        1.

        | Layer   | Output size                | Parameters        |
        |---------|----------------------------|-------------------|
        | Input   | 8x8x1                      | 0                 |
        | Conv3-4 | $6 \\times 6 \\times 4$ (8 - 3 + 1 = 6) | 3*3*1*4 + 4 = 40 |
        | Pool-2  | 3x3x8                      | 0                 |
    """
    findings = grade(sheet, text)
    wrong = {part: finding.verdict.value for part, finding in findings.items() if finding.verdict != "correct"}
    assert wrong == {"1.pool1.shape": "incorrect"}
    read = findings["1.pool1.shape"].read
    assert read is not None
    assert read.where.line == 8
