"""How a stretch of mathematics stands in its sentence."""

from __future__ import annotations

import pytest

from grader.answers.prose.roles import is_cut, role


@pytest.mark.parametrize(
    ("said", "after", "expected"),
    [
        ("The output is", "", {"asserted"}),
        ("It has 10 channels, i.e.\\ ", "", {"asserted"}),
        ("x_3 has the features", "like x_2", {"asserted"}),
        ("It grows by a factor of", ".", {"asserted"}),
        ("So the answer is", ".", {"asserted", "final", "marked"}),
        ("Therefore we get", ".", {"asserted", "final"}),
        ("starting from", "pixels we go on", set()),
        ("It is not", ".", {"denied"}),
        ("", "is wrong", {"denied"}),
        ("because the stride is", "here", {"asserted", "reason"}),
        ("because of padding, the size is", "", {"asserted"}),
        ("the size stays the same (it is", ")", {"asserted", "reason"}),
        ("No, it is", "", {"asserted", "corrects"}),
        ("Is the answer", "?", {"final", "marked", "hedged"}),
        ("with 10 biases", "in all.", {"asserted", "final"}),
        ("it is 1/9", "in all places", set()),
        ("the index runs from 0 up to", "", set()),
        ("it may be up to", "", {"hedged"}),
    ],
)
def test_roles(said: str, after: str, expected: set[str]) -> None:
    """Stated, denied, a reason, marked as the answer, a correction."""
    found = role(said, "28", after)
    assert {name for name in found.__slots__ if getattr(found, name)} == expected


def test_a_box_marks_the_answer() -> None:
    """As bold does."""
    assert role("", r"\boxed{28}", "").marked
    assert role("the size is", "28", "", strong=True).marked


@pytest.mark.parametrize(
    ("said", "after", "expected"),
    [
        ("the total becomes", " x Dp x (Multiplications per output) = 3", True),
        ("Hauteur_sortie = |x| +", "", True),
        ("if z > 0:", "", True),
        ("when x > 0, then", "", True),
        ("if you ask me, it is", "", False),
        ("the total is", " parameters", False),
        ("width:", ", height: 3", False),
        ("- ", "", False),
        ("we get W =", "", False),
        ("", " - which is fine", False),
    ],
)
def test_a_sign_beside_it_makes_it_a_piece(said: str, after: str, *, expected: bool) -> None:
    """A piece of a formula with words in it is no answer."""
    assert is_cut(said, "28", after) is expected


def test_what_is_denied_may_have_a_noun_before_it() -> None:
    """`has not the size 5`."""
    assert role("it has not the size ", "5", "").denied
    assert not role("it has the size ", "5", "").denied
