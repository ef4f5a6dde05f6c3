"""Binary cross-entropy, of probabilities or of the scores that they come from; with gradients."""

from __future__ import annotations

from typing import Any

from grader.engine.arrays.backend import Array, ArrayLike
from grader.engine.geometry.fitting import require_shape
from grader.engine.layers.operands import floats, require_broadcast
from grader.engine.layers.reductions import Reduction, flow, reduced, require_reduction
from grader.engine.layers.sigmoids import logistic, soft_positive
from grader.errors import EngineError

LEAST_LOG = -100.0
"""Logarithms of probabilities are taken for no less, as in PyTorch: a loss stays finite."""
LEAST_VARIANCE = 1e-12
"""What x * (1 - x) is taken for at least, where a gradient is divided by it, as in PyTorch."""


def binary_cross_entropy(
    x: ArrayLike,
    target: ArrayLike,
    weight: ArrayLike | None = None,
    *,
    reduction: Reduction = "mean",
    many: bool = False,
) -> Array:
    """-(target * log(x) + (1 - target) * log(1 - x)), no logarithm below -100.

    Args:
        x: probabilities, any shape.
        target: what they should be, in the shape of `x`, 0 and 1 or between.
        weight: a factor for each entry, in the shape of `x` or one that broadcasts to it.
        reduction: 'mean' over all entries, 'sum' of them, or 'none'.
        many: the first axis is one of independent problems, each with a loss of its own.

    Returns:
        One number; a number for each problem of many; the shape of `x` where nothing is reduced; floating.

    Raises:
        EngineError: shapes that do not fit, an `x` outside of [0, 1], an unknown reduction, a mean of nothing.
    """
    op = "binary_cross_entropy"
    xp, x, target, factor, _ = _entries(op, x, target, 1, weight, reduction)
    _require_probabilities(xp, op, x)
    losses = -factor * (target * _log(xp, x) + (1 - target) * _log_rest(xp, x))
    return reduced(xp, op, losses, reduction, many=many)


def binary_cross_entropy_grad_input(
    x: ArrayLike,
    target: ArrayLike,
    grad_output: ArrayLike = 1,
    weight: ArrayLike | None = None,
    *,
    reduction: Reduction = "mean",
    many: bool = False,
) -> Array:
    """dL/dx of ``binary_cross_entropy(x, target, ...)``: (x - target) / (x * (1 - x)).

    Args:
        x: probabilities, any shape.
        target: as in ``binary_cross_entropy``.
        grad_output: dL/dloss, one number or in the shape of the loss.
        weight: as in ``binary_cross_entropy``, like all that follow.
        reduction: as in ``binary_cross_entropy``.
        many: as in ``binary_cross_entropy``.

    Returns:
        The shape of `x`, floating.

    Raises:
        EngineError: as ``binary_cross_entropy``, and where `grad_output` has another shape than the loss.
    """
    op = "binary_cross_entropy_grad_input"
    xp, x, target, factor, grad = _entries(op, x, target, grad_output, weight, reduction)
    _require_probabilities(xp, op, x)
    slope = factor * (x - target) / xp.clip(x * (1 - x), LEAST_VARIANCE, None)
    result: Array = slope * flow(xp, op, grad, x, reduction, many=many)
    return result


def binary_cross_entropy_grad_target(
    x: ArrayLike,
    target: ArrayLike,
    grad_output: ArrayLike = 1,
    weight: ArrayLike | None = None,
    *,
    reduction: Reduction = "mean",
    many: bool = False,
) -> Array:
    """dL/dtarget of ``binary_cross_entropy(x, target, ...)``: log(1 - x) - log(x).

    Args:
        x: probabilities, any shape.
        target: as in ``binary_cross_entropy``.
        grad_output: dL/dloss, one number or in the shape of the loss.
        weight: as in ``binary_cross_entropy``, like all that follow.
        reduction: as in ``binary_cross_entropy``.
        many: as in ``binary_cross_entropy``.

    Returns:
        The shape of `x`, floating.

    Raises:
        EngineError: as ``binary_cross_entropy_grad_input``.
    """
    op = "binary_cross_entropy_grad_target"
    xp, x, _, factor, grad = _entries(op, x, target, grad_output, weight, reduction)
    _require_probabilities(xp, op, x)
    slope = factor * (_log_rest(xp, x) - _log(xp, x))
    result: Array = slope * flow(xp, op, grad, x, reduction, many=many)
    return result


def binary_cross_entropy_with_logits(
    x: ArrayLike,
    target: ArrayLike,
    weight: ArrayLike | None = None,
    pos_weight: ArrayLike | None = None,
    *,
    reduction: Reduction = "mean",
    many: bool = False,
) -> Array:
    """-(pos_weight * target * log(s) + (1 - target) * log(1 - s)) with s = sigmoid(x), from the scores themselves.

    Args:
        x: scores, any shape.
        target: as in ``binary_cross_entropy``.
        weight: as in ``binary_cross_entropy``.
        pos_weight: a factor for what should be 1, of a shape that broadcasts to `x`.
        reduction: as in ``binary_cross_entropy``.
        many: as in ``binary_cross_entropy``.

    Returns:
        As ``binary_cross_entropy``.

    Raises:
        EngineError: shapes that do not fit, an unknown reduction, a mean of nothing.
    """
    op = "binary_cross_entropy_with_logits"
    xp, x, target, factor, positive, _ = _scores(op, x, target, 1, weight, pos_weight, reduction)
    losses = factor * ((1 - target) * x + (1 + (positive - 1) * target) * soft_positive(xp, -x))
    return reduced(xp, op, losses, reduction, many=many)


