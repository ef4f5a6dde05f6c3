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


@pytest.mark.parametrize(
    "text",
    [
        "b, because the width increases",
        "B) because A is wrong",
        "b - decreases",
        "It is b",
        "I think it is (b).",
        "$b$",
        "The correct answer is B, since padding is left out and nothing increases",
        "a is wrong, so b",
        "the second one",
        "The second option.",
        "decreases, not increases",
        "a) increases b) decreases c) stays the same\nAnswer: b",
        "~~a~~ b",
    ],
)
def test_what_explains_does_not_count(text: str, say: Any) -> None:
    """The key in front, or behind "the answer is"; its place; what is not denied."""
    assert VIEW.read(say(text)).value == Choice("b")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Yes, because there is no bias", "yes"),
        ("yes.", "yes"),
        ("Yes it does", "yes"),
        ("Yes. No padding is used.", "yes"),
        ("True", "yes"),
        ("Nope", "no"),
        ("No, it is not", "no"),
        ("It is not possible, so no", "no"),
        ("The answer is yes", "yes"),
    ],
)
def test_yes_and_no(text: str, key: str, say: Any) -> None:
    """In front of a reason, or behind what leads to them."""
    view = ChoiceView({"yes": "yes", "no": "no"})
    assert view.read(say(text)).value == Choice(key)


@pytest.mark.parametrize("text", ["There is no bias", "No difference", "yes and no", "not yes", "It has none"])
def test_a_no_that_is_no_answer(text: str, say: Any) -> None:
    """It denies something else, or itself."""
    assert ChoiceView({"yes": "yes", "no": "no"}).read(say(text)).value is None


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("F", "false"),
        ("False. It is true only if the stride is 1", "false"),
        ("The statement is false", "false"),
        ("This is true because the kernel is shared", "true"),
    ],
)
def test_true_and_false(text: str, key: str, say: Any) -> None:
    """What is said of another case does not count."""
    assert ChoiceView({"true": "true", "false": "false"}).read(say(text)).value == Choice(key)


POOLING = ChoiceView({"a": "max pooling", "b": "average pooling", "c": "It reduces the number of parameters"})


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("average", "b"),
        ("Max-pooling", "a"),
        ("reduces number of parameters", "c"),
        ("use max pooling, since average pooling blurs", "a"),
        ("not average pooling but max pooling", "a"),
    ],
)
def test_a_clear_part_of_the_text(text: str, key: str, say: Any) -> None:
    """All of its words are those of one option alone."""
    assert POOLING.read(say(text)).value == Choice(key)


@pytest.mark.parametrize(
    "text", ["pooling", "max pooling is better than average pooling", "because of max pooling", "(a) average pooling"]
)
def test_what_fits_several_or_contradicts_itself(text: str, say: Any) -> None:
    """A person reads it."""
    assert POOLING.read(say(text)).value is None


@pytest.mark.parametrize(("text", "key"), [("A", "A"), ("A.", "A"), ("The answer is A because B is bigger", "A")])
def test_the_letter_a(text: str, key: str, say: Any) -> None:
    """It is a key where it stands alone, and an article elsewhere."""
    letters = ChoiceView(dict(zip("ABC", "ABC", strict=True)))
    assert letters.read(say(text)).value == Choice(key)
    assert letters.read(say("A convolution is linear")).value is None
    assert letters.read(say("A and C")).value is None


def test_nothing_is_taken_for_the_one_option_that_is_known(say: Any) -> None:
    """Where the other option is "none of these", a part of the text tells nothing."""
    view = ChoiceView({"x": "global average pooling", "y": "none of these"})
    assert view.read(say("Global average pooling (GAP)")).value == Choice("x")
    assert view.read(say("average pooling")).value is None


@pytest.mark.parametrize("text", ["a, c", "(a) and (c)", "AC", "a & c", "Answer: a, c", "increases; stays the same"])
def test_all_that_apply(text: str, say: Any) -> None:
    """Several keys, or texts, where the problem allows it."""
    view = ChoiceView(VIEW.options, several=True)
    assert view.read(say(text)).value == Choice("a, c")


def test_credit_for_some_of_those_that_apply(mark: Any) -> None:
    """Right minus wrong ones over those there are."""
    view = ChoiceView(VIEW.options, several=True)
    assert mark(view, "a, c", "a, c").verdict is Verdict.CORRECT
    assert mark(view, "a", "a, c").credit == 0.5
    assert mark(view, "a, b", "a, c").verdict is Verdict.INCORRECT


def test_a_long_text_is_left_to_a_person(say: Any) -> None:
    """Nobody chooses an option in 5,000 characters."""
    assert VIEW.read(say("b because " * 500)).code == "too-long"
