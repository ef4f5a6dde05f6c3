"""Average pooling worked by hand: what counts in the mean, and what is refused."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from grader.engine import avg_pool, avg_pool_grad
from grader.errors import EngineError


def test_the_mean_of_each_window() -> None:
    """Four entries at a time."""
    x = [[1, 2, 5, 6], [3, 4, 7, 8]]
    assert avg_pool(x, (2, 2)).tolist() == [[2.5, 6.5]]


def test_padding_counts_unless_told_otherwise() -> None:
    """(0 + 6) / 2 or 6 / 1."""
    assert avg_pool([[[6, 8]]], 2, padding=1).tolist() == [[[3, 4]]]
    assert avg_pool([[[6, 8]]], 2, padding=1, count_include_pad=False).tolist() == [[[6, 8]]]


def test_what_lies_beyond_the_padding_never_counts() -> None:
    """In ceil mode the last place holds one entry, and its mean is that entry."""
    assert avg_pool([[[1, 2, 3]]], 2, ceil_mode=True).tolist() == [[[1.5, 3]]]


def test_a_divisor_of_its_own() -> None:
    """The sums, divided by what is asked for; and so the gradient."""
    assert avg_pool([[[1, 2, 3]]], 2, ceil_mode=True, divisor_override=1).tolist() == [[[3, 3]]]
    assert avg_pool_grad((1, 1, 2), [[[8]]], 2, divisor_override=4).tolist() == [[[2, 2]]]


def test_dilation_skips_entries() -> None:
    """The mean of the first and the third."""
    assert avg_pool([[[1, 50, 3]]], 2, dilation=2).tolist() == [[[2]]]


def test_the_gradient_is_shared_out() -> None:
    """A quarter to each entry of a 2x2 window."""
    assert avg_pool_grad((1, 1, 2, 2), [[[[8]]]], 2).tolist() == [[[[2, 2], [2, 2]]]]


def test_the_whole_image_at_once_is_global_pooling() -> None:
    """A window as large as the image."""
    assert avg_pool(np.arange(12).reshape(1, 2, 2, 3), (2, 3)).tolist() == [[[[2.5]], [[8.5]]]]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: avg_pool(np.ones((4, 4)), 2),
            r"avg_pool: kernel_size 2 does not fit input of shape \(4, 4\)",
        ),
        (lambda: avg_pool(np.ones((1, 1, 2)), 3), r"avg_pool: kernel of size \(3,\).*input of size \(2,\)"),
        (
            lambda: avg_pool(np.ones((1, 1, 4)), 2, padding=2, count_include_pad=False),
            "avg_pool: padding .* leaves a place with padding alone",
        ),
        (lambda: avg_pool([[[1, 2]]], 2, divisor_override=0), "avg_pool: divisor_override must be at least 1, got 0"),
        (
            lambda: avg_pool_grad((1, 1, 4), np.ones((1, 1, 3)), 2),
            r"avg_pool_grad: grad_output must have shape \(1, 1, 2\), got shape \(1, 1, 3\)",
        ),
    ],
)
def test_what_does_not_fit_is_refused(call: Callable[[], object], message: str) -> None:
    """Each message holds the shapes."""
    with pytest.raises(EngineError, match=message):
        call()
