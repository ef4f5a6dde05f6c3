"""Small assignments and submissions, written as an instructor and a student would."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from textwrap import dedent, indent

import pytest

from grader import grading, readers
from grader.locate import Answer, locate
from grader.model import Finding, Report
from grader.problems import Assignment, label_of, load_file

Grade = Callable[[str, str], Mapping[str, Finding]]


@pytest.fixture
def assignment(tmp_path: Path) -> Callable[[str], Assignment]:
    """An assignment from lines `part-id: the rest of its YAML mapping`."""

    def build(parts: str) -> Assignment:
        problems: dict[str, list[str]] = {}
        for line in dedent(parts).strip().splitlines():
            part, _, rest = line.partition(":")
            problems.setdefault((*label_of(part), part)[0], []).append(f'- {{id: "{part}", {rest.strip()}}}')
        text = "id: sheet\ntitle: A sheet\nproblems:\n"
        for problem, lines in problems.items():
            text += f'  - id: "{problem}"\n    parts:\n' + indent("\n".join(lines), "      ") + "\n"
        file = tmp_path / "sheet.yaml"
        file.write_text(text, encoding="utf-8")
        return load_file(file)

    return build


@pytest.fixture
def grade(assignment: Callable[[str], Assignment], tmp_path: Path) -> Grade:
    """The findings on a Markdown text, by part."""

    def run(parts: str, text: str) -> Mapping[str, Finding]:
        file = tmp_path / "answers.md"
        file.write_text(dedent(text), encoding="utf-8")
        report: Report = grading.grade(readers.read(file), assignment(parts))
        return {scored.finding.part: scored.finding for scored in report.parts}

    return run


@pytest.fixture
def found(assignment: Callable[[str], Assignment], tmp_path: Path) -> Callable[[str, str], Mapping[str, Answer]]:
    """What `locate` finds in a Markdown text, by part."""

    def run(parts: str, text: str) -> Mapping[str, Answer]:
        file = tmp_path / "answers.md"
        file.write_text(dedent(text), encoding="utf-8")
        sheet = assignment(parts)
        views = {part_id: key.view for part_id, key in grading.key_of(sheet).items()}
        return locate(sheet, readers.read(file).blocks, views)[0]

    return run
