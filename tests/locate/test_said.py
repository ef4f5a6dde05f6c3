"""What is said at one place, however much of it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from grader import grading, readers
from grader.problems import load_file

HOMEWORK = load_file(Path(__file__).parents[2] / "problems" / "hw8.yaml")


def test_hundreds_of_statements_at_one_place(tmp_path: Path, within: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Behind the last label that is looked at everything is one place's: each is held against a bounded number."""
    monkeypatch.setattr(sys.modules["grader.locate.regions"], "MAX_SIGNS", 10)
    one = "(a) $dL/dk_j = x_j$, $j = 1,2,3$ and Let $G = dJ/dZ$, so row 1: 1, 2; row 2: 3, 4.\n\n"
    file = tmp_path / "many.md"
    file.write_text("# Problem 3\n\n" + one * 400, encoding="utf-8")
    report = within(800, lambda: grading.grade(readers.read(file), HOMEWORK))
    assert len(report.parts) == 16
