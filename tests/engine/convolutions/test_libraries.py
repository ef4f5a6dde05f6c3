"""Convolutions give the same under every array library, in its own arrays and on its own device."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from grader.engine import conv, conv_grad_bias, conv_grad_input, conv_grad_weight, conv_transpose, flip

CASES = [
    pytest.param((2, 4, 6), (6, 2, 3), {"stride": 2, "padding": 1, "groups": 2}, id="1d-grouped"),
    pytest.param((2, 5, 4), (3, 2, 3, 2), {"padding": ((1, 0), (0, 2)), "dilation": (2, 1)}, id="2d-unbatched"),
    pytest.param((1, 1, 5, 5), (2, 1, 2, 2), {"stride": (2, 1), "padding": "same"}, id="2d-same"),
    pytest.param((1, 2, 3, 3, 4), (2, 1, 2, 2, 2), {"groups": 2}, id="3d-depthwise"),
    pytest.param((1, 2, 4, 5), (2, 2, 3, 3), {"padding": (1, 2), "padding_mode": "reflect"}, id="reflect"),
    pytest.param((1, 2, 4, 5), (2, 2, 3, 3), {"padding": (1, 2), "padding_mode": "replicate"}, id="replicate"),
    pytest.param((1, 2, 4, 5), (2, 2, 3, 3), {"padding": (1, 2), "padding_mode": "circular"}, id="circular"),
    pytest.param((3, 2, 1, 4), (3, 2, 1, 3), {"padding": 1, "many": True}, id="many"),
    pytest.param((0, 1, 4), (2, 1, 3), {}, id="empty-batch"),
]


def draw(seed: int, shape: tuple[int, ...], kind: str) -> np.ndarray:
    """Small integers in the type `kind`, so that every library works out the same to the last digit."""
    return np.random.default_rng(seed).integers(-4, 5, shape).astype(kind)


@pytest.mark.parametrize("kind", ["int64", "float64", "float32"])
@pytest.mark.parametrize(("input_shape", "weight_shape", "movement"), CASES)
def test_convolution_and_its_gradients(
    library: Any, input_shape: tuple[int, ...], weight_shape: tuple[int, ...], movement: dict[str, Any], kind: str
) -> None:
    """Forward and to every input, values and types."""
    many = movement.get("many", False)
    x, weight = draw(0, input_shape, kind), draw(1, weight_shape, kind)
    bias = draw(2, weight_shape[: 1 + many], kind)
    X, W, B = map(library.asarray, (x, weight, bias))
    expected = conv(x, weight, bias, **movement)
    assert_same(library, conv(X, W, B, **movement), expected)
    g = draw(3, expected.shape, kind)
    G = library.asarray(g)
    assert_same(library, conv_grad_input(x.shape, W, G, **movement), conv_grad_input(x.shape, weight, g, **movement))
    assert_same(
        library, conv_grad_weight(X, weight.shape, G, **movement), conv_grad_weight(x, weight.shape, g, **movement)
    )
    kept = {"batched": x.ndim == weight.ndim, "many": many}
    assert_same(library, conv_grad_bias(G, **kept), conv_grad_bias(g, **kept))


@pytest.mark.parametrize("kind", ["int64", "float64"])
def test_transposed_convolution_and_flip(library: Any, kind: str) -> None:
    """With everything that may be given."""
    x, weight, bias = draw(0, (2, 4, 3, 2), kind), draw(1, (4, 1, 2, 3), kind), draw(2, (2,), kind)
    moves: dict[str, Any] = {"stride": 2, "padding": ((1, 0), (0, 1)), "output_padding": 1, "groups": 2}
    found = conv_transpose(*map(library.asarray, (x, weight, bias)), **moves)
    assert_same(library, found, conv_transpose(x, weight, bias, **moves))
    assert_same(library, flip(library.asarray(weight)), flip(weight))


def assert_same(library: Any, found: Any, expected: np.ndarray) -> None:
    """The same values in the same type."""
    array = library.numpy(found)
    assert array.dtype == expected.dtype
    np.testing.assert_array_equal(array, expected)
