"""Lp pooling worked by hand: its norms, its relatives, and what is refused."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from grader.engine import avg_pool, lp_pool, lp_pool_grad, max_pool
from grader.errors import EngineError

X = np.asarray([[[3.0, -4.0, 0.0, 2.0]]])


def test_the_euclidean_norm() -> None:
    """Three, four, five."""
    assert lp_pool(X, 2, 2).tolist() == [[[5, 2]]]


def test_the_magnitude_comes_first() -> None:
    """(27 + 64) ** (1/3), not (27 - 64) ** (1/3)."""
    np.testing.assert_allclose(lp_pool(X, 3, 2), [[[91 ** (1 / 3), 2]]])


def test_from_the_sum_to_the_maximum() -> None:
    """On positive entries p = 1 is the mean times the window's size, and a large p approaches the maximum."""
    x = np.abs(X)
    np.testing.assert_allclose(lp_pool(x, 1, 2), 2 * avg_pool(x, 2))
    np.testing.assert_allclose(lp_pool(x, 60, 2), max_pool(x, 2), rtol=1e-6)


def test_the_gradient_points_along_the_entries() -> None:
    """For p = 2 it is x / norm; a window of zeros has none."""
    assert lp_pool_grad(X, [[[10, 1]]], 2, 2).tolist() == [[[6, -8, 0, 1]]]
    assert lp_pool_grad(np.zeros((1, 1, 2)), [[[1.0]]], 2, 2).tolist() == [[[0, 0]]]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: lp_pool(X, 0.5, 2), "lp_pool: norm_type must be a finite number of at least 1, got 0.5"),
        (lambda: lp_pool(X, float("inf"), 2), "norm_type must be a finite number"),
        (lambda: lp_pool(X, float("nan"), 2), "norm_type must be a finite number"),
        (lambda: lp_pool(X, True, 2), "norm_type must be a finite number"),
        (lambda: lp_pool(X, "2", 2), "norm_type must be a finite number"),
        (lambda: lp_pool(X, 2, 5), r"lp_pool: kernel of size \(5,\).*input of size \(4,\)"),
        (
            lambda: lp_pool_grad(X, [[[1.0]]], 2, 2),
            r"lp_pool_grad: grad_output must have shape \(1, 1, 2\), got shape \(1, 1, 1\)",
        ),
    ],
)
def test_what_does_not_fit_is_refused(call: Callable[[], object], message: str) -> None:
    """Each message holds the shapes, or the norm."""
    with pytest.raises(EngineError, match=message):
        call()
