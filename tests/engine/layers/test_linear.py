"""A fully connected layer worked by hand, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from grader.engine import conv, linear, linear_grad_bias, linear_grad_input, linear_grad_weight
from grader.errors import EngineError

WEIGHT = [[1, 2, 3], [0, -1, 1]]


def test_a_vector() -> None:
    """1*1 + 2*2 + 3*0 + 10 and -2 + 0 + 20."""
    assert linear([1, 2, 0], WEIGHT, [10, 20]).tolist() == [15, 18]


def test_only_the_last_axis_is_transformed() -> None:
    """All others are batches of batches."""
    x = np.arange(24).reshape(2, 2, 2, 3)
    found = linear(x, WEIGHT)
    assert found.shape == (2, 2, 2, 2)
    assert found[1, 0, 1].tolist() == linear(x[1, 0, 1], WEIGHT).tolist()


def test_gradients_by_hand() -> None:
    """To x the rows of the weight, to the weight the inputs, to the bias the batch's sum."""
    grad = [[1, 10], [100, 0]]
    assert linear_grad_input((2, 3), WEIGHT, grad).tolist() == [[1, -8, 13], [100, 200, 300]]
    assert linear_grad_weight([[1, 2, 3], [4, 5, 6]], grad).tolist() == [[401, 502, 603], [10, 20, 30]]
    assert linear_grad_bias(grad).tolist() == [101, 10]


def test_integers_beyond_double_precision_stay_exact() -> None:
    """2**53 + 1 is not a double."""
    assert linear([2**53, 1], [[1, 1]]).tolist() == [2**53 + 1]
    assert linear_grad_weight([[1]], [[2**53 + 1]]).tolist() == [[2**53 + 1]]
    assert linear_grad_input((2,), [[2**53 + 1, 1]], [1]).tolist() == [2**53 + 1, 1]


def test_it_is_a_convolution_with_kernel_1() -> None:
    """Of a single place."""
    rng = np.random.default_rng(0)
    x, weight = rng.integers(-9, 10, (4, 3)), rng.integers(-9, 10, (2, 3))
    assert linear(x, weight).tolist() == conv(x[..., None], weight[..., None])[..., 0].tolist()


def test_many_problems_have_weights_of_their_own(library: Any) -> None:
    """In one call as in a loop, forward and back, with a batch or without."""
    rng = np.random.default_rng(1)
    weight, bias = rng.integers(-9, 10, (4, 2, 3)), rng.integers(-9, 10, (4, 2))
    for lead in ((), (5,)):
        x, grad = rng.integers(-9, 10, (4, *lead, 3)), rng.integers(-9, 10, (4, *lead, 2))
        X, W, B, G = map(library.asarray, (x, weight, bias, grad))
        calls = [
            (linear(X, W, B, many=True), [linear(*one) for one in zip(x, weight, bias, strict=True)]),
            (
                linear_grad_input(x.shape, W, G, many=True),
                [linear_grad_input(x.shape[1:], *one) for one in zip(weight, grad, strict=True)],
            ),
            (linear_grad_weight(X, G, many=True), [linear_grad_weight(*one) for one in zip(x, grad, strict=True)]),
            (linear_grad_bias(G, many=True), [linear_grad_bias(one) for one in grad]),
        ]
        for found, expected in calls:
            assert library.numpy(found).tolist() == np.asarray(expected).tolist()


def test_an_empty_batch() -> None:
    """No rows in, no rows out; the gradient of none is 0."""
    assert linear(np.zeros((0, 3)), WEIGHT).shape == (0, 2)
    assert linear_grad_weight(np.zeros((0, 3)), np.zeros((0, 2))).tolist() == [[0, 0, 0], [0, 0, 0]]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: linear([1, 2], WEIGHT),
            r"linear: weight of shape \(2, 3\) expects input with 3 features in the last axis, got input of .* \(2,\)",
        ),
        (lambda: linear(1, WEIGHT), r"linear: input must have shape \(..., features\), got shape \(\)"),
        (lambda: linear([1], [1]), r"linear: weight must have shape \(out_features, in_features\), got shape \(1,\)"),
        (lambda: linear([1, 2, 3], WEIGHT, [1]), r"linear: bias must have shape \(2,\), got shape \(1,\)"),
        (lambda: linear([1, 2, 3], WEIGHT, many=True), r"weight must have shape \(problems, out_features"),
        (
            lambda: linear(np.ones((3, 3)), np.ones((2, 2, 3)), many=True),
            "weight of shape .* expects input with 2 problems of 3 features",
        ),
        (
            lambda: linear_grad_input((2, 3), WEIGHT, [1, 2]),
            r"linear_grad_input: grad_output must have shape \(2, 2\), got shape \(2,\)",
        ),
        (
            lambda: linear_grad_weight(np.ones((2, 3)), np.ones((1, 2))),
            r"linear_grad_weight: grad_output must have shape \(2, 2\), got shape \(1, 2\)",
        ),
        (lambda: linear_grad_bias(1), r"linear_grad_bias: grad_output must have shape \(..., features\)"),
        (lambda: linear([2**62, 2**62], [[1, 1]]), r"linear: integers this large may overflow int64"),
        (lambda: linear_grad_bias([[2**62], [2**62]]), r"linear_grad_bias: integers this large may overflow"),
    ],
)
def test_what_does_not_fit_is_refused(call: Callable[[], object], message: str) -> None:
    """Each message holds the shapes."""
    with pytest.raises(EngineError, match=message):
        call()


def test_only_what_may_be_left_out_is_none() -> None:
    """A layer has an input and a weight; norms do without a weight."""
    with pytest.raises(EngineError, match="linear: x must be an array, got None"):
        linear(None, [[1]])
    with pytest.raises(EngineError, match="linear: weight must be an array, got None"):
        linear([1], None)
