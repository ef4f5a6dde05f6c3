"""A problem's table of conventions: what another way to arrive at an answer earns, and what is said to it."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from grader.checking import check
from grader.errors import ProblemError
from grader.grading import grade
from grader.model import Block, BlockKind, Finding, Submission, Verdict, Where
from grader.problems import load_file

CONV = "given: {input: [[1, 2], [3, 4]], weight: [[1, 0]]}"
COUNT = "given: {in_channels: 3, out_channels: 8, kernel_size: 3, input: [32, 32]}"


def sheet(tmp_path: Path, conventions: str, parts: str) -> Path:
    """An assignment of one problem with a table of conventions."""
    path = tmp_path / "hw.yaml"
    head = "id: hw\ntitle: A sheet\nproblems:\n  - id: '1'\n"
    path.write_text(head + f"    conventions: {conventions}\n    parts:\n      - {dedent(parts).strip()}\n")
    return path


def mark(path: Path, text: str) -> Finding:
    """The finding on the answer `text` to the first part."""
    assignment = load_file(path)
    block = Block(BlockKind.ANSWER, text, Where("answers.yaml", 1), part=assignment.parts[0].id)
    return grade(Submission("answers.yaml", "", (block,)), assignment).parts[0].finding


def test_a_mistake_that_the_kind_knows_earns_what_the_table_says(tmp_path: Path) -> None:
    """FLOPs for MACs, at half the points."""
    path = sheet(tmp_path, "{other-convention: {credit: 0.5}}", f"{{id: 1a, kind: multiplications, {COUNT}}}")
    finding = mark(path, str(2 * 194400))
    assert (finding.verdict, finding.credit) == (Verdict.PARTIAL, 0.5)


def test_full_credit_is_right_and_says_so(tmp_path: Path) -> None:
    """A course may take either convention."""
    table = "{other-convention: {credit: 1, feedback: 'FLOPs count each multiplication twice'}}"
    finding = mark(sheet(tmp_path, table, f"{{id: 1a, kind: multiplications, {COUNT}}}"), str(2 * 194400))
    assert finding.verdict is Verdict.CORRECT
    assert finding.reason == "right: FLOPs count each multiplication twice"


def test_another_given_is_another_key(tmp_path: Path) -> None:
    """What a convention states differently is worked out by the engine: a kernel that is flipped."""
    table = "{flipped: {credit: 0.75, feedback: the kernel was flipped, given: {weight: [[0, 1]]}}}"
    finding = mark(sheet(tmp_path, table, f"{{id: 1a, kind: conv-output, {CONV}}}"), "[[2], [4]]")
    assert (finding.verdict, finding.credit, finding.diagnosis) == (Verdict.PARTIAL, 0.75, "the kernel was flipped")


def test_a_part_replaces_a_row_of_the_table(tmp_path: Path) -> None:
    """The nearer statement counts."""
    part = f"{{id: 1a, kind: multiplications, {COUNT}, conventions: {{other-convention: {{credit: 0.25}}}}}}"
    assert mark(sheet(tmp_path, "{other-convention: {credit: 1}}", part), str(2 * 194400)).credit == 0.25


def test_a_convention_that_no_kind_knows_is_told(tmp_path: Path) -> None:
    """A mistyped name would change nothing in silence."""
    path = sheet(tmp_path, "{other-convension: {credit: 1}}", f"{{id: 1a, kind: multiplications, {COUNT}}}")
    (result,) = check(path)
    assert "found the convention 'other-convension', expected one of" in result.failures[0]


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("{flipped: {}}", "found no 'credit'"),
        ("{flipped: {credit: 2}}", "found 2"),
        ("{flipped: {credit: 1, given: {weight: x}}}", "found 'x'"),
    ],
)
def test_bad_tables(table: str, message: str, tmp_path: Path) -> None:
    """One line, with the place."""
    with pytest.raises(ProblemError, match=r"hw\.yaml:\d+:\d+") as refused:
        load_file(sheet(tmp_path, table, f"{{id: 1a, kind: conv-output, {CONV}}}"))
    assert message in str(refused.value)
