"""Gradients to a convolution's input."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

WEIGHT = [[4, 3, 3], [5, 5, 5], [2, 4, 3]]


def test_ones_coming_back(ask: Any) -> None:
    """Each pixel gets the sum of the weights that touch it."""
    grad = ask("conv-grad-input", input_shape=[5, 5], weight=WEIGHT, grad_output="ones")
    assert grad.reference.array.tolist() == [
        [4, 7, 10, 6, 3],
        [9, 17, 25, 16, 8],
        [11, 23, 34, 23, 11],
        [7, 16, 24, 17, 8],
        [2, 6, 9, 7, 3],
    ]


def test_the_input_tells_its_shape(ask: Any) -> None:
    """Its values do not matter."""
    grad = ask("conv-grad-input", input=[7, 7, 7], weight=[1, 2], grad_output=[1, 10])
    assert grad.reference.array.tolist() == [1, 12, 20]
    assert grad.slips["flipped-kernel"].array.tolist() == [2, 21, 10]


def test_channels(ask: Any) -> None:
    """With channels the arrays are laid out as in PyTorch."""
    grad = ask("conv-grad-input", input_shape=[1, 2, 2], weight=[[[1], [3]]], grad_output=[[[1, 2]]])
    assert grad.reference.array.tolist() == [[[1, 2], [3, 6]]]


@pytest.mark.parametrize("shape", [{}, {"input": [1, 2], "input_shape": [2]}])
def test_one_way_to_say_the_shape(shape: dict[str, Any], ask: Any) -> None:
    """The input or its shape, not both."""
    with pytest.raises(ValidationError, match="expected one of them"):
        ask("conv-grad-input", weight=[1, 2], grad_output="ones", **shape)
