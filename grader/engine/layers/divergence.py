"""The Kullback-Leibler divergence and its gradients.

Source: Kullback & Leibler, "On information and sufficiency".
"""

from __future__ import annotations

from math import inf
from typing import Any, Literal, TypeAlias

from grader.engine.arrays.backend import Array, ArrayLike
from grader.engine.geometry.fitting import require_shape
from grader.engine.layers.operands import floats
from grader.engine.layers.reductions import entries, flow, reduced, require_reduction
from grader.errors import EngineError

DivergenceReduction: TypeAlias = Literal["none", "mean", "sum", "batchmean"]
"""As `Reduction`, or the sum over the count of examples, which is the divergence as mathematics has it."""


def kl_div(
    x: ArrayLike,
    target: ArrayLike,
    *,
    reduction: DivergenceReduction = "mean",
    log_target: bool = False,
    many: bool = False,
) -> Array:
    """Each entry as target * (log(target) - x): the Kullback-Leibler divergence where they are summed.

    Args:
        x: log-probabilities, shape (N, ...).
        target: probabilities in the shape of `x`, or their logarithms; one of 0 adds nothing.
        reduction: 'mean' over all entries, 'batchmean' over examples, 'sum', or 'none'.
        log_target: whether `target` holds logarithms.
        many: the first axis is one of independent problems, each with a loss of its own.

    Returns:
        One number; a number for each problem of many; the shape of `x` where nothing is reduced; floating.

    Raises:
        EngineError: the shapes differ, a negative target, an unknown reduction, a mean of nothing.
    """
    op = "kl_div"
    xp, x, target, _ = _shares(op, x, target, 1, reduction, log_target=log_target)
    share = xp.exp(target) if log_target else target
    losses = share * ((target if log_target else _log(xp, target, 0.0)) - xp.where(share == 0, xp.zeros_like(x), x))
    return reduced(xp, op, losses, reduction, _divergences(op, x, reduction, many=many), many=many)


def kl_div_grad_input(
    x: ArrayLike,
    target: ArrayLike,
    grad_output: ArrayLike = 1,
    *,
    reduction: DivergenceReduction = "mean",
    log_target: bool = False,
    many: bool = False,
) -> Array:
    """dL/dx of ``kl_div(x, target, ...)``: minus the probability asked for.

    Args:
        x: log-probabilities, shape (N, ...).
        target: as in ``kl_div``.
        grad_output: dL/dloss, one number or in the shape of the loss.
        reduction: as in ``kl_div``.
        log_target: as in ``kl_div``.
        many: as in ``kl_div``.

    Returns:
        The shape of `x`, floating.

    Raises:
        EngineError: as ``kl_div``, and where `grad_output` has another shape than the loss.
    """
    op = "kl_div_grad_input"
    xp, x, target, grad = _shares(op, x, target, grad_output, reduction, log_target=log_target)
    slope = -xp.exp(target) if log_target else -target
    result: Array = slope * flow(xp, op, grad, x, reduction, _divergences(op, x, reduction, many=many), many=many)
    return result


def kl_div_grad_target(
    x: ArrayLike,
    target: ArrayLike,
    grad_output: ArrayLike = 1,
    *,
    reduction: DivergenceReduction = "mean",
    log_target: bool = False,
    many: bool = False,
) -> Array:
    """dL/dtarget of ``kl_div(x, target, ...)``: log(target) + 1 - x, -inf at 0; of logarithms that times exp(target).

    Args:
        x: log-probabilities, shape (N, ...).
        target: as in ``kl_div``.
        grad_output: dL/dloss, one number or in the shape of the loss.
        reduction: as in ``kl_div``.
        log_target: as in ``kl_div``.
        many: as in ``kl_div``.

    Returns:
        The shape of `x`, floating.

    Raises:
        EngineError: as ``kl_div_grad_input``.
    """
    op = "kl_div_grad_target"
    xp, x, target, grad = _shares(op, x, target, grad_output, reduction, log_target=log_target)
    slope = xp.exp(target) * (target + 1 - x) if log_target else _log(xp, target, -inf) + 1 - x
    result: Array = slope * flow(xp, op, grad, x, reduction, _divergences(op, x, reduction, many=many), many=many)
    return result


def _shares(
    op: str, x: ArrayLike, target: ArrayLike, grad_output: ArrayLike, reduction: str, *, log_target: bool
) -> tuple[Any, Array, Array, Array]:
    """The library, x, the target, and what flows back."""
    require_reduction(op, reduction, "batchmean")
    xp, x, target, grad = floats(op, x=x, target=target, grad_output=grad_output)
    require_shape(op, "target", target.shape, x.shape)
    if not log_target and bool(xp.any(target < 0)):
        raise EngineError(f"{op}: every target must be at least 0, or log_target=True for logarithms")
    return xp, x, target, grad


def _divergences(op: str, x: Array, reduction: str, *, many: bool) -> int:
    """What a mean is over."""
    if reduction != "batchmean":
        return entries(x.shape, many=many)
    if x.ndim < 1 + many:
        raise EngineError(f"{op}: reduction 'batchmean' needs input of shape (N, ...), got shape {tuple(x.shape)}")
    return int(x.shape[many])


def _log(xp: Any, x: Array, at_zero: float) -> Array:
    """log(x), and `at_zero` for 0, whose logarithm is never taken."""
    logs = xp.log(xp.where(x > 0, x, xp.ones_like(x)))
    result: Array = xp.where(x > 0, logs, xp.full_like(x, at_zero))
    return result
