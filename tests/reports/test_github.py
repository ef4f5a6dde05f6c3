"""GitHub annotations: one command a line, and none of them a student's."""

from __future__ import annotations

import re
from collections.abc import Callable

from grader.model import Report
from grader.reports import render

COMMAND = re.compile(r"::(error|warning|notice) file=[^:,]+(,line=\d+)?,title=[^:,]+::.*")


def test_a_wrong_part_is_an_error_at_its_line(report: Report) -> None:
    """GitHub shows it beside that line of the student's file."""
    assert (
        "::error file=ada.md,line=57,title=2e.conv1.params%3A incorrect%2C 0 of 1 points::"
        "90 is not the number of parameters%0ALook at: the biases were left out%0A"
        r"Read: 3 \times 3 \times 1 \times 10 = 90 (line 57)"
    ) in render("github", report).splitlines()


def test_verdicts_have_their_levels(report: Report) -> None:
    """Wrong is an error; partial, missing and the grader's failure are warnings; a review is a notice."""
    text = render("github", report)
    assert [text.count(f"\n::{level} ") for level in ("error", "warning", "notice")] == [3, 4, 2]
    assert "2a.weights" not in text


def test_a_cell_is_told_in_the_message(report: Report) -> None:
    """A notebook's file has no such line, so none is claimed."""
    line = next(line for line in render("github", report).splitlines() if "title=4b" in line)
    assert "line=" not in line
    assert "(cell 7, line 131)" in line


def test_the_score_comes_first(report: Report) -> None:
    """The log tells it, as a range where something is in review."""
    assert render("github", report).splitlines()[0] == "grader: 11.17 to 17.17 of 26 points"


def test_students_write_no_commands(hostile: Report) -> None:
    """Every line is the grader's own, with what a student wrote encoded behind its command."""
    first, *lines = render("github", hostile).splitlines()
    assert first.startswith("grader: ")
    assert len(lines) == 5
    assert all(COMMAND.fullmatch(line) for line in lines)
    assert all("%250A" in line for line in lines)


def test_no_more_than_github_shows(many: Callable[[int], Report]) -> None:
    """Ten of a type, and one line for all the others."""
    text = render("github", many(25))
    assert text.count("::error ") == 10
    assert text.splitlines()[-1] == ("grader: not shown as annotations: 15 of type error; the job summary has them all")
