"""Every gradient against central differences of the operation that it belongs to."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from grader.engine import (
    avg_pool,
    avg_pool_grad,
    conv,
    conv_transpose,
    lp_pool,
    lp_pool_grad,
    max_pool,
    max_pool_grad,
)

CONVOLUTIONS = [
    pytest.param((2, 4, 6), (6, 2, 3), {"stride": 2, "padding": 1, "groups": 2}, id="1d-grouped"),
    pytest.param((2, 5, 4), (3, 2, 3, 2), {"padding": ((1, 0), (0, 2)), "dilation": (2, 1)}, id="2d-unbatched"),
    pytest.param((1, 1, 5, 5), (2, 1, 2, 2), {"stride": (2, 1), "padding": "same"}, id="2d-same"),
    pytest.param((1, 2, 3, 3, 4), (2, 1, 2, 2, 2), {"groups": 2}, id="3d-depthwise"),
    pytest.param((1, 2, 5), (2, 2, 3), {"padding": ((3, 1),), "padding_mode": "reflect"}, id="1d-reflect"),
    pytest.param((2, 3, 4), (1, 2, 2, 3), {"padding": (4, 2), "padding_mode": "replicate"}, id="2d-replicate"),
    pytest.param((1, 1, 3, 4), (2, 1, 3, 2), {"padding": ((3, 0), (1, 4)), "padding_mode": "circular"}, id="circular"),
    pytest.param((2, 1, 2, 5), (2, 3, 2, 2), {"stride": 2, "padding": 1, "many": True}, id="many"),
    pytest.param((2, 4, 4), (2, 2, 2, 3), {"padding": 1, "groups": 2, "many": True}, id="many-unbatched"),
]


@pytest.mark.parametrize(("input_shape", "weight_shape", "movement"), CONVOLUTIONS)
def test_convolution(
    engine: Any, differences: Any, input_shape: tuple[int, ...], weight_shape: tuple[int, ...], movement: dict[str, Any]
) -> None:
    """To the input, the weight and the bias."""
    rng = np.random.default_rng(0)
    many = movement.get("many", False)
    shapes = (input_shape, weight_shape, weight_shape[: 1 + many])
    x, weight, bias = (rng.normal(size=shape) for shape in shapes)
    g = rng.normal(size=conv(x, weight, bias, **movement).shape)
    found = engine.conv_grad_input(input_shape, weight, g, **movement)
    np.testing.assert_allclose(found, differences(lambda at: conv(at, weight, bias, **movement), x, g), atol=1e-7)
    found = engine.conv_grad_weight(x, weight_shape, g, **movement)
    np.testing.assert_allclose(found, differences(lambda at: conv(x, at, bias, **movement), weight, g), atol=1e-7)
    found = engine.conv_grad_bias(g, batched=x.ndim == weight.ndim, many=many)
    np.testing.assert_allclose(found, differences(lambda at: conv(x, weight, at, **movement), bias, g), atol=1e-7)


TRANSPOSED = [
    pytest.param((2, 4, 3), (4, 1, 3), {"stride": 2, "padding": 1, "groups": 2, "output_padding": 1}, id="1d-grouped"),
    pytest.param((2, 2, 3), (2, 2, 3, 2), {"stride": 3, "output_size": (8, 8)}, id="2d-unbatched"),
    pytest.param((1, 1, 2, 2, 2), (1, 1, 2, 2, 1), {"dilation": (2, 1, 1), "padding": ((1, 0), 0, 0)}, id="3d-dilated"),
    pytest.param((2, 1, 2, 3), (2, 2, 1, 2), {"stride": 2, "many": True}, id="many"),
]


@pytest.mark.parametrize(("input_shape", "weight_shape", "movement"), TRANSPOSED)
def test_transposed_convolution(
    engine: Any, differences: Any, input_shape: tuple[int, ...], weight_shape: tuple[int, ...], movement: dict[str, Any]
) -> None:
    """To the input, the weight and the bias."""
    rng = np.random.default_rng(0)
    many = movement.get("many", False)
    lead, channels = weight_shape[:many], weight_shape[1 + many] * movement.get("groups", 1)
    x, weight, bias = (rng.normal(size=shape) for shape in (input_shape, weight_shape, (*lead, channels)))

    def y(x: Any = x, weight: Any = weight, bias: Any = bias) -> Any:
        return conv_transpose(x, weight, bias, **movement)

    g = rng.normal(size=y().shape)
    found = engine.conv_transpose_grad_input(input_shape, weight, g, **movement)
    np.testing.assert_allclose(found, differences(lambda at: y(x=at), x, g), atol=1e-7)
    found = engine.conv_transpose_grad_weight(x, weight_shape, g, **movement)
    np.testing.assert_allclose(found, differences(lambda at: y(weight=at), weight, g), atol=1e-7)
    found = engine.conv_transpose_grad_bias(g, batched=x.ndim == weight.ndim, many=many)
    np.testing.assert_allclose(found, differences(lambda at: y(bias=at), bias, g), atol=1e-7)


POOLS = [
    pytest.param((2, 2, 7), {"kernel_size": 3, "stride": 2, "padding": 1}, id="1d"),
    pytest.param((2, 5, 6), {"kernel_size": (2, 3), "stride": 1, "padding": ((0, 1), (1, 1))}, id="2d-unbatched"),
    pytest.param((1, 1, 5, 5), {"kernel_size": 2, "dilation": 2, "stride": (1, 2)}, id="2d-dilated"),
    pytest.param((1, 1, 3, 4, 5), {"kernel_size": 2, "ceil_mode": True}, id="3d-ceil"),
]


@pytest.mark.parametrize(("shape", "movement"), POOLS)
def test_max_pooling(differences: Any, shape: tuple[int, ...], movement: dict[str, Any]) -> None:
    """No two entries are equal, so every maximum is one entry's."""
    rng = np.random.default_rng(1)
    x = rng.permutation(np.prod(shape)).reshape(shape) - 20.0
    g = rng.normal(size=max_pool(x, **movement).shape)
    slopes = differences(lambda at: max_pool(at, **movement), x, g)
    np.testing.assert_allclose(max_pool_grad(x, g, **movement), slopes, atol=1e-7)


@pytest.mark.parametrize("count_include_pad", [True, False])
@pytest.mark.parametrize(("shape", "movement"), POOLS)
def test_average_pooling(
    differences: Any, shape: tuple[int, ...], movement: dict[str, Any], count_include_pad: bool
) -> None:
    """With and without the padding in the mean."""
    rng = np.random.default_rng(2)
    movement = {**movement, "count_include_pad": count_include_pad}
    x = rng.normal(size=shape)
    g = rng.normal(size=avg_pool(x, **movement).shape)
    slopes = differences(lambda at: avg_pool(at, **movement), x, g)
    np.testing.assert_allclose(avg_pool_grad(shape, g, **movement), slopes, atol=1e-7)


@pytest.mark.parametrize("norm_type", [1, 2, 3, 2.5])
@pytest.mark.parametrize(("shape", "movement"), POOLS)
def test_lp_pooling(differences: Any, shape: tuple[int, ...], movement: dict[str, Any], norm_type: float) -> None:
    """Whole and broken norms, positive and negative entries."""
    rng = np.random.default_rng(3)
    x = rng.uniform(0.5, 2, size=shape) * rng.choice([-1, 1], size=shape)
    g = rng.normal(size=lp_pool(x, norm_type, **movement).shape)
    slopes = differences(lambda at: lp_pool(at, norm_type, **movement), x, g)
    np.testing.assert_allclose(lp_pool_grad(x, g, norm_type, **movement), slopes, atol=1e-7)
