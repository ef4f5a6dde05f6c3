"""The page a student reads: words and symbols, points, what was read and where, and no tricks of the text."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from grader.model import Report
from grader.reports import Options, render


@pytest.fixture(scope="session")
def page(report: Report) -> str:
    """The report of 15 parts at 80 columns, without colour."""
    return render("terminal", report)


@pytest.mark.parametrize(
    "line",
    [
        "✓ 2a.weights  correct                                                     1 of 1",
        "    read      28x28x10  (line 57, row 'Conv3-10', column 'shape')",
        "    repaired  'egin{' to '\\begin{'",
        "    look at   the biases were left out",
        "○ 2e.fc.params  missing                                                   0 of 1",
        "    asked     Statement of 2e.fc.params.",
        "? 4d.ii  review                                                      0 to 1 of 1",
        "Problem 3                                                              4.67 of 5",
        "Result                                               11.17 to 17.17 of 26 points",
        "for a person  2d.advantage, 4b, 4d.ii: up to 6 points more, once somebody has",
        "note          part 3c was found twice; the later answer counts",
    ],
)
def test_the_page_tells(page: str, line: str) -> None:
    """Each of these stands on the page, as a line of its own."""
    assert line in page.splitlines()


def test_the_place_in_a_notebook_has_its_cell(page: str) -> None:
    """A line alone would not be found in a notebook."""
    assert "(cell 7, line 131, cell metadata)" in page


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_no_line_is_wider_than_the_page(report: Report, width: int) -> None:
    """A narrow window breaks lines, and no words are lost."""
    lines = render("terminal", report, Options(width=width)).splitlines()
    assert max(map(cell_len, lines)) <= width
    assert "computation" in " ".join(lines)


def test_a_page_never_gets_narrower_than_it_can_be_read(report: Report) -> None:
    """A window of one column is given the page of 40."""
    assert render("terminal", report, Options(width=1)) == render("terminal", report, Options(width=40))


def test_colour_changes_nothing_but_colour(report: Report, page: str) -> None:
    """Without its escape codes, the coloured page is the plain one."""
    coloured = render("terminal", report, Options(colour=True))
    assert "\x1b[" in coloured
    bare = re.sub(r"\x1b\[[0-9;]*m", "", coloured)
    assert [line.rstrip() for line in bare.splitlines()] == page.splitlines()


def test_markup_of_a_student_is_text(hostile: Report) -> None:
    """``[/b]`` neither crashes nor styles."""
    assert "[/b] [bold]x <script>" in render("terminal", hostile)


def test_no_line_begins_a_workflow_command(saying: Callable[[str], Report]) -> None:
    """A CI log shows this page too, and a line may break anywhere in a student's text."""

    @settings(max_examples=60, deadline=None)
    @given(
        st.integers(0, 80),
        st.sampled_from(["::error::x", "::stop-commands::t", "::  add-mask::y", "##[group]z"]),
    )
    def holds(before: int, command: str) -> None:
        text = render("terminal", saying("a" * before + " " + command), Options(width=40))
        assert not any(line.lstrip().startswith("::") for line in text.splitlines())
        assert "##[" not in text

    holds()
