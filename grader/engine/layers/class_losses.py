"""Losses of a classification: cross-entropy of scores, negative log-likelihood of log-probabilities; with gradients.

Both are -sum of q * log p over the classes, where q holds what is asked for: the class or the shares, smoothed and
weighted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from grader.engine.arrays.backend import Array, ArrayLike
from grader.engine.arrays.numeric import floating
from grader.engine.geometry.sizes import integer
from grader.engine.layers.classes import chosen, class_axis, weight_column, without
from grader.engine.layers.operands import beside, floats, number
from grader.engine.layers.reductions import Reduction, entries, flow, reduced, require_reduction
from grader.engine.layers.softmax import log_shares, shares
from grader.errors import EngineError


def cross_entropy(
    x: ArrayLike,
    target: ArrayLike,
    weight: ArrayLike | None = None,
    *,
    ignore_index: int = -100,
    reduction: Reduction = "mean",
    label_smoothing: float = 0.0,
    many: bool = False,
) -> Array:
    """-log softmax(x) of the class asked for, or its mean over the classes with the shares asked for.

    Args:
        x: scores of any size, shape (N, C, *size), or (C,) without a batch.
        target: class indices, shape (N, *size), or (); or a share for each class, in the shape of `x`.
        weight: shape (C,), a factor for each class; a mean of indices is over the sum of the factors.
        ignore_index: an index that is left out, of the mean as well.
        reduction: 'mean' over examples and places, 'sum', or 'none'.
        label_smoothing: how much of what is asked for is shared out evenly over all classes, in [0, 1].
        many: every array has one more axis in front, for independent problems with a loss each.

    Returns:
        One number; a number for each problem of many; shape (N, *size) where nothing is reduced.

    Raises:
        EngineError: shapes that do not fit, an index that no class has, an unknown reduction, a mean of nothing.
    """
    op = "cross_entropy"
    require_reduction(op, reduction)
    xp, x, weight = floats(op, x=x, weight=weight)
    task = _task(xp, op, x, target, weight, ignore_index, label_smoothing, many=many)
    losses = _losses(xp, log_shares(xp, x, task.axis), task)
    return reduced(xp, op, losses, reduction, task.divisor, many=many)


def cross_entropy_grad_input(
    x: ArrayLike,
    target: ArrayLike,
    grad_output: ArrayLike = 1,
    weight: ArrayLike | None = None,
    *,
    ignore_index: int = -100,
    reduction: Reduction = "mean",
    label_smoothing: float = 0.0,
    many: bool = False,
) -> Array:
    """dL/dx of ``cross_entropy(x, target, ...)``: softmax(x) less what is asked for.

    Args:
        x: shape (N, C, *size), or (C,).
        target: as in ``cross_entropy``.
        grad_output: dL/dloss, one number or in the shape of the loss.
        weight: as in ``cross_entropy``, like all that follow.
        ignore_index: as in ``cross_entropy``.
        reduction: as in ``cross_entropy``.
        label_smoothing: as in ``cross_entropy``.
        many: as in ``cross_entropy``.

    Returns:
        The shape of `x`, floating.

    Raises:
        EngineError: as ``cross_entropy``, and where `grad_output` has another shape than the loss.
    """
    op = "cross_entropy_grad_input"
    require_reduction(op, reduction)
    xp, x, grad, weight = floats(op, x=x, grad_output=grad_output, weight=weight)
    task = _task(xp, op, x, target, weight, ignore_index, label_smoothing, many=many)
    share = shares(xp, x, task.axis) * xp.sum(task.wanted, axis=task.axis, keepdims=True)
    result: Array = (share - task.wanted) * _flow(xp, op, grad, task, reduction, many=many)
    return result


def cross_entropy_grad_target(
    x: ArrayLike,
    target: ArrayLike,
    grad_output: ArrayLike = 1,
    weight: ArrayLike | None = None,
    *,
    reduction: Reduction = "mean",
    label_smoothing: float = 0.0,
    many: bool = False,
) -> Array:
    """dL/dtarget of ``cross_entropy(x, target, ...)`` where the target holds shares: -log softmax(x), weighted.

    Args:
        x: shape (N, C, *size), or (C,).
        target: a share for each class, in the shape of `x`.
        grad_output: dL/dloss, one number or in the shape of the loss.
        weight: as in ``cross_entropy``, like all that follow.
        reduction: as in ``cross_entropy``.
        label_smoothing: as in ``cross_entropy``.
        many: as in ``cross_entropy``.

    Returns:
        The shape of `x`, floating.

    Raises:
        EngineError: as ``cross_entropy_grad_input``, and where the target holds indices, which have no gradient.
    """
    op = "cross_entropy_grad_target"
    require_reduction(op, reduction)
    xp, x, grad, weight = floats(op, x=x, grad_output=grad_output, weight=weight)
    if tuple(beside(xp, op, "target", target, x).shape) != tuple(x.shape):
        raise EngineError(f"{op}: class indices have no gradient; give a share for each class, shape {tuple(x.shape)}")
    task = _task(xp, op, x, target, weight, -100, label_smoothing, many=many)
    slope = (
        (float(label_smoothing) - 1) * log_shares(xp, x, task.axis) * _flow(xp, op, grad, task, reduction, many=many)
    )
    result: Array = slope if weight is None else slope * weight_column(xp, op, weight, x.shape, task.axis, many=many)
    return result


def nll_loss(
    x: ArrayLike,
    target: ArrayLike,
    weight: ArrayLike | None = None,
    *,
    ignore_index: int = -100,
    reduction: Reduction = "mean",
    many: bool = False,
) -> Array:
    """-x of the class asked for: the negative log-likelihood of log-probabilities.

    Args:
        x: log-probabilities, shape (N, C, *size), or (C,) without a batch.
        target: class indices, shape (N, *size), or ().
        weight: as in ``cross_entropy``, like all that follow.
        ignore_index: as in ``cross_entropy``.
        reduction: as in ``cross_entropy``.
        many: as in ``cross_entropy``.

    Returns:
        As ``cross_entropy``.

    Raises:
        EngineError: as ``cross_entropy``.
    """
    op = "nll_loss"
    require_reduction(op, reduction)
    xp, x, weight = floats(op, x=x, weight=weight)
    task = _indices(xp, op, x, beside(xp, op, "target", target, x), weight, ignore_index, 0.0, many=many)
    return reduced(xp, op, _losses(xp, x, task), reduction, task.divisor, many=many)


def nll_loss_grad(
    x: ArrayLike,
    target: ArrayLike,
    grad_output: ArrayLike = 1,
    weight: ArrayLike | None = None,
    *,
    ignore_index: int = -100,
    reduction: Reduction = "mean",
    many: bool = False,
) -> Array:
    """dL/dx of ``nll_loss(x, target, ...)``: minus the weight of the class asked for, there and nowhere else.

    Args:
        x: shape (N, C, *size), or (C,).
        target: class indices, shape (N, *size), or ().
        grad_output: dL/dloss, one number or in the shape of the loss.
        weight: as in ``cross_entropy``, like all that follow.
        ignore_index: as in ``cross_entropy``.
        reduction: as in ``cross_entropy``.
        many: as in ``cross_entropy``.

    Returns:
        The shape of `x`, floating.

    Raises:
        EngineError: as ``nll_loss``, and where `grad_output` has another shape than the loss.
    """
    op = "nll_loss_grad"
    require_reduction(op, reduction)
    xp, x, grad, weight = floats(op, x=x, grad_output=grad_output, weight=weight)
    task = _indices(xp, op, x, beside(xp, op, "target", target, x), weight, ignore_index, 0.0, many=many)
    return -task.wanted * _flow(xp, op, grad, task, reduction, many=many)


@dataclass(frozen=True, slots=True)
class _Task:
    """What is asked for."""

    wanted: Array
    """A factor for each score, in its shape."""
    divisor: Any
    """What a mean is over: a count, or the sum of the weights of the classes asked for."""
    axis: int
    """That of the classes."""


def _task(
    xp: Any,
    op: str,
    x: Array,
    target: ArrayLike,
    weight: Array | None,
    ignore_index: int,
    smoothing: float,
    *,
    many: bool,
) -> _Task:
    smoothing = number(op, "label_smoothing", smoothing, least=0, most=1)
    asked = beside(xp, op, "target", target, x)
    if tuple(asked.shape) != tuple(x.shape):
        return _indices(xp, op, x, asked, weight, ignore_index, smoothing, many=many)
    axis = class_axis(op, x.shape, many=many)
    wanted = _smoothed(xp.astype(floating(xp, asked), x.dtype), smoothing, x.shape[axis])
    if weight is not None:
        wanted = wanted * weight_column(xp, op, weight, x.shape, axis, many=many)
    return _Task(wanted, entries(without(x.shape, axis), many=many), axis)


def _indices(
    xp: Any,
    op: str,
    x: Array,
    target: Array,
    weight: Array | None,
    ignore_index: int,
    smoothing: float,
    *,
    many: bool,
) -> _Task:
    axis = class_axis(op, x.shape, many=many)
    hits = xp.astype(chosen(xp, op, x, target, axis, integer(op, "ignore_index", ignore_index, -(2**63))), x.dtype)
    factors = 1.0 if weight is None else weight_column(xp, op, weight, x.shape, axis, many=many)
    own = hits * factors
    divisor = xp.sum(own, axis=tuple(range(int(many), x.ndim)))
    if smoothing:
        # What is left out has no hit, and is left out of what is shared out evenly too.
        own = _smoothed(hits, smoothing, x.shape[axis]) * factors * xp.sum(hits, axis=axis, keepdims=True)
    return _Task(own, divisor, axis)


def _smoothed(wanted: Array, smoothing: float, classes: int) -> Array:
    return wanted if not smoothing else (1 - smoothing) * wanted + smoothing / classes


def _losses(xp: Any, logs: Array, task: _Task) -> Array:
    # A class that is not asked for adds nothing, not even where its logarithm is -inf.
    asked = xp.where(task.wanted == 0, xp.zeros_like(logs), logs)
    losses: Array = -xp.sum(task.wanted * asked, axis=task.axis)
    return losses


def _flow(xp: Any, op: str, grad: Array, task: _Task, reduction: str, *, many: bool) -> Array:
    losses = xp.sum(task.wanted, axis=task.axis)
    each = flow(xp, op, grad, losses, reduction, task.divisor, many=many)
    result: Array = xp.expand_dims(each, axis=task.axis)
    return result
