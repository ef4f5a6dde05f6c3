"""What stands around a number."""

from __future__ import annotations

from typing import Any

import pytest

from grader.answers.formulas.units import Quantity, quantity, spoken_alone, without_counted


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("28", Quantity("28")),
        ("28 px", Quantity("28")),
        (r"\boxed{28\text{ px}^2}", Quantity(r"\boxed{28}")),
        ("3.2M", Quantity("3.2", scale=6)),
        ("3.2 million parameters", Quantity("3.2", scale=6)),
        ("28 percent", Quantity("28", percent=True)),
        ("1.8 GFLOPs", Quantity("1.8", unit_scale=9)),
        ("25 MB", Quantity("25", unit_scale=6, binary=True)),
        ("about 28", Quantity("28")),
        ("1 234 567", Quantity("1234567")),
        ("0,5", Quantity("0.5")),
        ("1.234.567,5", Quantity("1234567.5")),
        ("k^3", Quantity("k^3")),
        ("28 apples", Quantity("28 apples")),
    ],
)
def test_units_are_taken_off(text: str, found: Quantity, say: Any) -> None:
    """What multiplies the number is kept apart from it."""
    assert quantity(say(text)) == found


@pytest.mark.parametrize(
    ("after", "found"),
    [
        (" million weights", Quantity("28", scale=6)),
        (" %", Quantity("28", percent=True)),
        (" MB", Quantity("28", 0, False, 6, True)),
    ],
)
def test_the_words_behind_a_claim(after: str, found: Quantity, say: Any) -> None:
    """As behind the number itself."""
    assert quantity(say("28", after=after)) == found


def test_words_alone() -> None:
    """With what they count."""
    assert spoken_alone("twenty-five filters") == 25
    assert spoken_alone("25") is None


@pytest.mark.parametrize(("text", "bare"), [("28x28 pixels", "28x28"), ("28M", "28M"), ("R^{28x28}", "R^{28x28}")])
def test_what_is_counted(text: str, bare: str) -> None:
    """Only that is left aside; a scale stays."""
    assert without_counted(text) == bare
