"""``grader run``: what it asks of grading, where the report goes, and what its exit code says."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from grader.errors import ProblemError, SubmissionError, UsageError
from grader.reports import formats

Command = Callable[..., Any]
"""`grader(*args)` of conftest.py: what the command left as `code`, `out` and `err`."""
Calls = list[tuple[object, ...]]


def test_a_report_goes_to_standard_output(grader: Command, graded: Calls) -> None:
    """Graded, whatever the marks: exit 0, and not a word on standard error."""
    ran = grader("run", "ada.md")
    assert (ran.code, ran.err) == (0, "")
    assert "3 to 4.5 of 6 points" in ran.out
    assert graded == [(Path("ada.md"), None, None)]


def test_assignment_and_problems_are_passed_on(grader: Command, graded: Calls) -> None:
    """As given; the reader and the loader judge them."""
    grader("run", "ada.md", "--assignment", "hw4", "--problems", "mine")
    assert graded == [(Path("ada.md"), "hw4", Path("mine"))]


def test_the_folder_of_problems_may_stand_in_the_environment(
    grader: Command, graded: Calls, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GRADER_PROBLEMS is what ``--problems`` is when it is left out."""
    monkeypatch.setenv("GRADER_PROBLEMS", "ours")
    grader("run", "ada.md")
    assert graded == [(Path("ada.md"), None, Path("ours"))]


def test_formats_for_machines(grader: Command, graded: Calls) -> None:
    """What other tools read is nothing but the document."""
    assert json.loads(grader("run", "ada.md", "--format", "json").out)["score"] == 3.0
    assert ET.fromstring(grader("run", "ada.md", "--format", "junit").out).tag == "testsuites"  # noqa: S314
    assert grader("run", "ada.md", "--format", "github").out.startswith("grader: 3 to 4.5 of 6 points\n::error ")
    assert len(graded) == 3


def test_an_unknown_format_lists_those_there_are(grader: Command, graded: Calls) -> None:
    """Exit 2, before any grading."""
    ran = grader("run", "ada.md", "--format", "yaml")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f"grader: --format: 'yaml' is no report format; choose one of: {', '.join(formats())}\n"
    assert graded == []


def test_help_lists_the_formats(grader: Command) -> None:
    """Nobody has to guess one."""
    ran = grader("run", "--help")
    assert ran.code == 0
    assert ", ".join(formats()) in ran.out


def test_references_on_request(grader: Command, graded: Calls) -> None:
    """42 is the reference of part 2."""
    assert "42" not in grader("run", "ada.md").out
    assert "expected  42" in grader("run", "ada.md", "--show-answers").out
    assert len(graded) == 2


@pytest.mark.parametrize(
    ("threshold", "code", "told"),
    [
        ("50", 0, ""),
        (
            "50.1",
            1,
            "grader: 50 % is below --fail-under 50.1; it can still reach 75 % once a person has looked\n",
        ),
        (
            "75",
            1,
            "grader: 50 % is below --fail-under 75; it can still reach 75 % once a person has looked\n",
        ),
        ("80", 1, "grader: 50 % is below --fail-under 80\n"),
    ],
)
def test_fail_under(grader: Command, graded: Calls, threshold: str, code: int, told: str) -> None:
    """3 of 6 points are certain: 50 %; with the review 75 % can be had. The report is printed either way."""
    ran = grader("run", "ada.md", "--fail-under", threshold)
    assert (ran.code, ran.err) == (code, told)
    assert "3 to 4.5 of 6 points" in ran.out
    assert len(graded) == 1


@pytest.mark.parametrize(
    "args",
    [(), ("a", "b"), ("a", "--nope"), ("a", "--fail-under", "101"), ("a", "--fail-under", "half")],
)
def test_wrong_usage(grader: Command, graded: Calls, args: tuple[str, ...]) -> None:
    """Exit 2, on standard error, without a traceback."""
    ran = grader("run", *args)
    assert (ran.code, ran.out, graded) == (2, "", [])
    assert "Usage: grader run" in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (UsageError("no assignment 'x'; there are: hw4"), 2),
        (ProblemError("hw4.yaml:3:5: 'pionts' found, 'points' expected"), 3),
        (SubmissionError("ada.md: no such file"), 4),
    ],
)
def test_an_error_is_one_line_and_an_exit_code(
    grader: Command, failing: Callable[[BaseException], None], fault: Exception, code: int
) -> None:
    """What the user can mend is told as it is."""
    failing(fault)
    ran = grader("run", "ada.md")
    assert (ran.code, ran.out, ran.err) == (code, "", f"grader: {fault}\n")


def test_an_interruption_is_130(grader: Command, failing: Callable[[BaseException], None]) -> None:
    """As shells have it for SIGINT."""
    failing(KeyboardInterrupt())
    assert grader("run", "ada.md").code == 130


def test_output_is_written_to_a_file(grader: Command, graded: Calls, tmp_path: Path) -> None:
    """In UTF-8, without colour, instead of standard output; an older report is replaced."""
    target = tmp_path / "report.txt"
    target.write_text("older")
    ran = grader("run", "ada.md", "--output", str(target))
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    assert "✓ 1a  correct" in target.read_text(encoding="utf-8")
    assert list(tmp_path.iterdir()) == [target]
    assert len(graded) == 1


def test_output_into_a_missing_folder(grader: Command, graded: Calls, tmp_path: Path) -> None:
    """Exit 2 and what to do about it."""
    target = tmp_path / "none" / "report.txt"
    ran = grader("run", "ada.md", "--output", str(target))
    assert ran.code == 2
    assert ran.err == (
        f"grader: --output {target}: No such file or directory; name a file in a folder you can write to\n"
    )
    assert len(graded) == 1


def test_a_github_run_adds_the_job_summary(
    grader: Command, graded: Calls, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After what other steps wrote, kept apart by blank lines; only with ``--format github``."""
    summary = tmp_path / "summary.md"
    summary.write_text("# Build\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    grader("run", "ada.md")
    assert summary.read_text() == "# Build\n"
    assert grader("run", "ada.md", "--format", "github").code == 0
    text = summary.read_text(encoding="utf-8")
    assert text.startswith("# Build\n\n<h2>Homework 4 (hw4)</h2>\n")
    assert text.endswith("</table>\n\n")
    assert len(graded) == 2


def test_a_summary_that_cannot_be_written(
    grader: Command, graded: Calls, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The annotations are out by then; the failure is told."""
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path))
    ran = grader("run", "ada.md", "--format", "github")
    assert ran.code == 2
    assert ran.out.startswith("grader: 3 to 4.5")
    assert ran.err.startswith(f"grader: GITHUB_STEP_SUMMARY {tmp_path}: ")
    assert len(graded) == 1


def test_the_page_is_as_wide_as_columns_says(grader: Command, graded: Calls, monkeypatch: pytest.MonkeyPatch) -> None:
    """COLUMNS counts through a pipe, up to 100, where lines get hard to read."""
    for columns, width in [("60", 60), ("500", 100), ("wide", 80)]:
        monkeypatch.setenv("COLUMNS", columns)
        assert max(map(len, grader("run", "ada.md").out.splitlines())) == width
    assert len(graded) == 3
