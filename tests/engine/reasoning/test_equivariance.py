"""What convolutions and poolings commute with, by experiment."""

from __future__ import annotations

from collections.abc import Callable
from math import inf
from typing import Any

import numpy as np
import pytest

from grader.engine import (
    EquivarianceGap,
    avg_pool,
    conv,
    equivariance_gap,
    invariance_gap,
    max_pool,
    mirrored,
    permuted,
    shifted,
    turned,
)
from grader.errors import EngineError

RNG = np.random.default_rng(8)
IMAGES = [RNG.integers(-9, 10, (1, 2, 8, 8)) for _ in range(3)]
WEIGHT = RNG.integers(-9, 10, (3, 2, 3, 3))
SYMMETRIC = np.broadcast_to(np.asarray([[1, 2, 1], [2, 5, 2], [1, 2, 1]]), (1, 2, 3, 3))


def circular(x: Any) -> Any:
    """A convolution that keeps the size, around the end."""
    return conv(x, WEIGHT, padding=1, padding_mode="circular")


def test_circular_convolution_commutes_with_shifts() -> None:
    """To the last digit."""
    shift = shifted(2, -3)
    assert equivariance_gap(circular, shift, shift, *IMAGES).largest == 0


def test_zeros_at_the_border_break_it_there_alone() -> None:
    """Away from what the shift carries around, nothing changes."""

    def padded(x: Any) -> Any:
        return conv(x, WEIGHT, padding=1)

    shift = shifted(1, 1)
    found = equivariance_gap(padded, shift, shift, *IMAGES)
    assert found.largest > 0
    assert {0, 1, 7} & set(found.where[2:])
    assert equivariance_gap(padded, shift, shift, *IMAGES, margin=(2, 2)).largest == 0


def test_a_stride_divides_the_shift() -> None:
    """Two in, one out; one in, and nothing fits."""

    def strided(x: Any) -> Any:
        return conv(x, WEIGHT, stride=2, padding=((1, 0), (1, 0)), padding_mode="circular")

    assert equivariance_gap(strided, shifted(0, 2), shifted(0, 1), *IMAGES).largest == 0
    assert equivariance_gap(strided, shifted(0, 1), shifted(0, 1), *IMAGES).largest > 0


@pytest.mark.parametrize("transform", [turned(), turned(2), turned(-1), mirrored(), mirrored(-2, -1)])
def test_turns_and_mirrors(transform: Any) -> None:
    """Only a kernel with that symmetry commutes with them."""

    def symmetric(x: Any) -> Any:
        return conv(x, SYMMETRIC, padding=1)

    assert equivariance_gap(symmetric, transform, transform, *IMAGES).largest == 0
    assert equivariance_gap(circular, transform, transform, *IMAGES).largest > 0


def test_turning_is_numpys() -> None:
    """Counterclockwise."""
    x = np.arange(6).reshape(2, 3)
    for quarters in range(-2, 6):
        assert turned(quarters)(x).tolist() == np.rot90(x, quarters).tolist()


def test_pooling_does_not_ask_which_channel() -> None:
    """And a pooling over everything does not ask where."""
    exchange = permuted([1, 0])
    assert equivariance_gap(lambda x: max_pool(x, 2), exchange, exchange, *IMAGES).largest == 0
    everywhere: Callable[[Any], Any] = lambda x: max_pool(x, 8)  # noqa: E731
    assert invariance_gap(everywhere, shifted(3, 1), *IMAGES).largest == 0
    assert invariance_gap(lambda x: avg_pool(x, 8), turned(), *IMAGES).largest < 1e-12
    assert invariance_gap(lambda x: avg_pool(x, 8), exchange, *IMAGES).largest > 0


def test_where_and_by_how_much() -> None:
    """The input that shows most, and the entry in it."""
    first, second = np.zeros(4), np.asarray([0.0, 0, 5, 0])
    assert invariance_gap(lambda x: x, shifted(1), first, second) == EquivarianceGap(5.0, 1, (2,))
    assert invariance_gap(lambda x: x, shifted(1), first) == EquivarianceGap(0.0, 0, (0,))
    assert invariance_gap(lambda x: x, shifted(2), second, margin=(1,)).where == (2,)


def test_what_is_not_finite() -> None:
    """The same on both sides agrees; on one side it is as far as can be."""
    both = np.asarray([np.nan, np.nan, inf, inf])
    assert invariance_gap(lambda x: x, mirrored(), both[:2]).largest == 0
    assert invariance_gap(lambda x: x, mirrored(), both[2:]).largest == 0
    assert invariance_gap(lambda x: x, mirrored(), both).largest == inf
    assert invariance_gap(lambda x: x, mirrored(), np.asarray([np.nan, 1.0])).largest == inf


def test_large_integers() -> None:
    """Neighbours beyond the doubles are told apart."""
    assert invariance_gap(lambda x: x, mirrored(), np.asarray([2**60, 2**60 + 1])).largest == 1


def test_under_every_library(library: Any) -> None:
    """Shifts, turns, mirrors and exchanges of foreign arrays."""
    image, weight = library.asarray(IMAGES[0]), library.asarray(SYMMETRIC)

    def symmetric(x: Any) -> Any:
        return conv(x, weight, padding=1, padding_mode="circular")

    for transform in (shifted(1, 2), turned(), mirrored(-1)):
        assert equivariance_gap(symmetric, transform, transform, image).largest == 0
    assert invariance_gap(symmetric, permuted([1, 0]), image).largest == 0
    found = equivariance_gap(symmetric, shifted(1, 0), shifted(0, 1), image)
    ours = conv(np.roll(IMAGES[0], 1, 2) - np.roll(IMAGES[0], 1, 3), SYMMETRIC, padding=1, padding_mode="circular")
    assert found.largest == np.abs(ours).max()
    assert abs(ours[found.where]) == found.largest


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: invariance_gap(abs, shifted(1)), "equivariance_gap: needs at least one input"),
        (
            lambda: invariance_gap(lambda x: x, turned(), np.zeros((2, 3))),
            r"f\(transform_in\(x\)\) has shape \(3, 2\) and transform_out\(f\(x\)\) has shape \(2, 3\)",
        ),
        (lambda: invariance_gap(abs, shifted(1), np.zeros(3), margin=(2,)), r"margin \(2,\) leaves nothing"),
        (lambda: invariance_gap(abs, shifted(1), np.zeros(3), margin=(0, 1)), r"margin \(0, 1\) does not fit"),
        (lambda: invariance_gap(lambda x: x, mirrored(), np.asarray([2**62, -(2**62)])), "may overflow int64"),
        (lambda: shifted(1, 1)(np.zeros(3)), r"shifted: needs an array of at least 2 axes, got shape \(3,\)"),
        (lambda: permuted([0, 0])(np.zeros((2, 1, 1))), r"permuted: order must hold each of 2 channels once"),
    ],
)
def test_what_cannot_be_compared_is_refused(call: Callable[[], object], message: str) -> None:
    """Each message says what was found."""
    with pytest.raises(EngineError, match=message):
        call()
