"""Students' words on one line, and points as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.model import Finding, Scored, Verdict
from grader.reports._text import amount, plain, shorten, span, worth


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("  3\n+\t4 ", "3 + 4"),
        ("\x1b[31mred\x1b[0m\x00", "[31mred[0m"),
        ("a\u202eb\u2066c\u200bd", "abcd"),
        ("x\ud800y", "xy"),
        ("naïve 28×28 ∂L/∂W 卷积", "naïve 28×28 ∂L/∂W 卷积"),
    ],
)
def test_plain_text_keeps_what_can_be_seen(written: str, shown: str) -> None:
    """Line breaks become spaces, what has no glyph goes, letters of any script stay."""
    assert plain(written) == shown


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300), st.integers(8, 100))
def test_shortened_text_fits_and_is_printable(text: str, limit: int) -> None:
    """Never longer than asked for, never more than one line."""
    short = shorten(text, limit)
    assert len(short) <= limit
    assert short.isprintable()


def test_both_ends_of_a_long_answer_are_kept() -> None:
    """The last member of an equality chain is the answer, so it must be seen."""
    short = shorten("W = 1 + " + "0 + " * 100 + "0 = 1", 40)
    assert short.startswith("W = 1")
    assert short.endswith("0 = 1")
    assert " … " in short


@pytest.mark.parametrize(("points", "written"), [(3.0, "3"), (2.5, "2.5"), (2.67, "2.67"), (0.0, "0"), (100.0, "100")])
def test_amounts_have_no_idle_zeros(points: float, written: str) -> None:
    """3 points are not 3.00 points."""
    assert amount(points) == written


def test_a_range_is_told_only_where_there_is_one() -> None:
    """31.5 to 34, but 34 where both ends are 34."""
    assert span(31.5, 34) == "31.5 to 34"
    assert span(34, 34) == "34"


def test_the_worth_of_an_open_part_is_a_range() -> None:
    """A part in review is worth 0 to all of its points."""
    assert worth(Scored(Finding("1", Verdict.REVIEW, 0, ""), 0, 2)) == "0 to 2 of 2"
    assert worth(Scored(Finding("1", Verdict.INCORRECT, 0, ""), 0, 2)) == "0 of 2"
