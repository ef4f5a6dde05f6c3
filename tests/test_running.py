"""Parts that ask for code: what runs, what is asked of which definition, what it earns. The program is a stand-in."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from grader import kinds, readers
from grader.answers.views.prose import ProseView
from grader.errors import SandboxError
from grader.grading import key_of
from grader.judging import Judged
from grader.kinds import Given, Kind, Trial
from grader.kinds._code.local import LocalProgram
from grader.model import Finding, Submission, Verdict
from grader.problems import Assignment, load_file
from grader.running import NOT_RUN, Ran, Run, cells, is_there, run_code
from grader.sandbox import Cell, CellFault, Program, Returned

NAME = "double"


class Doubling(Given):
    """A function that doubles."""

    name: str = NAME


class Nothing(Given):
    """A question in words."""


def _asked(given: Doubling, program: Program, located: str | None) -> Trial:
    """Right if 3 gives 6, known to be squared if it gives 9."""
    name = given.name if given.name in program.definitions else located
    if name is None:
        return Trial(Verdict.MISSING, 0.0, f"there is no {given.name}")
    outcome = program.call(name, 3)
    if not isinstance(outcome, Returned):
        raise TypeError("nothing came back")
    if outcome.value == 6:
        return Trial(Verdict.CORRECT, 1.0, "right", answered=name)
    slip = "squared" if outcome.value == 9 else None
    told = "it is squared" if slip else None
    return Trial(Verdict.INCORRECT, 0.0, "wrong", told, slip, evidence=f"{name}(3)", answered=name)


KINDS: dict[str, Kind[Any]] = {
    "double": Kind(Doubling, lambda _given: ProseView(), lambda _given: None, run=_asked),
    "prose": Kind(Nothing, lambda _given: ProseView(), lambda _given: None),
}
RIGHT = {NAME: lambda number: 2 * number}
PYTHON = "def double(x):\n    return 2 * x\n"

Sheet = Callable[..., Assignment]
Hand = Callable[[str, str], Submission]


@pytest.fixture(autouse=True)
def _stand_ins(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Only the kinds above are there."""
    monkeypatch.setattr(kinds, "load", KINDS.__getitem__)
    monkeypatch.chdir(tmp_path)


def sheet(*parts: str, convention: str = "") -> Assignment:
    """An assignment of one problem with these parts, 1a of the kind `double` if there are none."""
    listed = "".join(f"  - {{{part}}}\n" for part in parts or ("id: 1a, kind: double",))
    head = f"id: hw\ntitle: x\nproblems:\n- id: 1\n  conventions: {{{convention}}}\n  parts:\n"
    Path("hw.yaml").write_text(head + listed)
    return load_file(Path("hw.yaml"))


def handed_in(name: str, text: str) -> Submission:
    """A submission as the readers see it."""
    Path(name).write_text(dedent(text))
    return readers.read(Path(name))


def notebook(*made: tuple[str, str, dict[str, Any]]) -> Submission:
    """One of cells, each with its kind, source and metadata."""
    listed = [{"cell_type": kind, "source": source, "metadata": metadata} for kind, source, metadata in made]
    return handed_in("hw.ipynb", json.dumps({"cells": listed, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}))


def running(
    names: Mapping[str, Any], at: Mapping[str, tuple[int, int]] | None = None, faults: Sequence[CellFault] = ()
) -> Run:
    """What runs code: cells that leave these names, each defined at a cell and line."""
    program = LocalProgram(names, faults)
    places = dict.fromkeys(names, (0, 1)) | dict(at or {})
    program.definitions = {
        name: replace(one, cell=places[name][0], line=places[name][1]) for name, one in program.definitions.items()
    }

    @contextmanager
    def run(_cells: Sequence[Cell]) -> Iterator[Program]:
        yield program

    return run


def refusing(words: str) -> Run:
    """What runs no code, and says why."""

    def run(_cells: Sequence[Cell]) -> AbstractContextManager[Program]:
        raise SandboxError(words)

    return run


def ran(assignment: Assignment, submission: Submission, run: Run | None) -> Ran:
    """What came of it."""
    return run_code(assignment, submission, key_of(assignment), run)


def finding(assignment: Assignment, submission: Submission, run: Run | None) -> Finding:
    """That on part 1a."""
    found: Judged = ran(assignment, submission, run).judged["1a"]
    return found.finding


def test_nothing_runs_where_no_part_asks_for_it() -> None:
    """Code that is handed in is then only read."""
    words = sheet("id: 1a, kind: prose")
    assert ran(words, handed_in("hw.py", PYTHON), refusing("it was run")) == Ran()


def test_nothing_runs_where_there_is_no_code() -> None:
    """What asks for it is missing."""
    found = finding(sheet(), handed_in("hw.md", "(a) I had no time."), refusing("it was run"))
    assert (found.verdict, found.reason) == (Verdict.MISSING, "there is no code in the submission")


def test_code_that_is_not_to_be_run_is_for_a_person() -> None:
    """Never zero marks."""
    found = finding(sheet(), handed_in("hw.py", PYTHON), None)
    assert (found.verdict, found.reason) == (Verdict.REVIEW, NOT_RUN)


def test_a_machine_that_cannot_hold_code_is_for_a_person() -> None:
    """In its own words, which hold the advice."""
    found = finding(sheet(), handed_in("hw.py", PYTHON), refusing("no Landlock; say --sandbox weak"))
    assert (found.verdict, found.reason) == (Verdict.REVIEW, f"{NOT_RUN}: no Landlock; say --sandbox weak")


