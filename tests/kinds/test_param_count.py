"""Counts of parameters."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from grader.model import Verdict

LAYERS = [
    {"name": "conv", "conv": {"out_channels": 4, "kernel_size": 3}},
    {"name": "bn", "batch_norm": {}},
    {"name": "flatten", "flatten": {}},
    {"name": "fc", "linear": {"out_features": 2}},
]


def counts(slips: dict[str, Any]) -> dict[str, int]:
    """The number that each slip leads to."""
    return {name: int(number.value) for name, number in slips.items()}


def test_a_convolution(ask: Any) -> None:
    """3*3*10*20 weights and 20 biases."""
    layer = ask("param-count", in_channels=10, out_channels=20, kernel_size=3)
    assert layer.reference.value == 1820
    assert counts(layer.slips) == {"bias-left-out": 1800, "one-bias": 1801, "input-channels-left-out": 200}


def test_without_bias(ask: Any) -> None:
    """Counting biases that are not there is known too."""
    layer = ask("param-count", in_channels=1, out_channels=2, kernel_size=[3], bias=False)
    assert layer.reference.value == 6
    assert counts(layer.slips) == {"bias-counted": 8, "one-bias": 7}


def test_a_network(ask: Any) -> None:
    """(9 + 1) * 4 in the convolution, 2 * 4 to normalise, 16 * 2 + 2 behind the flattening."""
    network = ask("param-count", input=[4, 4, 1], layout="HWC", layers=LAYERS)
    assert network.reference.value == 40 + 8 + 34
    assert counts(network.slips) == {"bias-left-out": 36 + 8 + 32}


def test_near_is_not_right(ask: Any) -> None:
    """A count is exact."""
    assert ask("param-count", in_channels=10, out_channels=20, kernel_size=3).mark("1819").verdict is Verdict.INCORRECT


@pytest.mark.parametrize(
    ("stated", "message"),
    [
        ({"in_channels": 1, "out_channels": 2}, "neither a convolution nor a network"),
        ({"in_channels": 1, "input": [4], "layout": "C", "layers": LAYERS[3:]}, "or a mixture"),
        ({"input": [4], "layout": "C", "layers": LAYERS[3:], "bias": False}, "expected them in the layers"),
    ],
)
def test_bad_givens(stated: dict[str, Any], message: str, ask: Any) -> None:
    """A convolution or a network, whole."""
    with pytest.raises(ValidationError, match=message):
        ask("param-count", **stated)
