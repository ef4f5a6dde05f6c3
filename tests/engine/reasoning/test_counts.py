"""Counts against worked examples, and what is refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from grader.engine import (
    conv_multiplications,
    conv_parameters,
    conv_transpose_multiplications,
    embedding_parameters,
    flops,
    linear_multiplications,
    linear_parameters,
    norm_parameters,
)
from grader.errors import EngineError


def test_parameters_of_a_small_network() -> None:
    """Two convolutions and a fully connected layer, each with biases."""
    assert conv_parameters(1, 10, (3, 3)) == 100
    assert conv_parameters(10, 10, (3, 3)) == 910
    assert linear_parameters(490, 3) == 1473


def test_without_a_bias_and_with_groups() -> None:
    """Depthwise: one kernel for each channel."""
    assert conv_parameters(32, 32, (3, 3), groups=32, bias=False) == 288
    assert linear_parameters(10, 2, bias=False) == 20


def test_norms_and_embeddings() -> None:
    """A scale and a shift for each channel, or each entry of a layer norm; a vector for each word."""
    assert norm_parameters(64) == 128
    assert norm_parameters((10, 4)) == 80
    assert norm_parameters(64, bias=False) == 64
    assert embedding_parameters(1000, 16) == 16_000


def test_multiplications_count_weights_times_places() -> None:
    """Padded zeros count, biases do not; a batch counts whole."""
    assert conv_multiplications((3, 32, 32), (8, 3, 3, 3), padding=1) == 221_184
    assert conv_multiplications((10, 205, 205), (96, 10, 10, 10), stride=3) == 418_176_000
    assert conv_multiplications((2, 3, 32, 32), (8, 3, 3, 3), padding=1) == 442_368
    assert linear_multiplications(180, 10) == 1800


def test_a_transposed_convolution_multiplies_every_input_entry() -> None:
    """Each of 2 * 2 entries with each of 3 channels' 4 weights."""
    assert conv_transpose_multiplications((1, 2, 2), (1, 3, 2, 2)) == 48


def test_flops_are_twice_the_multiplications() -> None:
    """One to multiply, one to add; and no number is too large."""
    assert flops(10**30) == 2 * 10**30


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: conv_parameters(3, 10, 3), "conv_parameters: kernel_size must be a sequence"),
        (
            lambda: conv_parameters(3, 10, ()),
            "kernel_size needs one size of at least 1 for each spatial axis",
        ),
        (lambda: conv_parameters(3, 10, (0, 3)), r"kernel_size needs one size of at least 1.*got \(0, 3\)"),
        (lambda: conv_parameters(3, 10, (3, 3), groups=2), "must be divisible by groups, got in_channels=3"),
        (lambda: conv_parameters(0, 10, (3, 3)), "in_channels must be at least 1, got 0"),
        (lambda: linear_parameters(10, -1), "out_features must be at least 1, got -1"),
        (lambda: norm_parameters(0), "norm_parameters: extent must be at least 1, got 0"),
        (lambda: embedding_parameters(5, 0), "embedding_parameters: embedding_dim must be at least 1, got 0"),
        (lambda: conv_multiplications((3, 5, 5), (8, 4, 3, 3)), r"expects input with 4 channels"),
        (lambda: conv_transpose_multiplications((3, 5), (4, 1, 3)), "expects input with 4 channels"),
    ],
)
def test_what_cannot_be_counted_is_refused(call: Callable[[], object], message: str) -> None:
    """An integer kernel size would not say how many axes there are."""
    with pytest.raises(EngineError, match=message):
        call()
