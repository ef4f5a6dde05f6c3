"""Losses worked by hand, their limits, many problems at once, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from math import inf, log
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.engine import (
    binary_cross_entropy,
    binary_cross_entropy_grad_input,
    binary_cross_entropy_with_logits,
    cross_entropy,
    cross_entropy_grad_input,
    cross_entropy_grad_target,
    hinge_loss,
    hinge_loss_grad,
    huber_loss,
    kl_div,
    kl_div_grad_target,
    l1_loss,
    l1_loss_grad,
    log_softmax,
    mse_loss,
    mse_loss_grad,
    multi_margin_loss,
    multi_margin_loss_grad,
    nll_loss,
    nll_loss_grad,
    sigmoid,
    smooth_l1_loss,
    softmax,
)
from grader.errors import EngineError

SCORES = [[0.0, log(3)], [log(4), 0.0]]
"""Odds of 1 to 3, and of 4 to 1."""


def test_cross_entropy_by_hand() -> None:
    """Probabilities 3/4 and 1/5 for what was asked for."""
    np.testing.assert_allclose(cross_entropy(SCORES, [1, 1]), -(log(3 / 4) + log(1 / 5)) / 2)
    np.testing.assert_allclose(cross_entropy(SCORES, [1, 1], reduction="none"), [-log(3 / 4), -log(1 / 5)])
    found = cross_entropy_grad_input(SCORES, [1, 1], reduction="sum")
    np.testing.assert_allclose(found, [[1 / 4, -1 / 4], [4 / 5, -4 / 5]])


def test_weights_count_in_the_mean() -> None:
    """A mean over 1 + 3, as PyTorch and ONNX have it, and not over 2."""
    expected = -(1 * log(1 / 4) + 3 * log(1 / 5)) / 4
    np.testing.assert_allclose(cross_entropy(SCORES, [0, 1], [1, 3]), expected)


def test_what_is_ignored_is_not_in_the_mean() -> None:
    """Nor does anything flow back to it, not even with smoothing."""
    assert cross_entropy(SCORES, [1, -100]) == cross_entropy(SCORES[:1], [1])
    assert cross_entropy(SCORES, [1, 0], ignore_index=0) == cross_entropy(SCORES[:1], [1])
    found = cross_entropy_grad_input(SCORES, [1, -100], label_smoothing=0.1)
    assert found[1].tolist() == [0, 0]


def test_indices_are_shares_of_one() -> None:
    """One-hot rows, of integers or of floats, ask for the same; smoothing mixes in even shares."""
    assert cross_entropy(SCORES, [1, 0]) == cross_entropy(SCORES, [[0, 1], [1, 0]])
    smoothed = cross_entropy(SCORES, [1, 0], label_smoothing=0.4)
    np.testing.assert_allclose(smoothed, cross_entropy(SCORES, [[0.2, 0.8], [0.8, 0.2]]))


def test_a_score_alone() -> None:
    """Without a batch the loss is one number, whatever the reduction."""
    for reduction in ("none", "mean", "sum"):
        np.testing.assert_allclose(cross_entropy(SCORES[0], 1, reduction=reduction), -log(3 / 4))  # type: ignore[arg-type]
        assert nll_loss([-1.0, -2.0], 1, reduction=reduction).tolist() == 2  # type: ignore[arg-type]


def test_a_class_ruled_out_adds_nothing() -> None:
    """A score of -inf has probability 0; only who asks for that class pays."""
    assert cross_entropy([0.0, 0.0, -inf], 0).tolist() == log(2)
    assert cross_entropy([0.0, 0.0, -inf], [0.5, 0.5, 0]).tolist() == log(2)
    assert cross_entropy([0.0, 0.0, -inf], 2).tolist() == inf
    assert cross_entropy_grad_input([0.0, 0.0, -inf], 0).tolist() == [-0.5, 0.5, 0]


def test_large_scores_stay_finite() -> None:
    """No exponential of a score is taken by itself."""
    assert cross_entropy([1000.0, 0.0], 1).tolist() == 1000
    assert binary_cross_entropy_with_logits([1000.0, -1000.0], [0.0, 1.0], reduction="none").tolist() == [1000, 1000]


@given(st.integers(0, 2**32 - 1), st.floats(-50, 50))
@settings(deadline=None, max_examples=30)
def test_cross_entropy_does_not_see_a_common_shift(seed: int, shift: float) -> None:
    """So its gradient sums to 0 over the classes; it is the log-likelihood of a softmax."""
    rng = np.random.default_rng(seed)
    x, target = rng.normal(size=(3, 4, 2)), rng.integers(0, 4, (3, 2))
    np.testing.assert_allclose(cross_entropy(x + shift, target), cross_entropy(x, target), rtol=1e-9)
    np.testing.assert_allclose(cross_entropy(x, target), nll_loss(log_softmax(x, 1), target))
    np.testing.assert_allclose(cross_entropy_grad_input(x, target).sum(1), 0, atol=1e-12)


def test_differences_of_integers_are_exact() -> None:
    """Sums and entries; a mean is a float."""
    big = 2**53 + 1
    for found, expected in [
        (mse_loss([3, -4], [1, 1], reduction="sum"), 29),
        (mse_loss([3, -4], [1, 1], reduction="none"), [4, 25]),
        (mse_loss_grad([3, -4], [1, 1], reduction="sum"), [4, -10]),
        (mse_loss_grad([3, -4], [1, 1], [10, 1], reduction="none"), [40, -10]),
        (l1_loss([big, 1], [0, 2], reduction="sum"), big + 1),
        (l1_loss_grad([big, 1, 5], [0, 2, 5], reduction="sum"), [1, -1, 0]),
    ]:
        assert found.dtype == np.int64
        assert found.tolist() == expected
    assert mse_loss([3, -4], [1, 1]).tolist() == 14.5
    assert l1_loss([3, -4], [1, 1]).tolist() == 3.5


def test_parabola_and_lines() -> None:
    """Half a square up to 2, then a line of slope 2, or 1 where it is divided by 2."""
    assert huber_loss([1, 2, 5], [0, 0, 0], delta=2, reduction="none").tolist() == [0.5, 2, 8]
    assert smooth_l1_loss([1, 2, 5], [0, 0, 0], beta=2, reduction="none").tolist() == [0.25, 1, 4]
    assert smooth_l1_loss([1, -2], [0, 0], beta=0).tolist() == 1.5


def test_binary_cross_entropy_by_hand() -> None:
    """A probability of 1/4 where 1 is right, and where 0 is; the same from the scores."""
    for p, target, expected in ((0.25, 1.0, log(4)), (0.25, 0.0, log(4 / 3)), (0.25, 0.5, (log(4) + log(4 / 3)) / 2)):
        np.testing.assert_allclose(binary_cross_entropy(p, target), expected)
        np.testing.assert_allclose(binary_cross_entropy_with_logits(log(p / (1 - p)), target), expected)
    np.testing.assert_allclose(
        binary_cross_entropy_with_logits([0.0, 0.0], [0.0, 1.0], [5.0, 7.0], 3.0, reduction="none"),
        [5 * log(2), 21 * log(2)],
    )


def test_sure_and_wrong_costs_100() -> None:
    """PyTorch's bound, and its bound of the gradient; a small probability keeps its digits."""
    assert binary_cross_entropy([0.0, 1.0], [1.0, 0.0], reduction="none").tolist() == [100, 100]
    np.testing.assert_allclose(binary_cross_entropy_grad_input([0.0], [1.0]), [-1e12])
    np.testing.assert_allclose(binary_cross_entropy([1e-20], [0.0]), 1e-20)


