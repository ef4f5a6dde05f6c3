"""Arrays as they are drawn, as nested lists."""

from __future__ import annotations

import pytest

from grader.answers.shapes.drawn import redrawn
from grader.answers.syntax.unread import MAX_LENGTH, Unread


@pytest.mark.parametrize(
    ("text", "lists"),
    [
        ("[[1 2]\n [3 4]]", "[[1, 2], [3, 4]]"),
        ("[1 2; 3 4]", "[[1, 2], [3, 4]]"),
        ("2 * [1 2; 3 4]", "2 * [[1, 2], [3, 4]]"),
        ("1 2\n3 4", "[[1, 2], [3, 4]]"),
        ("| 1 | 2 |\n|---|---|\n| 3 | 4 |", "[[1, 2], [3, 4]]"),
        ("array([[1, 2]], dtype=int64)", "array([[1, 2]])"),
        ("[1, 2, 3]", "[1, 2, 3]"),
        ("[1 a]\n[b 2]", "[1 a], [b 2]"),
        ("[a + 1 - 2]", "[a + 1 - 2]"),
        ("x = 3\ny = 4", "x = 3\ny = 4"),
    ],
)
def test_drawings(text: str, lists: str) -> None:
    """Numbers alone are cells; any other text stays."""
    assert redrawn(text) == lists


def test_a_row_that_may_be_broken() -> None:
    """NumPy breaks long rows, so that lines are no rows."""
    with pytest.raises(Unread, match="next line"):
        redrawn("[" + " 10" * 25 + "\n" + " 10" * 25 + "]")


def test_a_long_text() -> None:
    """Is refused before it is looked at."""
    with pytest.raises(Unread, match="at most"):
        redrawn("1 " * MAX_LENGTH)
