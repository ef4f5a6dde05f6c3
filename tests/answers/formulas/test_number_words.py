"""Numbers in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.answers.formulas.number_words import spoken

ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
).split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()


def said(number: int) -> str:
    """`number` as it is spoken."""
    if number < 20:
        return ONES[number]
    if number < 100:
        return TENS[number // 10 - 2] + (f"-{ONES[number % 10]}" if number % 10 else "")
    for size, word in ((10**9, "billion"), (10**6, "million"), (1000, "thousand"), (100, "hundred")):
        if number >= size:
            rest = number % size
            return f"{said(number // size)} {word}" + (f" {'and ' if rest < 100 else ''}{said(rest)}" if rest else "")
    raise AssertionError


@given(number=st.integers(0, 10**12 - 1))
def test_every_number(number: int) -> None:
    """What is said is what was meant."""
    assert spoken(said(number)) == number


@pytest.mark.parametrize(
    "text",
    ["", "and", "two three", "ten one", "twenty eleven", "hundred", "two thousand thousand", "one or two", "twoo", "3"],
)
def test_what_is_no_number(text: str) -> None:
    """Words that do not go on from one another, and other words."""
    assert spoken(text) is None
