"""Rates of growth, as a problem states them."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from grader.model import Verdict

DEVIATION = {
    "rate": "n",
    "symbols": ["n"],
    "aliases": {"m": "n - k + 1", "image size": "n"},
    "constants": ["k"],
    "slips": [{"name": "the-variance", "rate": "n^2", "feedback": "this is how the variance grows"}],
}


@pytest.mark.parametrize("text", ["O(n)", "linearly in n", r"m \sigma_x \sigma_g", "linear in the image size"])
def test_a_rate_in_any_notation(text: str, ask: Any) -> None:
    """Big-O, words, a formula of which only the growth counts."""
    assert ask("growth", **DEVIATION).mark(text).verdict is Verdict.CORRECT


def test_a_known_mistake_is_told(ask: Any) -> None:
    """A slip is stated as the rate that it leads to."""
    question = ask("growth", **DEVIATION)
    assert question.read("quadratic").value == question.slips["the-variance"]


@pytest.mark.parametrize("rate", ["n", "O(n)", "linear in n", r"\Theta(n)", "3*n + 1"])
def test_the_rate_is_stated_as_students_state_it(rate: str, ask: Any) -> None:
    """Names in it are its symbols."""
    assert ask("growth", rate=rate).mark("O(n)").verdict is Verdict.CORRECT


def test_symbols_are_found(ask: Any) -> None:
    """Every name in the rate grows, but for Greek letters; without any it is n."""
    assert ask("growth", rate="h*w*sigma").mark("O(w h)").verdict is Verdict.CORRECT
    assert ask("growth", rate=1).mark("independent of n").verdict is Verdict.CORRECT


def test_symbols_may_stand_with_their_values(ask: Any) -> None:
    """As in other kinds; the values play no part."""
    assert ask("growth", rate="n", symbols={"n": [1, 64]}).mark("linear").verdict is Verdict.CORRECT


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"rate": "q*n"}, r"found 'q\*n', expected a rate of growth in n"),
        ({"rate": "about so much"}, "expected a rate of growth"),
        ({"aliases": {"m": "n -"}}, "expected a formula"),
        ({"aliases": {"m": "z + 1"}}, "found 'z [+] 1', expected a rate of growth"),
        ({"slips": [{"rate": "n!", "feedback": "no"}]}, "expected a rate of growth"),
    ],
)
def test_bad_givens(change: dict[str, Any], message: str, ask: Any) -> None:
    """What cannot be read is the author's error."""
    with pytest.raises(ValidationError, match=message):
        ask("growth", **{**DEVIATION, **change})
