"""Max unpooling worked by hand, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.engine import max_pool, max_unpool, max_unpool_grad
from grader.errors import EngineError

Y, AT = [[[[6, 8], [14, 16]]]], [[[[5, 7], [13, 15]]]]


def test_maxima_return_to_where_they_stood() -> None:
    """Zeros around them."""
    assert max_unpool(Y, AT, 2).tolist() == [[[[0, 0, 0, 0], [0, 6, 0, 8], [0, 0, 0, 0], [0, 14, 0, 16]]]]


def test_the_output_may_be_larger_than_usual() -> None:
    """Indices count in the output's own rows; the whole shape may be given."""
    found = max_unpool(Y, AT, 2, output_size=(5, 5))
    assert np.argwhere(found[0, 0]).tolist() == [[1, 0], [1, 2], [2, 3], [3, 0]]
    assert max_unpool(Y, AT, 2, output_size=(1, 1, 5, 5)).tolist() == found.tolist()


def test_the_last_of_equal_indices_stays() -> None:
    """And each of them takes the gradient."""
    assert max_unpool([[[1, 2]]], [[[3, 3]]], 2).tolist() == [[[0, 0, 0, 2]]]
    assert max_unpool_grad([[[5, 6, 7, 8]]], [[[3, 3]]], 2).tolist() == [[[8, 8]]]


def test_the_gradient_is_picked_up_again() -> None:
    """What stands where each maximum went."""
    assert max_unpool_grad(np.arange(16).reshape(1, 1, 4, 4), AT, 2).tolist() == AT


@given(st.integers(1, 3), st.integers(0, 1), st.integers(0, 5), st.integers(0, 99))
@settings(deadline=None, max_examples=50)
def test_pooling_after_unpooling_changes_nothing(kernel: int, padding: int, more: int, seed: int) -> None:
    """Where windows do not overlap and maxima are positive."""
    x = np.random.default_rng(seed).integers(1, 99, (2, 3, kernel + more, kernel + more + 1))
    window: dict[str, Any] = {"kernel_size": kernel, "padding": min(padding, kernel // 2)}
    pooled, indices = max_pool(x, **window, return_indices=True)
    back = max_unpool(pooled, indices, **window, output_size=x.shape)
    assert max_pool(back, **window).tolist() == pooled.tolist()
    assert ((back == x) | (back == 0)).all()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: max_unpool([[1, 2]], [[0, 1]], 2), r"max_unpool: kernel_size 2 does not fit input of shape \(1, 2\)"),
        (lambda: max_unpool([[[1]]], [[[0, 1]]], 2), r"indices must have shape \(1, 1, 1\), got shape \(1, 1, 2\)"),
        (
            lambda: max_unpool([[[1]]], [[[2]]], 2),
            r"max_unpool: found an invalid max index: 2; flat indices into size \(2,\) end at 1",
        ),
        (lambda: max_unpool([[[1]]], [[[-1]]], 2), "found an invalid max index: -1"),
        (lambda: max_unpool([[[1]]], [[[0.0]]], 2), "max_unpool: indices must be integers, got dtype float64"),
        (
            lambda: max_unpool(Y, AT, 2, output_size=(6, 5)),
            r"invalid output_size \(6, 5\): it must differ from \(4, 4\) by less than the stride \(2, 2\)",
        ),
        (lambda: max_unpool(Y, AT, 2, output_size=(5,)), r"invalid output_size \(5,\)"),
        (lambda: max_unpool([[[1]]], [[[0]]], 2, padding=1), r"gives output of size \(0,\); it would be empty"),
        (
            lambda: max_unpool_grad(np.ones((1, 1, 5, 5)), AT, 2),
            r"max_unpool_grad: grad_output must have shape \(1, 1, 4, 4\), got shape \(1, 1, 5, 5\)",
        ),
        (lambda: max_unpool_grad(np.ones((1, 1, 4)), [[[0], [0, 1]]], 2), "max_unpool_grad: indices is ragged"),
    ],
)
def test_what_does_not_fit_is_refused(call: Callable[[], object], message: str) -> None:
    """Each message holds the shapes, or the index."""
    with pytest.raises(EngineError, match=message):
        call()
