"""How fast formulas grow: up to constant factors and lower terms, exactly, or not at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.answers.growth.expansion import Growing
from grader.answers.growth.rates import Rate, differ, equal, outgrows, written
from grader.answers.syntax.parse import parse
from grader.answers.syntax.unread import Unread

GROWING = Growing(("n", "m"), {"M": parse("n - k + 1")}, frozenset({"k"}))


def rate(text: str) -> Rate:
    """How fast `text` grows in n and m, where k is a constant and M = n - k + 1."""
    return GROWING.rate(parse(text, GROWING.names))


@pytest.mark.parametrize(
    ("text", "grows"),
    [
        ("3n^2 + 5n - 7", "n^2"),
        ("(n - k + 1) sigma_x sigma_g", "n"),
        ("M^2", "n^2"),
        ("c n", "n"),
        ("n(n - 1)/2", "n^2"),
        ("(n - 1)^2/n", "n"),
        ("sqrt(n^2 sigma^2)", "n"),
        ("sqrt(n^2 + n)", "n"),
        ("floor(n/2) + 1", "n"),
        ("n log(n^2) + n", "n*log(n)"),
        ("log(2^n)", "n"),
        ("log(n)/log(2)", "log(n)"),
        ("2^(2n)", "4^n"),
        ("2^n + n^50", "2^n"),
        ("n - n + 1", "1"),
        ("(1 - beta) n", "n"),
        ("1/n", "n^{-1}"),
        ("n m + n", "m*n"),
        ("max(n, m)", "n + m"),
        ("(n + 1)^30", "n^30"),
    ],
)
def test_what_leads(text: str, grows: str) -> None:
    """Constants, lower terms and what cancels are gone."""
    assert written(rate(text)) == grows


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("q n", "unknown-name"),
        ("n - n", "zero"),
        ("-n", "negative"),
        ("sqrt(n^2 + n) - n", "cancels"),
        ("n^k", "not-a-rate"),
        ("2^(n^2)", "not-a-rate"),
        ("1/(n + m)", "several-terms"),
        ("floor(1/2)^n", "not-a-rate"),
        ("min(n, m)", "not-a-rate"),
        ("log(log(n))", "not-a-rate"),
        ("1/0", "division-by-zero"),
        ("(n + m + k + c)^12", "several-terms"),
    ],
)
def test_what_is_not_told(text: str, code: str) -> None:
    """A name that may grow, what may cancel, a form out of reach: never a guess."""
    with pytest.raises(Unread) as caught:
        rate(text)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        ("n^2", "n", (False, True, True)),
        ("n", "n^2", (False, True, False)),
        ("n", "2n + 1", (True, True, True)),
        ("n log(n)", "n", (False, True, True)),
        ("n m", "n + m", (False, True, True)),
        ("n + m", "n", (False, True, True)),
        ("n/m", "n", (False, True, False)),
        ("n^2 + n m + m^2", "n^2 + m^2", (False, False, True)),
        ("3^n", "2^n", (False, True, True)),
    ],
)
def test_two_rates(one: str, other: str, said: tuple[bool, bool, bool]) -> None:
    """Equal, certain to differ, outgrown; whether sums of several symbols differ is not always told."""
    a, b = rate(one), rate(other)
    assert equal(a, b) is said[0]
    assert equal(a, b) or differ(a, b) is said[1]
    assert outgrows(a, b) is (said[2] and not said[0])


@given(
    power=st.integers(1, 9),
    log=st.integers(0, 3),
    factor=st.integers(1, 999),
    lower=st.integers(-999, 999),
)
def test_written_and_read_again(power: int, log: int, factor: int, lower: int) -> None:
    """A rate as a formula has that rate, whatever is multiplied and added."""
    leading = f"n^{power}" + (f"*log(n)^{log}" if log else "")
    found = rate(f"{factor}*{leading} + ({lower})*n^{power - 1} + sigma")
    assert found == rate(written(found)) == rate(leading)
