"""Outputs of a convolution."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from grader.errors import EngineError

IMAGE = [[1, 2, 3], [4, 5, 6], [7, 8, 9]]


def lists(value: Any) -> Any:
    """The array of a tensor as nested lists."""
    return value.array.tolist()


def test_one_channel_of_one_image(ask: Any) -> None:
    """Plain rows and columns need no channel axes, and get none."""
    output = ask("conv-output", input=IMAGE, weight=[[1, 1], [1, 1]], dilation=2, padding=1)
    assert lists(output.reference) == [[5, 10, 5], [10, 20, 10], [5, 10, 5]]


def test_a_sequence_with_a_bias(ask: Any) -> None:
    """A list is a 1-D input; its bias is a number."""
    output = ask("conv-output", input=[1, 4, 0, -2, 3], weight=[2, -1, 3], bias=1)
    assert lists(output.reference) == [-1, 3, 12]


def test_channels(ask: Any) -> None:
    """With channels the arrays are laid out as in PyTorch; the batch axis may be left out."""
    weight = [[[[1]], [[10]]], [[[0]], [[1]]]]
    output = ask("conv-output", input=[[[1, 2]], [[3, 4]]], weight=weight, bias=[0, 100])
    assert lists(output.reference) == [[[31, 42]], [[103, 104]]]


def test_slips(ask: Any) -> None:
    """A flipped kernel and a transposed result are told from wrong sums."""
    output = ask("conv-output", input=IMAGE, weight=[[1, 0], [0, -2]])
    assert lists(output.reference) == [[-9, -10], [-12, -13]]
    assert lists(output.slips["flipped-kernel"]) == [[3, 2], [0, -1]]
    assert lists(output.slips["transposed-result"]) == [[-9, -12], [-10, -13]]


def test_slips_of_the_arguments(ask: Any) -> None:
    """Whatever was stated may have been left out."""
    output = ask("conv-output", input=[1, 2, 3, 4, 5, 6], weight=[1, 1], stride=2, padding=1, dilation=2, bias=5)
    assert lists(output.reference) == [7, 11, 15]
    assert {name: lists(value) for name, value in output.slips.items() if name.endswith("left-out")} == {
        "padding-left-out": [9, 13],
        "stride-left-out": [7, 9, 11, 13, 15, 10],
        "dilation-left-out": [6, 10, 14, 11],
        "bias-left-out": [2, 6, 10],
    }


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"weight": [1, 2]}, "an input of rank 2 with a weight of rank 1"),
        ({"weight": [[[[1]]]]}, "an input of rank 2 with a weight of rank 4"),
        ({"bias": [[1]]}, "one bias for each output channel"),
        ({"padding": "sam"}, "'same' or 'valid'"),
    ],
)
def test_bad_givens(change: dict[str, Any], message: str, ask: Any) -> None:
    """What an author gets wrong is said in words."""
    with pytest.raises(ValidationError, match=message):
        ask("conv-output", **{"input": IMAGE, "weight": [[1]], **change})


def test_channels_that_do_not_fit(ask: Any) -> None:
    """The engine's message names the shapes."""
    with pytest.raises(EngineError, match="expects input with 2 channels"):
        _ = ask("conv-output", input=[[[1, 2]]], weight=[[[1], [1]]]).reference
