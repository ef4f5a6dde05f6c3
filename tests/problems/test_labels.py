"""Ids, and how the sheet numbers what they name."""

from __future__ import annotations

import pytest

from grader.problems.labels import begins, is_id, is_label, label_of


@pytest.mark.parametrize(
    ("part", "label"),
    [
        ("1.1.3a.shape", ("1", "1", "3", "a")),
        ("2e.conv1.params", ("2", "e")),
        ("4a.ii", ("4", "a", "ii")),
        ("4aii", ("4", "a", "ii")),
        ("4iv", ("4", "iv")),
        ("2.height", ("2",)),
        ("3.2.w1", ("3", "2")),
        ("3.2.a", ("3", "2", "a")),
        ("1c.value", ("1", "c")),
        ("5d", ("5", "d")),
        ("Q2b", ("2", "b")),
        ("2B", ("2", "b")),
        ("1.10", ("1", "10")),
        ("2conv.a", ("2",)),
        ("3dx", ("3",)),
        ("kernel", ()),
    ],
)
def test_label_of(part: str, label: tuple[str, ...]) -> None:
    """Numbering ends at the first segment that is a name."""
    assert label_of(part) == label


@pytest.mark.parametrize(("text", "is_one"), [("3b", True), ("4.a.ii", True), ("3 (b)", False), ("", False)])
def test_is_label(text: str, is_one: bool) -> None:
    """An author's label is numbering and nothing else."""
    assert is_label(text) is is_one


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("hw4", True),
        ("2e.conv1.w_out", True),
        ("a..b", False),
        ("../hw4", False),
        ("a/b", False),
        ("", False),
    ],
)
def test_is_id(text: str, is_one: bool) -> None:
    """An id is no path."""
    assert is_id(text) is is_one


@pytest.mark.parametrize(
    ("part", "problem", "does"),
    [
        ("3b.filter", "3", True),
        ("3", "3", True),
        ("1.1.3a", "1.1", True),
        ("31a", "3", False),
        ("3ab", "3a", False),
        ("2b", "3", False),
    ],
)
def test_begins(part: str, problem: str, does: bool) -> None:
    """3 holds 3b, but neither 31a nor 2b."""
    assert begins(part, problem) is does
