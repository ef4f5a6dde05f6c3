"""Which text belongs to which question, however the student numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from grader.locate import Answer

Found = Callable[[str, str], Mapping[str, Answer]]

FOUR = """
    1a: kind: number, given: {value: 11}
    1b: kind: number, given: {value: 12}
    2a: kind: number, given: {value: 21}
    2b: kind: number, given: {value: 22}
"""


def lines(answers: Mapping[str, Answer]) -> dict[str, list[int]]:
    """The line of each part's candidates."""
    return {part: [candidate.claim.where.line for candidate in answer.candidates] for part, answer in answers.items()}


@pytest.mark.parametrize(
    "text",
    [
        "# 1\n(a) 11\n(b) 12\n\n# 2\n(a) 21\n(b) 22\n",
        "## Question 1\n\na) 11\n\nb) 12\n\n## Question 2\n\na) 21\n\nb) 22\n",
        "1a) 11\n\n1b) 12\n\n2a) 21\n\n2b) 22\n",
        "1.\n\n(a) 11\n\n(b) 12\n\n2.\n\n(a) 21\n\n(b) 22\n",
        "1 First\n\n(a) 11\n\n(b) 12\n\n2 Second\n\n(a) 21\n\n(b) 22\n",
        "### 1(a)\n\n11\n\n### 1(b)\n\n12\n\n### 2(a)\n\n21\n\n### 2(b)\n\n22\n",
        "**Problem 1**\n\n- (a) 11\n- (b) 12\n\n**Problem 2**\n\n- (a) 21\n- (b) 22\n",
    ],
)
def test_each_answer_is_found_under_its_number(found: Found, text: str) -> None:
    """Headings, bold lines, lists, numbers with and without brackets."""
    answers = found(FOUR, text)
    values = {part: [str(c.reading.value.value) for c in a.candidates] for part, a in answers.items()}
    assert values == {"1a": ["11"], "1b": ["12"], "2a": ["21"], "2b": ["22"]}


def test_questions_first_and_answers_after_them(found: Found) -> None:
    """The sheet is copied as a block, the answers follow with the same letters."""
    text = "1.\n(a) How many weights?\n(b) How many biases?\n\n(a) 11\n\n(b) 12\n\n2.\n(a) 21\n\n(b) 22\n"
    assert lines(found(FOUR, text)) == {"1a": [5], "1b": [7], "2a": [10], "2b": [12]}


def test_a_list_within_an_answer_is_no_numbering(found: Found) -> None:
    """`1.` to `3.` below (a) are its items; (b) is still question 1."""
    text = (
        "1 Layers\n\n(a)\n\n1. convolution\n2. pooling\n3. linear\n\nso 11\n\n(b) 12\n\n2 Sizes\n\n(a) 21\n\n(b) 22\n"
    )
    assert lines(found(FOUR, text)) == {"1a": [9], "1b": [11], "2a": [15], "2b": [17]}


def test_a_question_that_is_not_graded_ends_the_one_before(found: Found) -> None:
    """Question 3 is not in the assignment: its (a) and (b) answer nothing."""
    text = "1.\n(a) 11\n\n(b) 12\n\n2.\n(a) 21\n\n(b) 22\n\n3.\n(a) 31\n\n(b) 32\n"
    assert lines(found(FOUR, text)) == {"1a": [2], "1b": [4], "2a": [7], "2b": [9]}


def test_a_damaged_label_stands_for_the_one_that_is_missing(found: Found) -> None:
    """`(1)` between (a) and the next question can only be (b); that is not certain, and said."""
    answers = found(FOUR, "1.\n(a) 11\n\n(1) 12\n\n2.\n(a) 21\n\n(b) 22\n")
    assert lines(answers)["1b"] == [4]
    assert not answers["1b"].certain
    assert "(b)" in answers["1b"].located_by


def test_a_lost_number_is_told_from_the_letters_that_start_again(found: Found) -> None:
    """The heading of question 2 is lost; a second (a), (b) after a first is question 2, for want of a better place."""
    answers = found(FOUR, "1.\n(a) 11\n\n(b) 12\n\n(a) 21\n\n(b) 22\n")
    assert lines(answers)["2a"] == [6]
    assert not answers["2a"].certain


def test_an_answer_that_is_not_there_is_not_found_elsewhere(found: Found) -> None:
    """(b) of question 1 is not answered; (b) of question 2 is none of it."""
    assert lines(found(FOUR, "1.\n(a) 11\n\n2.\n(a) 21\n\n(b) 22\n")) == {"1a": [2], "1b": [], "2a": [5], "2b": [7]}


@pytest.mark.parametrize(
    "text",
    [
        "# Problem 3\n\n{}",
        "**Question 3**\n\n{}",
        "3.\n\n{}",
        "3. {}",
        "Problem 3: {}",
        "# 3. Backward\n\n{}",
        "## 3\n\n{}",
    ],
)
def test_the_only_problem_that_is_handed_in(found: Found, text: str) -> None:
    """Its number says which one it is, however many come before it, and however alike their letters."""
    sheet = "\n".join(
        f"{problem}{letter}: kind: number, given: {{value: {problem}}}" for problem in range(1, 5) for letter in "abcde"
    )
    answers = found(sheet, text.format("(a) 31\n\n(b) 32\n\n(c) 33\n"))
    values = {part: [str(c.reading.value.value) for c in a.candidates] for part, a in answers.items() if a.candidates}
    assert values == {"3a": ["31"], "3b": ["32"], "3c": ["33"]}