def test_a_failure_of_the_grader_is_its_own() -> None:
    """It costs the student nothing, and the other parts are asked."""
    parts = ("id: 1a, kind: double, given: {name: broken}", "id: 1b, kind: double")

    def broken(_number: int) -> int:
        raise ValueError

    judged = ran(sheet(*parts), handed_in("hw.py", PYTHON), running({"broken": broken, **RIGHT})).judged
    found = judged["1a"].finding
    assert (found.verdict, found.credit) == (Verdict.ERROR, 0.0)
    assert found.reason == "the grader failed here (TypeError: nothing came back); please report it"
    assert judged["1b"].finding.verdict is Verdict.CORRECT


def test_a_right_function_is_told_with_its_place() -> None:
    """What was taken for the answer, by its own line, cell and name."""
    found = finding(sheet(), notebook(("code", PYTHON, {})), running(RIGHT))
    assert (found.verdict, found.credit, found.reason) == (Verdict.CORRECT, 1.0, "right")
    assert found.read
    assert (found.read.text, str(found.read.where)) == ("def double(number)", "cell 0, line 1")
    assert found.read.located_by == "its name"


@pytest.mark.parametrize(
    ("stated", "verdict", "credit", "told"),
    [
        ("", Verdict.INCORRECT, 0.0, "it is squared"),
        ("squared: {credit: 0.5}", Verdict.PARTIAL, 0.5, "it is squared"),
        ("squared: {credit: 0, feedback: read again}", Verdict.INCORRECT, 0.0, "read again"),
        ("other: {credit: 0.5}", Verdict.INCORRECT, 0.0, "it is squared"),
    ],
)
def test_a_convention_prices_a_mistake(stated: str, verdict: Verdict, credit: float, told: str) -> None:
    """By its name, in the problem's words where it has some; the counterexample stays."""
    assignment = sheet(convention=stated)
    found = finding(assignment, handed_in("hw.py", PYTHON), running({NAME: lambda number: number**2}))
    assert (found.verdict, found.credit, found.diagnosis, found.evidence) == (verdict, credit, told, "double(3)")


def test_a_convention_that_is_taken_as_right() -> None:
    """There is nothing to look at then."""
    run = running({NAME: lambda number: number**2})
    found = finding(sheet(convention="squared: {credit: 1}"), handed_in("hw.py", PYTHON), run)
    assert (found.verdict, found.credit, found.reason) == (Verdict.CORRECT, 1.0, "right: it is squared")
    assert (found.diagnosis, found.evidence) == (None, None)


@pytest.mark.parametrize(
    ("made", "how"),
    [
        ([("code", "# part: 1a\ndef mine(x): ...", {})], "the comment '# part: 1a'"),
        ([("code", "def mine(x): ...", {"grader": {"part": "1a"}})], "the cell's metadata"),
        ([("markdown", "## Problem 1\n\n(a) Doubling", {}), ("code", "def mine(x): ...", {})], "label (a)"),
    ],
)
def test_a_function_of_another_name_is_found_at_its_place(made: list[Any], how: str) -> None:
    """By a comment, the cell's metadata, or the label above it."""
    line = len(made[-1][1].splitlines())
    at = {"mine": (0, line), "other": (7, 1)}
    found = finding(sheet(), notebook(*made), running({"mine": RIGHT[NAME], "other": RIGHT[NAME]}, at))
    assert found.verdict is Verdict.CORRECT
    assert found.read
    assert found.read.text == "def mine(number)"
    assert how in found.read.located_by


@pytest.mark.parametrize(
    ("names", "verdict"),
    [
        ({"weights": 1, "mine": RIGHT[NAME]}, Verdict.CORRECT),
        ({"mine": RIGHT[NAME], "also": RIGHT[NAME]}, Verdict.MISSING),
        ({"also": RIGHT[NAME], NAME: RIGHT[NAME]}, Verdict.CORRECT),
    ],
)
def test_several_definitions_at_one_place(names: dict[str, Any], verdict: Verdict) -> None:
    """A function comes before a value; of two functions neither is guessed; the name that is asked for is enough."""
    code = ("code", "# part: 1a\n", {})
    assert finding(sheet(), notebook(code), running(names)).verdict is verdict


def test_cells_that_failed_are_told_up_to_a_bound() -> None:
    """Ten by name, then how many there are more."""
    faults = [CellFault(cell, f"cell {cell}", 2, "NameError: name 'np' is not defined") for cell in range(25)]
    notes = ran(sheet(), notebook(("code", PYTHON, {})), running(RIGHT, faults=faults)).notes
    assert len(notes) == 11
    assert notes[0] == "cell 0, line 2: NameError: name 'np' is not defined"
    assert notes[-1] == "and 15 more cells that failed"


def test_code_is_run_as_it_stands() -> None:
    """A notebook cell by cell, numbered as it numbers them; a file goes on behind a statement that fails."""
    made = notebook(("markdown", "# 1", {}), ("code", "a = 1", {}), ("code", PYTHON, {}))
    assert [(one.index, one.name, one.statements) for one in cells(made)] == [
        (0, "cell 1", False),
        (1, "cell 2", False),
    ]
    (whole,) = cells(handed_in("conv.py", PYTHON))
    assert (whole.name, whole.first_line, whole.statements) == ("conv.py", 1, True)


@pytest.mark.parametrize(
    ("code", "there"),
    [
        ("def double(x): ...", True),
        ("class double: ...", True),
        ("double = lambda x: 2 * x", True),
        ("double == 3", False),
        ("def doubled(x): ...", False),
    ],
)
def test_whether_a_submission_seems_to_define_what_is_asked(code: str, *, there: bool) -> None:
    """By its text: nothing is run to find out which assignment it answers."""
    assignment = sheet()
    (part,) = assignment.parts
    assert is_there(part, key_of(assignment)["1a"], handed_in("hw.py", code)) is there
