"""Sets of names."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from grader.model import Verdict

NETWORK = {"members": ["W", "beta", "theta", "gamma"], "others": ["X", "Y"]}


def test_right_minus_wrong(ask: Any) -> None:
    """Wrong members cost what right ones earn, never more."""
    question = ask("members", **NETWORK)
    assert question.mark("W, beta, theta, gamma").verdict is Verdict.CORRECT
    assert question.mark("W, beta, theta, X").credit == 0.5
    assert question.mark("W, X, Y").credit == 0


def test_other_spellings(ask: Any) -> None:
    """A member may have more than one name."""
    question = ask("members", **NETWORK, spellings={"W": ["weight"]})
    assert question.mark("weight, beta, theta, gamma").verdict is Verdict.CORRECT


def test_some_suffice(ask: Any) -> None:
    """Any two of them: right ones over two."""
    question = ask("members", **NETWORK, any=2)
    assert question.mark("W, beta, theta").verdict is Verdict.CORRECT
    assert question.mark("W, X").credit == 0.5
    assert question.mark("X, Y").verdict is Verdict.INCORRECT
    assert question.mark("W, Q").verdict is Verdict.REVIEW
    assert question.mark("W, beta, Q").verdict is Verdict.CORRECT


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"others": ["W"]}, "'W' twice"),
        ({"spellings": {"Q": ["q"]}}, "'Q' with other spellings"),
        ({"any": 5}, "any: 5, expected 4 at most"),
        ({"members": []}, "at least 1 item"),
    ],
)
def test_bad_givens(change: dict[str, Any], message: str, ask: Any) -> None:
    """Each name stands once."""
    with pytest.raises(ValidationError, match=message):
        ask("members", **{**NETWORK, **change})
