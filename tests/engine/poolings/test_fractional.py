"""Fractional max pooling worked by hand: where windows begin, and what is refused."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from grader.engine import fractional_max_pool, fractional_max_pool_grad
from grader.errors import EngineError

X = np.asarray([[[3, 9, 1, 4, 2, 8, 5]]])


def test_windows_begin_at_steps_that_differ() -> None:
    """The mean step is 5/3: from u = 0 at 0, 1, 3 and 5, from u = 0.5 at 0, 2, 4 and 5."""
    assert fractional_max_pool(X, 2, 4, u=0).tolist() == [[[9, 9, 4, 8]]]
    values, indices = fractional_max_pool(X, 2, 4, u=0.5, return_indices=True)
    assert values.tolist() == [[[9, 4, 8, 8]]]
    assert indices.tolist() == [[[1, 3, 5, 5]]]


def test_each_channel_has_its_own_samples() -> None:
    """Shape (N, C, axes)."""
    twice = np.concatenate([X, X], axis=1)
    assert fractional_max_pool(twice, 2, 4, random_samples=[[[0.0], [0.5]]]).tolist() == [[[9, 9, 4, 8], [9, 4, 8, 8]]]


def test_of_two_axes_the_last_has_the_first_sample() -> None:
    """As PyTorch lays them out; `u` is in the order of the axes."""
    x = np.arange(49).reshape(1, 1, 7, 7)
    found = fractional_max_pool(x, 2, 4, random_samples=[[[0.5, 0.0]]])
    assert found.tolist() == fractional_max_pool(x, 2, 4, u=(0.0, 0.5)).tolist()
    assert found[0, 0, 0].tolist() == [8, 10, 12, 13]


def test_one_place_is_the_last() -> None:
    """It ends with the input."""
    assert fractional_max_pool(X, 2, 1, u=0.3).tolist() == [[[8]]]


def test_a_ratio_is_rounded_down() -> None:
    """0.5 of seven entries are three places."""
    assert fractional_max_pool(X, 2, output_ratio=0.5, u=0).shape == (1, 1, 3)


def test_the_gradient_goes_to_the_winners() -> None:
    """Twice where an entry won twice; the same by indices, without samples."""
    g = [[[1, 10, 100, 1000]]]
    assert fractional_max_pool_grad(X, g, 2, 4, u=0.5).tolist() == [[[0, 1, 0, 10, 0, 1100, 0]]]
    assert fractional_max_pool_grad(X, g, 2, 4, indices=[[[1, 3, 5, 5]]]).tolist() == [[[0, 1, 0, 10, 0, 1100, 0]]]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: fractional_max_pool(X, 2, u=0), "requires specifying either an output_size or an output_ratio"),
        (
            lambda: fractional_max_pool(X, 2, 3, 0.5, u=0),
            "requires specifying either an output_size or an output_ratio",
        ),
        (
            lambda: fractional_max_pool(X, 2, 3),
            r"fractional_max_pool: requires either random_samples, in the shape \(1, 1, 1\), or u",
        ),
        (lambda: fractional_max_pool(X, 2, 3, u=1), "u must be a number of at least 0 and below 1.*got 1"),
        (lambda: fractional_max_pool(X, 2, 3, u="a"), "u must be a number of at least 0 and below 1.*got 'a'"),
        (lambda: fractional_max_pool(X, 2, 3, u=(0.1, 0.2)), r"or one for each of 1 axes, got \(0.1, 0.2\)"),
        (lambda: fractional_max_pool(X, 2, output_ratio=1.5, u=0), "output_ratio must be a number .*got 1.5"),
        (
            lambda: fractional_max_pool(X, 3, 6, u=0),
            r"kernel_size \(3,\) is too large relative to input of size \(7,\) for output of size \(6,\)",
        ),
        (lambda: fractional_max_pool(X[0, 0], 3, 6, u=0), r"kernel_size 3 does not fit input of shape \(7,\)"),
        (
            lambda: fractional_max_pool(X, 2, 3, random_samples=[[0.5]]),
            r"random_samples must have shape \(1, 1, 1\), got shape \(1, 1\)",
        ),
        (
            lambda: fractional_max_pool(X, 2, 3, random_samples=[[[np.nan]]]),
            "random_samples must be at least 0 and below 1",
        ),
        (
            lambda: fractional_max_pool_grad(X, np.ones((1, 1, 4)), 2, 3, u=0),
            r"fractional_max_pool_grad: grad_output must have shape \(1, 1, 3\), got shape \(1, 1, 4\)",
        ),
    ],
)
def test_what_does_not_fit_is_refused(call: Callable[[], object], message: str) -> None:
    """Nothing is drawn in secret: without numbers there is no pooling."""
    with pytest.raises(EngineError, match=message):
        call()
