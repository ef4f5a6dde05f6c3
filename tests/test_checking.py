"""`check` proves an assignment by its own answers: with small kinds and a grader of plain numbers."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from grader import checking, kinds
from grader.answers.values import Number
from grader.errors import UsageError
from grader.kinds import Given, Kind
from grader.model import BlockKind, Finding, Report, Scored, Submission, Verdict
from grader.problems import Assignment


class Double(Given):
    """A number to double."""

    number: int


class Plain:
    """A number as its digits."""

    def render(self, value: Number) -> str:
        """As `str` has it."""
        return str(value.value)


class Garbled(Plain):
    """A view whose text cannot be read again."""

    def render(self, value: Number) -> str:
        """Anything but the number."""
        return f"<{super().render(value)}>"


def _kind(view: Any, reference: Any) -> Kind[Any]:
    return Kind(Double, lambda _given: view, reference)


def _doubled(given: Double) -> Number:
    return Number(Fraction(2 * given.number))


KINDS = {
    "double": _kind(Plain(), _doubled),
    "garbled": _kind(Garbled(), _doubled),
    "prose": _kind(Plain(), lambda _given: None),
}


def _grade(submission: Submission, assignment: Assignment) -> Report:
    """Marks a number that is read as it stands; prose is for a person, and 'lost' finds no finding."""
    scored = []
    for block in submission.blocks:
        assert block.kind is BlockKind.ANSWER
        part = assignment.part(block.part or "")
        if part.kind == "prose":
            finding = Finding(part.id, Verdict.REVIEW, 0.0, "prose")
        elif block.text.isdigit():
            finding = Finding(part.id, Verdict.CORRECT, 1.0, "")
        else:
            finding = Finding(part.id, Verdict.INCORRECT, 0.0, "no number")
        if "lost" not in part.id:
            scored.append(Scored(finding, finding.credit * part.points, part.points))
    return Report(assignment.id, assignment.title, submission, tuple(scored), 0.0, 0.0, 0.0)


@pytest.fixture(autouse=True)
def _stand_ins(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Only the kinds above are there, and the grader above."""
    monkeypatch.setattr(kinds, "load", KINDS.__getitem__)
    monkeypatch.setattr(checking, "grade", _grade)
    monkeypatch.chdir(tmp_path)


def write(name: str, *parts: str) -> Path:
    """An assignment file called `name`, of one problem."""
    path = Path(f"{name}.yaml")
    path.write_text(f"id: {name}\ntitle: x\nproblems:\n- id: 1\n  parts:\n" + "".join(f"  - {{{p}}}\n" for p in parts))
    return path


def test_an_assignment_whose_answers_pass() -> None:
    """Prose is counted apart; points are those of all parts."""
    path = write(
        "hw",
        "id: 1a, kind: double, given: {number: 4}, points: 2.5",
        "id: 1b, kind: double, given: {number: {answer: 1a}}",
        "id: 1c, kind: prose, given: {number: 0}",
    )
    assert checking.check(path) == [checking.CheckResult("hw", "hw.yaml", 3, 4.5, (), review=1)]


def test_an_answer_that_does_not_pass_is_named() -> None:
    """With its place, what came out and what was expected."""
    (result,) = checking.check(write("hw", "id: 1a, kind: garbled, given: {number: 4}"))
    found = "found incorrect with credit 0 (no number) for '1a' answered by '<8>'"
    assert result.failures == (f"hw.yaml:6:5: {found}, expected correct with full credit",)


def test_a_part_without_a_finding_is_named() -> None:
    """A part that the grader loses is the grader's defect, and is seen here."""
    (result,) = checking.check(write("hw", "id: 1.lost, kind: double, given: {number: 4}"))
    assert result.failures == ("hw.yaml:6:5: found no finding for '1.lost', expected correct",)


def test_prose_has_to_be_left_to_a_person(monkeypatch: pytest.MonkeyPatch) -> None:
    """A verdict on what only a person can judge is a failure too."""
    path = write("hw", "id: 1a, kind: prose, given: {number: 0}")
    finding = Finding("1a", Verdict.CORRECT, 1.0, "keywords")

    def lenient(submission: Submission, assignment: Assignment) -> Report:
        return Report(assignment.id, "", submission, (Scored(finding, 1.0, 1.0),), 1.0, 1.0, 1.0)

    monkeypatch.setattr(checking, "grade", lenient)
    (result,) = checking.check(path)
    assert result.failures[0].endswith("expected review")


def test_a_broken_file_does_not_hide_the_others() -> None:
    """All files of a folder are checked, in the order of their ids."""
    write("b", "id: 1a, kind: double, given: {number: 4}")
    write("a", "id: 1a, kind: double, given: {numbr: 4}")
    first, second = checking.check(Path())
    expected = "found the key 'numbr', expected one of number; did you mean 'number'?"
    assert first == checking.CheckResult("a", "a.yaml", 0, 0.0, (f"a.yaml:6:36: {expected}",))
    assert (second.assignment, second.failures) == ("b", ())


def test_a_path_that_is_not_there() -> None:
    """Nothing to check is the caller's mistake."""
    with pytest.raises(UsageError, match=r"^gone\.yaml: found nothing, expected an assignment file or a folder"):
        checking.check(Path("gone.yaml"))
