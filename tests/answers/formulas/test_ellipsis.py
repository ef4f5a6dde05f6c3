"""What an ellipsis leaves out, worked out from the terms around it."""

from __future__ import annotations

import pytest

from grader.answers.formulas.ellipsis import closed_up
from grader.answers.formulas.evaluate import exact
from grader.answers.syntax.parse import parse
from grader.answers.syntax.unread import Unread


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (r"1 + 2 + \cdots + 10", 55),
        ("1 + 3 + ... + 9", 25),
        (r"2 \cdot 4 + 3 \cdot 5 + \ldots + 6 \cdot 8", 8 + 15 + 24 + 35 + 48),
        ("1 + 2 + 3 + ... + 10", 55),
        ("10 + 9 + … + 1", 55),
    ],
)
def test_sums(text: str, value: int) -> None:
    """The terms before the dots show the step, the last one the end."""
    assert exact(closed_up(parse(text)).tree) == value


@pytest.mark.parametrize("text", ["... + 3", "1 + ...", "1 + 2 + ... + 3 + ... + 9", "a + ... + 3 b", "1 + ... + 1"])
def test_dots_that_leave_open_what_they_stand_for(text: str) -> None:
    """They are for a person."""
    with pytest.raises(Unread) as refused:
        closed_up(parse(text, frozenset({"a", "b"})))
    assert refused.value.code == "ellipsis"


def test_terms_that_have_to_agree() -> None:
    """Where two places change, both have to change as often: that is left as an equation to be tried."""
    assert len(closed_up(parse("1 * 2 + 2 * 3 + ... + 5 * 7")).conditions) == 1
