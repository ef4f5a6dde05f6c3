"""Activations: exact on integers, steady at the extremes, PyTorch's choice at every bend, and what is refused."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from math import exp, inf, log, log1p, nan
from typing import Any

import numpy as np
import pytest

from grader import engine
from grader.engine import (
    gelu,
    gelu_grad,
    hardmax,
    hardtanh,
    hardtanh_grad,
    leaky_relu,
    leaky_relu_grad,
    log_softmax,
    logsigmoid,
    prelu,
    prelu_grad_input,
    prelu_grad_weight,
    relu,
    relu6,
    relu6_grad,
    relu_grad,
    selu,
    sigmoid,
    sigmoid_grad,
    softmax,
    softmax_grad,
    softplus,
    tanh_grad,
    threshold,
)
from grader.errors import EngineError

X = [-7, -1, 0, 1, 7]
BIG = 2**53 + 1
"""An integer that is no double."""


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (relu(X), [0, 0, 0, 1, 7]),
        (relu([-BIG, BIG]), [0, BIG]),
        (relu_grad(X, [BIG] * 5), [0, 0, 0, BIG, BIG]),
        (relu6(X), [0, 0, 0, 1, 6]),
        (relu6_grad([0, 1, 6, 7], [1, 2, 3, 4]), [0, 2, 0, 0]),
        (leaky_relu(X, 2), [-14, -2, 0, 1, 7]),
        (leaky_relu_grad(X, [1] * 5, 3), [3, 3, 3, 1, 1]),
        (prelu([[-1, -2, 3]], [5, 6, 7]), [[-5, -12, 3]]),
        (prelu_grad_input([[-1, -2, 3]], [5, 6, 7], [[1, 10, 100]]), [[5, 60, 100]]),
        (prelu_grad_weight([[-1, -2, 3]], [[1, 10, 100]]), [-1, -20, 0]),
        (prelu_grad_weight([-1, -2, 3], [1, 10, 100], each_channel=False), [-21]),
        (hardtanh(X, -2, 5), [-2, -1, 0, 1, 5]),
        (hardtanh_grad(X, [1] * 5), [0, 0, 1, 0, 0]),
        (threshold(X, 0, 20), [20, 20, 20, 1, 7]),
        (hardmax([[3, 5, 5], [1, 0, 0]], 1), [[0, 1, 0], [1, 0, 0]]),
        (hardmax([[3, 5, 5], [1, 0, 0]], 0), [[1, 1, 1], [0, 0, 0]]),
    ],
)
def test_integers_stay_exact(found: np.ndarray, expected: list[Any]) -> None:
    """Where what is done to them is whole."""
    assert found.dtype == np.int64
    assert found.tolist() == expected


def test_broken_options_make_integers_floats() -> None:
    """The type follows from the types of the arguments, never from values."""
    for found in (leaky_relu(X, 2.0), hardtanh(X, -1.0, 1), threshold(X, 0, 1.0), sigmoid(X)):
        assert found.dtype == np.float64


def test_numpys_numbers_are_numbers() -> None:
    """As an option they widen nothing either."""
    x = np.asarray([-1.0, 1.0], dtype=np.float16)
    assert leaky_relu(x, np.float64(0.5)).dtype == np.float16
    assert hardtanh(X, np.int32(-2), np.uint8(5)).tolist() == [-2, -1, 0, 1, 5]
    assert threshold(x, np.float32(0), np.float64(2)).tolist() == [2, 1]


ONE_ARGUMENT = """relu relu6 leaky_relu hardtanh hardsigmoid hardswish sigmoid logsigmoid tanh softsign elu selu celu
    softplus silu mish gelu""".split()


@pytest.mark.parametrize("name", ONE_ARGUMENT)
def test_nothing_overflows_or_warns(name: str) -> None:
    """Far out every activation and its slope is finite; NaN stays NaN."""
    x = np.asarray([-1e4, -750.0, -40.0, 40.0, 750.0, 1e4])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        y = getattr(engine, name)(x)
        slope = getattr(engine, f"{name}_grad")(x, np.ones(6))
        assert np.isfinite(y).all()
        assert np.isfinite(slope).all()
        assert np.isnan(getattr(engine, name)([nan])).all()
        assert np.isnan(threshold([nan], 0, 1)).all()


@pytest.mark.oracle
@pytest.mark.parametrize("name", ONE_ARGUMENT)
def test_at_the_bends(name: str) -> None:
    """On whole numbers, 0, 3 and 6 among them, values and slopes are PyTorch's."""
    torch: Any = pytest.importorskip("torch", reason="needs the `oracle` extra")
    x = np.arange(-8.0, 9.0)
    X = torch.tensor(x, requires_grad=True)
    theirs = getattr(torch.nn.functional, name)(X)
    np.testing.assert_allclose(getattr(engine, name)(x), theirs.detach().numpy(), rtol=1e-12, atol=1e-15)
    theirs.sum().backward()
    np.testing.assert_allclose(getattr(engine, f"{name}_grad")(x, np.ones(17)), X.grad.numpy(), rtol=1e-7, atol=1e-15)


