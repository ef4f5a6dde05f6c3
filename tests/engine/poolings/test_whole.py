"""Global pooling worked by hand, and what is refused."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from grader.engine import (
    global_avg_pool,
    global_avg_pool_grad,
    global_lp_pool,
    global_lp_pool_grad,
    global_max_pool,
    global_max_pool_grad,
)
from grader.errors import EngineError

X = np.asarray([[[[3, 4], [0, 0]], [[1, 1], [1, 1]]]])


def test_one_number_a_channel() -> None:
    """The mean, the largest, the norm; the axes stay, one long."""
    assert global_avg_pool(X).tolist() == [[[[1.75]], [[1]]]]
    assert global_max_pool(X).tolist() == [[[[4]], [[1]]]]
    assert global_lp_pool(X).tolist() == [[[[5]], [[2]]]]
    assert global_lp_pool(X, 1).tolist() == [[[[7]], [[4]]]]


def test_where_the_largest_stood() -> None:
    """The first of equal ones, as a flat index."""
    assert global_max_pool(X, return_indices=True)[1].tolist() == [[[[1]], [[0]]]]


def test_the_spatial_axes_can_be_told() -> None:
    """A matrix alone, or with channels and no batch."""
    assert global_max_pool([[1, 2], [3, 0]], 2).tolist() == [[3]]
    assert global_avg_pool([[1, 2], [3, 0]], 1).tolist() == [[1.5], [1.5]]


def test_gradients() -> None:
    """Shared out evenly, to the winner, along the entries."""
    g = [[[[4]], [[8]]]]
    assert global_avg_pool_grad((1, 2, 2, 2), g).tolist() == [[[[1, 1], [1, 1]], [[2, 2], [2, 2]]]]
    assert global_max_pool_grad(X, g).tolist() == [[[[0, 4], [0, 0]], [[8, 0], [0, 0]]]]
    assert global_max_pool_grad(X, g, indices=[[[[3]], [[2]]]]).tolist() == [[[[0, 0], [0, 4]], [[0, 0], [8, 0]]]]
    assert global_lp_pool_grad(X, [[[[10]], [[2]]]]).tolist() == [[[[6, 8], [0, 0]], [[1, 1], [1, 1]]]]


def test_a_gradient_is_an_array_of_its_own() -> None:
    """Not one number seen many times."""
    found = global_avg_pool_grad((1, 1, 3), [[[3.0]]])
    found[..., 0] = 7
    assert found.tolist() == [[[7, 1, 1]]]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: global_avg_pool(np.ones((2, 3))), r"global_avg_pool: input of shape \(2, 3\) has no axes after"),
        (
            lambda: global_max_pool(np.ones((2, 3)), 3),
            r"global_max_pool: input of shape \(2, 3\) has no 3 axes to pool",
        ),
        (lambda: global_max_pool(np.ones((2, 3)), 0), "spatial must be at least 1, got 0"),
        (lambda: global_max_pool(np.ones((1, 1, 0))), r"every spatial size must be at least 1, got \(0,\)"),
        (lambda: global_lp_pool(X, 0), "global_lp_pool: norm_type must be a finite number of at least 1, got 0"),
        (
            lambda: global_avg_pool_grad((1, 2, 4), np.ones((1, 2, 4))),
            r"global_avg_pool_grad: grad_output must have shape \(1, 2, 1\), got shape \(1, 2, 4\)",
        ),
    ],
)
def test_what_does_not_fit_is_refused(call: Callable[[], object], message: str) -> None:
    """Each message holds the shapes."""
    with pytest.raises(EngineError, match=message):
        call()
