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
        "28x28x10 (HxWxC)",
        "28x28x10 (H, W, C)",
        "(28, 28, 10) (HWC)",
        r"28 \times 28 \times 10 \text{ pixels}",
        "28x28x10 neurons.",
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


@pytest.mark.parametrize(
    "text", ["28x28x10 or 10x28x28", "28x28x10, 28x28x11", "28/2 x 28/2 x 10", "(1,024, 3)", "28x28,10", "28-28-10"]
)
def test_no_shape_is_guessed(text: str, say: Any) -> None:
    """Two answers, or one that people read in two ways, go to a person."""
    assert VIEW.read(say(text)).value is None


@pytest.mark.parametrize("text", ["28x10x28"])
def test_a_mixed_up_order(text: str, mark: Any) -> None:
    """Only layouts that exist are partial."""
    assert mark(VIEW, text, "28x28x10").verdict is Verdict.INCORRECT


@pytest.mark.parametrize(
    ("layout", "right", "text", "verdict"),
    [
        ("channels x height x width", "10x28x30", "28x30x10", Verdict.PARTIAL),
        ("channels x height x width", "10x28x30", "30x10x28", Verdict.INCORRECT),
        ("batch x channels x height x width", "8x10x28x28", "8x28x28x10", Verdict.PARTIAL),
        ("batch x channels x height x width", "8x10x28x28", "10x28x28x8", Verdict.INCORRECT),
        ("", "10x28x30", "28x30x10", Verdict.PARTIAL),
    ],
)
def test_layouts_in_use(layout: str, right: str, text: str, verdict: Verdict, mark: Any) -> None:
    """Channels first or last, behind the batch."""
    assert mark(ShapeView(layout=layout), text, right).verdict is verdict


@pytest.mark.parametrize(
    "text",
    [
        "H = 28, W = 28, C = 10",
        "C = 10, H = 28, W = 28",
        "width: 28, height: 28, depth: 10",
        "W_out = H_out = 28, C = 10",
        r"H' = 28; W' = 28; C' = 10",
        "28 x 28 with 10 channels",
        "28x28 and 10 feature maps",
        "28 × 28, 10 channels",
        "28x28 (10 channels)",
        "28x28 with depth 10",
        "28x28 with a depth of 10",
        "10 feature maps of size 28x28",
        "10 channels of 28 x 28",
        "10 maps, each 28x28",
        "28x28 (x10)",
        "28 by 28 by 10",
        "28^2 x 10",
        "28² × 10",
        "torch.Size([28, 28, 10])",
        r"\mathbb{R}^{28 \times 28 \times 10}",
    ],
)
@pytest.mark.parametrize("layout", ["height x width x channels", ""])
def test_axes_that_are_named(text: str, layout: str, mark: Any) -> None:
    """In equations or in words; their order then says nothing."""
    assert mark(ShapeView(layout=layout), text, "28x28x10").verdict is Verdict.CORRECT
    assert mark(ShapeView(layout=layout), text, "28x28x11").verdict is Verdict.INCORRECT


@pytest.mark.parametrize("text", ["C = 10, H = 28, W = 30", "28x30 with 10 channels", "10 maps of 28x30"])
@pytest.mark.parametrize("reference", ["10x28x30", "28x30x10"])
def test_channels_that_are_named_stand_at_either_end(text: str, reference: str, mark: Any) -> None:
    """Whichever layout is asked for."""
    assert mark(ShapeView(), text, reference).verdict is Verdict.CORRECT


def test_width_before_height(mark: Any) -> None:
    """Where the statement says so, equations are taken in its order."""
    view = ShapeView(layout="width x height x depth")
    assert mark(view, "H = 28, W = 30, D = 10", "30x28x10").verdict is Verdict.CORRECT
    assert mark(view, "H = 30, W = 28, D = 10", "30x28x10").verdict is Verdict.INCORRECT


@pytest.mark.parametrize("text", ["H = 28", "H = 28, W = 28", "H = W = 28"])
def test_an_axis_that_is_not_named(text: str, say: Any) -> None:
    """The rest may stand elsewhere: nothing wrong is said, and not all."""
    assert VIEW.read(say(text)).code == "axis-missing"


@pytest.mark.parametrize(
    ("before", "text", "after"),
    [
        ("The output is 28 × 28 with", "10", " channels."),
        ("10 feature maps of size", "28x28", "."),
        ("It is", "28x28", ", 10 channels"),
    ],
)
def test_the_words_around_a_shape(before: str, text: str, after: str, say: Any) -> None:
    """A claim that holds one half of it finds the other."""
    assert VIEW.read(say(text, before=before, after=after)).value == Shape((28, 28, 10))


@pytest.mark.parametrize(
    ("before", "text", "after"),
    [
        ("10 filters of size", "3x3", ""),
        ("with 10 channels and 10 maps of 28x28x5, and", "4x4", ""),
        ("", "28x28x3", ", 10 channels"),
    ],
)
def test_words_that_are_about_something_else(before: str, text: str, after: str, say: Any) -> None:
    """Filters, or a shape that is whole already."""
    value = VIEW.read(say(text, before=before, after=after)).value
    assert value is not None
    assert value == VIEW.read(say(text)).value


def test_a_flattened_shape(mark: Any) -> None:
    """`7x7x64 = 3136` states both."""
    assert mark(ShapeView(), "7x7x64 = 3136", "(3136,)").verdict is Verdict.CORRECT
    assert mark(ShapeView(), "7x7x64 = 3136", "7x7x64").verdict is Verdict.CORRECT
    assert mark(ShapeView(), "7x7x64 = 3137", "(3136,)").verdict is Verdict.INCORRECT


@pytest.mark.parametrize("text", ["(N, 28, 28, 10)", "batch x 28 x 28 x 10", "[None, 28, 28, 10]"])
def test_a_batch_that_is_named(text: str, mark: Any, say: Any) -> None:
    """Is left out where a batch more or less is accepted; else a person decides."""
    assert mark(ShapeView(singletons=True), text, "28x28x10").verdict is Verdict.CORRECT
    assert VIEW.read(say(text)).value is None
