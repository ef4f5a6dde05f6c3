"""Sets of names: right minus wrong members over the members there are."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.answers.values import Members
from grader.answers.views.members import MembersView
from grader.model import Verdict

UNIVERSE = {"k_1": ("k1",), "k_2": ("k2",), "b": (), "sigma_x": (), "gamma": (), "a": ()}
VIEW = MembersView(UNIVERSE)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("k_1, k_2 and b", {"k_1", "k_2", "b"}),
        ("$k_1$, $k_2$", {"k_1", "k_2"}),
        (r"\{k_1, k_2, b\}", {"k_1", "k_2", "b"}),
        ("k_{1}, b", {"k_1", "b"}),
        (r"\sigma_x and \gamma", {"sigma_x", "gamma"}),
        ("a and b", {"a", "b"}),
        ("The parameters are k_1, k_2.", {"k_1", "k_2"}),
        ("It has a bias b", {"b"}),
    ],
)
def test_lists_of_names(text: str, names: set[str], say: Any) -> None:
    """With commas, "and", braces or dollar signs; the article "a" is no name."""
    reading = VIEW.read(say(text))
    assert reading.value is not None, reading.reason
    assert reading.value.names == names


@pytest.mark.parametrize(
    ("text", "verdict", "credit", "words"),
    [
        ("k_1, k_2, b", Verdict.CORRECT, 1.0, ""),
        ("b, k_2, k_1", Verdict.CORRECT, 1.0, ""),
        ("k_1, k_2", Verdict.PARTIAL, 2 / 3, "2 of 3"),
        ("k_1, k_2, b, gamma", Verdict.PARTIAL, 2 / 3, "gamma does not belong"),
        ("k_1, gamma", Verdict.INCORRECT, 0.0, "1 of 3"),
        ("gamma, a", Verdict.INCORRECT, 0.0, "do not belong"),
    ],
)
def test_credit(text: str, verdict: Verdict, credit: float, words: str, mark: Any) -> None:
    """Never below nothing."""
    result = mark(VIEW, text, "k_1, k_2, b")
    assert result.verdict is verdict
    assert result.credit == pytest.approx(credit)
    assert words in result.reason


@pytest.mark.parametrize("text", ["k_1, k_3", "k_1, ..., b", "none", "", "w and b", "28"])
def test_what_is_no_list_of_names(text: str, say: Any) -> None:
    """An unknown name, an ellipsis, or no name at all."""
    reading = VIEW.read(say(text))
    assert reading.value is None
    assert reading.reason


@given(names=st.sets(st.sampled_from(sorted(UNIVERSE)), min_size=1))
def test_reading_what_was_rendered(names: set[str], say: Any) -> None:
    """The same names."""
    value = Members(frozenset(names))
    assert VIEW.read(say(VIEW.render(value))).value == value


def _defect(text: str, reason: str) -> Any:
    return pytest.param(text, marks=pytest.mark.xfail(strict=True, reason=reason))


@pytest.mark.parametrize(
    "text",
    [
        "k_1 but not k_2",
        "not k_2",
        "all except b",
        _defect("k_1 is learned, k_2 is fixed", "a name of which something else is said counts as named"),
        _defect("gamma and beta", "a Greek letter in words that the problem does not know is dropped"),
        _defect("γ and β, k_1", "a Greek character that the problem does not know is dropped"),
    ],
)
def test_no_name_is_taken_against_its_sentence(text: str, say: Any) -> None:
    """A person reads the sentence."""
    assert VIEW.read(say(text)).value is None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param(
            "k1 and b", {"k_1", "b"}, marks=pytest.mark.xfail(strict=True, reason="a digit ends a name: k is unknown")
        ),
        pytest.param(
            "σ_x, γ", {"sigma_x", "gamma"}, marks=pytest.mark.xfail(strict=True, reason="Greek characters are not seen")
        ),
        pytest.param(
            "σₓ and k₁",
            {"sigma_x", "k_1"},
            marks=pytest.mark.xfail(strict=True, reason="lowered characters are not seen"),
        ),
    ],
)
def test_notations_still_to_come(text: str, names: set[str], say: Any) -> None:
    """Each has one reading only."""
    reading = VIEW.read(say(text))
    assert reading.value is not None
    assert reading.value.names == names
