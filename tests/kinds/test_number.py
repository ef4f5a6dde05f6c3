"""Numbers that the problem states."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from pydantic import ValidationError

from grader.answers.values import Number
from grader.model import Verdict


@pytest.mark.parametrize(
    ("value", "exact"),
    [
        (6, Fraction(6)),
        (0.1, Fraction(1, 10)),
        ("3*3*10*20 + 20", Fraction(1820)),
        ("(205 - 10)/3 + 1", Fraction(66)),
        ("sqrt(2)", 2**0.5),
    ],
)
def test_closed_expressions(value: Any, exact: Fraction | float, ask: Any) -> None:
    """Numbers are exact where they can be."""
    assert ask("number", value=value).reference == Number(exact)


def test_the_exact_count_can_be_asked_for(ask: Any) -> None:
    """A rounded number is right as rounded, unless the problem wants it exactly."""
    assert ask("number", value=5133600).mark("5.13 * 10^6").verdict is Verdict.CORRECT
    assert ask("number", value=5133600, rounded=False).mark("5.13 * 10^6").verdict is Verdict.INCORRECT


def test_a_listed_slip(ask: Any) -> None:
    """A problem may list the number that a mistake leads to."""
    assert ask("number", value=7, slips=[{"value": "7 + 1", "feedback": "count again"}]).slips == {
        "known-mistake": Number(Fraction(8))
    }


@pytest.mark.parametrize("value", ["3*W", "3*(", True, None, float("nan"), [1]])
def test_what_is_no_number(value: Any, ask: Any) -> None:
    """Symbols, broken expressions and what is no number at all are refused in words."""
    with pytest.raises(ValidationError, match=r"found .*, expected a"):
        ask("number", value=value)
