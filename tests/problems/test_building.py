"""Assignments out of their files: what a file says, and one clear line for each thing that is wrong in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from grader.errors import ProblemError
from grader.problems import Assignment, load_file

Write = Callable[..., Path]

SHEET = """\
id: hw
title: A sheet
problems:
  - id: 1.10
    title: Sums
    statement: Work these out.
    parts:
      - id: 1.10
        kind: sum
        statement: Add them.
        given: {terms: [1, 2, 3]}
      - {id: 1.10b.scaled, kind: scaled, given: {input: [1, 0.5], factor: 3}, points: 2.5, names: [s, 7],
         label: 4.10}
  - id: 2
    parts:
      - {id: 2a, kind: prose}
"""


@pytest.fixture
def sheet() -> Assignment:
    """The assignment of SHEET."""
    path = Path("hw.yaml")
    path.write_text(SHEET)
    return load_file(path)


def test_an_assignment_has_its_problems_and_parts_in_order(sheet: Assignment) -> None:
    """Ids that YAML takes for numbers are the text of the file."""
    assert (sheet.id, sheet.title, sheet.path) == ("hw", "A sheet", Path("hw.yaml"))
    assert [(problem.id, problem.title) for problem in sheet.problems] == [("1.10", "Sums"), ("2", "")]
    assert [part.id for part in sheet.parts] == ["1.10", "1.10b.scaled", "2a"]
    assert sheet.problems[0].statement == "Work these out."


def test_a_part_has_what_the_file_says(sheet: Assignment) -> None:
    """Points, names and label are taken from the file."""
    part = sheet.part("1.10b.scaled")
    assert (part.kind, part.problem, part.points, part.names) == ("scaled", "1.10", 2.5, ("s", "7"))
    assert part.label == ("4", "10")
    assert part.given_raw == {"input": [1, 0.5], "factor": 3}
    assert part.given({}).model_dump() == {"input": (1.0, 0.5), "factor": 3}
    assert part.where == "hw.yaml:12:9"


def test_a_part_has_defaults(sheet: Assignment) -> None:
    """One point, no names of its own, the label of its id."""
    part = sheet.part("1.10")
    assert (part.points, part.names, part.label, part.uses, part.group) == (1.0, (), ("1", "10"), (), None)
    assert part.spec.names == ("total",)


def test_a_part_that_is_not_there(sheet: Assignment) -> None:
    """Asking for it is the caller's mistake."""
    with pytest.raises(KeyError):
        sheet.part("9z")


def test_a_part_can_be_built_on_another(write: Write) -> None:
    """`{answer: ID}` stands for that part's value, wherever it stands."""
    path = write("""
        - {id: 1.1, kind: sum, given: {terms: [1, 2]}}
        - {id: 1b, kind: sum, given: {terms: [{answer: 1.1}, 4, {answer: 1.1}], offset: {answer: 1.1}}}
    """)
    part = load_file(path).part("1b")
    assert part.uses == ("1.1",)
    assert part.given({"1.1": 10}).model_dump() == {"terms": (10, 4, 10), "offset": 10}


def test_values_that_do_not_fit_are_refused(write: Write) -> None:
    """A student's earlier answer may be of no use to the next part."""
    path = write("""
        - {id: 1a, kind: sum, given: {terms: [1, 2]}}
        - {id: 1b, kind: sum, given: {terms: [{answer: 1a}]}}
    """)
    with pytest.raises(ProblemError, match=r"^hw\.yaml:7:45: found \[1, 2\], expected an integer$"):
        load_file(path).part("1b").given({"1a": [1, 2]})


