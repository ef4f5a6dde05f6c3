"""Gradients of a convolution, worked by hand; finite differences and PyTorch check them elsewhere."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from grader.engine import conv_grad_bias, conv_grad_input, conv_grad_weight
from grader.errors import EngineError

KERNEL = [[[[4, 3, 3], [5, 5, 5], [2, 4, 3]]]]


def test_to_the_input_with_ones_flowing_back() -> None:
    """Each pixel's gradient is the sum of the kernel entries that met it."""
    found = conv_grad_input((1, 5, 5), KERNEL, np.ones((1, 3, 3), dtype=int))
    assert found.tolist() == [
        [
            [4, 7, 10, 6, 3],
            [9, 17, 25, 16, 8],
            [11, 23, 34, 23, 11],
            [7, 16, 24, 17, 8],
            [2, 6, 9, 7, 3],
        ]
    ]


def test_to_the_weight_is_a_correlation_with_the_input() -> None:
    """dk_j = sum over i of a_i * x_{i+j}."""
    assert conv_grad_weight([[1, 2, 3, 4, 5]], (1, 1, 3), [[1, 10, 100]]).tolist() == [[[321, 432, 543]]]


def test_to_the_weight_adds_over_the_batch() -> None:
    """Every image pulls at the same weight."""
    assert conv_grad_weight([[[1, 2]], [[10, 20]]], (1, 1, 1), [[[1, 1]], [[1, 1]]]).tolist() == [[[33]]]


def test_to_the_bias_is_the_sum() -> None:
    """All places and images share the bias of their channel."""
    assert conv_grad_bias([[[1, 2], [3, 4]], [[10, 20], [30, 40]]]).tolist() == [33, 77]
    assert conv_grad_bias([[1, 2], [3, 4]], batched=False).tolist() == [3, 7]


def test_entries_that_no_place_reached_get_zero() -> None:
    """Stride 2 over four entries leaves the last one out."""
    assert conv_grad_input((1, 1, 4), [[[1, 1, 1]]], [[[7]]], stride=2).tolist() == [[[7, 7, 7, 0]]]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: conv_grad_input((1, 1, 5), [[[1, 1]]], [[[1, 1]]]),
            r"conv_grad_input: grad_output must have shape \(1, 1, 4\), got shape \(1, 1, 2\)",
        ),
        (
            lambda: conv_grad_weight([[[1, 2, 3]]], (1, 1, 2), [[1, 1]]),
            r"conv_grad_weight: grad_output must have shape \(1, 1, 2\), got shape \(1, 2\)",
        ),
        (
            lambda: conv_grad_weight([[[1, 2, 3]]], (1, 2, 2), [[[1, 1]]]),
            r"conv_grad_weight: weight of shape \(1, 2, 2\) with groups=1 expects input with 2 channels",
        ),
        (
            lambda: conv_grad_weight([[[1, 2, 3]]], 3, [[[1, 1]]]),
            "weight_shape must be a sequence of extents",
        ),
        (
            lambda: conv_grad_bias([[1, 2]]),
            r"grad_output must have shape \(N, O, \*output\), got shape \(1, 2\)",
        ),
    ],
)
def test_what_does_not_fit_is_refused(call: Callable[[], object], message: str) -> None:
    """The gradient of the output has the output's shape, or it is the gradient of something else."""
    with pytest.raises(EngineError, match=message):
        call()
