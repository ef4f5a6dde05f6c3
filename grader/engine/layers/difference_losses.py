"""Losses of the difference between output and target: squared, absolute, and between the two; with gradients.

All are symmetric but for the sign: the gradient to the target is the one to x with its sign turned.
"""

from __future__ import annotations

from typing import Any

from grader.engine.arrays.backend import Array, ArrayLike
from grader.engine.arrays.numeric import arrays, floating, require_exact
from grader.engine.geometry.fitting import require_shape
from grader.engine.layers.operands import number
from grader.engine.layers.reductions import Reduction, entries, flow, reduced, require_reduction


def mse_loss(x: ArrayLike, target: ArrayLike, *, reduction: Reduction = "mean", many: bool = False) -> Array:
    """(x - target) ** 2.

    Args:
        x: any shape.
        target: the shape of `x`.
        reduction: 'mean' over all entries, 'sum' of them, or 'none'.
        many: the first axis is one of independent problems, each with a loss of its own.

    Returns:
        One number; a number for each problem of many; the shape of `x` where nothing is reduced. Of integers the sum
        and the entries are int64, and exact.

    Raises:
        EngineError: the shapes differ, an unknown reduction, a mean of nothing, integers that might overflow int64.
    """
    op = "mse_loss"
    xp, less, _ = _difference(op, x, target, 0, reduction)
    count = entries(less.shape, many=many)
    require_exact(xp, op, count if reduction == "sum" else 1, less, less)
    return reduced(xp, op, less * less, reduction, many=many)


def mse_loss_grad(
    x: ArrayLike,
    target: ArrayLike,
    grad_output: ArrayLike = 1,
    *,
    reduction: Reduction = "mean",
    many: bool = False,
) -> Array:
    """dL/dx of ``mse_loss(x, target, ...)``: 2 * (x - target), over the count for a mean.

    Args:
        x: any shape.
        target: the shape of `x`.
        grad_output: dL/dloss, one number or in the shape of the loss.
        reduction: as in ``mse_loss``.
        many: as in ``mse_loss``.

    Returns:
        The shape of `x`; int64 where all are integers and nothing is divided.

    Raises:
        EngineError: as ``mse_loss``, and where `grad_output` has another shape than the loss.
    """
    op = "mse_loss_grad"
    xp, less, grad = _difference(op, x, target, grad_output, reduction)
    require_exact(xp, op, 2, less, grad)
    return 2 * less * flow(xp, op, grad, less, reduction, many=many)


def l1_loss(x: ArrayLike, target: ArrayLike, *, reduction: Reduction = "mean", many: bool = False) -> Array:
    """abs(x - target).

    Args:
        x: any shape.
        target: the shape of `x`.
        reduction: as in ``mse_loss``.
        many: as in ``mse_loss``.

    Returns:
        As ``mse_loss``.

    Raises:
        EngineError: as ``mse_loss``.
    """
    op = "l1_loss"
    xp, less, _ = _difference(op, x, target, 0, reduction)
    count = entries(less.shape, many=many)
    require_exact(xp, op, count if reduction == "sum" else 1, less)
    return reduced(xp, op, xp.abs(less), reduction, many=many)


def l1_loss_grad(
    x: ArrayLike,
    target: ArrayLike,
    grad_output: ArrayLike = 1,
    *,
    reduction: Reduction = "mean",
    many: bool = False,
) -> Array:
    """dL/dx of ``l1_loss(x, target, ...)``: the sign of x - target, 0 where they are equal.

    Args:
        x: any shape.
        target: the shape of `x`.
        grad_output: dL/dloss, one number or in the shape of the loss.
        reduction: as in ``mse_loss``.
        many: as in ``mse_loss``.

    Returns:
        As ``mse_loss_grad``.

    Raises:
        EngineError: as ``mse_loss_grad``.
    """
    op = "l1_loss_grad"
    xp, less, grad = _difference(op, x, target, grad_output, reduction)
    result: Array = xp.sign(less) * flow(xp, op, grad, less, reduction, many=many)
    return result


def huber_loss(
    x: ArrayLike, target: ArrayLike, *, delta: float = 1.0, reduction: Reduction = "mean", many: bool = False
) -> Array:
    """With d = abs(x - target): d ** 2 / 2 up to delta, delta * (d - delta / 2) beyond.

    Source: Huber, "Robust estimation of a location parameter".

    Args:
        x: any shape.
        target: the shape of `x`.
        delta: where the parabola becomes a line.
        reduction: as in ``mse_loss``.
        many: as in ``mse_loss``.

    Returns:
        As ``mse_loss``; floating.

    Raises:
        EngineError: as ``mse_loss``, and where `delta` is not positive.
    """
    op = "huber_loss"
    width = number(op, "delta", delta, above=0)
    xp, less, _ = _difference(op, x, target, 0.0, reduction)
    return reduced(xp, op, _huber(xp, less, width), reduction, many=many)


