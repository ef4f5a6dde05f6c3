"""Operations counted by formula and by what an operation on ones tells."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.engine import (
    Operations,
    conv,
    conv_multiplications,
    conv_operations,
    conv_transpose,
    conv_transpose_multiplications,
    conv_transpose_operations,
    linear_multiplications,
    linear_operations,
    norm_operations,
)
from grader.errors import EngineError


def test_every_convention() -> None:
    """A 3x3 convolution of 3 to 8 channels on 32x32 with biases, on which tools disagree."""
    found = conv_operations((3, 32, 32), (8, 3, 3, 3), padding=1, bias=True)
    assert found == Operations(221_184, 212_992, 8_192)
    assert found.counted("macs") == 221_184
    assert found.counted("macs+bias") == 229_376
    assert found.counted("flops") == 442_368
    assert found.counted("flops+bias") == 450_560
    assert found.counted("exact") == 221_184 + 212_992 + 8_192


def test_padding_left_out() -> None:
    """Three taps on three places with one zero at either end: 2 + 3 + 2 products."""
    assert conv_operations((1, 3), (1, 1, 3), padding=1, count_padding=False) == Operations(7, 4)
    assert conv_operations((1, 3), (1, 1, 3), padding=1) == Operations(9, 6)


def test_layers_add_up() -> None:
    """A network's operations are those of its layers."""
    found = linear_operations(180, 10, rows=2, bias=True) + norm_operations((2, 10))
    assert found == Operations(3_620, 3_580, 40)


@st.composite
def movements(draw: st.DrawFn) -> dict[str, Any]:
    """What moves a kernel along two axes."""
    each = {"stride": st.integers(1, 3), "padding": st.tuples(st.integers(0, 3), st.integers(0, 3))}
    each["dilation"] = st.integers(1, 2)
    return {name: (draw(one), draw(one)) for name, one in each.items()} | {"groups": draw(st.integers(1, 2))}


kernels = st.tuples(st.integers(1, 3), st.integers(1, 3))


@given(movements(), kernels)
@settings(deadline=None, max_examples=60)
def test_convolutions_of_ones(movement: dict[str, Any], kernel: tuple[int, int]) -> None:
    """Each entry of the output is the number of its products with the input; one addition less each."""
    groups = movement["groups"]
    x, weight = np.ones((2, 2 * groups, 6, 5), dtype=int), np.ones((groups, 2, *kernel), dtype=int)
    output = conv(x, weight, **movement)
    additions = int(np.maximum(output - 1, 0).sum())
    found = conv_operations(x.shape, weight.shape, **movement, bias=True, count_padding=False)
    assert found == Operations(int(output.sum()), additions, output.size)
    whole = conv_operations(x.shape, weight.shape, **movement)
    assert whole.multiplications == conv_multiplications(x.shape, weight.shape, **movement)
    assert whole.additions == output.size * (2 * kernel[0] * kernel[1] - 1)


@given(movements(), kernels)
@settings(deadline=None, max_examples=60)
def test_transposed_convolutions_of_ones(movement: dict[str, Any], kernel: tuple[int, int]) -> None:
    """With all products, and without those that are trimmed away."""
    groups = movement["groups"]
    movement = {**movement, "output_padding": [stride - 1 for stride in movement["stride"]]}
    x, weight = np.ones((2, 2 * groups, 7, 8), dtype=int), np.ones((2 * groups, 3, *kernel), dtype=int)
    for trimmed, arguments in ((False, movement), (True, {**movement, "padding": 0, "output_padding": 0})):
        output = conv_transpose(x, weight, **arguments)
        found = conv_transpose_operations(x.shape, weight.shape, **movement, count_padding=trimmed)
        assert found == Operations(int(output.sum()), int(np.maximum(output - 1, 0).sum()))
    assert found.multiplications == conv_transpose_multiplications(x.shape, weight.shape, groups)
    biased = conv_transpose_operations(x.shape, weight.shape, **movement, bias=True)
    assert biased.biases == conv_transpose(x, weight, **movement).size


def test_a_linear_layer_is_a_convolution_of_one_place() -> None:
    """The same numbers either way."""
    assert linear_operations(12, 5, bias=True) == conv_operations((12, 1), (5, 12, 1), bias=True)
    assert linear_operations(12, 5).multiplications == linear_multiplications(12, 5)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: Operations(1, 1).counted("ops"), "counted: convention must be one of macs, macs"),  # type: ignore[arg-type]
        (lambda: conv_operations((3, 5), (8, 4, 3)), "conv_operations: .* expects input with 4 channels"),
        (lambda: linear_operations(0, 5), "linear_operations: in_features must be at least 1, got 0"),
    ],
)
def test_what_cannot_be_counted_is_refused(call: Callable[[], object], message: str) -> None:
    """In the words of the operations."""
    with pytest.raises(EngineError, match=message):
        call()
