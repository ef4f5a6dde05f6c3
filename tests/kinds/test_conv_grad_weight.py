"""Gradients to a convolution's weight."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

IMAGE = [[1, 2, 3], [4, 5, 6], [7, 8, 9]]


def test_by_hand(ask: Any) -> None:
    """The input, convolved with the gradient."""
    grad = ask("conv-grad-weight", input=IMAGE, kernel_size=2, grad_output=[[1, 0], [0, 2]])
    assert grad.reference.array.tolist() == [[11, 14], [20, 23]]
    assert grad.slips["flipped-result"].array.tolist() == [[23, 20], [14, 11]]
    assert grad.slips["transposed-result"].array.tolist() == [[11, 20], [14, 23]]


def test_ones_coming_back(ask: Any) -> None:
    """The sum of what each weight meets."""
    assert ask("conv-grad-weight", input=[1, 2, 3, 4], kernel_size=3, grad_output="ones").reference.array.tolist() == [
        3,
        5,
        7,
    ]


def test_channels(ask: Any) -> None:
    """One filter for each output channel, one slice for each input channel."""
    grad = ask("conv-grad-weight", input=[[[1, 2], [3, 4]]], kernel_size=1, grad_output=[[[1, 1]]])
    assert grad.reference.array.tolist() == [[[3], [7]]]


@pytest.mark.parametrize(("back", "message"), [("ones", "expected it in full"), ([1], "expected rank 3")])
def test_bad_gradients(back: Any, message: str, ask: Any) -> None:
    """The gradient tells how many output channels there are."""
    with pytest.raises(ValidationError, match=message):
        ask("conv-grad-weight", input=[[[1, 2]]], kernel_size=1, grad_output=back)
