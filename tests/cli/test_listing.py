"""``grader list``: plain columns, for eyes and for pipes alike."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace as Made
from typing import Any

import pytest

Command = Callable[..., Any]
"""`grader(*args)` of conftest.py: what the command left as `code`, `out` and `err`."""


@pytest.fixture(autouse=True)
def asked(install: Callable[..., None]) -> list[Path | None]:
    """Two assignments; the list fills with the folders that were asked for."""
    folders: list[Path | None] = []
    parts = [Made(id="1a.shape", kind="conv-output", points=2.0), Made(id="1b", kind="number", points=10.5)]
    found = [
        Made(id="hw4", title="Homework 4, convolutional networks", parts=parts),
        Made(id="a2", title="Convolution by hand", parts=parts[:1]),
    ]

    def catalogue(folder: Path | None) -> list[Made]:
        folders.append(folder)
        return found

    install("grader.problems", catalogue=catalogue)
    return folders


def test_all_assignments(grader: Command, asked: list[Path | None]) -> None:
    """Id, parts, points, title."""
    ran = grader("list")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == (
        "ID   PARTS  POINTS  TITLE\n"
        "hw4      2    12.5  Homework 4, convolutional networks\n"
        "a2       1       2  Convolution by hand\n"
    )
    assert asked == [None]


def test_the_parts_of_one(grader: Command, asked: list[Path | None]) -> None:
    """Id, points, kind."""
    ran = grader("list", "hw4", "--problems", "mine")
    assert ran.out == "PART      POINTS  KIND\n1a.shape       2  conv-output\n1b          10.5  number\n"
    assert asked == [Path("mine")]


def test_an_unknown_assignment(grader: Command) -> None:
    """Exit 2; the ids there are are listed."""
    ran = grader("list", "hw5")
    assert (ran.code, ran.out, ran.err) == (2, "", "grader: no assignment 'hw5'; there are: hw4, a2\n")
