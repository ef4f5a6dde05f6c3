"""Rates of growth: in big-O notation, in words, or as the formula that grows."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.answers.growth.expansion import Growing
from grader.answers.syntax.parse import parse
from grader.answers.values import Growth
from grader.answers.views.growth import GrowthView
from grader.model import Verdict

VIEW = GrowthView(
    Growing(("n",), {"m": parse("n - k + 1")}, frozenset({"k"})),
    (("image size", "n"), ("number of pixels", "n^2"), ("length and width", "n")),
)

LINEAR = [
    "O(n)",
    r"$\mathcal{O}(n)$",
    r"$\mathcal{O}\left(n\right)$",
    "Θ(n)",
    r"\Theta(n)",
    "big-O(n)",
    "big O of n",
    "**O(n)**",
    "O(N)",
    "O(n + k)",
    "~ n",
    r"$\sim n$",
    r"\propto n \sigma_x \sigma_g",
    "std ∝ n",
    "linear",
    "linearly",
    "It's linear",
    "**Answer:** linear",
    "linear growth",
    "linear in n",
    "(linear in $n$)",
    "linear w.r.t. n",
    "linearly with the length and width",
    "proportional to n",
    "n times larger",
    "n-fold",
    "of order n",
    "growth rate: n",
    "The growth rate is $O(n)$.",
    "It grows as O(n).",
    "It grows by a factor of n.",
    "at a rate of n",
    "The growth is approximately linear with respect to n.",
    "The gradient's std grows proportionally to n",
    "It grows linearly as n gets larger",
    "As n grows, the standard deviation grows linearly.",
    "For a fixed $k$ the standard deviation grows linearly with $n$.",
    "It grows linearly with the image size.",
    "It increases linearly with n (since m = n - k + 1).",
    "k is constant so it grows linearly",
    "linear in n and independent of k",
    "linear in n, quadratic in k",
    "linear in m",
    r"$n \sigma_x \sigma_g$",
    r"$\sigma = m \sigma_x \sigma_g = (n-k+1) \sigma_x \sigma_g$",
    r"$std = n\sigma_x\sigma_g$ (linear in n)",
    r"linear, because the standard deviation is $m\sigma_x\sigma_g$ where $m = n-k+1$.",
    "The variance grows quadratically, so the standard deviation grows linearly in n.",
    "The variance is proportional to $n^2$, therefore the std is proportional to $n$.",
    "Because the variance is $O(n^2)$, the standard deviation is $O(n)$.",
]


@pytest.mark.parametrize("text", LINEAR)
def test_all_of_these_are_linear(text: str, mark: Any) -> None:
    """In every notation, with the way that leads there."""
    assert mark(VIEW, text, "n").verdict is Verdict.CORRECT


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("quadratically with n", "O(n^2)"),
        ("n squared", "O(n^2)"),
        ("proportional to n squared", "O(n^2)"),
        ("linear in the number of pixels", "O(n^2)"),
        ("It grows quadratically, not linearly", "O(n^2)"),
        ("its growth rate is of order n^2", "O(n^2)"),
        ("It scales with n^2", "O(n^2)"),
        ("cubic", "O(n^3)"),
        ("O(nlogn)", "O(n*log(n))"),
        (r"$O(\log_2 n)$", "O(log(n))"),
        ("O(lg n)", "O(log(n))"),
        ("as the square of n", "O(n^2)"),
        (r"$O(\log^2 n)$", "O(log(n)^2)"),
        ("logarithmically", "O(log(n))"),
        ("It scales with the square root of n", "O(n^{1/2})"),
        (r"$O(\sqrt{n})$", "O(n^{1/2})"),
        ("inversely proportional to n", "O(n^{-1})"),
        ("constant", "O(1)"),
        ("It stays constant.", "O(1)"),
        ("does not depend on n", "O(1)"),
        ("independent of the image size", "O(1)"),
        ("O(1)", "O(1)"),
        ("exponentially in n", "exponential in n"),
        ("2^n", "O(2^n)"),
    ],
)
def test_other_rates(text: str, rate: str, say: Any, mark: Any) -> None:
    """Each is read as what it says, and is not linear."""
    reading = VIEW.read(say(text))
    assert reading.value is not None, reading.reason
    assert VIEW.render(reading.value) == rate
    assert mark(VIEW, text, "n").verdict is Verdict.INCORRECT


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("It grows with n", "vague"),
        ("faster than linear", "vague"),
        ("at least linear", "vague"),
        ("superlinear", "unknown-name"),
        ("not linear", "syntax"),
        ("the std increases as n increases", "no-growth"),
        ("decreases linearly with n", "shrinks"),
        ("The growth rate is constant", "slope"),
        ("linear in k", "unknown-quantity"),
        ("linear in the kernel size", "unknown-quantity"),
        (r"$\Omega(n)$", "one-sided"),
        ("O(q n)", "unknown-name"),
        ("O(n^(2))", "ambiguous-exponent"),
        ("O(n) or O(n^2)", "ambiguous"),
        ("Variance: O(n^2). Standard deviation: O(n).", "ambiguous"),
        ("Expectation is linear, so the mean of the gradient of the loss is zero as well", "no-growth"),
        ("5", "no-symbol"),
        (r"$\sigma_x \sigma_g$", "no-symbol"),
        ("X ~ N(0, 1)", "unknown-name"),
        ("Expectation is linear, so E = 0", "syntax"),
        ("O(n) x O(n)", "goes-on"),
        ("n * O(n)", "goes-on"),
        ("n = 5\nn = 7", "several-lines"),
        ("linear " * 1_000, "too-long"),
    ],
)
def test_what_a_person_reads(text: str, code: str, say: Any) -> None:
    """Nothing stated, something else, or two things: a coded reason."""
    reading = VIEW.read(say(text))
    assert (reading.value, reading.code) == (None, code)
    assert reading.reason


def test_a_bound_that_is_not_tight(mark: Any) -> None:
    """`O(n^2)` holds for what grows like n as well; it is not the rate."""
    result = mark(VIEW, "O(n^2)", "O(n)")
    assert result.verdict is Verdict.INCORRECT
    assert "not tight" in result.reason


def test_what_stands_on_the_way_is_not_marked(mark: Any) -> None:
    """The rate of the variance is no wrong answer where the deviation follows, or may."""
    assert mark(VIEW, "std grows linearly, so the variance grows quadratically", "n").verdict is Verdict.REVIEW
    assert mark(VIEW, r"The variance is O(n^2), thus std = m \sigma_x", "n").verdict is Verdict.REVIEW


def test_several_symbols(say: Any, mark: Any) -> None:
    """All of them have to be spoken of; sums that may grow alike are for a person."""
    view = GrowthView(Growing(("n", "m")))
    assert mark(view, "O(nm)", "n*m").verdict is Verdict.CORRECT
    assert mark(view, "proportional to the product of n and m", "n*m").verdict is Verdict.CORRECT
    assert mark(view, "O(n + m)", "n*m").verdict is Verdict.INCORRECT
    assert mark(view, "O(n^2 + nm + m^2)", "n^2 + m^2").verdict is Verdict.REVIEW
    assert view.read(say("linear")).code == "no-symbol"
    assert view.read(say("linear in n")).code == "one-of-several"


def test_damage_is_on_the_record(say: Any) -> None:
    """What was mended before it could be read is listed."""
    reading = VIEW.read(say("~~O(n)~~ O(n^2)"))
    assert VIEW.render(reading.value) == "O(n^2)"
    assert reading.repairs


@pytest.mark.parametrize(
    "text", ["(" * 3_000, "O(" * 1_500, "O(n" + "^9" * 1_000 + ")", "~ n " * 990, "linear in n " * 330]
)
def test_hostile_text_is_read_in_time(text: str, say: Any, within: Any) -> None:
    """Whatever comes out, it comes soon."""
    within(100, lambda: VIEW.read(say(text)))


@given(power=st.integers(-3, 9), log=st.integers(0, 3), base=st.integers(1, 9))
def test_reading_what_was_rendered(power: int, log: int, base: int, say: Any) -> None:
    """The same rate."""
    value = Growth(VIEW.rate(f"n^{{{power}}}*log(n)^{log}*{base}^n"))
    assert VIEW.read(say(VIEW.render(value))).value == value
