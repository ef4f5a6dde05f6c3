"""`check` proves an assignment by its own answers: with small kinds and a grader of plain numbers."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from grader import checking, kinds
from grader.answers.values import Number
from grader.errors import UsageError
from grader.kinds import Given, Kind, Proof, Trial
from grader.kinds._code.local import LocalProgram
from grader.model import BlockKind, Finding, Report, Scored, Submission, Verdict
from grader.problems import Assignment
from grader.sandbox import Program, Returned

REAL = kinds.load


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


class Doubling(Given):
    """A function that doubles; the numbers that it is asked to."""

    asked: tuple[int, ...]


def _asked(given: Doubling, program: Program, _located: str | None) -> Trial:
    outcomes = [program.call("f", number) for number in given.asked]
    right = [
        isinstance(one, Returned) and one.value == 2 * number for one, number in zip(outcomes, given.asked, strict=True)
    ]
    if 13 in given.asked:
        raise ArithmeticError("13 is nothing to double")
    if all(right):
        return Trial(Verdict.CORRECT, 1.0, "right")
    return Trial(Verdict.INCORRECT, 0.0, f"wrong for {given.asked[right.index(False)]}")


def _proof(right: Any) -> Any:
    wrong = {"squared (f)": lambda number: number**2, "halved (f)": lambda number: number / 2}
    return lambda _given: Proof(
        LocalProgram({"f": right}), {name: LocalProgram({"f": one}) for name, one in wrong.items()}
    )


def _code(proof: Any) -> Kind[Any]:
    return Kind(Doubling, lambda _given: Plain(), lambda _given: None, run=_asked, proof=proof)


KINDS = {
    "code": _code(_proof(lambda number: 2 * number)),
    "wrongly-proved": _code(_proof(lambda number: 3 * number)),
    "unproved": _code(None),
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


def test_code_is_proved_by_programs() -> None:
    """It is counted apart, with the mistakes that have to earn less, and is left to nobody."""
    path = write("hw", "id: 1a, kind: double, given: {number: 4}", "id: 1b, kind: code, given: {asked: [1, 3]}")
    assert checking.check(path) == [checking.CheckResult("hw", "hw.yaml", 2, 2.0, (), code=1, mistakes=2)]


@pytest.mark.parametrize(
    ("part", "told"),
    [
        (
            "kind: code, given: {asked: [2]}",
            "correct with credit 1 (right) for '1a' answered with 'squared (f)', expected less",
        ),
        (
            "kind: wrongly-proved, given: {asked: [3]}",
            "incorrect with credit 0 (wrong for 3) for '1a' answered by the engine, expected correct with full credit",
        ),
        (
            "kind: unproved, given: {asked: [3]}",
            "no proof in the kind 'unproved' of '1a', expected one",
        ),
    ],
)
def test_a_part_for_code_that_proves_nothing(part: str, told: str) -> None:
    """A mistake that no case shows, a right program that is marked down, a kind that cannot say."""
    (result,) = checking.check(write("hw", f"id: 1a, {part}"))
    (line,) = result.failures
    assert line.partition(";")[0] == f"hw.yaml:6:5: found {told}"


def test_a_kind_for_code_that_fails_is_told_like_the_others() -> None:
    """Once for each program: none of them was seen to earn what it should."""
    (result,) = checking.check(write("hw", "id: 1a, kind: code, given: {asked: [13]}"))
    failed = "found error with credit 0 (the grader failed: ArithmeticError: 13 is nothing to double) for '1a'"
    assert [line.partition(" answered ")[0] for line in result.failures] == [f"hw.yaml:6:5: {failed}"] * 3


def test_a_gradient_without_its_forward_is_a_broken_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """Told as any other given that does not fit, with the place and what to add."""
    monkeypatch.setattr(kinds, "load", REAL)
    given = "given: {name: conv_backward, operation: conv, call: [dout, cache], returns: [dx, dw, db]}"
    (result,) = checking.check(write("hw", f"id: 1a, kind: gradient, {given}"))
    (told,) = result.failures
    assert told.startswith("hw.yaml:6:37: found cache in the call, expected a forward that returns it")
    assert result.parts == 0


def test_conventions_for_code_are_known_by_their_names() -> None:
    """As conventions for what is written down; what they are made in is left off."""
    known = "id: 1a, kind: code, given: {asked: [3]}, conventions: {squared: {credit: 0.5}}"
    assert checking.check(write("hw", known))[0].failures == ()
    (result,) = checking.check(write("hw", known.replace("squared", "cubed")))
    expected = "expected one of squared, halved; correct its name"
    assert result.failures == (f"hw.yaml:6:5: found the convention 'cubed', {expected}",)


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
