"""Adaptive pooling worked by hand: how the input is shared out, and what is refused."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.engine import (
    adaptive_avg_pool,
    adaptive_avg_pool_grad,
    adaptive_max_pool,
    adaptive_max_pool_grad,
    avg_pool,
    max_pool,
)
from grader.errors import EngineError


def test_neighbours_overlap_where_it_does_not_come_out_even() -> None:
    """Five entries in three places: 0 to 2, 1 to 4, 3 to 5."""
    x = [[[3, 1, 5, 6, 2]]]
    assert adaptive_avg_pool(x, 3).tolist() == [[[2, 4, 4]]]
    assert adaptive_max_pool(x, 3).tolist() == [[[3, 6, 6]]]


def test_an_even_share_is_plain_pooling() -> None:
    """Six entries in three places are windows of two."""
    x = np.arange(36.0).reshape(1, 1, 6, 6)
    assert adaptive_avg_pool(x, 3).tolist() == avg_pool(x, 2).tolist()
    assert adaptive_max_pool(x, (3, 2)).tolist() == max_pool(x, (2, 3)).tolist()


def test_more_places_than_entries_repeat_them() -> None:
    """Two entries in three places: the middle one holds both."""
    assert adaptive_avg_pool([[[2, 6]]], 3).tolist() == [[[2, 4, 6]]]


def test_none_keeps_an_axis() -> None:
    """As large as it was."""
    x = np.arange(6.0).reshape(1, 1, 2, 3)
    assert adaptive_avg_pool(x, (1, None)).tolist() == [[[[1.5, 2.5, 3.5]]]]
    assert adaptive_avg_pool(x, None).tolist() == x.tolist()


def test_a_tuple_pools_the_last_axes() -> None:
    """So a matrix needs no batch and no channel; indices are flat in it."""
    values, indices = adaptive_max_pool([[1, 5, 2], [7, 3, 4]], (1, 2), return_indices=True)
    assert values.tolist() == [[7, 5]]
    assert indices.tolist() == [[3, 1]]


def test_gradients_add_up_where_places_overlap() -> None:
    """The entry in the middle of three belongs to both places."""
    assert adaptive_avg_pool_grad((1, 1, 3), [[[2, 4]]], 2).tolist() == [[[1, 3, 2]]]
    assert adaptive_max_pool_grad([[[1, 9, 2]]], [[[2, 4]]], 2).tolist() == [[[0, 6, 0]]]
    assert adaptive_max_pool_grad([[[0, 0, 0]]], [[[2, 4]]], 2, indices=[[[1, 2]]]).tolist() == [[[0, 2, 4]]]


@given(st.integers(1, 9), st.integers(1, 9), st.integers(1, 9), st.integers(1, 9), st.integers(0, 99))
@settings(deadline=None, max_examples=50)
def test_the_gradient_is_the_adjoint(height: int, width: int, rows: int, columns: int, seed: int) -> None:
    """<pool(x), y> = <x, grad(y)>, and a constant image stays what it is."""
    rng = np.random.default_rng(seed)
    x, y = rng.normal(size=(2, height, width)), rng.normal(size=(2, rows, columns))
    back = adaptive_avg_pool_grad(x.shape, y, (rows, columns))
    np.testing.assert_allclose((adaptive_avg_pool(x, (rows, columns)) * y).sum(), (x * back).sum(), atol=1e-9)
    np.testing.assert_allclose(adaptive_avg_pool(np.full_like(x, 3.0), (rows, columns)), 3)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: adaptive_avg_pool(np.ones((4, 4)), 2), r"adaptive_avg_pool: output_size 2 does not fit .*\(4, 4\)"),
        (lambda: adaptive_avg_pool(np.ones((1, 4)), (1, 1, 1)), r"output_size \(1, 1, 1\) does not fit"),
        (lambda: adaptive_max_pool(np.ones((1, 1, 4)), 0), "adaptive_max_pool: output_size must be at least 1, got 0"),
        (lambda: adaptive_max_pool(np.ones((1, 1, 4)), 2.0), "output_size must be an integer, got 2.0"),
        (lambda: adaptive_max_pool(np.ones((1, 1, 0)), 1), r"every spatial size must be at least 1, got \(0,\)"),
        (
            lambda: adaptive_avg_pool_grad((1, 1, 4), np.ones((1, 1, 3)), 2),
            r"adaptive_avg_pool_grad: grad_output must have shape \(1, 1, 2\), got shape \(1, 1, 3\)",
        ),
        (
            lambda: adaptive_max_pool_grad(np.ones((1, 1, 4)), np.ones((1, 1, 3)), 2),
            r"adaptive_max_pool_grad: grad_output must have shape \(1, 1, 2\), got shape \(1, 1, 3\)",
        ),
    ],
)
def test_what_does_not_fit_is_refused(call: Callable[[], object], message: str) -> None:
    """Each message holds the shapes."""
    with pytest.raises(EngineError, match=message):
        call()
