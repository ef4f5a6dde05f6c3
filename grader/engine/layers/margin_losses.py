"""Losses that ask for a margin: hinge for two classes, multi-margin for many; with gradients."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from grader.engine.arrays.backend import Array, ArrayLike
from grader.engine.geometry.fitting import require_shape
from grader.engine.layers.classes import chosen, class_axis, weight_column
from grader.engine.layers.operands import beside, floats, number
from grader.engine.layers.reductions import Reduction, flow, reduced, require_reduction
from grader.errors import EngineError


def hinge_loss(
    x: ArrayLike, target: ArrayLike, *, margin: float = 1.0, reduction: Reduction = "mean", many: bool = False
) -> Array:
    """max(0, margin - target * x).

    Source: Cortes & Vapnik, "Support-vector networks".

    Args:
        x: scores, any shape.
        target: -1 or 1, in the shape of `x`.
        margin: how far on the right side a score has to be.
        reduction: 'mean' over all entries, 'sum' of them, or 'none'.
        many: the first axis is one of independent problems, each with a loss of its own.

    Returns:
        One number; a number for each problem of many; the shape of `x` where nothing is reduced; floating.

    Raises:
        EngineError: the shapes differ, another target, an unknown reduction, a mean of nothing.
    """
    op = "hinge_loss"
    xp, short, _, _ = _two_classes(op, x, target, 1, margin, reduction)
    return reduced(xp, op, xp.clip(short, 0, None), reduction, many=many)


def hinge_loss_grad(
    x: ArrayLike,
    target: ArrayLike,
    grad_output: ArrayLike = 1,
    *,
    margin: float = 1.0,
    reduction: Reduction = "mean",
    many: bool = False,
) -> Array:
    """dL/dx of ``hinge_loss(x, target, ...)``: -target where the margin is not kept, else 0.

    Args:
        x: scores, any shape.
        target: -1 or 1, in the shape of `x`.
        grad_output: dL/dloss, one number or in the shape of the loss.
        margin: as in ``hinge_loss``.
        reduction: as in ``hinge_loss``.
        many: as in ``hinge_loss``.

    Returns:
        The shape of `x`, floating.

    Raises:
        EngineError: as ``hinge_loss``, and where `grad_output` has another shape than the loss.
    """
    op = "hinge_loss_grad"
    xp, short, sign, grad = _two_classes(op, x, target, grad_output, margin, reduction)
    back = flow(xp, op, grad, short, reduction, many=many)
    result: Array = xp.where(short > 0, -sign, xp.zeros_like(sign)) * back
    return result


def multi_margin_loss(
    x: ArrayLike,
    target: ArrayLike,
    weight: ArrayLike | None = None,
    *,
    p: Literal[1, 2] = 1,
    margin: float = 1.0,
    reduction: Reduction = "mean",
    many: bool = False,
) -> Array:
    """The sum of max(0, margin - x[target] + x[i]) ** p over the other classes i, divided by the number of classes.

    Args:
        x: scores, shape (N, C, *size), or (C,) without a batch.
        target: class indices, shape (N, *size), or ().
        weight: shape (C,), a factor for each class asked for; the mean is over the count all the same.
        p: 1, or 2 for the squared hinge.
        margin: how far the right class has to be ahead.
        reduction: 'mean' over examples and places, 'sum', or 'none'.
        many: every array has one more axis in front, for independent problems with a loss each.

    Returns:
        One number; a number for each problem of many; shape (N, *size) where nothing is reduced; floating.

    Raises:
        EngineError: shapes that do not fit, an index that no class has, an unknown reduction, a mean of nothing.
    """
    op = "multi_margin_loss"
    xp, x, weight = floats(op, x=x, weight=weight)
    race = _race(xp, op, x, target, weight, p, margin, reduction, many=many)
    losses = xp.sum(race.factor * race.short**p, axis=race.axis)
    return reduced(xp, op, losses, reduction, many=many)


def multi_margin_loss_grad(
    x: ArrayLike,
    target: ArrayLike,
    grad_output: ArrayLike = 1,
    weight: ArrayLike | None = None,
    *,
    p: Literal[1, 2] = 1,
    margin: float = 1.0,
    reduction: Reduction = "mean",
    many: bool = False,
) -> Array:
    """dL/dx of ``multi_margin_loss(x, target, ...)``: up for every class that is too close, down for the right one.

    Args:
        x: shape (N, C, *size), or (C,).
        target: class indices, shape (N, *size), or ().
        grad_output: dL/dloss, one number or in the shape of the loss.
        weight: as in ``multi_margin_loss``, like all that follow.
        p: as in ``multi_margin_loss``.
        margin: as in ``multi_margin_loss``.
        reduction: as in ``multi_margin_loss``.
        many: as in ``multi_margin_loss``.

    Returns:
        The shape of `x`, floating.

    Raises:
        EngineError: as ``multi_margin_loss``, and where `grad_output` has another shape than the loss.
    """
    op = "multi_margin_loss_grad"
    xp, x, grad, weight = floats(op, x=x, grad_output=grad_output, weight=weight)
    race = _race(xp, op, x, target, weight, p, margin, reduction, many=many)
    slope = xp.where(race.short > 0, p * race.short ** (p - 1), xp.zeros_like(x)) * race.factor
    losses = xp.sum(slope, axis=race.axis)
    back = flow(xp, op, grad, losses, reduction, many=many)
    down = race.hits * xp.expand_dims(losses, axis=race.axis)
    result: Array = (slope - down) * xp.expand_dims(back, axis=race.axis)
    return result


@dataclass(frozen=True, slots=True)
class _Race:
    """How far each class is within the margin of the right one."""

    short: Array
    """In the shape of the scores; 0 where the margin is kept, and for the right class."""
    hits: Array
    """1 for the right class, else 0."""
    factor: Array
    """The weight of each example's class over the count of classes, broadcasting on the scores."""
    axis: int
    """That of the classes."""


def _race(
    xp: Any,
    op: str,
    x: Array,
    target: ArrayLike,
    weight: Array | None,
    p: int,
    margin: float,
    reduction: str,
    *,
    many: bool,
) -> _Race:
    require_reduction(op, reduction)
    if p not in {1, 2}:
        raise EngineError(f"{op}: p must be 1 or 2, got {p!r}")
    axis = class_axis(op, x.shape, many=many)
    own = chosen(xp, op, x, beside(xp, op, "target", target, x), axis, None)
    hits = xp.astype(own, x.dtype)
    right = xp.sum(xp.where(own, x, xp.zeros_like(x)), axis=axis, keepdims=True)
    short = xp.clip(number(op, "margin", margin) - right + x, 0, None)
    factors = hits if weight is None else hits * weight_column(xp, op, weight, x.shape, axis, many=many)
    factor = xp.sum(factors, axis=axis, keepdims=True) / x.shape[axis]
    return _Race(xp.where(own, xp.zeros_like(x), short), hits, factor, axis)


def _two_classes(
    op: str, x: ArrayLike, target: ArrayLike, grad_output: ArrayLike, margin: float, reduction: str
) -> tuple[Any, Array, Array, Array]:
    """The library, how far each score is from keeping the margin, the targets, and what flows back."""
    require_reduction(op, reduction)
    xp, x, sign, grad = floats(op, x=x, target=target, grad_output=grad_output)
    require_shape(op, "target", sign.shape, x.shape)
    if bool(xp.any(xp.abs(sign) != 1)):
        raise EngineError(f"{op}: every target must be -1 or 1")
    return xp, number(op, "margin", margin) - sign * x, sign, grad
