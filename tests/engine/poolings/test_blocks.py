"""Work by blocks is the same work."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from grader.engine import (
    adaptive_avg_pool,
    avg_pool,
    avg_pool_grad,
    fractional_max_pool,
    fractional_max_pool_grad,
    lp_pool_grad,
    max_pool,
    max_pool_grad,
)
from grader.engine.poolings import blocks

RNG = np.random.default_rng(0)
X, G = RNG.integers(-9, 10, (3, 5, 6, 7)).astype(float), RNG.normal(size=(3, 5, 3, 4))
SAMPLES = RNG.random((3, 5, 2))


@pytest.mark.parametrize("size", [1, 700, 1500])
@pytest.mark.parametrize(
    "operation",
    [
        lambda: max_pool(X, 1),
        lambda: max_pool(X, 3, 2, 1, return_indices=True),
        lambda: max_pool_grad(X, G, 3, 2, 1),
        lambda: avg_pool(X, 3, 2, 1, count_include_pad=False),
        lambda: avg_pool_grad(X.shape, G, 3, 2, 1),
        lambda: lp_pool_grad(X, G, 2, 3, 2, 1),
        lambda: adaptive_avg_pool(X, 4),
        lambda: fractional_max_pool(X, 2, (3, 4), random_samples=SAMPLES, return_indices=True),
        lambda: fractional_max_pool_grad(X, G, 2, (3, 4), random_samples=SAMPLES),
    ],
)
def test_in_small_blocks_as_in_one(monkeypatch: pytest.MonkeyPatch, operation: Callable[[], Any], size: int) -> None:
    """Image by image, or a few at a time with a rest, to the last bit."""
    expected = operation()
    monkeypatch.setattr(blocks, "BLOCK", size)
    np.testing.assert_array_equal(operation(), expected)


def test_no_images_are_no_trouble() -> None:
    """An empty batch in, an empty batch out."""
    x = np.zeros((0, 3, 6, 7))
    assert max_pool(x, 2).shape == avg_pool(x, 2).shape == (0, 3, 3, 3)
    assert max_pool(x, 2, return_indices=True)[1].shape == (0, 3, 3, 3)
    assert max_pool_grad(x, np.zeros((0, 3, 3, 3)), 2).shape == x.shape
    assert adaptive_avg_pool(x, 4).shape == (0, 3, 4, 4)
