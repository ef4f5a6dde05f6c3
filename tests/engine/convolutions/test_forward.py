"""Convolution worked by hand, and what is refused."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from grader.engine import conv, flip
from grader.errors import EngineError

IMAGE = [[4, 5, 2, 2, 1], [3, 3, 2, 2, 4], [4, 3, 4, 1, 1], [5, 1, 4, 1, 2], [5, 1, 3, 1, 4]]
KERNEL = [[4, 3, 3], [5, 5, 5], [2, 4, 3]]


def test_a_matrix_and_a_kernel() -> None:
    """A 5x5 image under a 3x3 kernel, the homework's classic."""
    assert conv([IMAGE], [[KERNEL]]).tolist() == [[[109, 92, 72], [108, 85, 74], [110, 74, 79]]]


def test_one_dimension() -> None:
    """The kernel is not flipped: 2*1 - 1*4 + 3*0 = -2."""
    assert conv([[1, 4, 0, -2, 3]], [[[2, -1, 3]]]).tolist() == [[-2, 2, 11]]


def test_dilation_and_padding() -> None:
    """Ones with gaps of one pick every second entry, and zeros beyond the edge."""
    x = np.arange(1, 10).reshape(1, 1, 3, 3)
    found = conv(x, np.ones((1, 1, 2, 2), dtype=int), padding=1, dilation=2)
    assert found.tolist() == [[[[5, 10, 5], [10, 20, 10], [5, 10, 5]]]]


def test_stride_and_bias() -> None:
    """Every second place, and the bias on each."""
    assert conv([[1, 2, 3, 4, 5]], [[[1, 1]]], [10], stride=2).tolist() == [[13, 17]]


def test_three_dimensions() -> None:
    """A 2x2x2 cube of ones adds up all eight entries."""
    assert conv(np.arange(8).reshape(1, 1, 2, 2, 2), np.ones((1, 1, 2, 2, 2), dtype=int)).item() == 28


def test_channels_are_summed() -> None:
    """Each output channel has a weight for every input channel."""
    weight = [[[1], [10]], [[0], [1]]]
    assert conv([[1, 2], [3, 4]], weight).tolist() == [[31, 42], [3, 4]]


def test_groups_do_not_mix() -> None:
    """With as many groups as channels each channel has a kernel of its own."""
    assert conv([[1, 2], [3, 4]], [[[1]], [[10]]], groups=2).tolist() == [[1, 2], [30, 40]]


@pytest.mark.parametrize(
    ("padding", "expected"),
    [
        ("valid", [3, 5, 7]),
        (0, [3, 5, 7]),
        ("same", [3, 5, 7, 4]),
        (((1, 0),), [1, 3, 5, 7]),
        ((1,), [1, 3, 5, 7, 4]),
    ],
)
def test_padding(padding: Any, expected: list[int]) -> None:
    """'same' puts the odd zero at the end; a pair says what goes where."""
    assert conv([[1, 2, 3, 4]], [[[1, 1]]], padding=padding).tolist() == [expected]


def test_the_input_is_left_alone() -> None:
    """Neither changed nor shared with the result."""
    x = np.arange(4.0).reshape(1, 1, 4)
    found = conv(x, [[[1.0]]])
    found += 1
    assert x.tolist() == [[[0, 1, 2, 3]]]


def test_flip_reverses_the_spatial_axes_alone() -> None:
    """Output and input channels keep their order."""
    weight = np.arange(8).reshape(2, 1, 2, 2)
    assert flip(weight).tolist() == [[[[3, 2], [1, 0]]], [[[7, 6], [5, 4]]]]
    assert flip([[1, 2], [3, 4]], spatial=2).tolist() == [[4, 3], [2, 1]]


def test_flipped_convolution_is_numpys_convolve() -> None:
    """``numpy.convolve`` flips, as mathematicians do."""
    x, k = np.asarray([1, 4, 0, -2, 3]), np.asarray([2, -1, 3])
    assert conv(x[None], flip(k[None, None]))[0].tolist() == np.convolve(x, k, "valid").tolist()


X = np.ones((1, 2, 5, 5))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            {"x": X, "weight": np.ones((4, 3, 3, 3))},
            (
                r"conv: weight of shape \(4, 3, 3, 3\) with groups=1 expects input with 3 channels, "
                r"got input of shape \(1, 2, 5, 5\)"
            ),
        ),
        (
            {"x": X, "weight": np.ones((3, 1, 3, 3)), "groups": 2},
            r"conv: out_channels must be divisible by groups, got weight of shape \(3, 1, 3, 3\)",
        ),
        (
            {"x": X[0, 0], "weight": np.ones((4, 2, 3, 3))},
            (
                r"conv: weight of shape \(4, 2, 3, 3\) expects input of rank 4 \(batched\) or 3 "
                r"\(unbatched\), got input of shape \(5, 5\)"
            ),
        ),
        ({"x": X, "weight": np.ones((3, 3))}, r"conv: weight must have shape .*, got shape \(3, 3\)"),
        ({"x": X, "weight": np.ones((1, 2, 6, 3))}, r"conv: kernel of size \(6, 3\).*input of size \(5, 5\)"),
        ({"x": X, "weight": np.ones((1, 2, 3, 3)), "groups": 0}, "conv: groups must be at least 1, got 0"),
        (
            {"x": X, "weight": np.ones((1, 2, 3, 3)), "groups": 1.0},
            "conv: groups must be an integer, got 1.0",
        ),
        ({"x": X, "weight": np.ones((1, 2, 3, 3)), "padding": "reflect"}, "conv: padding must be 'valid'"),
        (
            {"x": X, "weight": np.ones((4, 2, 3, 3)), "bias": [1, 2]},
            r"conv: bias must have shape \(4,\), got shape \(2,\)",
        ),
    ],
)
def test_what_does_not_fit_is_refused(arguments: dict[str, Any], message: str) -> None:
    """Each message holds the shapes, in PyTorch's words."""
    with pytest.raises(EngineError, match=message):
        conv(**arguments)


@pytest.mark.parametrize(("shape", "spatial"), [((3, 3), None), ((3,), 2), ((3,), 0)])
def test_a_flip_without_those_axes_is_refused(shape: tuple[int, ...], spatial: int | None) -> None:
    """A plain matrix does not say which of its axes are spatial."""
    with pytest.raises(EngineError, match="flip: "):
        flip(np.ones(shape), spatial)
