"""What a student says an array is in, and the claims that it counts for."""

from __future__ import annotations

import pytest

from grader.answers.claims import Claim
from grader.answers.prose.extract import claims
from grader.answers.prose.spaces import with_spaces
from grader.model import Block, BlockKind, Where

PLACE = Where("answer.md", 1)


@pytest.mark.parametrize(
    ("text", "name", "extents"),
    [
        (
            r"\frac{\partial f}{\partial x} \in \mathbb{R}^{3\times 7\times 5}",
            r"\frac{\partial f}{\partial x}",
            (3, 7, 5),
        ),
        (r"$dW \in \R^{3 \times (1 \times 5)}$", "dW", (3, 1, 5)),
        ("dW ∈ ℝ^(3x5)", "dW", (3, 5)),
    ],
)
def test_a_space_is_stated(text: str, name: str, extents: tuple[int, ...]) -> None:
    """It counts for what stands behind it, and not for itself."""
    first, second = with_spaces([Claim(text, PLACE), Claim("dW = 1", PLACE)])
    assert first.spaces == ()
    assert second.spaces == ((name, extents),)


@pytest.mark.parametrize(
    "text", [r"dW \in \mathbb{R}^{n \times m}", r"k \in \{1, 2\}", r"dW \in \mathbb{R}", "dW = 3 x 5"]
)
def test_no_space_of_numbers(text: str) -> None:
    """Letters, a set, no exponent, an equation."""
    assert with_spaces([Claim(text, PLACE), Claim("dW = 1", PLACE)])[1].spaces == ()


def test_a_space_in_plain_text() -> None:
    """`df/dx in R^(3x7x5)`, in a paragraph of its own."""
    texts = ["df/dx in R^(3x7x5)", "df/dx[r,n,c] = x[r,c]"]
    assert claims([Block(BlockKind.TEXT, text, PLACE) for text in texts])[-1].spaces == (("df/dx", (3, 7, 5)),)
