"""Every gradient against central differences of the operation that it belongs to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from grader.engine import (
    avg_pool,
    avg_pool_grad,
    conv,
    conv_grad_bias,
    conv_grad_input,
    conv_grad_weight,
    lp_pool,
    lp_pool_grad,
    max_pool,
    max_pool_grad,
)

STEP = 1e-6


def differences(operation: Callable[[np.ndarray], np.ndarray], at: np.ndarray, grad_output: np.ndarray) -> np.ndarray:
    """d/dat of sum(operation(at) * grad_output), one entry at a time."""
    slopes = np.empty_like(at)
    for index in np.ndindex(at.shape):
        step = np.zeros_like(at)
        step[index] = STEP
        slopes[index] = ((operation(at + step) - operation(at - step)) * grad_output).sum() / (2 * STEP)
    return slopes


CONVOLUTIONS = [
    pytest.param((2, 4, 6), (6, 2, 3), {"stride": 2, "padding": 1, "groups": 2}, id="1d-grouped"),
    pytest.param((2, 5, 4), (3, 2, 3, 2), {"padding": ((1, 0), (0, 2)), "dilation": (2, 1)}, id="2d-unbatched"),
    pytest.param((1, 1, 5, 5), (2, 1, 2, 2), {"stride": (2, 1), "padding": "same"}, id="2d-same"),
    pytest.param((1, 2, 3, 3, 4), (2, 1, 2, 2, 2), {"groups": 2}, id="3d-depthwise"),
]


@pytest.mark.parametrize(("input_shape", "weight_shape", "movement"), CONVOLUTIONS)
def test_convolution(input_shape: tuple[int, ...], weight_shape: tuple[int, ...], movement: dict[str, Any]) -> None:
    """To the input, the weight and the bias."""
    rng = np.random.default_rng(0)
    x, weight, bias = (
        rng.normal(size=input_shape),
        rng.normal(size=weight_shape),
        rng.normal(size=weight_shape[0]),
    )
    g = rng.normal(size=conv(x, weight, bias, **movement).shape)
    found = conv_grad_input(input_shape, weight, g, **movement)
    np.testing.assert_allclose(found, differences(lambda at: conv(at, weight, bias, **movement), x, g), atol=1e-7)
    found = conv_grad_weight(x, weight_shape, g, **movement)
    np.testing.assert_allclose(found, differences(lambda at: conv(x, at, bias, **movement), weight, g), atol=1e-7)
    found = conv_grad_bias(g, batched=x.ndim == weight.ndim)
    np.testing.assert_allclose(found, differences(lambda at: conv(x, weight, at, **movement), bias, g), atol=1e-7)


POOLS = [
    pytest.param((2, 2, 7), {"kernel_size": 3, "stride": 2, "padding": 1}, id="1d"),
    pytest.param((2, 5, 6), {"kernel_size": (2, 3), "stride": 1, "padding": ((0, 1), (1, 1))}, id="2d-unbatched"),
    pytest.param((1, 1, 5, 5), {"kernel_size": 2, "dilation": 2, "stride": (1, 2)}, id="2d-dilated"),
    pytest.param((1, 1, 3, 4, 5), {"kernel_size": 2, "ceil_mode": True}, id="3d-ceil"),
]


@pytest.mark.parametrize(("shape", "movement"), POOLS)
def test_max_pooling(shape: tuple[int, ...], movement: dict[str, Any]) -> None:
    """No two entries are equal, so every maximum is one entry's."""
    rng = np.random.default_rng(1)
    x = rng.permutation(np.prod(shape)).reshape(shape) - 20.0
    g = rng.normal(size=max_pool(x, **movement).shape)
    slopes = differences(lambda at: max_pool(at, **movement), x, g)
    np.testing.assert_allclose(max_pool_grad(x, g, **movement), slopes, atol=1e-7)


@pytest.mark.parametrize("count_include_pad", [True, False])
@pytest.mark.parametrize(("shape", "movement"), POOLS)
def test_average_pooling(shape: tuple[int, ...], movement: dict[str, Any], count_include_pad: bool) -> None:
    """With and without the padding in the mean."""
    rng = np.random.default_rng(2)
    movement = {**movement, "count_include_pad": count_include_pad}
    x = rng.normal(size=shape)
    g = rng.normal(size=avg_pool(x, **movement).shape)
    slopes = differences(lambda at: avg_pool(at, **movement), x, g)
    np.testing.assert_allclose(avg_pool_grad(shape, g, **movement), slopes, atol=1e-7)


@pytest.mark.parametrize("norm_type", [1, 2, 3, 2.5])
@pytest.mark.parametrize(("shape", "movement"), POOLS)
def test_lp_pooling(shape: tuple[int, ...], movement: dict[str, Any], norm_type: float) -> None:
    """Whole and broken norms, positive and negative entries."""
    rng = np.random.default_rng(3)
    x = rng.uniform(0.5, 2, size=shape) * rng.choice([-1, 1], size=shape)
    g = rng.normal(size=lp_pool(x, norm_type, **movement).shape)
    slopes = differences(lambda at: lp_pool(at, norm_type, **movement), x, g)
    np.testing.assert_allclose(lp_pool_grad(x, g, norm_type, **movement), slopes, atol=1e-7)
