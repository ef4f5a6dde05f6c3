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


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("k_1, ..., b", "ellipsis"),
        ("k_1, k_2, ...", "ellipsis"),
        ("k_2 to b", "ellipsis"),
        ("k_1 or k_2", "or"),
        ("", "no-names"),
        ("28", "no-names"),
        ("w", "unknown-name"),
        ("not k_2", "denied"),
        ("k_1, k_2. k_2 is not one", "denied"),
        ("k_1, " * 800, "too-long"),
    ],
)
def test_what_is_no_list_of_names(text: str, code: str, say: Any) -> None:
    """A row without its ends, an "or", no name at all, or nothing but denials."""
    reading = VIEW.read(say(text))
    assert (reading.value, reading.code) == (None, code)
    assert reading.reason


@given(names=st.sets(st.sampled_from(sorted(UNIVERSE))))
def test_reading_what_was_rendered(names: set[str], say: Any) -> None:
    """The same names, or none."""
    value = Members(frozenset(names))
    assert VIEW.read(say(VIEW.render(value))).value == value


NETWORK = MembersView(
    dict.fromkeys("k_1 k_2 k_3 b w_1 w_2 a x_1 x_2 x_3 x_4 x_5 z_1 z_2 z_3 v_1 v_2 y y_hat L".split(), ())
)
PARAMETERS = "k_1, k_2, k_3, b, w_1, w_2, a"


@pytest.mark.parametrize(
    "text",
    [
        "k1, k2, k3, b, w1, w2, a",
        "The parameters are $k_1, k_2, k_3, b, w_1, w_2$ and $a$.",
        "7 parameters: k₁, k₂, k₃, b, w₁, w₂, a",
        "$$k_1, k_2, k_3, b, w_1, w_2, a$$",
        r"$\theta = \{k_1, k_2, k_3, b, w_1, w_2, a\}$",
        "Parameters: [k1, k2, k3, b, w1, w2, a]",
        "(k_1, k_2, k_3, b, w_1, w_2, a)",
        r"$k_1,k_2,k_3,b,w_1,w_2,a \in \mathbb{R}$",
        r"$k_1, \dots, k_3$, $b$, $w_1$, $w_2$, $a$",
        "k_1 to k_3, b, w_1, w_2 and a",
        "k_1..k_3, b, w_1..w_2, a",
        "k_1-k_3, b, w_1–w_2, a",
        "k_{1,2,3}, b, w_{1,2}, a",
        "k_1 k_2 k_3 b w_1 w_2 a",
        "all the k's, the w's, a and b",
        r"\begin{itemize}\item $k_1,k_2,k_3$ \item $b$ \item $w_1,w_2$ \item $a$\end{itemize}",
        "k_1, k_2, k_3, b, w_1, w_2, a\nNot parameters: x_1, y",
        "- k_1\n- k_2\n- k_3\n- b\n- w_1\n- w_2\n- a",
        "1. k_1\n2. k_2\n3. k_3\n4. b\n5. w_1\n6. w_2\n7. a",
        "Convolution: k_1, k_2, k_3, b\nOutput: w_1, w_2, a",
        "filter weights (k_1, k_2, k_3), bias b, output weights w_1, w_2 and bias a",
        "The filter k = (k_1, k_2, k_3), the bias b, and w_1, w_2, a",
        "k_1, k_2, k_3 (the kernel), b (the bias), w_1, w_2 (weights of the output), and a (the bias)",
        "k_1, k_2, k_3 and b of the convolution, w_1, w_2 and a of the linear layer",
        "k1, k2, k3, b, w1, w2 and a, since they are updated with gradient descent.",
        "k_1, k_2, k_3, b, w_1, w_2, a, but not x_1",
        "k_1, k_2, k_3, b, w_1, w_2, a. x_1 to x_5 are inputs and not parameters.",
        "k_1, k_2, k_3, b, w_1, w_2, a; y is the label",
    ],
)
def test_one_list_in_many_notations(text: str, mark: Any) -> None:
    """Ranges, bullets, brackets, glosses, and what is said not to belong."""
    assert mark(NETWORK, text, PARAMETERS).verdict is Verdict.CORRECT


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("k_1 but not k_2", {"k_1"}),
        ("k1, b (not gamma)", {"k_1", "b"}),
        ("all but k_1", {"k_2", "b", "sigma_x", "gamma", "a"}),
        ("all of them except b and k2", {"k_1", "sigma_x", "gamma", "a"}),
        ("k_1 to k_2 except k_2", {"k_1"}),
        ("k_2 isn't trained; k_1 and b are", {"k_1", "b"}),
        ("k_1 is learned, k_2 is not", {"k_1"}),
        ("σ_x, γ", {"sigma_x", "gamma"}),
        ("σₓ and k₁", {"sigma_x", "k_1"}),
        ("K_1 and B", {"k_1", "b"}),
        ("none", set()),
        ("none of them", set()),
        (r"$\emptyset$", set()),
        ("all of the above", set(UNIVERSE)),
    ],
)
def test_names_that_are_left_out(text: str, names: set[str], say: Any) -> None:
    """Denied and excepted ones; all and none."""
    reading = VIEW.read(say(text))
    assert reading.value is not None, reading.reason
    assert reading.value.names == names


