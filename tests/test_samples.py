"""The sample submissions: a golden report each, and what a person says of them, written down by hand.

After a change that is meant to change a report, renew the golden files and read the difference before it is committed:

    GRADER_RENEW_GOLDEN=1 .venv/bin/python -m pytest tests/test_samples.py && git diff tests/golden
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import chdir
from functools import cache
from pathlib import Path

import pytest

from grader.grading import grade_file
from grader.model import Report, Verdict
from grader.problems import catalogue
from grader.reports import render
from grader.sandbox import Walls
from grader.sandbox.runner import Sandbox

ROOT = Path(__file__).parent.parent
GOLDEN = Path(__file__).parent / "golden"
SAMPLES = sorted(path.name for path in (ROOT / "submissions").iterdir())
RIGHT = [name for name in SAMPLES if "-right" in name]

NAMES_NO_ASSIGNMENT = {"a2-mistakes.txt": "a2"}
"""Samples that do not say what they answer, and that too few of the answers give away."""

BY_HAND = {
    "hw4-mistakes.ipynb": {
        "incorrect": """2a.weights 2a.w_out 2c.receptive_field 2e.conv1.params 2e.flatten.shape 2e.fc.params
            2f.x4 3b.filter 3c.shape 4a.i 4b.filter 4d.i 4d.ii 5a.sgd 5b.variance""",
        "incorrect review": "2b.c_out 2d.growth",
        "partial": "2e.conv2.shape 3c.output 4a.ii 4c.filter",
        "missing": "5d",
        "missing review": "5b.std 5b.growth",
        "review": "2d.advantage 3a 5a.dw 5c.max 5c.avg",
    },
    "hw8-mistakes.ipynb": {
        "incorrect": "1b 1c.value 1d.location 1e.location 2a.z 2b.out_channels 2c 2d",
        "incorrect review": "1a",
        "missing": "3b 3c",
        "review": "3a",
    },
    "hw2-mistakes.ipynb": {
        "incorrect": "1.1.1 1.1.2 1.1.3a.shape 1.1.3c.shape 1.1.3d.shape",
        "missing review": "1.1.3a.values 1.1.3b.values 1.1.3c.values 1.1.3d.values 1.1.3d.explain",
    },
    "a2-mistakes.ipynb": {
        "incorrect": "1a 1b",
        "incorrect review": "1c",
        "correct review": "2c",  # right for the student's own 1c, which stands in a table without headings
        "partial": "1d",
        "missing": "2b.max 2b.avg 2b.lp",
        "review": "2a 2d",
    },
    "a2-mistakes.txt": {
        "incorrect": "1a",
        "partial": "1c",
        "missing review": "1d 2b.lp",
        "review": "2a 2b.max 2b.avg 2d",
    },
    "a3-mistakes.ipynb": {
        "incorrect": """2.height 2.width 2.conv1.params 2.conv2.shape 2.relu2.shape 2.fc.params 3.2.a 3.2.w2 3.4.k2
            3.4.b 4.1.kernel 4.3""",
        "incorrect review": "3.4.k3",
        "partial": "3.1",
        "missing": "3.3.z1 3.3.z2 3.3.z3 3.5.k 3.5.b",
        "missing review": "1.1",
        "review": "1.2",
    },
    "lab-conv-mistakes.ipynb": {
        "partial": "1a 1b 1c 2a 3a",
        "missing": "2b",
    },
}
"""What a person says of the samples with mistakes: verdict -> parts, two verdicts for either; others are correct."""


ReportOf = Callable[[str], Report]


@pytest.fixture(scope="module")
def report_of() -> Iterator[ReportOf]:
    """A function: the report on a sample, graded from the repository's root as the README does.

    What runs the samples of code starts with the first of them.
    """
    with Sandbox(Walls.STRICT if sys.platform == "linux" else Walls.WEAK) as cell:

        @cache
        def graded(sample: str) -> Report:
            with chdir(ROOT):
                return grade_file(Path("submissions", sample), NAMES_NO_ASSIGNMENT.get(sample), run=cell.run)

        yield graded


@pytest.mark.parametrize("sample", SAMPLES)
def test_the_report_is_the_golden_one(sample: str, report_of: ReportOf) -> None:
    """The whole JSON report, but for the grader's version."""
    report = json.loads(render("json", report_of(sample)))
    del report["grader"]["version"]
    golden = GOLDEN / f"{sample}.json"
    if os.environ.get("GRADER_RENEW_GOLDEN"):
        golden.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    assert report == json.loads(golden.read_text(encoding="utf-8"))


@pytest.mark.parametrize("sample", RIGHT)
def test_right_answers_are_never_called_wrong(sample: str, report_of: ReportOf) -> None:
    """Every part is answered rightly: what is decided is correct, and the full score stays possible."""
    report = report_of(sample)
    verdicts = {part.finding.part: str(part.finding.verdict) for part in report.parts}
    assert {part: verdict for part, verdict in verdicts.items() if verdict not in {"correct", "review"}} == {}
    assert report.score_possible == report.max_score


@pytest.mark.parametrize("sample", BY_HAND)
def test_mistakes_are_marked_as_a_person_marks_them(sample: str, report_of: ReportOf) -> None:
    """Part by part, against the table above."""
    found = {part.finding.part: str(part.finding.verdict) for part in report_of(sample).parts}
    said = {part: verdicts for verdicts, parts in BY_HAND[sample].items() for part in parts.split()}
    assert said.keys() <= found.keys()
    wrong = {part: got for part, got in found.items() if got not in said.get(part, "correct").split()}
    assert wrong == {}, {part: said.get(part, "correct") for part in wrong}


def test_each_assignment_has_a_right_notebook_and_one_with_mistakes() -> None:
    """Beside them there is a sample in every other format."""
    for assignment in catalogue():
        assert {f"{assignment.id}-right.ipynb", f"{assignment.id}-mistakes.ipynb"} <= set(SAMPLES)
    assert {Path(name).suffix for name in SAMPLES} == {".ipynb", ".md", ".tex", ".txt", ".py", ".yaml", ".json"}


def test_every_sample_is_held_to_a_persons_judgement() -> None:
    """A sample is all right or its mistakes stand in the table, by verdicts that there are."""
    assert {*RIGHT, *BY_HAND} == set(SAMPLES)
    verdicts = {verdict for said in BY_HAND.values() for either in said for verdict in either.split()}
    assert verdicts <= {str(verdict) for verdict in Verdict}
    assert {path.name for path in GOLDEN.iterdir()} == {f"{name}.json" for name in SAMPLES}
