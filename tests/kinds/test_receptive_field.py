"""Receptive fields of chains."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError


def test_dilation(ask: Any) -> None:
    """3, and then 2 * 2 more."""
    chain = ask("receptive-field", layers=[{"kernel_size": 3}, {"kernel_size": 3, "dilation": 2}])
    assert chain.reference.value == 7
    assert {name: int(number.value) for name, number in chain.slips.items()} == {
        "dilation-left-out": 5,
        "kernels-added-up": 8,
    }


def test_stride(ask: Any) -> None:
    """Behind a pooling every step is twice as long."""
    chain = ask("receptive-field", layers=[{"kernel_size": 2, "stride": 2}, {"kernel_size": 3}])
    assert chain.reference.value == 6
    assert {name: int(number.value) for name, number in chain.slips.items()} == {
        "stride-left-out": 4,
        "last-layer-alone": 3,
        "kernels-added-up": 5,
    }


def test_no_layers(ask: Any) -> None:
    """A chain has at least one layer."""
    with pytest.raises(ValidationError, match="at least 1 item"):
        ask("receptive-field", layers=[])
