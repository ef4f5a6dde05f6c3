"""Outputs of a pooling."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

IMAGE = [[109, 92, 72], [108, 85, 74], [110, 74, 79]]


def test_max_with_stride_one(ask: Any) -> None:
    """Windows overlap where the stride says so."""
    pooled = ask("pool-output", input=IMAGE, window=2, stride=1)
    assert pooled.reference.array.tolist() == [[109, 92], [110, 85]]
    assert pooled.slips["windows-set-apart"].array.tolist() == [[109]]
    assert pooled.slips["average-pooled"].array.tolist() == [[98.5, 80.75], [94.25, 78]]


def test_the_stride_is_the_window_by_default(ask: Any) -> None:
    """As in every framework."""
    pooled = ask("pool-output", input=[[1, 2, 3, 4], [5, 6, 7, 8]], window=2, mode="average")
    assert pooled.reference.array.tolist() == [[3.5, 5.5]]
    assert pooled.slips["stride-left-out"].array.tolist() == [[3.5, 4.5, 5.5]]
    assert pooled.slips["max-pooled"].array.tolist() == [[6, 8]]


def test_lp(ask: Any) -> None:
    """The p-norm of each window."""
    assert ask("pool-output", input=[3, 4], window=2, mode="lp", norm=2).reference.array.tolist() == [5]


def test_channels_are_pooled_by_themselves(ask: Any) -> None:
    """An integer window covers the last two axes."""
    assert ask("pool-output", input=[[[1, 2], [3, 4]], [[8, 7], [6, 5]]], window=2).reference.array.tolist() == [
        [[4]],
        [[8]],
    ]


@pytest.mark.parametrize("mode", [{"mode": "lp"}, {"mode": "max", "norm": 2}])
def test_a_norm_goes_with_lp(mode: dict[str, Any], ask: Any) -> None:
    """A norm is needed there and means nothing elsewhere."""
    with pytest.raises(ValidationError, match="expected a norm for 'lp'"):
        ask("pool-output", input=[1, 2], window=2, **mode)
