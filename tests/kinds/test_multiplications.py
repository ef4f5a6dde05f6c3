"""Counts of multiplications."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

LAYER = {"in_channels": 10, "out_channels": 20, "kernel_size": 3}


def test_from_the_input(ask: Any) -> None:
    """3*3*10 for each of 46*62*20 output entries."""
    layer = ask("multiplications", **LAYER, input=[48, 64])
    assert layer.reference.value == 5133600
    assert {name: int(number.value) for name, number in layer.slips.items()} == {
        "other-convention": 10267200,
        "bias-counted": 5133600 + 46 * 62 * 20,
        "one-place": 1800,
        "input-channels-left-out": 513360,
        "places-of-the-input": 48 * 64 * 1800,
    }


def test_from_the_output(ask: Any) -> None:
    """The output's size says it all."""
    assert ask("multiplications", **LAYER, output=66).reference.value == 66 * 66 * 1800


def test_operations(ask: Any) -> None:
    """FLOPs are twice as many; the problem names its convention."""
    layer = ask("multiplications", **LAYER, output=[2], convention="flops", groups=2)
    assert layer.reference.value == 2 * 2 * 3 * 5 * 20
    assert layer.slips["other-convention"].value == 2 * 3 * 5 * 20


@pytest.mark.parametrize("size", [{}, {"input": 5, "output": 3}])
def test_one_way_to_say_the_size(size: dict[str, Any], ask: Any) -> None:
    """The input's or the output's, not both."""
    with pytest.raises(ValidationError, match="expected the size of one of them"):
        ask("multiplications", **LAYER, **size)
