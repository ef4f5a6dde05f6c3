"""Which problem a part belongs to, and how many parts have which verdict."""

from __future__ import annotations

import pytest

from grader.model import Report, Verdict
from grader.reports._tally import by_problem, counts, notes, problem


@pytest.mark.parametrize(
    ("part", "name"),
    [("2e.conv1.params", "2"), ("10a", "10"), ("1.1.3a.shape", "1"), ("2.height", "2"), ("bonus.a", "bonus")],
)
def test_a_part_id_begins_with_its_problem(part: str, name: str) -> None:
    """The leading number, or the first name where there is none."""
    assert problem(part) == name


def test_problems_keep_their_order_and_their_parts(report: Report) -> None:
    """Four problems, in the order in which they were set."""
    assert [(name, len(parts)) for name, parts in by_problem(report)] == [
        ("2", 8),
        ("3", 2),
        ("4", 3),
        ("5", 2),
    ]


def test_verdicts_are_counted_in_a_fixed_order(report: Report) -> None:
    """From correct to error, and none that does not occur."""
    assert list(counts(report).items()) == [
        (Verdict.CORRECT, 6),
        (Verdict.PARTIAL, 2),
        (Verdict.INCORRECT, 3),
        (Verdict.MISSING, 1),
        (Verdict.REVIEW, 2),
        (Verdict.ERROR, 1),
    ]


def test_a_note_of_both_reader_and_grading_is_told_once(hostile: Report) -> None:
    """The same words twice are one note."""
    assert len(notes(hostile)) == 1
