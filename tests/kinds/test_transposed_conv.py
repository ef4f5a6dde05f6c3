"""Outputs of a transposed convolution."""

from __future__ import annotations

from typing import Any

SMALL = {"input": [[-1, 2], [3, 1]], "weight": [[1, -1], [0, 1]]}


def test_by_hand(ask: Any) -> None:
    """A copy of the kernel for every input entry, added up where copies meet."""
    output = ask("transposed-conv", **SMALL)
    assert output.reference.array.tolist() == [[-1, 3, -2], [3, -3, 1], [0, 3, 1]]


def test_stride_and_output_padding(ask: Any) -> None:
    """Copies are set `stride` apart; what is added at the end is empty."""
    output = ask("transposed-conv", input=[1, 2], weight=[1, 1], stride=2, output_padding=1)
    assert output.reference.array.tolist() == [1, 1, 2, 2, 0]


def test_slips(ask: Any) -> None:
    """The flipped kernel, rows for columns, and the ordinary convolution."""
    slips = {name: value.array.tolist() for name, value in ask("transposed-conv", **SMALL).slips.items()}
    assert slips == {
        "flipped-kernel": [[-1, 2, 0], [4, -2, 2], [-3, 2, 1]],
        "transposed-result": [[-1, 3, 0], [3, -3, 3], [-2, 1, 1]],
        "ordinary-convolution": [[-2]],
    }
