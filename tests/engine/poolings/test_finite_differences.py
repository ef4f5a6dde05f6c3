"""The gradients of adaptive, global and fractional pooling and of unpooling against central differences."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from grader.engine import (
    adaptive_avg_pool,
    adaptive_avg_pool_grad,
    adaptive_max_pool,
    adaptive_max_pool_grad,
    avg_pool,
    avg_pool_grad,
    fractional_max_pool,
    fractional_max_pool_grad,
    global_avg_pool,
    global_avg_pool_grad,
    global_lp_pool,
    global_lp_pool_grad,
    global_max_pool,
    global_max_pool_grad,
    max_pool,
    max_unpool,
    max_unpool_grad,
)

STEP = 1e-6
SHAPE = (1, 2, 5, 4)
AT = max_pool(np.random.default_rng(5).normal(size=SHAPE), 2, return_indices=True)[1]

PAIRS: dict[str, tuple[Callable[..., Any], Callable[..., Any], tuple[int, ...]]] = {
    "adaptive average": (
        lambda x: adaptive_avg_pool(x, (3, 3)),
        lambda x, g: adaptive_avg_pool_grad(x.shape, g, (3, 3)),
        SHAPE,
    ),
    "adaptive max": (
        lambda x: adaptive_max_pool(x, (3, 3)),
        lambda x, g: adaptive_max_pool_grad(x, g, (3, 3)),
        SHAPE,
    ),
    "average by a divisor": (
        lambda x: avg_pool(x, 3, 2, 1, divisor_override=5),
        lambda x, g: avg_pool_grad(x.shape, g, 3, 2, 1, divisor_override=5),
        SHAPE,
    ),
    "fractional": (
        lambda x: fractional_max_pool(x, 2, 3, u=(0.7, 0.2)),
        lambda x, g: fractional_max_pool_grad(x, g, 2, 3, u=(0.7, 0.2)),
        SHAPE,
    ),
    "global average": (global_avg_pool, lambda x, g: global_avg_pool_grad(x.shape, g), SHAPE),
    "global max": (global_max_pool, global_max_pool_grad, SHAPE),
    "global norm": (lambda x: global_lp_pool(x, 2.5), lambda x, g: global_lp_pool_grad(x, g, 2.5), SHAPE),
    "unpooling": (
        lambda y: max_unpool(y, AT, 2, output_size=SHAPE),
        lambda _, g: max_unpool_grad(g, AT, 2, output_size=SHAPE),
        AT.shape,
    ),
}


@pytest.mark.parametrize("name", PAIRS)
def test_the_gradient_is_the_slope(name: str) -> None:
    """No two entries are equal, so that every maximum is one entry's."""
    operation, gradient, shape = PAIRS[name]
    rng = np.random.default_rng(1)
    x = rng.permutation(np.prod(shape)).reshape(shape) - 19.5
    g = rng.normal(size=operation(x).shape)
    slopes = np.empty_like(x)
    for index in np.ndindex(shape):
        step = np.zeros_like(x)
        step[index] = STEP
        slopes[index] = ((operation(x + step) - operation(x - step)) * g).sum() / (2 * STEP)
    np.testing.assert_allclose(gradient(x, g), slopes, atol=1e-7)
