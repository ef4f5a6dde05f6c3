"""Max pooling worked by hand: ties, padding, NaN, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from grader.engine import max_pool, max_pool_grad
from grader.errors import EngineError


def test_windows_of_a_plain_matrix() -> None:
    """A tuple pools the last axes, so a matrix needs no batch and no channel."""
    x = [[109, 92, 72], [108, 85, 74], [110, 74, 79]]
    assert max_pool(x, (2, 2), stride=1).tolist() == [[109, 92], [110, 85]]


def test_indices_are_flat_in_each_image() -> None:
    """As PyTorch gives them for ``max_unpool``: row * width + column, counted anew in each channel."""
    x = np.asarray([[[[1, 9], [3, 4]], [[5, 6], [8, 7]]]])
    values, indices = max_pool(x, 2, return_indices=True)
    assert values.tolist() == [[[[9]], [[8]]]]
    assert indices.tolist() == [[[[1]], [[2]]]]


def test_padding_never_wins() -> None:
    """Zeros around negative entries would."""
    values, indices = max_pool([[[-5, -7]]], 2, stride=1, padding=1, return_indices=True)
    assert values.tolist() == [[[-5, -5, -7]]]
    assert indices.tolist() == [[[0, 0, 1]]]
    assert max_pool([[[-5, -7]]], 2, stride=1, padding=1).tolist() == [[[-5, -5, -7]]]


def test_ceil_mode_takes_the_rest() -> None:
    """The last place may reach beyond the end."""
    assert max_pool([[[1, 2, 3]]], 2).tolist() == [[[2]]]
    assert max_pool([[[1, 2, 3]]], 2, ceil_mode=True).tolist() == [[[2, 3]]]


def test_the_first_of_equal_maxima_takes_the_gradient() -> None:
    """In row order, as PyTorch."""
    x = np.ones((1, 1, 2, 2))
    assert max_pool_grad(x, [[[[7]]]], 2).tolist() == [[[[7, 0], [0, 0]]]]


def test_overlapping_places_add_up() -> None:
    """An entry that wins twice is paid twice."""
    assert max_pool_grad([[[1, 9, 2]]], [[[10, 5]]], 2, stride=1).tolist() == [[[0, 15, 0]]]


def test_the_gradient_by_indices() -> None:
    """Where they are given, the values of the input do not matter."""
    x = np.asarray([[[1, 9, 2, 7]]])
    _, indices = max_pool(x, 2, 1, return_indices=True)
    assert max_pool_grad(np.zeros_like(x), [[[1, 10, 100]]], 2, 1, indices=indices).tolist() == [[[0, 11, 0, 100]]]


def test_the_smallest_numbers_there_are_can_win() -> None:
    """Minus infinity and int64's least are entries like others."""
    assert max_pool([[[-np.inf, -np.inf]]], 2, padding=1, return_indices=True)[1].tolist() == [[[0, 1]]]
    least = np.iinfo(np.int64).min
    assert max_pool([[[least, least]]], 2, padding=1, return_indices=True)[1].tolist() == [[[0, 1]]]


def test_nan_spreads() -> None:
    """A place that holds a NaN gives one, and the index says where it was."""
    values, indices = max_pool([[[1.0, np.nan, 3.0, 2.0]]], 2, return_indices=True)
    np.testing.assert_array_equal(values, [[[np.nan, 3]]])
    assert indices.tolist() == [[[1, 2]]]
    np.testing.assert_array_equal(max_pool([[[1.0, np.nan, 3.0, 2.0]]], 2), values)


def test_the_result_shares_nothing_with_the_input() -> None:
    """Even where pooling changes nothing."""
    x = np.zeros((1, 1, 2))
    max_pool(x, 1)[...] = 5
    assert x.tolist() == [[[0, 0]]]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: max_pool(np.ones((4, 4)), 2),
            r"max_pool: kernel_size 2 does not fit input of shape \(4, 4\)",
        ),
        (
            lambda: max_pool(np.ones((1, 1, 2, 2)), 3),
            r"kernel of size \(3, 3\).*padded input of size \(2, 2\)",
        ),
        (
            lambda: max_pool(np.ones((1, 1, 4)), 2, padding=2),
            r"max_pool: padding \(2, 2\) leaves a place with padding alone, for kernel of size 2",
        ),
        (lambda: max_pool(np.ones((1, 1, 4)), 2, stride=(1, 1)), r"each of 1 spatial axis, got \(1, 1\)"),
        (lambda: max_pool(np.ones((1, 1, 0)), 2), r"every spatial size must be at least 1, got \(0,\)"),
        (
            lambda: max_pool_grad(np.ones((1, 1, 4)), np.ones((1, 1, 3)), 2),
            r"max_pool_grad: grad_output must have shape \(1, 1, 2\), got shape \(1, 1, 3\)",
        ),
        (
            lambda: max_pool_grad(np.ones((1, 1, 4)), np.ones((1, 1, 2)), 2, indices=[[[0, 4]]]),
            r"max_pool_grad: found an invalid max index: 4; flat indices into size \(4,\) end at 3",
        ),
    ],
)
def test_what_does_not_fit_is_refused(call: Callable[[], object], message: str) -> None:
    """Each message holds the shapes."""
    with pytest.raises(EngineError, match=message):
        call()


@pytest.mark.parametrize("kernel_size", [True, 1.0, (True, 1), (1, 1.0)])
def test_a_kept_window_lets_nothing_pass(kernel_size: Any) -> None:
    """What equals the integers of a call before is refused as it would be in the first."""
    x = np.zeros((1, 1, 2, 2))
    for _ in range(2):
        assert max_pool(x, 1).shape == max_pool(x, (1, 1)).shape == x.shape
        with pytest.raises(EngineError, match=r"max_pool: kernel_size must be an integer, got (True|1\.0)"):
            max_pool(x, kernel_size)