KINDS = "one of choice, layers, prose, scaled, sum"
PART_KEYS = "id, kind, given, statement, points, names, label, conventions"
BAD_PARTS = [
    ("- {id: 1a, kind: smu}", "6:24", "the kind 'smu'", f"{KINDS}; did you mean 'sum'?"),
    ("- {id: 1a, kind: zzz}", "6:24", "the kind 'zzz'", f"{KINDS}; choose one"),
    (
        "- {id: 1a}",
        "6:9",
        "no 'kind'",
        "the keys id, kind (and perhaps given, statement, points, names, label, conventions); add it",
    ),
    (
        "- {id: 1a, kind: prose, statment: Why?}",
        "6:31",
        "the key 'statment'",
        f"one of {PART_KEYS}; did you mean 'statement'?",
    ),
    (
        "- {id: 2a, kind: prose}",
        "6:14",
        "the part id '2a'",
        "one that begins with its problem's id '1'; rename it, for instance 1.2a",
    ),
    (
        "- {id: 11, kind: prose}",
        "6:14",
        "the part id '11'",
        "one that begins with its problem's id '1'; rename it, for instance 1.11",
    ),
    (
        "- {id: 1 a, kind: prose}",
        "6:14",
        "the id '1 a'",
        "letters, digits, '_', '-' and single dots; rename it",
    ),
    ("- {id: , kind: prose}", "6:14", "nothing", "text"),
    (
        "- {id: 1a, kind: prose}\n- {id: 1a, kind: prose}",
        "7:14",
        "the id '1a' again",
        "it once (it is at hw.yaml:6:14); rename one of them",
    ),
    (
        "- {id: 1a, kind: prose, label: 1 (a)}",
        "6:38",
        "the label '1 (a)'",
        "numbering such as 3b or 4.a.ii; leave the rest out",
    ),
    ("- {id: 1a, kind: prose, names: w}", "6:38", "'w'", "a list"),
    ("- {id: 1a, kind: prose, points: -1}", "6:39", "-1", "a number greater than or equal to 0"),
    ("- {id: 1a, kind: prose, points: two}", "6:39", "'two'", "a number"),
    ("- {id: 1a, kind: prose, points: true}", "6:39", "true", "a number"),
    ("- {id: 1a, kind: prose, points: .inf}", "6:39", "inf", "a finite number"),
    (
        "- {id: 1a, kind: sum}",
        "6:9",
        "no 'given' in '1a'",
        "what 'sum' needs: terms (and perhaps offset); add it",
    ),
    ("- {id: 1a, kind: sum, given: }", "6:36", "nothing", "a mapping"),
    ("- {id: 1a, kind: sum, given: [1]}", "6:36", "[1]", "a mapping"),
    ("- {id: 1a, kind: sum, given: {}}", "6:36", "no 'terms'", "the keys terms (and perhaps offset); add it"),
    (
        "- {id: 1a, kind: sum, given: {tems: [1]}}",
        "6:37",
        "the key 'tems'",
        "one of terms, offset; did you mean 'terms'?",
    ),
    ("- {id: 1a, kind: prose, given: {x: 1}}", "6:39", "the key 'x'", "no keys; remove it"),
    ("- {id: 1a, kind: sum, given: {terms: [1, two]}}", "6:48", "'two'", "an integer"),
    (
        "- {id: 1a, kind: scaled, given: {input: [1, 2, 3, 4, 5], factor: 1}}",
        "6:39",
        "5 entries",
        "4 at most; leave some out",
    ),
    (
        "- {id: 1a, kind: sum, given: {terms: {answer: 1a}}}",
        "6:53",
        "the answer of '1a', this part itself",
        "an earlier part's id; name another",
    ),
    (
        "- {id: 1a, kind: sum, given: {terms: {answer: 1b}}}\n- {id: 1b, kind: prose}",
        "6:53",
        "the answer of '1b', which comes later",
        "an earlier part's id; move it up",
    ),
    (
        "- {id: 1a, kind: prose}\n- {id: 1b, kind: sum, given: {terms: {answer: 1.a}}}",
        "7:53",
        "the answer of '1.a', which is not there",
        "an earlier part's id; did you mean '1a'?",
    ),
]


@pytest.mark.parametrize(("parts", "where", "found", "expected"), BAD_PARTS)
def test_what_is_wrong_with_a_part_is_said_in_one_line(
    write: Write, parts: str, where: str, found: str, expected: str
) -> None:
    """Where, what was found, what was expected, what to do."""
    with pytest.raises(ProblemError) as error:
        load_file(write(parts))
    assert str(error.value) == f"hw.yaml:{where}: found {found}, expected {expected}"


PROSE = "parts: [{id: 1a, kind: prose}]"
BAD_FILES = [
    ("[]", "1:1", "[]", "a mapping"),
    ("id: hw", "1:1", "no 'title'", "the keys id, title, problems; add it"),
    ("id: hw\ntitle: x\nproblems: []", "3:11", "[]", "at least 1 item"),
    (
        "id: hw\ntitel: x\nproblems: []",
        "2:1",
        "the key 'titel'",
        "one of id, title, problems; did you mean 'title'?",
    ),
    ("id: ../hw\ntitle: x", "1:5", "the id '../hw'", "letters, digits, '_', '-' and single dots; rename it"),
    ("id: hw\ntitle: x\nproblems: [{id: 1, parts: []}]", "3:27", "[]", "at least 1 item"),
    (
        f"id: hw\ntitle: x\nproblems:\n- {{id: 1, {PROSE}}}\n- {{id: 1, {PROSE}}}",
        "5:8",
        "the id '1' again",
        "it once (it is at hw.yaml:4:8); rename one of them",
    ),
    (
        "id: hw5\ntitle: x\nproblems: [{id: 1, parts: [{id: 1a, kind: prose}]}]",
        "1:5",
        "the id 'hw5'",
        "'hw' after the file's name; rename one of them",
    ),
]


@pytest.mark.parametrize(("text", "where", "found", "expected"), BAD_FILES)
def test_what_is_wrong_with_a_file_is_said_in_one_line(text: str, where: str, found: str, expected: str) -> None:
    """The same for what stands around the parts."""
    path = Path("hw.yaml")
    path.write_text(text)
    with pytest.raises(ProblemError) as error:
        load_file(path)
    assert str(error.value) == f"hw.yaml:{where}: found {found}, expected {expected}"
