"""How exactly a number is written, and whether it is another one rounded."""

from __future__ import annotations

from decimal import ROUND_HALF_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.answers.formulas.rounding import decimals, digits, is_rounding, significant, written_slack
from grader.answers.syntax.parse import parse
from grader.answers.values import Number


@pytest.mark.parametrize(("raw", "count"), [("5.13e6", 3), ("0.0120", 3), ("1,024", 4), ("0", 0)])
def test_significant_digits(raw: str, count: int) -> None:
    """Zeros before the first other digit do not count."""
    assert significant(raw) == count


@pytest.mark.parametrize(
    ("text", "unit", "count"),
    [
        ("5.13e6", 0, 3),
        ("5.1e6", 0, None),
        ("5.13 * 10^6", 0, 3),
        ("-5.13e6", 0, 3),
        ("3.2", 6, 2),
        ("3", 6, None),
        ("5130000", 0, None),
    ],
)
def test_digits_of_a_rounded_number(text: str, unit: int, count: int | None) -> None:
    """Three with an exponent, two with a unit word; a plain integer is not rounded."""
    assert digits(parse(text), unit) == count


@pytest.mark.parametrize(("text", "count"), [("0.333", 3), ("33.3%", 3), ("-0.5", 1), ("3", None), ("1.5e3", None)])
def test_decimals(text: str, count: int | None) -> None:
    """A percentage has two more."""
    assert decimals(parse(text)) == count


def test_slack_of_decimals() -> None:
    """Half a unit in the last place, from three digits on."""
    assert written_slack(parse("0.333")) == pytest.approx(0.0005)
    assert written_slack(parse("0.33")) == 0


@given(number=st.integers(1000, 10**12), count=st.integers(3, 6), down=st.booleans())
def test_halves_go_either_way(number: int, count: int, down: bool) -> None:
    """Whatever rounding a student learned; one more in the last digit is wrong."""
    unit = Decimal(10) ** (len(str(number)) - count)
    rounded = int((Decimal(number) / unit).quantize(Decimal(1), ROUND_HALF_DOWN if down else ROUND_HALF_UP) * unit)
    assert is_rounding(Number(Fraction(rounded), digits=count), Fraction(number))
    assert not is_rounding(Number(Fraction(rounded + 2 * int(max(unit, 1))), digits=count), Fraction(number))


def test_nothing_is_a_rounding_of_the_infinite() -> None:
    """Or of what is no number."""
    assert not is_rounding(Number(Fraction(1), digits=3), float("inf"))
    assert not is_rounding(Number(Fraction(1), digits=3), float("nan"))
