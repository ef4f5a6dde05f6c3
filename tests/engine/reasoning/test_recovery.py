"""Filters found from inputs and outputs: settled, unsettled, and contradicted."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from grader.engine import conv, recover_filter, recover_layer
from grader.errors import EngineError


def test_a_filter_of_length_three() -> None:
    """Three equations, three unknowns, an integer answer in integers."""
    found = recover_filter([1, 4, 0, -2, 3], [-2, 2, 11], kernel_size=3)
    assert found.weight.tolist() == [2, -1, 3]
    assert found.weight.dtype == np.int64
    assert found.residual == 0
    assert found.unique


def test_whole_floats_are_solved_exactly_too() -> None:
    """YAML's 1.0 is as good as 1."""
    assert recover_filter([1.0, 4.0, 0.0, -2.0, 3.0], [-2.0, 2.0, 11.0], 3).weight.tolist() == [2, -1, 3]


def test_fractions_come_out_as_the_nearest_floats() -> None:
    """A third is a third, to the last digit."""
    found = recover_filter([3, 0, 3], [1, 2, 1], 1)
    assert found.weight.tolist() == [1 / 3]
    assert found.exact == (Fraction(1, 3),)


def test_data_that_leave_the_filter_open() -> None:
    """A constant input tells the sum of the entries and nothing else; the smallest such filter is given."""
    found = recover_filter([1, 1, 1, 1], [3, 3], 3)
    assert not found.unique
    assert found.null_space_dimension == 2
    assert found.residual == 0
    assert found.weight.tolist() == [1, 1, 1]
    assert found.null_space.tolist() == [[-1, 1, 0], [-1, 0, 1]]
    assert found.general([2, -1]).tolist() == [0, 3, 0]


def test_a_second_pair_settles_it() -> None:
    """Pairs need not be of one size."""
    found = recover_filter([[1, 1, 1, 1], [1, 0, 0, 0, 1]], [[6, 6], [1, 0, 3]], (3,))
    assert found.unique
    assert found.weight.tolist() == [1, 2, 3]


def test_data_that_no_filter_explains() -> None:
    """The same input cannot give 1 and 3: least squares settles on 2, and the residual tells."""
    found = recover_filter([1, 1], [1, 3], 1)
    assert found.weight.tolist() == [2]
    assert found.residual == pytest.approx(2**0.5)
    assert found.unique


def test_floats() -> None:
    """Measured data, with a little noise."""
    x = np.linspace(-1, 1, 40) ** 3
    y = conv(x[None], [[[0.5, -0.25]]], padding=1)[0] + 1e-9
    found = recover_filter(x, y, 2, padding=1)
    np.testing.assert_allclose(found.weight, [0.5, -0.25], atol=1e-7)
    assert 0 < found.residual < 1e-7


def test_large_integers_do_not_overflow() -> None:
    """Squares of these leave int64."""
    found = recover_filter([2**40, 3 * 2**40, 2**41], [2**40 * 7, 2**40 * 7], (2,))
    assert found.residual == 0
    assert found.weight.tolist() == [1, 2]


@given(
    kernel=npst.arrays(np.int64, st.tuples(st.integers(1, 3), st.integers(1, 3)), elements=st.integers(-9, 9)),
    stride=st.integers(1, 2),
    padding=st.integers(0, 1),
    dilation=st.integers(1, 2),
    seed=st.integers(0, 2**32 - 1),
)
@settings(deadline=None, max_examples=40)
def test_what_was_convolved_is_recovered(
    kernel: np.ndarray, stride: int, padding: int, dilation: int, seed: int
) -> None:
    """In two dimensions, for every stride, padding and dilation, where the data settle the filter."""
    x = np.random.default_rng(seed).integers(-20, 20, (9, 8))
    movement = {"stride": stride, "padding": padding, "dilation": dilation}
    y = conv(x[None], kernel[None, None], **movement)[0]
    found = recover_filter(x, y, kernel.shape, **movement)
    assert found.residual == 0
    if found.unique:
        assert found.weight.tolist() == kernel.tolist()


@given(
    x=npst.arrays(np.int64, 7, elements=st.integers(-2, 2)),
    y=npst.arrays(np.int64, 5, elements=st.integers(-2, 2)),
)
@settings(deadline=None, max_examples=60)
def test_exact_arithmetic_agrees_with_singular_values(x: np.ndarray, y: np.ndarray) -> None:
    """Unsettled and contradicted data included; halves make floats of the same problem."""
    exact, floating = recover_filter(x, y, 3), recover_filter(x + 0.0, y / 2, 3)
    np.testing.assert_allclose(exact.weight / 2, floating.weight, atol=1e-9)
    assert exact.null_space_dimension == floating.null_space_dimension
    assert exact.residual / 2 == pytest.approx(floating.residual, abs=1e-9)