def huber_loss_grad(
    x: ArrayLike,
    target: ArrayLike,
    grad_output: ArrayLike = 1,
    *,
    delta: float = 1.0,
    reduction: Reduction = "mean",
    many: bool = False,
) -> Array:
    """dL/dx of ``huber_loss(x, target, ...)``: x - target, at most delta either way.

    Args:
        x: any shape.
        target: the shape of `x`.
        grad_output: dL/dloss, one number or in the shape of the loss.
        delta: as in ``huber_loss``.
        reduction: as in ``mse_loss``.
        many: as in ``mse_loss``.

    Returns:
        The shape of `x`, floating.

    Raises:
        EngineError: as ``huber_loss``, and where `grad_output` has another shape than the loss.
    """
    op = "huber_loss_grad"
    width = number(op, "delta", delta, above=0)
    xp, less, grad = _difference(op, x, target, grad_output, reduction)
    less, grad = floating(xp, less), floating(xp, grad)
    result: Array = xp.clip(less, -width, width) * flow(xp, op, grad, less, reduction, many=many)
    return result


def smooth_l1_loss(
    x: ArrayLike, target: ArrayLike, *, beta: float = 1.0, reduction: Reduction = "mean", many: bool = False
) -> Array:
    """With d = abs(x - target): d ** 2 / (2 * beta) up to beta, d - beta / 2 beyond.

    Source: Girshick, "Fast R-CNN".

    Args:
        x: any shape.
        target: the shape of `x`.
        beta: where the parabola becomes a line; with 0 it is ``l1_loss``.
        reduction: as in ``mse_loss``.
        many: as in ``mse_loss``.

    Returns:
        As ``mse_loss``; floating.

    Raises:
        EngineError: as ``mse_loss``, and where `beta` is negative.
    """
    op = "smooth_l1_loss"
    width = number(op, "beta", beta, least=0)
    xp, less, _ = _difference(op, x, target, 0.0, reduction)
    losses = _huber(xp, less, width) / width if width else xp.abs(less)
    return reduced(xp, op, losses, reduction, many=many)


def smooth_l1_loss_grad(
    x: ArrayLike,
    target: ArrayLike,
    grad_output: ArrayLike = 1,
    *,
    beta: float = 1.0,
    reduction: Reduction = "mean",
    many: bool = False,
) -> Array:
    """dL/dx of ``smooth_l1_loss(x, target, ...)``: (x - target) / beta, at most 1 either way.

    Args:
        x: any shape.
        target: the shape of `x`.
        grad_output: dL/dloss, one number or in the shape of the loss.
        beta: as in ``smooth_l1_loss``.
        reduction: as in ``mse_loss``.
        many: as in ``mse_loss``.

    Returns:
        The shape of `x`, floating.

    Raises:
        EngineError: as ``smooth_l1_loss``, and where `grad_output` has another shape than the loss.
    """
    op = "smooth_l1_loss_grad"
    width = number(op, "beta", beta, least=0)
    xp, less, grad = _difference(op, x, target, grad_output, reduction)
    less, grad = floating(xp, less), floating(xp, grad)
    slope = xp.clip(less, -width, width) / width if width else xp.sign(less)
    result: Array = slope * flow(xp, op, grad, less, reduction, many=many)
    return result


def _difference(
    op: str, x: ArrayLike, target: ArrayLike, grad_output: ArrayLike, reduction: str
) -> tuple[Any, Array, Array]:
    """The library, x - target, and what flows back; floats where something is divided or one of them is one."""
    require_reduction(op, reduction)
    xp, x, target, grad = arrays(op, x=x, target=target, grad_output=grad_output)
    require_shape(op, "target", target.shape, x.shape)
    if reduction == "mean":
        x, target, grad = (floating(xp, array) for array in (x, target, grad))
    require_exact(xp, op, 1, x, plus=target)
    return xp, x - target, grad


def _huber(xp: Any, less: Array, width: float) -> Array:
    """A parabola within `width`, lines beyond it."""
    distance = xp.abs(less)
    losses: Array = xp.where(distance < width, 0.5 * distance**2, width * (distance - 0.5 * width))
    return losses
