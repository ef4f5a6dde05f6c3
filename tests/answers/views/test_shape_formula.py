"""Shapes whose extents are formulas: compared extent by extent, never as a product."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.answers.formulas.symbols import Domain, Symbols
from grader.answers.values import ShapeFormula
from grader.answers.views.shape_formula import ShapeFormulaView
from grader.model import Verdict

VIEW = ShapeFormulaView(
    Symbols({"F": Domain(1, 16), "H": Domain(8, 64), "W": Domain(8, 64), "K": Domain(1, 7), "S": Domain(1, 4)})
)
OUTPUT = "F x (floor((H - K)/S) + 1) x (floor((W - K)/S) + 1)"


@pytest.mark.parametrize(
    "text",
    [
        "(F, floor((H-K)/S)+1, floor((W-K)/S)+1)",
        r"F \times \lfloor (H-K)/S + 1 \rfloor \times \lfloor (W-K)/S + 1 \rfloor",
        r"F \times \left(\frac{H-K}{S}+1\right) \times \left(\frac{W-K}{S}+1\right)",
        r"\mathbb{R}^{F \times ((H-K)/S+1) \times ((W-K)/S+1)}",
        "F@((H-K)/S+1)x((W-K)/S+1)",
        "[F, (h-k)//s + 1, (w-k)//s + 1]",
    ],
)
def test_one_shape_in_many_notations(text: str, mark: Any) -> None:
    """Tuples, crosses, spaces, with and without floors."""
    assert mark(VIEW, text, OUTPUT).verdict is Verdict.CORRECT


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("F x H x W", "extent 2"),
        ("(F, (H-K)/S+1, (W-K)/S)", "extent 3"),
        ("((H-K)/S+1, (W-K)/S+1, F)", "extent 1"),
        ("F x ((H-K)/S+1)", "2 extents"),
    ],
)
def test_a_wrong_shape(text: str, words: str, mark: Any) -> None:
    """The first wrong extent is named, or how many there are."""
    result = mark(VIEW, text, OUTPUT)
    assert (result.verdict, result.credit) == (Verdict.INCORRECT, 0.0)
    assert words in result.reason


def test_equal_products_are_not_equal_shapes(mark: Any) -> None:
    """`2 x K` and `K x 2` have as many entries."""
    assert mark(VIEW, "2 x K", "K x 2").verdict is Verdict.INCORRECT


@pytest.mark.parametrize("text", ["(F, H', W')", "F x ", "(F, N)", "", "F = 3, K = 4"])
def test_what_is_no_such_shape(text: str, say: Any) -> None:
    """A code and a reason, no value."""
    reading = VIEW.read(say(text))
    assert reading.value is None
    assert reading.reason


_extent = st.sampled_from(["F", "H - K", "(W - K)/S + 1", "2*K", "floor(H/2)", "10"])


@given(extents=st.lists(_extent, min_size=2, max_size=4))
@settings(deadline=None, max_examples=50)
def test_reading_what_was_rendered(extents: list[str], say: Any) -> None:
    """It earns full marks."""
    value = VIEW.read(say(f"({', '.join(extents)})")).value
    assert isinstance(value, ShapeFormula)
    again = VIEW.read(say(VIEW.render(value))).value
    assert isinstance(again, ShapeFormula)
    assert VIEW.compare(again, value).verdict is Verdict.CORRECT


@pytest.mark.parametrize(
    "text",
    ["F x (H-K)/S + 1 x (W-K)/S + 1", r"F \times \frac{H-K}{S} + 1 \times \frac{W-K}{S} + 1", "(2*F, 2*H, 2*W)"],
)
def test_no_shape_is_guessed(text: str, say: Any) -> None:
    """Three extents, or a person decides; never another number of them."""
    value = VIEW.read(say(text)).value
    assert value is None or len(value.extents) == 3


@pytest.mark.parametrize(
    "text",
    [
        "H' = (H - K)/S + 1, W' = (W - K)/S + 1, C' = F",
        "C' = F, W' = (W - K)/S + 1, H' = (H - K)/S + 1",
        r"H_{out} = \frac{H - K}{S} + 1; W_{out} = \frac{W - K}{S} + 1; C_{out} = F",
    ],
)
def test_one_equation_for_each_axis(text: str, mark: Any) -> None:
    """In any order, and the channels may stand at either end."""
    assert mark(VIEW, text, OUTPUT).verdict is Verdict.CORRECT
    assert mark(VIEW, text.replace("- K", "+ K", 1), OUTPUT).verdict is Verdict.INCORRECT