def test_divergence_by_hand() -> None:
    """Of a fair coin from one that shows heads in 3 of 4 cases; none from itself."""
    fair, bent = [[0.5, 0.5]], [[0.75, 0.25]]
    found = kl_div(np.log(fair), bent, reduction="batchmean")
    np.testing.assert_allclose(found, 0.75 * log(1.5) + 0.25 * log(0.5))
    np.testing.assert_allclose(kl_div(np.log(fair), np.log(bent), reduction="sum", log_target=True), found)
    assert kl_div(np.log(bent), bent, reduction="sum") == 0


def test_an_impossible_case_adds_nothing_to_a_divergence() -> None:
    """0 * log(0) is 0, even where the model rules it out too; its gradient is -inf, for log(target) is."""
    assert kl_div([0.0, -inf], [1.0, 0.0], reduction="none").tolist() == [0, 0]
    assert kl_div_grad_target([0.0, -1.0], [1.0, 0.0], reduction="sum").tolist() == [1, -inf]


def test_margins_by_hand() -> None:
    """Scores 3, 1, 2.5 with class 0 right: only class 2 is within 1, by 0.5; over three classes."""
    x = [[3.0, 1.0, 2.5]]
    np.testing.assert_allclose(multi_margin_loss(x, [0]), 0.5 / 3)
    np.testing.assert_allclose(multi_margin_loss(x, [0], p=2), 0.25 / 3)
    np.testing.assert_allclose(multi_margin_loss_grad(x, [0]), [[-1 / 3, 0, 1 / 3]])
    assert hinge_loss([2.0, 0.5, -1.0], [1, 1, 1], reduction="none").tolist() == [0, 0.5, 2]
    assert hinge_loss_grad([2.0, 0.5, 1.0], [1, -1, 1], reduction="sum").tolist() == [0, 1, 0]