def test_small_values_keep_their_digits() -> None:
    """Where 1 - y or 1 + y would round them off."""
    np.testing.assert_allclose(sigmoid([-700.0]), [exp(-700)], rtol=1e-13)
    np.testing.assert_allclose(logsigmoid([40.0]), [-exp(-40)], rtol=1e-13)
    np.testing.assert_allclose(softplus([-40.0, 30.0]), [exp(-40), 30 + log1p(exp(-30))], rtol=1e-15)
    np.testing.assert_allclose(sigmoid_grad([40.0], [1.0]), [exp(-40)], rtol=1e-13)
    np.testing.assert_allclose(tanh_grad([30.0], [1.0]), [4 * exp(-60)], rtol=1e-13)


def test_gelu_by_hand() -> None:
    """68.27 % of a normal distribution lie within 1; far out nothing is left of x or nothing is lost."""
    np.testing.assert_allclose(gelu([1.0, -1.0, 0.0]), [0.8413447460685429, -0.15865525393145705, 0])
    np.testing.assert_allclose(gelu([10.0]), [10], rtol=1e-15)
    np.testing.assert_allclose(gelu([-10.0]), [-7.61985302416047e-23], rtol=1e-13)
    np.testing.assert_allclose(gelu_grad([0.0], [1.0]), [0.5])


def test_selu_keeps_mean_and_variance() -> None:
    """Of a standard normal variable: its two constants are the ones that do."""
    x = np.linspace(-12, 12, 200_001)
    share = np.exp(-(x**2) / 2)
    y = selu(x)
    np.testing.assert_allclose((y * share).sum() / share.sum(), 0, atol=1e-9)
    np.testing.assert_allclose((y**2 * share).sum() / share.sum(), 1, atol=1e-8)


def test_softmax_by_hand() -> None:
    """Odds of 1 to 3; a large common term changes nothing, and -inf is no share at all."""
    np.testing.assert_allclose(softmax([0.0, log(3)], 0), [0.25, 0.75])
    np.testing.assert_allclose(softmax([1e4, 1e4 + log(3)], 0), [0.25, 0.75])
    np.testing.assert_allclose(softmax([0.0, log(3), -inf], -1), [0.25, 0.75, 0])
    np.testing.assert_allclose(log_softmax([[0], [1000]], 0), [[-1000], [0]])
    np.testing.assert_allclose(softmax_grad([0.0, log(3)], [1.0, 0.0], 0), [0.1875, -0.1875])


def test_many_slopes(library: Any) -> None:
    """Each problem has its own, forward and back, one or one for each channel."""
    rng = np.random.default_rng(0)
    x, g = rng.normal(size=(2, 3, 4, 5)), rng.normal(size=(2, 3, 4, 5))
    X, G = library.asarray(x), library.asarray(g)
    for weight in (rng.normal(size=(2, 1)), rng.normal(size=(2, 4))):
        found = prelu(X, library.asarray(weight), many=True)
        expected = [prelu(*one) for one in zip(x, weight, strict=True)]
        np.testing.assert_allclose(library.numpy(found), expected)
        found = prelu_grad_input(X, library.asarray(weight), G, many=True)
        expected = [prelu_grad_input(*one) for one in zip(x, weight, g, strict=True)]
        np.testing.assert_allclose(library.numpy(found), expected)
        each = weight.shape[1] > 1
        found = prelu_grad_weight(X, G, each_channel=each, many=True)
        expected = [prelu_grad_weight(*one, each_channel=each) for one in zip(x, g, strict=True)]
        np.testing.assert_allclose(library.numpy(found), expected)


