"""Formats are found by name, and each renders the same report to the same text, whatever a student wrote."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.errors import UsageError
from grader.model import Report
from grader.reports import Options, formats, render

GOLDEN = Path(__file__).parent / "golden"
BUILT_IN = ["github", "json", "junit", "summary", "terminal"]


def test_every_format_there_is_has_a_file() -> None:
    """What is listed is what stands in the folder."""
    assert set(BUILT_IN) <= set(formats())


def test_an_unknown_format_names_those_there_are(report: Report) -> None:
    """A mistyped name is answered with the names that work."""
    with pytest.raises(UsageError, match="'jsn' is no report format; choose one of: github, json, junit"):
        render("jsn", report)


@pytest.mark.parametrize("name", BUILT_IN)
def test_a_format_looks_as_it_did(name: str, report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    """The text is that of the golden file; where a change is meant, it changes with it, and is read there."""
    monkeypatch.setattr("grader.reports.json.__version__", "1.2.3")
    assert render(name, report) == (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", BUILT_IN)
def test_the_same_report_gives_the_same_text(name: str, report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the environment nor the run before changes a byte."""
    first = render(name, report)
    for variable in ("COLUMNS", "LINES", "FORCE_COLOR", "NO_COLOR", "GITHUB_ACTIONS"):
        monkeypatch.setenv(variable, "7")
    monkeypatch.setenv("TERM", "dumb")
    assert render(name, report) == first
    assert first.endswith("\n")


@pytest.mark.parametrize("name", BUILT_IN)
def test_references_are_shown_on_request_only(name: str, report: Report) -> None:
    """``L*(K - 1) + 1`` is the reference of 2c, which the student got wrong."""
    assert "L*(K - 1) + 1" not in render(name, report)
    assert "L*(K - 1) + 1" in render(name, report, Options(show_answers=True))


@pytest.mark.parametrize("name", BUILT_IN)
def test_colour_is_for_the_terminal_alone(name: str, report: Report) -> None:
    """No machine is sent escape codes, even where colour is allowed."""
    assert ("\x1b[" in render(name, report, Options(colour=True))) == (name == "terminal")


@pytest.mark.parametrize("name", BUILT_IN)
def test_control_characters_of_students_are_gone(name: str, hostile: Report) -> None:
    """No NUL, bell, escape, direction override or lone surrogate is left in any format."""
    text = render(name, hostile)
    assert not set(text) & set("\x00\x07\x1b\r\u202e\u2066\ud800")
    text.encode("utf-8")


@pytest.mark.parametrize("name", BUILT_IN)
def test_any_text_can_be_rendered(name: str, saying: Callable[[str], Report]) -> None:
    """No string of a student's crashes a report."""

    @settings(max_examples=40, deadline=None)
    @given(st.text(st.characters(codec=None), max_size=60))
    def holds(text: str) -> None:
        assert render(name, saying(text), Options(width=40)).endswith("\n")

    holds()