def test_losses_over_places_are_those_of_the_places() -> None:
    """(N, C, *size) is N * size examples."""
    rng = np.random.default_rng(0)
    x, target = rng.normal(size=(2, 3, 4, 5)), rng.integers(0, 3, (2, 4, 5))
    flat = np.moveaxis(x, 1, -1).reshape(-1, 3)
    for loss in (cross_entropy, nll_loss, multi_margin_loss):
        np.testing.assert_allclose(loss(x, target), loss(flat, target.reshape(-1)))


REDUCTIONS = ("none", "mean", "sum")


@pytest.mark.parametrize("reduction", REDUCTIONS)
def test_many_problems_have_a_loss_each(library: Any, reduction: str) -> None:
    """In one call as in a loop, forward and back; classes may weigh differently in each."""
    rng = np.random.default_rng(1)
    x, y = rng.normal(size=(2, 4, 3, 5)), rng.normal(size=(2, 4, 3, 5))
    p, q = sigmoid(x), softmax(y, 2)
    labels, weight = rng.integers(0, 3, (2, 4, 5)), rng.uniform(0.5, 2, (2, 3))
    labels[0, 0, 0] = -100
    signs = np.where(y > 0, 1.0, -1.0)
    calls: list[tuple[Callable[..., Any], tuple[np.ndarray, ...]]] = [
        *((partial(call, label_smoothing=0.1), (x, labels)) for call in (cross_entropy, cross_entropy_grad_input)),
        (cross_entropy, (x, labels, weight)),
        (lambda x, t, w, **more: cross_entropy_grad_input(x, t, 3, w, **more), (x, labels, weight)),
        (lambda x, t, w, **more: cross_entropy_grad_target(x, t, 2, w, **more), (x, q, weight)),
        *((call, (x, labels)) for call in (nll_loss, nll_loss_grad)),
        (lambda x, t, w, **more: nll_loss_grad(x, t, 1, w, **more), (x, labels, weight)),
        *((call, (x, abs(labels) % 3)) for call in (multi_margin_loss, multi_margin_loss_grad)),
        *((call, (x, y)) for call in (mse_loss, mse_loss_grad, l1_loss, l1_loss_grad, huber_loss, smooth_l1_loss)),
        *((call, (p, q)) for call in (binary_cross_entropy, binary_cross_entropy_grad_input, kl_div)),
        (binary_cross_entropy_with_logits, (x, q)),
        *((call, (x, signs)) for call in (hinge_loss, hinge_loss_grad)),
    ]
    for call, inputs in calls:
        found = library.numpy(call(*map(library.asarray, inputs), reduction=reduction, many=True))
        expected = np.stack([call(*one, reduction=reduction) for one in zip(*inputs, strict=True)])
        np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-14)


def test_a_gradient_for_each_problem(library: Any) -> None:
    """As many as there are losses; a number stands for all of them."""
    rng = np.random.default_rng(2)
    x, y, g = rng.normal(size=(2, 3)), rng.normal(size=(2, 3)), np.asarray([10.0, 100.0])
    X, Y = library.asarray(x), library.asarray(y)
    found = mse_loss_grad(X, Y, library.asarray(g), many=True)
    np.testing.assert_allclose(library.numpy(found), 2 / 3 * (x - y) * g[:, None])
    np.testing.assert_allclose(library.numpy(mse_loss_grad(X, Y, 3.0, many=True)), 2 * (x - y))


