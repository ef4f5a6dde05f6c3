"""Normalisations worked by hand, how they are related, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.engine import (
    batch_norm,
    batch_norm_grad_bias,
    batch_norm_grad_input,
    batch_norm_grad_weight,
    batch_norm_statistics,
    group_norm,
    group_norm_grad_input,
    group_norm_grad_weight,
    instance_norm,
    instance_norm_grad_bias,
    layer_norm,
    layer_norm_grad_bias,
    layer_norm_grad_weight,
    local_response_norm,
)
from grader.errors import EngineError

RNG = np.random.default_rng(0)
X = RNG.normal(size=(3, 4, 2, 5))
WEIGHT, BIAS = RNG.normal(size=4), RNG.normal(size=4)


def test_a_batch_of_four_numbers() -> None:
    """Mean 5, variance 5: (2, 4, 6, 8) becomes (-3, -1, 1, 3) / sqrt(5)."""
    found = batch_norm([[2], [4], [6], [8]], training=True, eps=0)
    np.testing.assert_allclose(found[:, 0] * 5**0.5, [-3, -1, 1, 3])


def test_weight_and_bias_come_after() -> None:
    """With variance 3 and eps 1 the divisor is 2."""
    found = batch_norm([[5.0]], [1.0], [3.0], [10.0], [7.0], eps=1)
    assert found.tolist() == [[27]]


def test_running_statistics_as_in_training() -> None:
    """A tenth of the way to mean 5 and to variance 20 / 3, which has n - 1 as divisor; ONNX has n."""
    mean, var = batch_norm_statistics([[2], [4], [6], [8]], [0.0], [1.0])
    assert mean.tolist() == [0.5]
    np.testing.assert_allclose(var, [0.9 + 20 / 30])
    _, var = batch_norm_statistics([[2], [4], [6], [8]], [0.0], [1.0], 1.0, unbiased=False)
    np.testing.assert_allclose(var, [5])


@pytest.mark.oracle
def test_running_statistics_are_pytorchs() -> None:
    """Over places as well."""
    torch: Any = pytest.importorskip("torch", reason="needs the `oracle` extra")
    mean, var = torch.tensor(WEIGHT), torch.tensor(BIAS**2)
    found = batch_norm_statistics(X, WEIGHT, BIAS**2, 0.3)
    torch.nn.functional.batch_norm(torch.tensor(X), mean, var, training=True, momentum=0.3)
    for ours, theirs in zip(found, (mean, var), strict=True):
        np.testing.assert_allclose(ours, theirs.numpy(), rtol=1e-12)


def test_what_the_norms_share() -> None:
    """One group is a layer norm, as many groups as channels an instance norm, a batch of one image too."""
    np.testing.assert_allclose(group_norm(X, 1), layer_norm(X, X.shape[1:]))
    np.testing.assert_allclose(group_norm(X, 4, WEIGHT, BIAS), instance_norm(X, weight=WEIGHT, bias=BIAS))
    np.testing.assert_allclose(batch_norm(X[:1], training=True), instance_norm(X[:1]))


def test_inference_with_the_batchs_statistics_is_training() -> None:
    """Forward; back it is not, where the statistics are taken for constants."""
    mean, var = X.mean((0, 2, 3)), X.var((0, 2, 3))
    np.testing.assert_allclose(batch_norm(X, mean, var, WEIGHT), batch_norm(X, weight=WEIGHT, training=True))
    constant = batch_norm_grad_input(X, X, mean, var)
    np.testing.assert_allclose(constant, X / np.sqrt(var + 1e-5)[:, None, None])
    assert not np.allclose(constant, batch_norm_grad_input(X, X, training=True))


@given(st.integers(0, 2**32 - 1), st.floats(-100, 100), st.floats(0.1, 100))
@settings(deadline=None, max_examples=30)
def test_shift_and_scale_are_forgotten(seed: int, shift: float, scale: float) -> None:
    """What is normalised has mean 0 and variance 1, whatever came in; nothing flows back along either."""
    rng = np.random.default_rng(seed)
    x, g = rng.normal(size=(2, 4, 6)), rng.normal(size=(2, 4, 6))
    for norm in (group_norm, lambda x, _, **more: batch_norm(x, training=True, **more)):
        y = norm(x, 2, eps=0)
        np.testing.assert_allclose(norm(scale * x + shift, 2, eps=0), y, atol=1e-9)
    back = group_norm_grad_input(x, g, 2, eps=0).reshape(2, 2, -1)
    np.testing.assert_allclose(back.sum(-1), 0, atol=1e-9)
    np.testing.assert_allclose((back * x.reshape(2, 2, -1)).sum(-1), 0, atol=1e-9)


def test_a_large_mean_costs_no_digits() -> None:
    """The mean square less the squared mean would leave nothing of a variance of 1 beside 1e8."""
    np.testing.assert_allclose(layer_norm([1e8 - 1, 1e8 + 1], 2, eps=0), [-1, 1])


def test_local_response_by_hand() -> None:
    """With size 2 each channel sees itself and the one before; the mean of squares counts the missing one as 0."""
    found = local_response_norm([[[2.0], [4.0]]], 2, alpha=1.0, beta=1.0, k=1.0)
    np.testing.assert_allclose(found, [[[2 / 3], [4 / 11]]])


def test_many_problems_are_those_problems_one_by_one(library: Any) -> None:
    """Statistics, weights and gradients are each problem's own."""
    x, g = RNG.normal(size=(2, 3, 4, 5)), RNG.normal(size=(2, 3, 4, 5))
    weight, bias = RNG.normal(size=(2, 4)), RNG.normal(size=(2, 4))
    var = RNG.uniform(1, 2, (2, 4))
    wide, broad = RNG.normal(size=(2, 4, 5)), (4, 5)
    calls: list[tuple[Callable[..., Any], tuple[np.ndarray, ...]]] = [
        (lambda x, w, b, **m: batch_norm(x, weight=w, bias=b, training=True, **m), (x, weight, bias)),
        (lambda x, w, b, v, **m: batch_norm(x, b, v, w, b, **m), (x, weight, bias, var)),
        (lambda x, g, w, **m: batch_norm_grad_input(x, g, weight=w, training=True, **m), (x, g, weight)),
        (batch_norm_grad_weight, (x, g, bias, var)),
        (lambda x, b, v, **m: batch_norm_statistics(x, b, v, **m)[1], (x, bias, var)),
        (batch_norm_grad_bias, (g,)),
        (lambda x, w, b, **m: group_norm(x, 2, w, b, **m), (x, weight, bias)),
        (lambda x, g, w, **m: group_norm_grad_input(x, g, 2, w, **m), (x, g, weight)),
        (lambda x, g, **m: group_norm_grad_weight(x, g, 2, **m), (x, g)),
        (lambda x, w, **m: instance_norm(x, weight=w, **m), (x, weight)),
        (instance_norm_grad_bias, (g,)),
        (lambda x, w, **m: layer_norm(x, broad, w, **m), (x, wide)),
        (lambda x, g, **m: layer_norm_grad_weight(x, g, broad, **m), (x, g)),
        (lambda g, **m: layer_norm_grad_bias(g, broad, **m), (g,)),
        (lambda x, **m: local_response_norm(x, 3, **m), (x,)),
    ]
    for call, inputs in calls:
        found = library.numpy(call(*map(library.asarray, inputs), many=True))
        expected = np.stack([call(*one) for one in zip(*inputs, strict=True)])
        np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: batch_norm([1.0]), r"batch_norm: input must have shape \(N, C, \*size\), got shape \(1,\)"),
        (
            lambda: batch_norm([[1.0, 2.0]], training=True),
            r"batch_norm: expected more than 1 value per channel when training, got input of shape \(1, 2\)",
        ),
        (lambda: batch_norm(X), "batch_norm: expected running_mean and running_var to be given when training=False"),
        (
            lambda: batch_norm(X, [0.0], [1.0]),
            r"batch_norm: running_mean must have shape \(4,\), got shape \(1,\)",
        ),
        (lambda: batch_norm(X, WEIGHT, [1.0]), r"batch_norm: running_var must have shape \(4,\)"),
        (lambda: batch_norm(X, weight=[1.0], training=True), r"batch_norm: weight must have shape \(4,\)"),
        (lambda: batch_norm(X, training=True, eps=-1), "batch_norm: eps must be at least 0, got -1"),
        (lambda: batch_norm(X, training=True, eps="a"), "batch_norm: eps must be a finite number, got 'a'"),
        (
            lambda: batch_norm_grad_input(X, X[:1], training=True),
            r"batch_norm_grad_input: grad_output must have shape \(3, 4, 2, 5\), got shape \(1, 4, 2, 5\)",
        ),
        (
            lambda: batch_norm_statistics(X, WEIGHT, WEIGHT, 1.5),
            "batch_norm_statistics: momentum must be at most 1, got 1.5",
        ),
        (lambda: batch_norm_statistics(X, WEIGHT[:1], WEIGHT), r"running_mean must have shape \(4,\)"),
        (
            lambda: group_norm(X, 3),
            (
                r"group_norm: number of channels must be divisible by num_groups, got input of shape \(3, 4, 2, 5\) "
                "with num_groups=3"
            ),
        ),
        (lambda: group_norm(X, 0), "group_norm: num_groups must be at least 1, got 0"),
        (lambda: group_norm(np.ones((2, 2)), 2), "group_norm: expected more than 1 value per group"),
        (lambda: instance_norm(np.ones((2, 2))), "instance_norm: expected more than 1 value per channel"),
        (lambda: instance_norm(X, bias=[1]), r"instance_norm: bias must have shape \(4,\), got shape \(1,\)"),
        (
            lambda: layer_norm(X, (2, 4)),
            (
                r"layer_norm: normalized_shape \(2, 4\) expects input of shape \(..., 2, 4\), "
                r"got shape \(3, 4, 2, 5\)"
            ),
        ),
        (lambda: layer_norm(X, ()), "layer_norm: normalized_shape needs one extent"),
        (lambda: layer_norm_grad_bias(X, 4), r"layer_norm_grad_bias: .* expects grad_output of shape \(..., 4\)"),
        (lambda: local_response_norm([[1.0]], 2), r"local_response_norm: input must have shape \(N, C, \*size\)"),
        (lambda: local_response_norm(X, 0), "local_response_norm: size must be at least 1, got 0"),
        (lambda: local_response_norm(X, 3, beta=True), "local_response_norm: beta must be a finite number"),
        (lambda: layer_norm([[1.0, 2.0], [3.0]], 2), "layer_norm: x is ragged"),
    ],
)
def test_what_does_not_fit_is_refused(call: Callable[[], object], message: str) -> None:
    """Each message holds the shapes, in PyTorch's words."""
    with pytest.raises(EngineError, match=message):
        call()
