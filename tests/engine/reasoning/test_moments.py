"""Statistics of outputs and gradients: the homework's formulas, and what a simulation gives."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from grader.engine import (
    Independent,
    Moments,
    as_text,
    bias_gradient_moments,
    conv,
    conv_grad_bias,
    conv_grad_input,
    conv_grad_input_terms,
    conv_grad_weight,
    conv_grad_weight_terms,
    entry_moments,
    independent,
    input_gradient_moments,
    output_moments,
    sum_of_products,
    symbol,
    weight_gradient_moments,
)
from grader.errors import EngineError

N, m, n, k = (symbol(name) for name in "Nmnk")
SAMPLES = 20_000
NAMES: dict[str, float] = {
    "sigma_x": 2.0, "sigma_w": 0.5, "sigma_g": 1.5, "mu_x": 0.7, "mu_w": -1.0, "mu_g": 0.4,
}  # fmt: skip


def test_the_homework() -> None:
    """An n x n image, a k x k filter, m = n - k + 1: variance m^2 sigma_x^2 sigma_g^2."""
    found = weight_gradient_moments((m, m))
    assert as_text(found.mean) == "0"
    assert as_text(found.variance) == "m^2*sigma_g^2*sigma_x^2"
    assert as_text(found.deviation) == "m*sigma_g*sigma_x"
    places = n - k + 1
    named = weight_gradient_moments((places, places)).deviation
    assert as_text(named) == "n*sigma_g*sigma_x + sigma_g*sigma_x - k*sigma_g*sigma_x"


def test_a_batch_and_means() -> None:
    """Means add up, and widen."""
    found = weight_gradient_moments((m, m), independent("x", centered=False), independent("g"), batch=N)
    assert as_text(found.variance) == "N*m^2*mu_x^2*sigma_g^2 + N*m^2*sigma_g^2*sigma_x^2"
    assert as_text(found.mean) == "0"
    assert as_text(bias_gradient_moments((m, m), independent("g", centered=False), N).mean) == "N*m^2*mu_g"
    assert as_text(bias_gradient_moments((m, m), batch=N).deviation) == "m*sigma_g*sqrt(N)"


def test_fan_in_and_fan_out() -> None:
    """He's and Xavier's variances: C k^2 products forwards, O k^2 backwards."""
    assert as_text(output_moments(symbol("C"), (k, k)).variance) == "C*k^2*sigma_w^2*sigma_x^2"
    assert as_text(input_gradient_moments(symbol("O"), (k, k)).variance) == "O*k^2*sigma_g^2*sigma_w^2"


def normal(rng: np.random.Generator, name: str, shape: tuple[int, ...], *, centered: bool) -> np.ndarray:
    """Samples of an array, its mean and deviation as in NAMES."""
    return rng.normal(0 if centered else NAMES[f"mu_{name}"], NAMES[f"sigma_{name}"], (SAMPLES, *shape))


def assert_drawn_from(samples: np.ndarray, mean: Any, variance: Any) -> None:
    """Mean and variance of the samples lie within five of their own deviations, entry by entry.

    The fourth moment of a sum of products of normal numbers is at most nine times the variance squared.
    """
    assert (np.abs(samples.mean(0) - mean) <= 5 * np.sqrt(variance / SAMPLES) + 1e-12).all()
    assert (np.abs(samples.var(0) - variance) <= 5 * np.sqrt(8 / SAMPLES) * variance + 1e-12).all()


def values(found: Moments) -> tuple[float, float]:
    """Mean and variance in numbers; the deviation is the variance's root."""
    mean, variance = float(found.mean.value(NAMES)), float(found.variance.value(NAMES))
    assert found.deviation.value(NAMES) == pytest.approx(variance**0.5)
    return mean, variance


@pytest.mark.parametrize("centered", [True, False])
def test_every_formula_by_simulation(centered: bool) -> None:
    """Two images of two channels under three filters; what is away from the edges where that is asked for."""
    rng = np.random.default_rng(4)
    x = normal(rng, "x", (2, 2, 5, 4), centered=centered)
    weight = normal(rng, "w", (3, 2, 2, 2), centered=centered)
    grad = normal(rng, "g", (2, 3, 4, 3), centered=centered)
    X, W, G = (independent(name, centered=centered) for name in "xwg")
    assert_drawn_from(conv(x, weight, many=True), *values(output_moments(2, (2, 2), W, X)))
    to_weight = conv_grad_weight(x, weight.shape, grad, many=True)
    assert_drawn_from(to_weight, *values(weight_gradient_moments((4, 3), X, G, batch=2)))
    to_input = conv_grad_input(x.shape, weight, grad, many=True)[..., 1:-1, 1:-1]
    assert_drawn_from(to_input, *values(input_gradient_moments(3, (2, 2), W, G)))
    assert_drawn_from(conv_grad_bias(grad, many=True), *values(bias_gradient_moments((4, 3), G, batch=2)))


@pytest.mark.parametrize(
    "movement",
    [
        {"stride": 2, "padding": 1},
        {"padding": ((0, 1), (2, 0)), "dilation": (2, 1), "groups": 2},
    ],
)
def test_every_entry_by_simulation(movement: dict[str, Any]) -> None:
    """At the edges, behind strides, between groups: as many products as ones tell."""
    rng = np.random.default_rng(5)
    groups = movement.get("groups", 1)
    x_shape, w_shape = (2, 4, 4), (2, 2 // groups, 2, 3)
    x, weight = normal(rng, "x", x_shape, centered=False), normal(rng, "w", w_shape, centered=False)
    grad = normal(rng, "g", conv(x[0], weight[0], **movement).shape, centered=False)
    X, W, G = ((NAMES[f"mu_{name}"], NAMES[f"sigma_{name}"]) for name in "xwg")
    terms = conv_grad_weight_terms(x_shape, w_shape, **movement)
    found = entry_moments(terms, X, G)
    assert_drawn_from(conv_grad_weight(x, weight.shape, grad, many=True, **movement), found.mean, found.variance)
    terms = conv_grad_input_terms(x_shape, w_shape, **movement)
    found = entry_moments(terms, W, G)
    assert_drawn_from(conv_grad_input(x.shape, weight, grad, many=True, **movement), found.mean, found.variance)
    np.testing.assert_allclose(found.deviation**2, found.variance)


def test_formula_and_entries_agree() -> None:
    """Without padding every entry of the weight's gradient adds up as many products."""
    assert (conv_grad_weight_terms((2, 3, 7, 6), (4, 3, 3, 2)) == 2 * 5 * 5).all()
    assert conv_grad_input_terms((1, 4), (2, 1, 2)).tolist() == [[2, 4, 4, 2]]
    assert conv_grad_input_terms((1, 4), (2, 1, 2), stride=2).tolist() == [[2, 2, 2, 2]]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: sum_of_products([-1], Independent(1), Independent(1)), "counts and deviations must be at least 0"),
        (lambda: sum_of_products([2], Independent(-1), Independent(1)), "counts and deviations must be at least 0"),
        (lambda: entry_moments([1], (0, -1), (0, 1)), "standard deviations must be at least 0, got -1 and 1"),
        (lambda: conv_grad_weight_terms((2, 5), (1, 3, 2)), "expects input with 3 channels"),
    ],
)
def test_what_has_no_moments_is_refused(call: Callable[[], object], message: str) -> None:
    """Each message says what was found."""
    with pytest.raises(EngineError, match=message):
        call()
