"""``grader answer``: one answer in words or JSON, a file of rows as lines of JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Command = Callable[..., Any]
"""`grader(*args)` of conftest.py: what the command left as `code`, `out` and `err`."""

RIGHT = {"id": "a", "as": "number", "expect": 280, "text": "3*3*3*10+10 = 280"}
WRONG = {"id": "b", "as": "number", "expect": 280, "text": "270", "author": "a note"}
BROKEN = {"id": "c", "as": "number", "text": "270"}


def test_one_answer_in_words(grader: Command) -> None:
    """What was read, and the verdict with its reason."""
    ran = grader("answer", "$\\frac{W-K}{S} + 1$", "--as", "formula", "--expect", "floor((W - K)/S) + 1")
    assert ran.out.splitlines()[0] == "verdict   correct, credit 1"
    assert ran.code == 0


def test_one_answer_as_json(grader: Command) -> None:
    """The same keys as a row of a file has."""
    ran = grader(
        "answer", "10x28x28", "--as", "shape", "--expect", "[28, 28, 10]", "--given", "layout=HWC", "--format", "json"
    )
    assert json.loads(ran.out)["verdict"] == "partial"
    assert set(json.loads(ran.out)) == {"id", "verdict", "credit", "read", "repairs", "reason"}


def test_what_is_given(grader: Command) -> None:
    """Symbols with what they may be, and relations."""
    ran = grader(
        "answer", "|n - k|", "--as", "formula", "--expect", "n - k", "--given", "n=1..9", "--given", "require=n >= k"
    )
    assert ran.out.startswith("verdict   correct")


def test_a_file_of_rows(grader: Command, tmp_path: Path) -> None:
    """A line for each, in order; a row that is wrong itself is told, and the others are answered."""
    file = tmp_path / "rows.jsonl"
    file.write_text("\n".join(json.dumps(row) for row in (RIGHT, BROKEN, WRONG)) + "\n\n", encoding="utf-8")
    ran = grader("answer", "--file", str(file))
    rows = [json.loads(line) for line in ran.out.splitlines()]
    assert [(row["id"], row["verdict"]) for row in rows] == [("a", "correct"), ("c", "error"), ("b", "incorrect")]
    assert "rows.jsonl:2:" in rows[1]["reason"]
    assert (ran.code, ran.err.count("\n")) == (3, 1)


@pytest.mark.parametrize(
    "args",
    [
        ("answer",),
        ("answer", "3", "--as", "number"),
        ("answer", "3", "--as", "numbr", "--expect", "3"),
        ("answer", "3", "--as", "number", "--expect", "3", "--format", "xml"),
        ("answer", "3", "--as", "number", "--expect", "3", "--given", "W"),
        ("answer", "3", "--as", "number", "--expect", "3", "--given", "domain=1", "--given", "W=1"),
        ("answer", "3", "--file", "rows.jsonl"),
        ("answer", "--file", "nowhere.jsonl"),
    ],
)
def test_a_command_that_asks_for_nothing(grader: Command, args: tuple[str, ...]) -> None:
    """One line that says what was found and what was expected."""
    ran = grader(*args)
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
