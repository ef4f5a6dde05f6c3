"""Values of trees: exactly where they are rational, and at many points at once."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.answers.formulas.evaluate import exact, real
from grader.answers.formulas.pointwise import sampled
from grader.answers.syntax.parse import parse
from grader.answers.syntax.unread import Unread


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("490*3 + 3", Fraction(1473)),
        ("205 - 65*3", Fraction(10)),
        ("16(3·3·3 + 1)", Fraction(448)),
        ("1/3 + 1/6", Fraction(1, 2)),
        ("0.1 + 0.2", Fraction(3, 10)),
        ("⌊7/2⌋", Fraction(3)),
        ("⌈7/2⌉", Fraction(4)),
        ("-7 // 2", Fraction(-4)),
        ("int(-7/2)", Fraction(-3)),
        ("7 % 3", Fraction(1)),
        ("50%", Fraction(1, 2)),
        ("max(3, 4) + min(1, 2)", Fraction(5)),
        ("mean(1, 2, 6)", Fraction(3)),
        ("|-3|", Fraction(3)),
        ("relu(-2)", Fraction(0)),
        (r"\sqrt{16}", Fraction(4)),
        (r"\sqrt[3]{27}", Fraction(3)),
        ("2^{-1}", Fraction(1, 2)),
        ("10^{20} + 1", Fraction(10**20 + 1)),
    ],
)
def test_closed_expressions_are_exact(text: str, value: Fraction) -> None:
    """No float stands in for a fraction."""
    assert exact(parse(text)) == value


@given(st.integers(-(10**12), 10**12), st.integers(-(10**12), 10**12), st.integers(1, 10**6))
def test_arithmetic_is_python_s(a: int, b: int, c: int) -> None:
    """Sums, products and quotients of integers are those of fractions."""
    assert exact(parse(f"({a} + {b})*{b} - {a}/{c}")) == (a + b) * b - Fraction(a, c)
    assert exact(parse(f"({a})//{c}")) == a // c


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1/0", "division-by-zero"),
        ("0^{-1}", "division-by-zero"),
        ("5 // (3 - 3)", "division-by-zero"),
        ("9^{9^{9^{9}}}", "too-large"),
        ("(2^4000)^(2^4000)", "too-large"),
        ("1E999999999", "too-large"),
        ("sqrt(2)", "irrational"),
        ("sqrt(-1)", "irrational"),
        ("exp(1)", "irrational"),
        ("k + 1", "unknown-name"),
        ("[1, 2]", "not-a-number"),
    ],
)
def test_what_has_no_exact_value(text: str, code: str) -> None:
    """Refused before anything large is worked out."""
    with pytest.raises(Unread) as refused:
        exact(parse(text))
    assert refused.value.code == code


def test_irrational_values() -> None:
    """In floating point; what is not finite is refused."""
    assert real(parse("sqrt(2)")) == pytest.approx(2**0.5)
    with pytest.raises(Unread, match="not a finite number"):
        real(parse("log(0)"))


def test_values_at_many_points() -> None:
    """Each symbol takes an array of values."""
    at = {"W": np.array([5.0, 6.0, 7.0]), "K": np.array([3.0, 3.0, 3.0])}
    assert sampled(parse("floor((W - K)/2) + 1"), at).tolist() == [2, 2, 3]


def test_undefined_points_are_not_a_number() -> None:
    """Nothing is raised for them, and they equal nothing."""
    at = {"K": np.array([0.0, 1.0])}
    assert np.isinf(sampled(parse("1/K"), at)[0])
    assert np.isnan(sampled(parse("sqrt(K - 1)"), at)[0])


def test_a_floor_forgives_rounding_errors() -> None:
    """A third times three is one, also in floats."""
    at = {"K": np.arange(1.0, 100.0)}
    assert (sampled(parse("floor(K * (1/49) * 49)"), at) == at["K"]).all()
