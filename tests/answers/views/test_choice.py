"""One of several options, by its key or by its text."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.answers.values import Choice
from grader.answers.views.choice import ChoiceView
from grader.model import Verdict

VIEW = ChoiceView({"a": "increases", "b": "decreases", "c": "stays the same"})


@pytest.mark.parametrize(
    "text",
    [
        "b",
        "B",
        "(b)",
        "b)",
        "b.",
        "**b**",
        "option b",
        "Option (B)",
        "Answer: b",
        r"\text{b}",
        "decreases",
        "It decreases.",
    ],
)
def test_keys_and_texts(text: str, say: Any) -> None:
    """In brackets, in bold, in words."""
    assert VIEW.read(say(text)).value == Choice("b")


def test_a_key_with_its_text(say: Any) -> None:
    """`(b) decreases` says it twice."""
    assert VIEW.read(say("Answer: (b) decreases")).value == Choice("b")


@pytest.mark.parametrize("text", ["", "d", "both", "b or c", "a and b", "not b", "increases, then decreases", "10"])
def test_no_option_or_several(text: str, say: Any) -> None:
    """A code and a reason, no value."""
    reading = VIEW.read(say(text))
    assert reading.value is None
    assert reading.code in {"no-choice", "ambiguous-choice", "denied"}


def test_right_and_wrong(mark: Any) -> None:
    """The reason names the option that was chosen and not the right one."""
    assert mark(VIEW, "(b)", "b").verdict is Verdict.CORRECT
    result = mark(VIEW, "a", "b")
    assert (result.verdict, result.reason) == (Verdict.INCORRECT, "option a is not the one")


@given(key=st.sampled_from(["a", "b", "c"]))
def test_reading_what_was_rendered(key: str, say: Any) -> None:
    """The same option."""
    assert VIEW.read(say(VIEW.render(Choice(key)))).value == Choice(key)


@pytest.mark.parametrize(
    "text",
    [
        "never increases",
        "it does not stay: stays the same is wrong",
        "no longer decreases",
        "the opposite of increases",
    ],
)
def test_an_option_that_is_denied(text: str, say: Any) -> None:
    """A person reads the sentence."""
    assert VIEW.read(say(text)).value is None


@pytest.mark.parametrize("text", ["b", "(b)"])
def test_a_key_that_is_denied(text: str, say: Any) -> None:
    """`the answer is not (b)`."""
    assert VIEW.read(say(text, before="the answer is not")).value is None


@pytest.mark.xfail(strict=True, reason="a text counts, the key that stands first does not: read as a")
def test_a_key_and_the_text_of_another_option(say: Any) -> None:
    """`b, because a increases` names b; the rest explains."""
    assert VIEW.read(say("b, because the width increases")).value in {None, Choice("b")}


@pytest.mark.xfail(strict=True, reason="`no` in the explanation counts as an option: nothing is read")
def test_an_option_in_front_of_its_reason(say: Any) -> None:
    """`Yes, because there is no bias` says yes."""
    view = ChoiceView({"yes": "yes", "no": "no"})
    assert view.read(say("Yes, because there is no bias")).value == Choice("yes")
