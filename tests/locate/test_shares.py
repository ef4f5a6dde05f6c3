"""One statement that answers several parts, each by a piece of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from grader.model import Finding

Grade = Callable[[str, str], Mapping[str, Finding]]

GIVEN = "input: [[0, 2, 0], [0, 0, 0], [1, 0, 5]], weight: [[1]]"
ENTRY = f"""
    1a.value: kind: output-entry, names: [largest value], given: {{{GIVEN}, which: max}}
    1a.location: kind: entry-location, given: {{{GIVEN}, value: max}}
"""
SYMBOLS = "symbols: {H: [8, 20], W: [8, 20], K: [1, 5], F: [1, 9]}"
VOLUME = f"""
    1a.height: kind: formula, names: [height], given: {{formula: H - K + 1, extent: [0, 3], {SYMBOLS}}}
    1a.width: kind: formula, names: [width], given: {{formula: W - K + 1, extent: [1, 3], {SYMBOLS}}}
    1a.depth: kind: formula, names: [depth], given: {{formula: F, extent: [2, 3], {SYMBOLS}}}
"""


def verdicts(findings: Mapping[str, Finding]) -> list[str]:
    """In the order of the parts."""
    return [finding.verdict.value for finding in findings.values()]


@pytest.mark.parametrize(
    "text",
    [
        "Z[2, 2] = 5",
        "The largest value is Z[2,2] = 5.",
        "$\\max Z = 5$, attained at $(i,j) \\in \\{(2,2)\\}$.",
        "5, at row 2, column 2",
        "5, at i = 2, j = 2",
    ],
)
def test_an_entry_says_where_and_what(grade: Grade, text: str) -> None:
    """The indices are the place, the right side is the value."""
    assert verdicts(grade(ENTRY, f"1a) {text}")) == ["correct", "correct"]


def test_each_piece_is_marked_by_itself(grade: Grade) -> None:
    """A right place with a wrong value, and the other way round."""
    assert verdicts(grade(ENTRY, "1a) Z[2, 2] = 4")) == ["incorrect", "correct"]
    assert verdicts(grade(ENTRY, "1a) Z[0, 1] = 5")) == ["correct", "incorrect"]


@pytest.mark.parametrize("text", ["(H-K+1) \\times (W-K+1) \\times F", "(H-K+1,\\; W-K+1,\\; F)"])
def test_a_shape_answers_for_each_of_its_extents(grade: Grade, text: str) -> None:
    """Where the problem says which extent is which."""
    assert verdicts(grade(VOLUME, f"1a)\n\n$${text}$$\n")) == ["correct"] * 3


def test_extents_in_another_order_are_never_right(grade: Grade) -> None:
    """The channels first, where they come last."""
    assert "correct" not in verdicts(grade(VOLUME, "1a)\n\n$$F \\times (H-K+1) \\times (W-K+1)$$\n"))


def test_two_extents_for_three_parts_are_for_a_person(grade: Grade) -> None:
    """It is not certain which one is left out."""
    assert set(verdicts(grade(VOLUME, "1a)\n\n$$(H-K+1) \\times (W-K+1)$$\n"))) == {"review"}