def binary_cross_entropy_with_logits_grad_input(
    x: ArrayLike,
    target: ArrayLike,
    grad_output: ArrayLike = 1,
    weight: ArrayLike | None = None,
    pos_weight: ArrayLike | None = None,
    *,
    reduction: Reduction = "mean",
    many: bool = False,
) -> Array:
    """dL/dx of ``binary_cross_entropy_with_logits(x, target, ...)``: sigmoid(x) - target without factors.

    Args:
        x: scores, any shape.
        target: as in ``binary_cross_entropy``.
        grad_output: dL/dloss, one number or in the shape of the loss.
        weight: as in ``binary_cross_entropy_with_logits``, like all that follow.
        pos_weight: as in ``binary_cross_entropy_with_logits``.
        reduction: as in ``binary_cross_entropy``.
        many: as in ``binary_cross_entropy``.

    Returns:
        The shape of `x`, floating.

    Raises:
        EngineError: as ``binary_cross_entropy_with_logits``, and where `grad_output` has another shape than the loss.
    """
    op = "binary_cross_entropy_with_logits_grad_input"
    xp, x, target, factor, positive, grad = _scores(op, x, target, grad_output, weight, pos_weight, reduction)
    slope = factor * ((1 - target) * logistic(xp, x) - positive * target * logistic(xp, -x))
    result: Array = slope * flow(xp, op, grad, x, reduction, many=many)
    return result


def binary_cross_entropy_with_logits_grad_target(
    x: ArrayLike,
    target: ArrayLike,
    grad_output: ArrayLike = 1,
    weight: ArrayLike | None = None,
    pos_weight: ArrayLike | None = None,
    *,
    reduction: Reduction = "mean",
    many: bool = False,
) -> Array:
    """dL/dtarget of ``binary_cross_entropy_with_logits(x, target, ...)``: -x without factors.

    Args:
        x: scores, any shape.
        target: as in ``binary_cross_entropy``.
        grad_output: dL/dloss, one number or in the shape of the loss.
        weight: as in ``binary_cross_entropy_with_logits``, like all that follow.
        pos_weight: as in ``binary_cross_entropy_with_logits``.
        reduction: as in ``binary_cross_entropy``.
        many: as in ``binary_cross_entropy``.

    Returns:
        The shape of `x`, floating.

    Raises:
        EngineError: as ``binary_cross_entropy_with_logits_grad_input``.
    """
    op = "binary_cross_entropy_with_logits_grad_target"
    xp, x, _, factor, positive, grad = _scores(op, x, target, grad_output, weight, pos_weight, reduction)
    slope = factor * ((positive - 1) * soft_positive(xp, -x) - x)
    result: Array = slope * flow(xp, op, grad, x, reduction, many=many)
    return result


def _entries(
    op: str, x: ArrayLike, target: ArrayLike, grad_output: ArrayLike, weight: ArrayLike | None, reduction: str
) -> tuple[Any, Array, Array, Any, Array]:
    """The library, x, the target, a factor that broadcasts on them, and what flows back."""
    require_reduction(op, reduction)
    xp, x, target, grad, weight = floats(op, x=x, target=target, grad_output=grad_output, weight=weight)
    require_shape(op, "target", target.shape, x.shape)
    if weight is not None:
        require_broadcast(op, "weight", weight.shape, x.shape)
    return xp, x, target, 1.0 if weight is None else weight, grad


def _scores(
    op: str,
    x: ArrayLike,
    target: ArrayLike,
    grad_output: ArrayLike,
    weight: ArrayLike | None,
    pos_weight: ArrayLike | None,
    reduction: str,
) -> tuple[Any, Array, Array, Any, Any, Array]:
    """As `_entries`, with the factor of what should be 1 before what flows back."""
    xp, scores, target, factor, grad = _entries(op, x, target, grad_output, weight, reduction)
    if pos_weight is None:
        return xp, scores, target, factor, 1.0, grad
    _, _, positive = floats(op, x=scores, pos_weight=pos_weight)
    require_broadcast(op, "pos_weight", positive.shape, scores.shape)
    return xp, scores, target, factor, positive, grad


def _require_probabilities(xp: Any, op: str, x: Array) -> None:
    if bool(xp.any((x < 0) | (x > 1))):
        raise EngineError(f"{op}: every entry of the input must lie in [0, 1]; scores go into its sister with logits")


def _log(xp: Any, x: Array) -> Array:
    """log(x), no less than `LEAST_LOG`; the logarithm of 0 is never taken."""
    logs = xp.clip(xp.log(xp.where(x > 0, x, xp.ones_like(x))), LEAST_LOG, None)
    result: Array = xp.where(x > 0, logs, xp.full_like(x, LEAST_LOG))
    return result


def _log_rest(xp: Any, x: Array) -> Array:
    """log(1 - x), no less than `LEAST_LOG`; a small x keeps its digits."""
    logs = xp.clip(xp.log1p(-xp.where(x < 1, x, xp.zeros_like(x))), LEAST_LOG, None)
    result: Array = xp.where(x < 1, logs, xp.full_like(x, LEAST_LOG))
    return result
