"""The JSON report keeps its contract."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.model import Report
from grader.reports import Options, render

CONTRACT = {"schema", "assignment", "submission", "score", "score_possible", "max_score", "parts", "grader"}
PART = {"part", "verdict", "credit", "points", "max_points", "answer", "reason", "diagnosis", "expected"}
ANSWER = {"text", "file", "cell", "line", "located_by"}


def tree(report: Report, *, show_answers: bool = False) -> dict[str, Any]:
    """The report, rendered and read again."""
    read: dict[str, Any] = json.loads(render("json", report, Options(show_answers=show_answers)))
    return read


def test_the_names_of_the_contract_are_there(report: Report) -> None:
    """Other tools rely on these keys; more may stand beside them."""
    read = tree(report)
    assert set(read) >= CONTRACT
    assert read["schema"] == "grader.report/1"
    assert set(read["submission"]) >= {"path", "sha256"}
    assert all(set(part) >= PART for part in read["parts"])
    assert all(set(part["answer"]) >= ANSWER for part in read["parts"] if part["answer"])


def test_a_part_tells_all_that_was_found(report: Report) -> None:
    """Verdict, credit, points, the place, the repairs, the value as it was understood."""
    part = next(part for part in tree(report)["parts"] if part["part"] == "3c.output")
    assert (part["verdict"], part["credit"], part["points"], part["max_points"]) == (
        "partial",
        0.8889,
        2.67,
        3.0,
    )
    assert part["answer"]["line"] == 104
    assert part["answer"]["cell"] is None
    assert part["answer"]["understood"] == "[[-1, 3, -2], [3, -5, 1], [0, 3, 1]]"
    assert len(part["answer"]["repairs"]) == 2


def test_scores_and_notes_are_told(report: Report) -> None:
    """The range, the maximum, and what reader and grading noted."""
    read = tree(report)
    assert (read["score"], read["score_possible"], read["max_score"]) == (11.17, 17.17, 26.0)
    assert len(read["notes"]) == 2


def test_what_was_not_found_is_null(report: Report) -> None:
    """A missing answer has no place to stand."""
    missing = [part for part in tree(report)["parts"] if part["verdict"] == "missing"]
    assert [part["answer"] for part in missing] == [None]


def test_the_reference_is_null_unless_asked_for(report: Report) -> None:
    """The key is there either way."""
    assert {part["expected"] for part in tree(report)["parts"]} == {None}
    assert "1473" in {part["expected"] for part in tree(report, show_answers=True)["parts"]}


@pytest.mark.parametrize("show_answers", [False, True])
def test_the_text_is_ascii(hostile: Report, *, show_answers: bool) -> None:
    """No console or pipe can damage it."""
    assert render("json", hostile, Options(show_answers=show_answers)).isascii()


def test_students_text_survives_unchanged(saying: Callable[[str], Report]) -> None:
    """What was read is in the report to the letter, control characters and all."""

    @settings(max_examples=60, deadline=None)
    @given(st.text(st.characters(exclude_categories=[]), max_size=60))
    def holds(text: str) -> None:
        parts = tree(saying(text))["parts"]
        # Two surrogates in a row mean one character in JSON.
        assert parts[0]["answer"]["text"] == text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")

    holds()
