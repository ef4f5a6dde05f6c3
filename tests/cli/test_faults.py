"""What the command line says when something goes wrong inside, and of itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from grader import __version__
from grader.errors import EngineError, SubmissionError

Command = Callable[..., Any]
"""`grader(*args)` of conftest.py: what the command left as `code`, `out` and `err`."""


@pytest.mark.parametrize("fault", [ZeroDivisionError("1/0"), EngineError("shapes do not fit"), RecursionError()])
def test_a_fault_of_the_grader_is_called_one(
    grader: Command, failing: Callable[[BaseException], None], fault: Exception
) -> None:
    """One line with the type and how to see more; exit 70, which is neither a mark nor the user's mistake."""
    failing(fault)
    ran = grader("run", "ada.md")
    assert (ran.code, ran.out) == (70, "")
    assert ran.err == (
        f"grader: this is a fault of the grader, not of the submission: {type(fault).__name__}: {fault}; "
        "--debug or GRADER_DEBUG=1 shows the traceback\n"
    )


def test_debug_shows_the_traceback(grader: Command, failing: Callable[[BaseException], None]) -> None:
    """By the flag; the line stays, at the end."""
    failing(ZeroDivisionError("1/0"))
    ran = grader("--debug", "run", "ada.md")
    assert ran.code == 70
    assert "Traceback (most recent call last)" in ran.err
    assert ran.err.splitlines()[-1].startswith("grader: this is a fault of the grader")


def test_debug_may_stand_in_the_environment(
    grader: Command, failing: Callable[[BaseException], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """GRADER_DEBUG=1 works for errors of any sort."""
    monkeypatch.setenv("GRADER_DEBUG", "1")
    failing(SubmissionError("ada.md: no such file"))
    ran = grader("run", "ada.md")
    assert ran.code == 4
    assert "Traceback" in ran.err


def test_a_message_is_one_line_without_tricks(grader: Command, failing: Callable[[BaseException], None]) -> None:
    """A file's name can hold line breaks and escape codes."""
    failing(SubmissionError("a\nb\x1b[31m\x00.md: no such file"))
    assert grader("run", "x").err == "grader: a b[31m.md: no such file\n"


def test_the_version(grader: Command) -> None:
    """Name and number on standard output."""
    ran = grader("--version")
    assert (ran.code, ran.out) == (0, f"grader {__version__}\n")


def test_no_command_shows_the_help(grader: Command) -> None:
    """Exit 2, with the commands there are."""
    ran = grader()
    assert ran.code == 2
    assert all(name in ran.out + ran.err for name in ("run", "check", "list"))


def test_an_unknown_command(grader: Command) -> None:
    """Exit 2, in plain text."""
    ran = grader("[/b]")
    assert ran.code == 2
    assert "[/b]" in ran.err
