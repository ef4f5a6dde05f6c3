"""Limits of indices: right where they hold for the same integers."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.answers.views.limits import LimitsView
from grader.model import Verdict

VIEW = LimitsView(("k_1", "k_2"), -2, 5)
BOTH = "0 <= k_1 <= 1, 0 <= k_2 <= 1"


@pytest.mark.parametrize(
    "text",
    [
        "0 <= k_1 <= 1 and 0 <= k_2 <= 1",
        r"0 \le k_1 \le 1, \; 0 \leq k_2 \leq 1",
        "0 ≤ k_1 ≤ 1; 0 ≤ k_2 ≤ 1",
        "0 <= k_1, k_2 <= 1",
        "1 >= k_1 >= 0 and 1 >= k_2 >= 0",
        "0 <= k_1 < 2, 0 <= k_2 < 2",
        "-1 < k_1 < 2, -1 < k_2 < 2",
        "k_1 >= 0, k_1 <= 1, k_2 >= 0, k_2 <= 1",
        r"k_1 \in \{0, 1\}, k_2 \in \{0, 1\}",
        "0 ≤ k₁ ≤ 1, 0 ≤ k₂ ≤ 1",
        "k_1 = 0, 1, k_2 = 0, 1",
        "k_1 = 0, 1 and k_2 = 0, 1",
        r"k_1 = 0, \dots, 1; k_2 = 0, \dots, 1",
        "k_1 = 0..1, k_2 = 0..1",
        "k_1 ∈ {0,1}, k_2 ∈ {0,1}",
        "k_1, k_2 ∈ {0, 1}",
        r"k_1, k_2 \in [0, 1]",
        r"k_1, k_2 \in [0, 2)",
        r"k_1 \in (-1, 1], k_2 \in (-1, 2)",
        "k_1, k_2 >= 0, k_1, k_2 <= 1",
        "k_1 from 0 to 1, k_2 from 0 to 1",
        "k_1 and k_2 from 0 to 1",
        "k_1 runs from 0 to 1 and k_2 ranges from 0 to 1",
        "k1 in range(2), k2 in range(0, 2)",
        "k_1 in [0, 1] and k_2 in (0, 1)",
        r"k_1 \in [0, \infty), k_2 \ge 0, k_1 \le 1, k_2 < 2",
        r"0 \le k_1 \le 1 \land 0 \le k_2 \le 1",
        r"k_1 \in \{0\} \cup \{1\}, k_2 \notin [-2, 0) \cup [2, 5]",
    ],
)
def test_the_same_limits_in_many_forms(text: str, mark: Any) -> None:
    """Strict or not, one chain or several, from either side."""
    assert mark(VIEW, text, BOTH).verdict is Verdict.CORRECT


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("0 <= k_1 <= 2, 0 <= k_2 <= 1", "lets in k_1 = 2, k_2 = 0"),
        ("0 < k_1 <= 1, 0 <= k_2 <= 1", "leaves out k_1 = 0, k_2 = 0"),
        ("0 <= k_1 <= 1", "lets in k_1 = 0, k_2 = -2"),
        ("k_1 = 0, k_2 = 1", "leaves out"),
    ],
)
def test_wrong_limits(text: str, words: str, mark: Any) -> None:
    """A point at which they differ is named."""
    result = mark(VIEW, text, BOTH)
    assert (result.verdict, result.credit) == (Verdict.INCORRECT, 0.0)
    assert words in result.reason


@pytest.mark.parametrize("text", ["", "10", "3 > 2", "0 <= i <= 1", "0 <= k_1 <= 1, k_2", "k_1 -> 1"])
def test_what_are_no_limits(text: str, say: Any) -> None:
    """A code and a reason, no value."""
    reading = VIEW.read(say(text))
    assert reading.value is None
    assert reading.reason


_box = st.tuples(st.integers(-2, 5), st.integers(-2, 5)).map(sorted)


@given(first=_box, second=_box)
@settings(deadline=None, max_examples=50)
def test_reading_what_was_rendered(first: list[int], second: list[int], say: Any) -> None:
    """The same points."""
    value = VIEW.read(say(f"{first[0]} <= k_1 <= {first[1]}, {second[0]} <= k_2 <= {second[1]}")).value
    assert value is not None
    assert VIEW.read(say(VIEW.render(value))).value == value


@pytest.mark.parametrize(
    "text",
    [
        "0 <= k_1 <= 1 or 0 <= k_2 <= 1",
        "k_1 < 0 or k_1 > 1",
        "k_1 =< 1",
        "0 <= k_1 <=",
        "<= k_1 <= 1",
        "k_1, k_2 = 0, 1",
        "k_1 = 0, 1, k_2",
        r"k_1 \in (0, 1), k_2 \in (0, 1)",
        "k_1 = 0, 2, ..., 4",
        "0 <= k_1 <= 1 || k_2 > 0",
    ],
)
def test_no_limit_is_guessed(text: str, say: Any) -> None:
    """A person reads what is meant."""
    assert VIEW.read(say(text)).value is None


def test_a_digit_is_a_subscript(mark: Any) -> None:
    """`k1` is `k_1` where the problem has that."""
    assert mark(VIEW, "0 <= k1 <= 1, 0 <= k2 <= 1", BOTH).verdict is Verdict.CORRECT


def test_the_other_end_stands_before(say: Any) -> None:
    """A claim that holds the last number finds the rest in the words before it."""
    reading = VIEW.read(say("1", before="We have k_1 from 0 to 1 and k_2 from 0 to"))
    assert reading.value == VIEW.read(say(BOTH)).value


@pytest.mark.parametrize("text", ["(0 <= k_1 <= 1) & (0 <= k_2 <= 1)", "0 <= k_1 <= 1 && 0 <= k_2 <= 1"])
def test_an_and_in_signs(text: str, mark: Any) -> None:
    """As a program has it."""
    assert mark(VIEW, text, BOTH).verdict is Verdict.CORRECT


@pytest.mark.parametrize("text", [r"\min k_1 = 0", "k_1 >= 0 & k_1 <= 1"])
def test_limits_that_may_be_meant_otherwise(text: str, say: Any) -> None:
    """The least value alone, a sign that may only align: a person reads that."""
    assert VIEW.read(say(text)).value is None
