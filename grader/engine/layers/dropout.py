"""Dropout by a mask that is given: nothing here is random.

Source: Srivastava, Hinton, Krizhevsky, Sutskever & Salakhutdinov, "Dropout: a simple way to prevent neural networks
from overfitting"; scaled in training, as in PyTorch.
"""

from __future__ import annotations

from typing import Any

from grader.engine.arrays.backend import Array, ArrayLike
from grader.engine.arrays.numeric import floating
from grader.engine.layers.operands import beside, flowing, number, operands, require_broadcast
from grader.errors import EngineError


def dropout(x: ArrayLike, mask: ArrayLike, p: float = 0.5) -> Array:
    """X / (1 - p) where the mask keeps it, else 0.

    Args:
        x: any shape.
        mask: True or 1 for what is kept, in the shape of `x` or one that broadcasts to it: (N, C, 1, 1) drops whole
            channels.
        p: the probability to be dropped, in [0, 1]; at 1 nothing is left, whatever the mask.

    Returns:
        The shape of `x`; floats keep their type, integers give float64.

    Raises:
        EngineError: a mask that does not broadcast or holds something else, a `p` out of range.
    """
    op = "dropout"
    xp, x = operands(op, x=x)
    return _masked(xp, op, x, mask, p)


def dropout_grad(x: ArrayLike, grad_output: ArrayLike, mask: ArrayLike, p: float = 0.5) -> Array:
    """dL/dx of ``dropout(x, mask, p)``, given dL/dy: dL/dy through the same mask.

    Args:
        x: any shape; its values do not matter.
        grad_output: dL/dy, in the shape of `x`.
        mask: as in ``dropout``.
        p: as in ``dropout``.

    Returns:
        The shape of `x`, floating.

    Raises:
        EngineError: as ``dropout``, and where `grad_output` has another shape than `x`.
    """
    op = "dropout_grad"
    xp, _, grad = flowing(op, x, grad_output)
    return _masked(xp, op, grad, mask, p)


def _masked(xp: Any, op: str, x: Array, mask: ArrayLike, p: float) -> Array:
    share = number(op, "p", p, least=0, most=1)
    x, keep = floating(xp, x), beside(xp, op, "mask", mask, x)
    require_broadcast(op, "mask", keep.shape, x.shape)
    if bool(xp.any((keep != 0) & (keep != 1))):
        raise EngineError(f"{op}: mask must hold True and False, or 1 and 0")
    scaled = x / (1 - share) if share < 1 else xp.zeros_like(x)
    result: Array = xp.where(keep != 0, scaled, xp.zeros_like(x))
    return result
