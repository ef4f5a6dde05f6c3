"""A question that the student copied is told from an answer."""

from __future__ import annotations

from typing import Any

import pytest

from grader.locate.statements import asks, without_questions


@pytest.mark.parametrize(
    "sentence",
    [
        "What is the size of the output?",
        "(a) How many multiplications are there?",
        "Find one pixel where Z is 0.",
        "Compute the output of the layer.",
        "Write $W$ after one step.",
        "Given an input of 21 x 12, what will be the size of the output",
    ],
)
def test_questions_and_tasks_ask(sentence: str) -> None:
    """A question mark, a question's first word, or a task's verb."""
    assert asks(sentence)


@pytest.mark.parametrize(
    "sentence",
    ["The output is 3x3.", "So 280 weights.", "Given K = 3, the output is 5x5.", "= 12", "Write $g = dY$ for it."],
)
def test_statements_do_not(sentence: str) -> None:
    """What might be an answer is never taken for a question."""
    assert not asks(sentence)


def test_a_question_is_blanked_and_the_answer_behind_it_stays() -> None:
    """In one paragraph; the length stays, so that lines can be counted."""
    text = "What is the size? It is 3x3."
    assert without_questions(text).strip() == "It is 3x3."
    assert len(without_questions(text)) == len(text)


def test_a_long_paragraph_of_signs_is_passed_over_at_once(within: Any) -> None:
    """A thousand times what a page holds."""
    assert not within(100, lambda: asks("= " * 100_000))