@pytest.mark.parametrize(
    "text",
    [
        "k_1, k_3",
        "w and b",
        "gamma and beta",
        "γ and β, k_1",
        "k_1 and k_2, because gamma = 3",
        "k_1, k_2. z = k_1 sigma_x + b",
        "k_1 and k_2 (times a)",
        "k_1 and k_2, maybe b",
        "k_1 is learned, k_2 is fixed",
        "b and k_1, the inputs: gamma",
    ],
)
def test_what_a_person_decides(text: str, mark: Any) -> None:
    """A name that may stand for a missing one, or that is only mentioned."""
    assert mark(VIEW, text, "k_1, k_2, b").verdict is Verdict.REVIEW


def test_a_strange_name_beside_all_members_is_wrong(mark: Any) -> None:
    """Nothing is missing that it could stand for."""
    result = mark(VIEW, "k_1, k_2, b, q", "k_1, k_2, b")
    assert result.credit == pytest.approx(2 / 3)
    assert "q does not belong" in result.reason


def test_names_that_are_words(say: Any, mark: Any) -> None:
    """In the plural as well; an item that the problem does not know is for a person."""
    view = MembersView({"stride": (), "padding": (), "kernel size": ("filter size",)})
    assert mark(view, "the stride, the padding and the filter size", "stride, padding").credit == 0.5
    assert view.read(say("Strides and kernel sizes")).value == Members(frozenset({"stride", "kernel size"}))
    assert mark(view, "stride, padding, dilation", "stride, padding").verdict is Verdict.REVIEW


def test_layers_in_brackets(mark: Any) -> None:
    """`W^{[1]}`, `W^[1]` and `W1` are one."""
    view = MembersView({"W^{[1]}": (), "b^{[1]}": (), "W^{[2]}": ()})
    assert mark(view, "W1, b^[1]", r"W^{[1]}, b^{[1]}").verdict is Verdict.CORRECT


@pytest.mark.parametrize("text", ["(" * 3_900, "(k_1 " * 700, "k_1 to " * 560, "_" * 3_900, "k" * 3_900, "k_1\n" * 900])
def test_hostile_text_is_read_in_time(text: str, say: Any, within: Any) -> None:
    """Whatever comes out, it comes soon."""
    within(100, lambda: VIEW.read(say(text)))


@pytest.mark.parametrize("text", ["k (2 entries) and b", "$k$ (with 2 weights), b"])
def test_a_name_that_stands_for_several(text: str, say: Any) -> None:
    """With how many it stands for."""
    reading = VIEW.read(say(text))
    assert reading.value is not None, reading.reason
    assert reading.value.names == {"k_1", "k_2", "b"}


@pytest.mark.parametrize("text", ["k (3 entries) and b", "c (2 entries) and b"])
def test_a_name_that_stands_for_others(text: str, say: Any) -> None:
    """Another number of them, or a name of which there are none, is not guessed at."""
    reading = VIEW.read(say(text))
    assert reading.value is not None, reading.reason
    assert reading.value.names == {"b"}
    assert reading.value.strange or reading.value.loose
