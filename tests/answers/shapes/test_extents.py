"""The extents of a shape, in the notations that students use."""

from __future__ import annotations

import pytest

from grader.answers.formulas.evaluate import exact
from grader.answers.shapes.extents import extents
from grader.answers.syntax.parse import parse
from grader.answers.syntax.unread import Unread


def sizes(text: str) -> tuple[int, ...]:
    """The extents of `text`, as integers."""
    return tuple(int(exact(node)) for node in extents(parse(text)))


@pytest.mark.parametrize(
    "text",
    [
        "28x28x10",
        "28 x 28 x 10",
        "28X28X10",
        "28×28×10",
        "28*28*10",
        r"28\times 28\times 10",
        r"28\cdot 28 \cdot 10",
        "(28, 28, 10)",
        "[28,28,10]",
        "28, 28, 10",
        r"\mathbb{R}^{28\times28\times10}",
        "R^{28x28x10}",
        r"Z \in \mathbb{R}^{28 \times 28 \times 10}",
        "28x28@10",
        "(28-1+1) x 28 x (5*2)".replace("(5*2)", "(5+5)"),
        "(29-1, 56/2, 10)",
        "28x28x10 = 7840",
        "7840 = 28x28x10",
        "28x28x10, (28+2-3)/1+1 = 28",
        "24x24x10 -> 28x28x10",
        "28x28x10.",
    ],
)
def test_one_shape_in_many_notations(text: str) -> None:
    """Products, tuples, lists, spaces, chains, and the working beside them."""
    assert sizes(text) == (28, 28, 10)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10@28x28", (10, 28, 28)),
        (r"\mathbb{R}^{3 x (5 x 7)}", (3, 5, 7)),
        ("[1, (5, 7)]", (1, 5, 7)),
        ("(1, 28, 28)", (1, 28, 28)),
        ("1,024 x 3", (1024, 3)),
        ("28", (28,)),
        ("2^3 x 2", (8, 2)),
    ],
)
def test_order_and_nesting(text: str, expected: tuple[int, ...]) -> None:
    """Channels in front stay there, nested brackets flatten."""
    assert sizes(text) == expected


@pytest.mark.parametrize("text", ["H = 28, W = 28", "H = 28, K = 3", "()", "a < b", "1 2"])
def test_what_is_no_shape(text: str) -> None:
    """Refused in words."""
    with pytest.raises(Unread):
        sizes(text)


def test_an_empty_environment() -> None:
    """It states no shape."""
    with pytest.raises(Unread):
        sizes(r"\begin{aligned}\end{aligned}")


@pytest.mark.parametrize(
    "text",
    [
        "28x28x10 or 10x28x28",
        "3x5, 5x3",
        "(3,5), (5,3)",
        "28x28 and 14x14",
        "28/2 x 28/2 x 10",
        "28-3+1 x 28-3+1 x 10",
        "(1,024, 3)",
        "[1,024,512]",
        "3,224,224",
        "[2*14, 2*14, 5*2]",
        "(28*28, 10)",
        "3x5 (3.2)",
        "14x14x10 (5x5)",
        "[[1,2],[3,4]]",
        "shape = 12,544",
    ],
)
def test_no_shape_is_guessed(text: str) -> None:
    """Two readings that would be marked differently go to a person."""
    with pytest.raises(Unread):
        sizes(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("6 x 6 x 20 = 721", (6, 6, 20)),
        ("X ∈ ℝ^{3×5}", (3, 5)),
        ("W = 3 x 3 x 10", (3, 3, 10)),
        ("7*7*64 = 3137", (7, 7, 64)),
        ("1,024", (1024,)),
        ("28x28 -> 784", (784,)),
    ],
)
def test_working_behind(text: str, expected: tuple[int, ...]) -> None:
    """A product that is worked out behind the shape, rightly or not, is not the shape."""
    assert sizes(text) == expected