def test_integers_in_every_library(library: Any) -> None:
    """Exact there as well."""
    x, g = library.asarray(X), library.asarray([1, 2, 3, 4, 5])
    for found, expected in [
        (relu(x), [0, 0, 0, 1, 7]),
        (relu_grad(x, g), [0, 0, 0, 4, 5]),
        (relu6(x), [0, 0, 0, 1, 6]),
        (leaky_relu(x, 2), [-14, -2, 0, 1, 7]),
        (hardtanh(x), [-1, -1, 0, 1, 1]),
        (threshold(x, 0, 20), [20, 20, 20, 1, 7]),
        (hardmax(x, 0), [0, 0, 0, 0, 1]),
    ]:
        assert library.numpy(found).dtype == np.int64
        assert library.numpy(found).tolist() == expected


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: relu_grad([1, 2], [1]),
            r"relu_grad: grad_output must have shape \(2,\), got shape \(1,\)",
        ),
        (lambda: relu(["a"]), "relu: x must hold integers or floats"),
        (lambda: leaky_relu(X, nan), "leaky_relu: negative_slope must be a finite number, got nan"),
        (lambda: leaky_relu(X, 2**62), "leaky_relu: integers this large may overflow int64"),
        (lambda: hardtanh(X, 1, 1), "hardtanh: min_val must be less than max_val, got 1 and 1"),
        (lambda: threshold(X, 0, "0"), "threshold: value must be a finite number, got '0'"),
        (
            lambda: prelu(np.ones((2, 3)), [1, 2]),
            (
                r"prelu: weight must have shape \(1,\) or one entry for each channel of input \(N, C, \*size\), "
                r"got weight of shape \(2,\) for input of shape \(2, 3\)"
            ),
        ),
        (lambda: prelu([1, 2], [[1]]), r"prelu: weight must have shape \(1,\)"),
        (lambda: prelu(1, [1, 2]), r"prelu: weight must have shape \(1,\)"),
        (lambda: prelu([2**62], [4]), "prelu: integers this large may overflow"),
        (lambda: prelu_grad_weight([1, 2], [1, 2]), r"prelu_grad_weight: x must have shape \(N, C, \*size\)"),
        (lambda: engine.celu(X, 0), "celu: alpha must be greater than 0, got 0"),
        (lambda: engine.elu(X, inf), "elu: alpha must be a finite number, got inf"),
        (lambda: softplus(X, -1.0), "softplus: beta must be greater than 0, got -1.0"),
        (lambda: gelu(X, "erf"), "gelu: approximate must be 'none' or 'tanh', got 'erf'"),  # type: ignore[arg-type]
        (lambda: softmax(X, 1), r"softmax: dim must be less than 1 for input of shape \(5,\), got 1"),
        (lambda: softmax(X, -2), "softmax: dim must be at least -1, got -2"),
        (lambda: softmax(X, 0.0), "softmax: dim must be an integer, got 0.0"),  # type: ignore[arg-type]
        (lambda: softmax(1.0, 0), r"softmax: dim must be less than 0 for input of shape \(\), got 0"),
        (lambda: softmax(np.ones((2, 0)), 1), r"softmax: there is nothing along dim 1 of input of shape \(2, 0\)"),
        (lambda: hardmax(np.ones((2, 0)), 1), "hardmax: there is nothing along dim 1"),
    ],
)
def test_what_does_not_fit_is_refused(call: Callable[[], object], message: str) -> None:
    """Each message begins with the operation and holds what was found."""
    with pytest.raises(EngineError, match=message):
        call()
