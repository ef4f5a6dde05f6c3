"""Shapes whose axes are named, in equations or in words."""

from __future__ import annotations

from typing import Any

import pytest

from grader.answers.formulas.evaluate import exact
from grader.answers.shapes.axes import both_orders, named, worded
from grader.answers.syntax.parse import parse


@pytest.mark.parametrize(
    ("text", "axes"),
    [
        ("H = 28, W = 30, C = 10", {"height": 28, "width": 30, "channels": 10}),
        ("C = 10; W = 30; H = 28", {"height": 28, "width": 30, "channels": 10}),
        ("width: 30, height: 28, depth: 10", {"height": 28, "width": 30, "channels": 10}),
        ("N = 8, C = 3, H = 32, W = 30", {"batch": 8, "height": 32, "width": 30, "channels": 3}),
        ("D = 5, H = 28, W = 30, C = 10", {"depth": 5, "height": 28, "width": 30, "channels": 10}),
        ("H_{out} = W_{out} = 32, C = 64", {"height": 32, "width": 32, "channels": 64}),
        ("H' = W' = (32 - 5)/1 + 1 = 28", {"height": 28, "width": 28}),
        (r"\text{height} = 28, \text{width} = 30", {"height": 28, "width": 30}),
        ("L = 7", {"length": 7}),
    ],
)
def test_one_equation_for_each_axis(text: str, axes: dict[str, int]) -> None:
    """In any order; what comes out has one."""
    found = named(parse(text))
    assert found is not None
    assert {axis: int(exact(extent)) for axis, extent in found.items()} == axes
    assert list(found) == list(axes)


@pytest.mark.parametrize(
    "text",
    [
        "28",
        "F = 3, K = 4",
        "H = 28, H = 14",
        "H_in = 32, W_in = 32",
        "W = 3x3x10, b = 10",
        "W = 3x3x10",
        "H < 28, W = 3",
    ],
)
def test_what_names_no_axes(text: str) -> None:
    """Other letters, an axis twice, the input's, an array by its shape."""
    assert named(parse(text)) is None


def test_both_orders() -> None:
    """Channels last, and first behind the batch."""
    axes = named(parse("N = 8, H = 28, W = 30, C = 10"))
    assert axes
    assert [[int(exact(node)) for node in order] for order in both_orders(axes)] == [[8, 28, 30, 10], [8, 10, 28, 30]]


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("28 x 28 with 10 channels", "28x28 x 10"),
        ("10 feature maps of size 28x28", "28x28 x 10"),
        ("28x28 (x10)", "28x28 x 10"),
        ("28x28x3 with 10 channels", ""),
        ("10 maps of 28x28x3", ""),
        ("10 filters of 28x28", ""),
        ("28x28", ""),
    ],
)
def test_axes_in_words(text: str, shape: str, say: Any) -> None:
    """A plane and how many of them; nothing where a third extent stands beside."""
    assert worded(say(text)) == shape
