"""Kernel sizes from input and output."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader import engine, kinds


def test_by_hand(ask: Any) -> None:
    """65 steps of 3 leave 10 of 205."""
    size = ask("kernel-size", input=205, output=66, stride=3)
    assert size.reference.value == 10
    assert {name: int(number.value) for name, number in size.slips.items()} == {
        "steps-for-places": 7,
        "stride-left-out": 140,
    }


@pytest.mark.parametrize(
    "stated",
    [
        {"input": 5, "output": 9},
        {"input": 8, "output": 4, "dilation": 3},
        {"input": 8, "output": 4, "padding": "same"},
        {"input": 8, "output": 4, "stride": [1, 2]},
    ],
)
def test_nothing_fits(stated: dict[str, Any], ask: Any) -> None:
    """Sizes that no kernel fits exactly are the author's error."""
    with pytest.raises(ValueError, match=r"no kernel fits|in numbers|differ in their axes"):
        _ = ask("kernel-size", **stated).reference


@settings(deadline=None, max_examples=60)
@given(
    kernel=st.integers(1, 9),
    places=st.integers(1, 9),
    stride=st.integers(1, 4),
    dilation=st.integers(1, 3),
    padding=st.integers(0, 3),
)
def test_undoes_the_output_size(kernel: int, places: int, stride: int, dilation: int, padding: int) -> None:
    """A kernel whose windows fit exactly is found again."""
    size = (places - 1) * stride + dilation * (kernel - 1) + 1 - 2 * padding
    if size < 1:
        return
    assert engine.conv_size(size, kernel, stride, padding, dilation) == places
    kind = kinds.load("kernel-size")
    stated = {"input": size, "output": places, "stride": stride, "padding": padding, "dilation": dilation}
    assert kind.reference(kind.given.model_validate(stated)).value == kernel
