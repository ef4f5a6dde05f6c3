"""Numbered answers that a paragraph holds, one a line."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from grader.model import Finding

Grade = Callable[[str, str], Mapping[str, Finding]]

SHEET = """
    1.1: kind: number, given: {value: 280}
    1.2: kind: number, given: {value: 36}
    1.3: kind: shape, given: {shape: [4, 4]}
"""


def verdicts(findings: Mapping[str, Finding]) -> list[str]:
    """In the order of the parts."""
    return [finding.verdict.value for finding in findings.values()]


@pytest.mark.parametrize(
    "text",
    [
        "1.1 280\n1.2 36\n1.3 4x4",
        "1.1. 280\n1.2. 36\n1.3. 4x4",
        "**1.1** 280\n**1.2** 36 of them\n**1.3** 4x4",
        "1.1) 280\n1.2) 9 * 4\n= 36\n1.3) 4x4",
    ],
)
def test_each_line_answers_its_own_part(grade: Grade, text: str) -> None:
    """With or without a full stop, in bold, on two lines."""
    assert verdicts(grade(SHEET, text)) == ["correct"] * 3


def test_a_number_of_nothing_on_the_sheet_cuts_nothing(grade: Grade) -> None:
    """`2.5` begins no part here, it is a number."""
    assert verdicts(grade(SHEET, "1.1 the count is\n2.5 * 112 = 280\n1.2 36\n1.3 4x4")) == ["correct"] * 3


LETTERED = """
    1a.i: kind: number, given: {value: 280}
    1a.ii: kind: number, given: {value: 36}
    1b: kind: shape, given: {shape: [4, 4]}
"""


@pytest.mark.parametrize(
    "text",
    [
        "1. a) i. 280   ii. 36\n\nb) 4x4",
        "1. (a) (i) 280; (ii) 36\n\n(b) 4x4",
        "1. (a) (i) There are 280. (ii) There are 36.\n\n(b) 4x4",
    ],
)
def test_letters_in_one_line_answer_their_own_parts(grade: Grade, text: str) -> None:
    """Set apart by spaces, a semicolon or a full stop."""
    assert verdicts(grade(LETTERED, text)) == ["correct"] * 3


def test_a_letter_that_is_only_spoken_of_cuts_nothing(grade: Grade) -> None:
    """`as in (ii)` belongs to the sentence."""
    found = grade(LETTERED, "1. (a) (i) As for (ii) we count, and get 280.\n\n(ii) 36\n\n(b) 4x4")
    assert verdicts(found) == ["correct"] * 3


def test_a_letter_within_another_answer_is_for_a_person(grade: Grade) -> None:
    """What stands behind it may be the answer: it is not missing."""
    found = grade(LETTERED, "1. (a) (i) 280, and what you ask in ii) is 36\n\n(b) 4x4")
    assert verdicts(found)[1] == "review"
    assert verdicts(grade(LETTERED, "1. (a) (i) 280\n\n(b) 4x4"))[1] == "missing"


def test_a_part_without_a_number_is_missing_where_nothing_names_it(grade: Grade) -> None:
    """Its place cannot be within another answer."""
    found = grade(f"{SHEET.rstrip()}\n    size: kind: number, given: {{value: 7}}", "1.1 280\n1.2 36\n1.3 4x4")
    assert verdicts(found) == ["correct"] * 3 + ["missing"]
