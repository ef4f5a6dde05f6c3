"""``grader check``: one line an assignment, and exit 3 where one does not hold together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from grader.errors import ProblemError

Command = Callable[..., Any]
"""`grader(*args)` of conftest.py: what the command left as `code`, `out` and `err`."""


@dataclass(frozen=True)
class Checked:
    """What `grader.checking.check` tells of one assignment."""

    assignment: str
    file: str
    parts: int
    points: float
    failures: tuple[str, ...] = ()
    review: int = 0
    code: int = 0
    mistakes: int = 0


@pytest.fixture
def proved(install: Callable[..., None]) -> Callable[..., list[Path | None]]:
    """A function: makes checking give these results; its list fills with the paths that were asked for."""

    def put(*results: Checked) -> list[Path | None]:
        asked: list[Path | None] = []

        def check(path: Path | None) -> list[Checked]:
            asked.append(path)
            return list(results)

        install("grader.checking", check=check)
        return asked

    return put


def test_assignments_that_hold(grader: Command, proved: Callable[..., list[Path | None]]) -> None:
    """Their parts and points are counted."""
    asked = proved(
        Checked("hw4", "hw4.yaml", 46, 60.0),
        Checked("hw8", "hw8.yaml", 16, 12.5, review=3),
        Checked("lab", "lab.yaml", 7, 31.0, code=6, mistakes=55),
    )
    ran = grader("check", "problems")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == (
        "hw4: 46 parts, 60 points, all references earn full marks\n"
        "hw8: 16 parts, 12.5 points, all references earn full marks, 3 left to a person\n"
        "lab: 7 parts, 31 points, all references earn full marks, 6 of code proved with 55 known mistakes\n"
    )
    assert asked == [Path("problems")]


def test_a_failure_is_told_under_its_assignment(grader: Command, proved: Callable[..., None]) -> None:
    """Exit 3, as for any bad problem file; what stands elsewhere is told as well."""
    proved(
        Checked("hw4", "hw4.yaml", 46, 60.0, ("hw4.yaml:7:3: 2c earns 0 of 2", "hw4.yaml:9:3: 5a earns 0 of 4")),
        Checked("hw8", "hw8.yaml", 0, 0.0, ("hw8.yaml:1:1: no id found",)),
    )
    ran = grader("check")
    assert (ran.code, ran.err) == (3, "")
    assert ran.out == (
        "hw4: 46 parts, 60 points, 2 failures\n"
        "  hw4.yaml:7:3: 2c earns 0 of 2\n"
        "  hw4.yaml:9:3: 5a earns 0 of 4\n"
        "hw8: 1 failure\n"
        "  hw8.yaml:1:1: no id found\n"
    )


def test_a_problem_file_that_stops_the_check(grader: Command, install: Callable[..., None]) -> None:
    """One line, exit 3."""

    def check(_: Path | None) -> list[Checked]:
        raise ProblemError("hw4.yaml:1:1: no id found")

    install("grader.checking", check=check)
    ran = grader("check")
    assert (ran.code, ran.err) == (3, "grader: hw4.yaml:1:1: no id found\n")
