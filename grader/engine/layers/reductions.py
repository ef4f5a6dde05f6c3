"""How many losses become one, and what flows back to each of them."""

from __future__ import annotations

from math import prod
from typing import Any, Literal, TypeAlias, get_args

from grader.engine.arrays.backend import Array
from grader.engine.arrays.numeric import is_floating
from grader.engine.geometry.fitting import require_shape
from grader.errors import EngineError

Reduction: TypeAlias = Literal["none", "mean", "sum"]
"""As in ``torch.nn.functional``: every loss, their mean, or their sum."""


def require_reduction(op: str, reduction: str, *more: str) -> None:
    """Refuses a reduction that there is not.

    Raises:
        EngineError: it is neither a `Reduction` nor one of `more`.
    """
    names = (*get_args(Reduction), *more)
    if reduction not in names:
        raise EngineError(f"{op}: reduction must be one of {', '.join(names)}, got {reduction!r}")


def entries(shape: tuple[int, ...], *, many: bool) -> int:
    """How many losses of `shape` one problem has."""
    return prod(shape[many:])


def reduced(xp: Any, op: str, losses: Array, reduction: str, divisor: Any = None, *, many: bool) -> Array:
    """The losses, or their sum over all axes but that of the problems, for a mean over `divisor`, by default over all.

    Raises:
        EngineError: a mean of nothing.
    """
    if reduction == "none":
        return losses
    total = xp.sum(losses, axis=tuple(range(int(many), losses.ndim)))
    if reduction != "sum":
        total = total / _divisor(xp, op, losses, divisor, many=many)
    # NumPy gives a number where others give an array without axes.
    result: Array = xp.asarray(total)
    return result


def flow(xp: Any, op: str, grad: Array, losses: Array, reduction: str, divisor: Any = None, *, many: bool) -> Array:
    """What flows back to each of `losses`, in the type and with the axes of those, so that it broadcasts.

    Args:
        xp: the arrays' library.
        op: the caller's name.
        grad: dL/dloss, one number or in the shape of the reduced loss.
        losses: an array like the losses; its values do not matter.
        reduction: what was done to them.
        divisor: what a mean was over, by default all losses of a problem.
        many: whether the first axis is that of the problems.

    Raises:
        EngineError: `grad` has another shape; a mean of nothing.
    """
    if grad.ndim:
        require_shape(op, "grad_output", grad.shape, losses.shape[: many if reduction != "none" else losses.ndim])
    elif is_floating(xp, grad) and is_floating(xp, losses):
        grad = xp.astype(grad, losses.dtype)
    if reduction not in {"none", "sum"}:
        grad = grad / _divisor(xp, op, losses, divisor, many=many)
    # One number over a divisor for each problem has become one for each problem.
    result: Array = xp.reshape(grad, (*grad.shape, *(1,) * (losses.ndim - grad.ndim)))
    return result


def _divisor(xp: Any, op: str, losses: Array, divisor: Any, *, many: bool) -> Any:
    if divisor is None:
        divisor = entries(losses.shape, many=many)
    if divisor == 0 if isinstance(divisor, int) else bool(xp.any(divisor == 0)):
        raise EngineError(f"{op}: there is no mean of no losses; every target is left out, or the input is empty")
    return divisor