def test_a_number_as_gradient_widens_nothing() -> None:
    """0.5 is a double to Python, which is no reason for doubles."""
    x = np.ones((2, 2), dtype=np.float32)
    for found in (mse_loss_grad(x, x, 0.5), cross_entropy_grad_input(x, [0, 1], 0.5), hinge_loss_grad(x, x, 0.5)):
        assert found.dtype == np.float32


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: cross_entropy(SCORES, [0, 2]),
            "cross_entropy: target 2 is out of bounds for 2 classes",
        ),
        (lambda: cross_entropy(SCORES, [0, -1]), "cross_entropy: target -1 is out of bounds for 2 classes"),
        (
            lambda: cross_entropy(SCORES, [0, 1, 0]),
            r"cross_entropy: target must have shape \(2,\), got shape \(3,\)",
        ),
        (lambda: cross_entropy(SCORES, [0.0, 1.0]), r"target of shape \(2,\) must hold class indices, integers"),
        (
            lambda: cross_entropy(1.0, 0),
            r"cross_entropy: input must have shape \(N, C, \*size\) or \(C\), got shape \(\)",
        ),
        (lambda: cross_entropy(np.ones((2, 0)), [0, 0]), r"cross_entropy: input must have shape .* got shape \(2, 0\)"),
        (lambda: cross_entropy(SCORES, [0, 1], [1.0]), r"weight must have shape \(2,\), got shape \(1,\)"),
        (lambda: cross_entropy(SCORES, [-100, -100]), "cross_entropy: there is no mean of no losses"),
        (
            lambda: cross_entropy(SCORES, [0, 1], reduction="batchmean"),  # type: ignore[arg-type]
            "cross_entropy: reduction must be one of none, mean, sum, got 'batchmean'",
        ),
        (lambda: cross_entropy(SCORES, [0, 1], label_smoothing=2), "label_smoothing must be at most 1, got 2"),
        (lambda: cross_entropy(SCORES, [0, 1], ignore_index=0.0), "ignore_index must be an integer"),  # type: ignore[arg-type]
        (lambda: cross_entropy(SCORES, [[0], [1, 2]]), "cross_entropy: target is ragged"),
        (lambda: cross_entropy_grad_target(SCORES, [0, 1]), "class indices have no gradient"),
        (
            lambda: cross_entropy_grad_input(SCORES, [0, 1], [1.0, 1.0]),
            r"cross_entropy_grad_input: grad_output must have shape \(\), got shape \(2,\)",
        ),
        (lambda: nll_loss(SCORES, SCORES), r"nll_loss: target must have shape \(2,\), got shape \(2, 2\)"),
        (lambda: mse_loss([1, 2], [1]), r"mse_loss: target must have shape \(2,\), got shape \(1,\)"),
        (lambda: mse_loss([], []), "mse_loss: there is no mean of no losses"),
        (lambda: mse_loss([2**40], [0], reduction="sum"), "mse_loss: integers this large may overflow int64"),
        (lambda: l1_loss([2**62], [-(2**62)], reduction="sum"), "l1_loss: integers this large may overflow int64"),
        (lambda: huber_loss([1], [1], delta=0), "huber_loss: delta must be greater than 0, got 0"),
        (lambda: smooth_l1_loss([1], [1], beta=-1), "smooth_l1_loss: beta must be at least 0, got -1"),
        (lambda: binary_cross_entropy([1.5], [1.0]), r"every entry of the input must lie in \[0, 1\]"),
        (
            lambda: binary_cross_entropy([0.5, 0.5], [1, 0], [1, 2, 3]),
            r"binary_cross_entropy: weight of shape \(3,\) does not broadcast to shape \(2,\)",
        ),
        (
            lambda: binary_cross_entropy_with_logits([1.0], [1.0], pos_weight=[[1.0]]),
            r"pos_weight of shape \(1, 1\) does not broadcast to shape \(1,\)",
        ),
        (lambda: kl_div([0.0], [-1.0]), "kl_div: every target must be at least 0"),
        (lambda: kl_div(0.0, 1.0, reduction="batchmean"), r"'batchmean' needs input of shape \(N, ...\)"),
        (lambda: hinge_loss([1.0], [0.0]), "hinge_loss: every target must be -1 or 1"),
        (lambda: multi_margin_loss(SCORES, [0, -100]), "multi_margin_loss: target -100 is out of bounds"),
        (lambda: multi_margin_loss(SCORES, [0, 1], p=3), "multi_margin_loss: p must be 1 or 2, got 3"),  # type: ignore[arg-type]
    ],
)
def test_what_does_not_fit_is_refused(call: Callable[[], object], message: str) -> None:
    """Each message holds the shapes or the value, in PyTorch's words."""
    with pytest.raises(EngineError, match=message):
        call()
