"""Lp pooling and its gradient: the p-norm of each place of a sliding window."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from typing import Any

from grader.engine.arrays.backend import Array, ArrayLike
from grader.engine.arrays.numeric import arrays, floating
from grader.engine.geometry.fitting import pool_window, require_shape
from grader.engine.geometry.sizes import Padding, PerAxis
from grader.engine.poolings.blocks import by_image
from grader.engine.poolings.lines import SumLine, slides
from grader.engine.poolings.sums import spread, summed
from grader.errors import EngineError


def lp_pool(
    x: ArrayLike,
    norm_type: float,
    kernel_size: PerAxis,
    stride: PerAxis | None = None,
    padding: Padding = 0,
    dilation: PerAxis = 1,
    *,
    ceil_mode: bool = False,
) -> Array:
    """(sum of abs(x) ** p) ** (1 / p) over each place; p = 1 gives sums of magnitudes, p = 2 Euclidean norms.

    The magnitude is taken first, as in ONNX; PyTorch does not, and so differs where p is odd and x negative.

    Args:
        x: shape (..., *size); every leading index is pooled by itself.
        norm_type: p, a finite number of at least 1.
        kernel_size: an integer pools all axes after (N, C), a tuple as many last axes as it has entries.
        stride: the step between places, by default `kernel_size`.
        padding: zeros around `x`, as in ``conv``.
        dilation: the step between taps.
        ceil_mode: also takes places that reach beyond the end, unless they begin there.

    Returns:
        Shape (..., *output); floats keep their type, integers give float64.

    Raises:
        EngineError: shapes that do not fit, an empty output, or a `norm_type` out of range.
    """
    xp, x = arrays("lp_pool", x=x)
    require_norm("lp_pool", norm_type)
    window = pool_window("lp_pool", x.shape, kernel_size, stride, padding, dilation, ceil_mode=ceil_mode)
    return norms(xp, floating(xp, x), norm_type, slides(window))


def lp_pool_grad(
    x: ArrayLike,
    grad_output: ArrayLike,
    norm_type: float,
    kernel_size: PerAxis,
    stride: PerAxis | None = None,
    padding: Padding = 0,
    dilation: PerAxis = 1,
    *,
    ceil_mode: bool = False,
) -> Array:
    """dL/dx of ``lp_pool(x, ...)``, given dL/dy.

    dy/dx = sign(x) * abs(x) ** (p - 1) / y ** (p - 1), and 0 where y is 0.

    Args:
        x: shape (..., *size), the input.
        grad_output: dL/dy, in the shape of the output.
        norm_type: as in ``lp_pool``, like all that follow.
        kernel_size: as in ``lp_pool``.
        stride: as in ``lp_pool``.
        padding: as in ``lp_pool``.
        dilation: as in ``lp_pool``.
        ceil_mode: as in ``lp_pool``.

    Returns:
        The shape of `x`, floating.

    Raises:
        EngineError: as ``lp_pool``, and where `grad_output` has another shape than the output.
    """
    op = "lp_pool_grad"
    xp, x, grad = arrays(op, x=x, grad_output=grad_output)
    require_norm(op, norm_type)
    x, grad = floating(xp, x), floating(xp, grad)
    window = pool_window(op, x.shape, kernel_size, stride, padding, dilation, ceil_mode=ceil_mode)
    require_shape(op, "grad_output", grad.shape, (*window.lead(x.shape), *window.output))
    return norms_grad(xp, x, grad, norm_type, slides(window))


def norms(xp: Any, x: Array, norm_type: float, lines: Sequence[SumLine]) -> Array:
    """The p-norm of each place, (..., *size) to (..., *output)."""

    def work(block: Array) -> tuple[Array]:
        return (summed(xp, xp.abs(block) ** norm_type, lines) ** (1 / norm_type),)

    return by_image(xp, work, len(lines), x)[0]


def norms_grad(xp: Any, x: Array, grad: Array, norm_type: float, lines: Sequence[SumLine]) -> Array:
    """Its gradient, in the shape of `x`."""

    def work(block: Array, grad_block: Array) -> tuple[Array]:
        powers = xp.abs(block) ** (norm_type - 1)
        found = summed(xp, powers * xp.abs(block), lines) ** (1 / norm_type)
        flat = found == 0
        ones, zeros = xp.ones_like(found), xp.zeros_like(found)
        scaled = xp.where(flat, zeros, grad_block / xp.where(flat, ones, found) ** (norm_type - 1))
        return (xp.sign(block) * powers * spread(xp, scaled, lines),)

    return by_image(xp, work, len(lines), x, grad)[0]


def require_norm(op: str, norm_type: object) -> None:
    """Refuses what is no p of a norm.

    Raises:
        EngineError: `norm_type` is not a finite number of at least 1.
    """
    if not isinstance(norm_type, int | float) or norm_type is True or not 1 <= norm_type < inf:
        raise EngineError(f"{op}: norm_type must be a finite number of at least 1, got {norm_type!r}")