@given(
    x=npst.arrays(np.int64, (5, 4), elements=st.integers(-1, 1)),
    y=npst.arrays(np.int64, (4, 3), elements=st.integers(-2, 2)),
    factors=st.lists(st.integers(-3, 3), min_size=4, max_size=4),
)
@settings(deadline=None, max_examples=60)
def test_the_general_solution_fits_as_well(x: np.ndarray, y: np.ndarray, factors: list[int]) -> None:
    """Exactly in integers, to rounding in floats; and the basis is independent."""
    for scale in (1, 0.5):
        found = recover_filter(x * scale, y * scale, (2, 2))
        free = found.null_space_dimension
        assert np.linalg.matrix_rank(found.null_space.reshape(free, 4)) == free if free else found.unique
        for one in found.null_space:
            np.testing.assert_allclose(conv(x[None] * scale, one[None, None]), 0, atol=1e-12)
        other = found.general(factors[:free])
        misses = [conv(x[None] * scale, w[None, None] * 1.0)[0] - y * scale for w in (found.weight, other)]
        for missed in misses:
            assert np.linalg.norm(missed) == pytest.approx(found.residual, abs=1e-9)
        assert np.linalg.norm(other) >= np.linalg.norm(found.weight) - 1e-9


def test_a_layer_with_channels_and_biases() -> None:
    """Two input channels, three filters, in two dimensions, to the last digit."""
    rng = np.random.default_rng(0)
    x, weight, bias = rng.integers(-9, 10, (2, 2, 6, 5)), rng.integers(-9, 10, (3, 2, 2, 3)), np.asarray([4, 0, -7])
    y = conv(x, weight, bias, 1, 1, padding_mode="circular")
    found = recover_layer(x, y, (2, 3), padding=1, bias=True, padding_mode="circular")
    assert found.unique
    assert found.residual == 0
    assert found.weight.tolist() == weight.tolist()
    assert found.bias is not None
    assert found.bias.tolist() == bias.tolist()


def test_a_layer_without_biases() -> None:
    """What a bias would explain is missed."""
    x = np.arange(6).reshape(1, 1, 6)
    y = conv(x, [[[1, -2]]], [5])
    assert recover_layer(x, y, (2,)).bias is None
    alone = recover_layer(np.asarray([[[1, -1, 2, 0]]]), np.asarray([[[3, 1, 4, 2]]]), (1,))
    assert alone.residual > 0
    assert recover_layer(np.asarray([[[1, -1, 2, 0]]]), np.asarray([[[3, 1, 4, 2]]]), (1,), bias=True).residual == 0


def test_what_bias_and_weight_share() -> None:
    """A constant input cannot tell one from the other."""
    found = recover_layer(np.full((1, 1, 3), 2), np.full((1, 1, 3), 10), (1,), bias=True)
    assert not found.unique
    assert found.null_bias is not None
    weight, bias = found.null_weight.item(), found.null_bias.item()
    assert 2 * weight + bias == 0
    assert found.residual == 0


@pytest.mark.parametrize("scale", [1, 0.5])
def test_under_every_library(library: Any, scale: float) -> None:
    """Settled and open, exact and by singular values."""
    rng = np.random.default_rng(1)
    x, weight = rng.integers(-9, 10, (1, 2, 7)), rng.integers(-9, 10, (1, 2, 2))
    y = conv(x, weight) * scale
    found = recover_layer(library.asarray(x), library.asarray(y), (2,))
    np.testing.assert_allclose(library.numpy(found.weight), weight * scale)
    alone = recover_filter(library.asarray(x[:, :1, 0] * scale), library.asarray(y[:1, 0, :1]), (1,))
    assert alone.unique
    wide = recover_filter(library.asarray(np.ones(4)), library.asarray(np.ones(2) * scale), 3)
    np.testing.assert_allclose(library.numpy(wide.weight), np.full(3, scale / 3))
    assert library.numpy(wide.null_space).shape == (2, 3)
    moved = wide.general(library.asarray(np.asarray([1.0, 0.0])))
    np.testing.assert_allclose(library.numpy(moved).sum(), scale)


def test_integers_beside_floats() -> None:
    """Pairs of both kinds together."""
    assert recover_filter([[1, 2], [0.5, 1.5]], [[2], [1.0]], (2,)).weight.tolist() == pytest.approx([2.0, 0.0])


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: recover_filter([1, 2, 3], [[1, 2]], 2),
            "of rank 1, or sequences of them, got ranks 1 and 2",
        ),
        (lambda: recover_filter([[1, 2]], [[1], [2]], (2,)), "got 1 inputs and 2 outputs"),
        (
            lambda: recover_filter([1, 2, 3], [1, 2, 3], 2),
            r"outputs must have shape \(2,\), got shape \(3,\)",
        ),
        (lambda: recover_filter([1, 2], [1], 3), r"kernel of size \(3,\).*input of size \(2,\)"),
        (lambda: recover_filter([1, float("nan")], [1], 2), "must be finite"),
        (lambda: recover_filter(1, 1, 1), "got ranks 0 and 0"),
        (
            lambda: recover_filter([1, 1, 1], [3], 3).general([1]),
            r"coefficients must have shape \(2,\), got shape \(1,\)",
        ),
        (lambda: recover_layer([[1, 2]], [[1]], (2,)), r"recover_layer: a kernel of 1 axes needs x of shape"),
        (lambda: recover_layer([[[1, 2]]], [[[1, 2]]], (2,)), r"recover_layer: y must have shape \(1, 1, 1\)"),
    ],
)
def test_pairs_that_do_not_fit_are_refused(call: Callable[[], object], message: str) -> None:
    """Each message says what was found."""
    with pytest.raises(EngineError, match=message):
        call()
