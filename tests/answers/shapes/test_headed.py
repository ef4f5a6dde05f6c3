"""A matrix in a table with its indices around it."""

from __future__ import annotations

import pytest

from grader.answers.shapes.headed import without_indices

ENTRIES = [("4", "7"), ("9", "2")]


@pytest.mark.parametrize(
    "rows",
    [
        [("", "1", "2"), ("1", "4", "7"), ("2", "9", "2")],
        [("i\\j", "0", "1"), ("0", "4", "7"), ("1", "9", "2")],
        [("", "j=0", "j=1"), ("i=0", "4", "7"), ("i=1", "9", "2")],
        [("", "col 1", "col 2"), ("row 1", "4", "7"), ("row 2", "9", "2")],
    ],
)
def test_indices_are_no_entries(rows: list[tuple[str, ...]]) -> None:
    """Numbers, with a name or without."""
    assert without_indices(rows) == ENTRIES


@pytest.mark.parametrize(
    "rows",
    [
        ENTRIES,
        [("0", "1", "2"), ("1", "4", "7"), ("2", "9", "2")],
        [("", "1", "2"), ("3", "4", "7"), ("5", "9", "2")],
        [("", "2", "3"), ("1", "4", "7"), ("2", "9", "2")],
        [("", "1", "2"), ("1", "4"), ("2", "9", "2")],
    ],
)
def test_what_may_be_entries_stays(rows: list[tuple[str, ...]]) -> None:
    """A number in the corner, numbers that do not count, rows of several lengths."""
    assert without_indices(rows) == rows
