"""Shapes: in the order that the statement uses, in any notation."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.answers.values import Shape
from grader.answers.views.shape import ShapeView
from grader.model import Verdict

VIEW = ShapeView(layout="height x width x channels")


@pytest.mark.parametrize(
    "text",
    [
        "28x28x10",
        "28 × 28 × 10",
        r"28\times28\times10",
        "28*28*10",
        "(28, 28, 10)",
        "[28, 28, 10]",
        "28x28x10 = 7840",
        "28x28x10, (28+2-3)/1+1 = 28",
        "R^{28x28x10}",
        r"\mathbb{R}^{28\times28\times10}",
        "(28+2-3+1) x 28 x 10",
        "28x28@10",
    ],
)
def test_the_right_shape(text: str, mark: Any) -> None:
    """However it is written, with or without working."""
    assert mark(VIEW, text, "28x28x10").verdict is Verdict.CORRECT


@pytest.mark.parametrize("text", ["10x28x28", "10@28x28", "(10, 28, 28)"])
def test_another_layout(text: str, mark: Any) -> None:
    """The extents are right and rotated: partial, with the layout named."""
    result = mark(VIEW, text, "28x28x10")
    assert (result.verdict, result.credit) == (Verdict.PARTIAL, 0.5)
    assert "another order" in result.reason
    assert "height x width x channels" in result.reason


def test_a_layout_that_is_not_fixed(mark: Any) -> None:
    """Either order is right."""
    assert mark(ShapeView(also=((10, 28, 28),)), "10x28x28", "28x28x10").verdict is Verdict.CORRECT


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("28x28x11", "axis 3"),
        ("27x27x10", "axis 1, 2"),
        ("28x28", "2 axes"),
        ("1x28x28x10", "4 axes"),
        ("7840", "1 axis"),
    ],
)
def test_a_wrong_shape(text: str, words: str, mark: Any) -> None:
    """The reason says what is wrong about it."""
    result = mark(VIEW, text, "28x28x10")
    assert (result.verdict, result.credit) == (Verdict.INCORRECT, 0.0)
    assert words in result.reason


def test_a_transposed_matrix_shape_is_wrong(mark: Any) -> None:
    """`5x3` is no layout of `3x5`."""
    assert mark(VIEW, "5x3", "3x5").verdict is Verdict.INCORRECT


@pytest.mark.parametrize("text", ["1x28x28x10", "28x28x1x10", "28x28x10"])
def test_singleton_axes(text: str, mark: Any) -> None:
    """A batch of one more or less, where the problem says so."""
    assert mark(ShapeView(singletons=True), text, "28x28x10").verdict is Verdict.CORRECT


@pytest.mark.parametrize("text", ["N x 28 x 28", "a x b x c", "28.5 x 3", "3 x 5 | 7", "", "the same", "[0, 0.8, 0]"])
def test_what_is_no_shape(text: str, say: Any) -> None:
    """A code and a reason, no value."""
    reading = VIEW.read(say(text))
    assert reading.value is None
    assert reading.reason


def test_a_single_number_is_not_apt(say: Any) -> None:
    """It can be a shape of one axis and does not look like one."""
    assert not VIEW.read(say("28")).apt
    assert VIEW.read(say("28x28")).apt


def test_likely_shapes() -> None:
    """Those with as many axes as the one asked for."""
    assert VIEW.likely(Shape((3, 3)), Shape((5, 5)))
    assert not VIEW.likely(Shape((3,)), Shape((5, 5)))


@given(extents=st.lists(st.integers(1, 5000), min_size=1, max_size=6))
def test_reading_what_was_rendered(extents: list[int], say: Any) -> None:
    """The same extents in the same order."""
    shape = Shape(tuple(extents))
    assert VIEW.read(say(VIEW.render(shape))).value == shape


@given(
    extents=st.lists(st.integers(1, 99), min_size=2, max_size=5),
    form=st.sampled_from(["{x}", "({c})", "[{c}]", "$({c})$", r"\mathbb{{R}}^{{{t}}}", "{t}", "{s}", "{c}"]),
)
def test_every_notation_gives_the_same_shape(extents: list[int], form: str, say: Any) -> None:
    """Crosses, stars, tuples, lists and spaces."""
    numbers = [str(extent) for extent in extents]
    text = form.format(x="x".join(numbers), c=", ".join(numbers), t=r" \times ".join(numbers), s=" * ".join(numbers))
    assert VIEW.read(say(text)).value == Shape(tuple(extents))


@pytest.mark.parametrize("text", ["28x28x10 or 10x28x28", "28x28x10, 28x28x11", "28/2 x 28/2 x 10", "(1,024, 3)"])
def test_no_shape_is_guessed(text: str, say: Any) -> None:
    """Two answers, or one that people read in two ways, go to a person."""
    assert VIEW.read(say(text)).value is None


@pytest.mark.parametrize("text", ["28x10x28"])
@pytest.mark.xfail(strict=True, reason="channels between height and width are no layout in use, and earn half")
def test_a_mixed_up_order(text: str, mark: Any) -> None:
    """Only layouts that exist are partial."""
    assert mark(VIEW, text, "28x28x10").verdict is Verdict.INCORRECT
