"""What cannot be graded gets one clear line and the right exit code: never a traceback, never a silent zero."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "submissions" / "hw8-right.ipynb"
PROBLEM = """id: lab1
title: Lab 1
problems:
  - id: "1"
    parts:
      - id: 1a
        kind: conv-shape
        statement: What size comes out?
        given: {input: [5, 5], layout: HW, kernel_size: 3}
"""


@pytest.fixture
def complaint(grader: Any) -> Callable[..., str]:
    """The one line on standard error of a command that ends with `code` and prints nothing."""

    def line(code: int, *args: object) -> str:
        ran = grader(*map(str, args))
        assert (ran.code, ran.out) == (code, ""), ran.err
        assert ran.err.startswith("grader: ")
        assert ran.err.count("\n") == 1
        assert "Traceback" not in ran.err
        return str(ran.err)

    return line


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("empty.md", b"", "empty"),
        ("blank.md", b" \n\t\n\n", "empty"),
        ("program.txt", bytes(range(256)) * 40, "UTF-8"),
        ("zeros.txt", b"\x00" * 100, "binary"),
        ("picture.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "picture"),
        ("scan.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "PDF"),
        ("latin.md", "(a) Größe 3 × 3".encode("latin-1"), "line 1: byte 6 is 0xf6, which is not UTF-8"),
        ("truncated.ipynb", SAMPLE.read_bytes()[:700], "ends in the middle"),
        ("cut.ipynb", SAMPLE.read_bytes()[:-2], "ends in the middle"),
        ("cells.ipynb", b'{"cells": []}', "no cells"),
        ("whole.ipynb", b'{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}', "no cells"),
        ("list.ipynb", b"[1, 2]", "no notebook"),
        ("nocells.ipynb", b'{"metadata": {}, "nbformat": 4, "nbformat_minor": 5}', "no notebook"),
        ("sheet.yaml", b"- 3x3\n- 4\n", "answer sheet"),
        ("torn.json", b'{"1a": "3x3", ', "line 1"),
    ],
    ids=lambda value: value if isinstance(value, str) and "." in value else "",
)
def test_a_file_that_cannot_be_read(tmp_path: Path, name: str, content: bytes, told: str, complaint: Any) -> None:
    """Exit 4; the line names the file and what is the matter."""
    path = tmp_path / name
    path.write_bytes(content)
    line = complaint(4, "run", path, "--assignment", "hw8")
    assert name in line
    assert told in line


def test_no_such_file(tmp_path: Path, complaint: Any) -> None:
    """Exit 4, and which path."""
    assert "none.ipynb: there is no such file" in complaint(4, "run", tmp_path / "none.ipynb")


def test_a_folder(tmp_path: Path, complaint: Any) -> None:
    """Exit 4; one file is graded at a time."""
    assert "this is a folder" in complaint(4, "run", tmp_path)


def test_300_megabytes(tmp_path: Path, complaint: Any) -> None:
    """Exit 4 from the file's size alone: nothing of it is read."""
    path = tmp_path / "big.ipynb"
    with path.open("wb") as file:
        file.truncate(300_000_000)
    assert "300 MB, expected at most" in complaint(4, "run", path)


def test_an_unknown_assignment_lists_those_there_are(complaint: Any) -> None:
    """Exit 2; the right id can be copied from the line."""
    line = complaint(2, "run", SAMPLE, "--assignment", "hw99")
    assert "'hw99'" in line
    assert "a2, a3, hw2, hw4, hw8" in line


def test_a_submission_that_fits_no_assignment(tmp_path: Path, complaint: Any) -> None:
    """Exit 2: which one is meant has to be said."""
    path = tmp_path / "letter.md"
    path.write_text("Dear all,\n\nI was ill this week.\n")
    line = complaint(2, "run", path)
    assert "--assignment" in line
    assert "a2, a3, hw2, hw4, hw8" in line


def test_unknown_part_ids_in_a_sheet_are_told(tmp_path: Path, grader: Any) -> None:
    """The rest is graded; what was meant is no silent zero."""
    path = tmp_path / "sheet.yaml"
    path.write_text("assignment: hw8\nanswers:\n  1b: 5x4\n  2dd: 1820\n  99z: 7\n")
    ran = grader("run", str(path), "--format", "json")
    assert (ran.code, ran.err) == (0, "")
    report = json.loads(ran.out)
    verdicts = {part["part"]: part["verdict"] for part in report["parts"]}
    assert verdicts["1b"] == "correct"
    assert verdicts["2d"] == "review"
    assert any("'2dd'" in note and "'2d'" in note for note in report["notes"])
    assert any("'99z'" in note for note in report["notes"])


def _notebook(tmp_path: Path, *cells: str) -> Path:
    """A notebook for hw8 with these Markdown cells."""
    sources = [{"cell_type": "markdown", "metadata": {}, "source": text} for text in cells]
    metadata = {"grader": {"assignment": "hw8"}}
    path = tmp_path / "cells.ipynb"
    path.write_text(json.dumps({"cells": sources, "metadata": metadata, "nbformat": 4, "nbformat_minor": 4}))
    return path


@pytest.mark.parametrize(
    ("second", "verdict"),
    [("## Question 1\n\n(b) 5 x 4", "correct"), ("## Question 1\n\n(b) 7 x 7", "review")],
    ids=["the same once more", "another answer"],
)
def test_duplicated_cells(tmp_path: Path, second: str, verdict: str, grader: Any) -> None:
    """The same answer twice is one answer; two that differ, and neither marked as final, are for a person."""
    ran = grader("run", str(_notebook(tmp_path, "## Question 1\n\n(b) 5 x 4", second)), "--format", "json")
    verdicts = {part["part"]: part["verdict"] for part in json.loads(ran.out)["parts"]}
    assert verdicts["1b"] == verdict


def test_missing_cells(tmp_path: Path, grader: Any) -> None:
    """Parts that nothing answers are missing, each by name; what is there counts."""
    ran = grader("run", str(_notebook(tmp_path, "## Question 1\n\n(b) 5 x 4")), "--format", "json")
    verdicts = {part["part"]: part["verdict"] for part in json.loads(ran.out)["parts"]}
    assert verdicts.pop("1b") == "correct"
    assert set(verdicts.values()) == {"missing"}


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("statement:", "statment:", ("lab1.yaml:8:9: ", "'statment'", "'statement'")),
        ("kernel_size: 3", "kernel: 3", ("lab1.yaml:9:", "'kernel'", "kernel_size")),
        ("kind: conv-shape", "kind: conv-shap", ("lab1.yaml:7:", "'conv-shap'", "conv-shape")),
        ("        given: {input: [5, 5], layout: HW, kernel_size: 3}\n", "", ("lab1.yaml:6:", "given")),
        ("{input: [5, 5]", "{input: [5, 5", ("lab1.yaml:9:",)),
    ],
    ids=["a wrong key", "a wrong key in given", "no such kind", "no given", "no YAML"],
)
def test_a_wrong_problem_file(tmp_path: Path, old: str, new: str, told: tuple[str, ...], complaint: Any) -> None:
    """Exit 3 with file:line:column, what was found and what was expected."""
    (tmp_path / "lab1.yaml").write_text(PROBLEM.replace(old, new))
    assert PROBLEM.replace(old, new) != PROBLEM
    line = complaint(3, "run", SAMPLE, "--assignment", "lab1", "--problems", tmp_path)
    assert [text for text in told if text not in line] == [], line
