"""What a text may stand for where it cannot be read, or is wrong as it stands: shown to a person, never marked."""

from __future__ import annotations

import pytest

from grader.answers.prose.misreadings import misreadings


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("1O", "10"),
        ("lO x lO x 96", "10 x 10 x 96"),
        ("[1, O, 3]", "[1, 0, 3]"),
        ("- 3", "3"),
        ("10 (3)", "10"),
        ("(2) -5", "-5"),
        ("(2) W = 5", "W = 5"),
        ("10 = 5 + 4", "10"),
    ],
)
def test_other_readings(text: str, other: str) -> None:
    """Letters for digits, a bullet for a minus, a remark for a factor, a label for a factor."""
    assert other in [read for read, _ in misreadings(text)]


@pytest.mark.parametrize("text", ["10", "K*O", "floor(W/2)", "[1, 2]", r"\sum_l x_l"])
def test_plain_texts_have_none(text: str) -> None:
    """A name is no digit."""
    assert list(misreadings(text)) == []


def test_the_condition_is_said() -> None:
    """So that a person sees both readings."""
    assert [condition for _, condition in misreadings("lO")] == ["the l is a one and the O is a zero"]
