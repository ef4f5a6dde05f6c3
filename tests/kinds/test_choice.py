"""Options."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from grader.model import Verdict

OPTIONS = {"a": "max pooling", "b": "average pooling"}


def test_by_key_or_text(ask: Any) -> None:
    """An option is named by its key or by what it says."""
    question = ask("choice", options=OPTIONS, answer="b")
    assert question.mark("(b)").verdict is Verdict.CORRECT
    assert question.mark("average pooling").verdict is Verdict.CORRECT
    assert question.mark("a").verdict is Verdict.INCORRECT


def test_the_answer_is_an_option(ask: Any) -> None:
    """A key that is not there is the author's error."""
    with pytest.raises(ValidationError, match="the answer 'c', expected one of a, b"):
        ask("choice", options=OPTIONS, answer="c")


def test_all_that_apply(ask: Any) -> None:
    """A list of keys asks for all of them."""
    question = ask("choice", options={**OPTIONS, "c": "flattening"}, answer=["c", "a"])
    assert question.mark("a, c").verdict is Verdict.CORRECT
    assert question.mark("c").credit == 0.5
    assert question.rendered() == "a, c"
