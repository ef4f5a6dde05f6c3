"""Global pooling: one place that holds all, so that an image becomes one number a channel."""

from __future__ import annotations

from math import prod
from typing import Literal, overload

from grader.engine.arrays.backend import Array, ArrayLike
from grader.engine.arrays.numeric import arrays, floating
from grader.engine.geometry.fitting import require_shape
from grader.engine.geometry.sizes import Shape, integer, shape
from grader.engine.geometry.window import Axis
from grader.engine.poolings.blocks import by_image
from grader.engine.poolings.lines import Slide, SumLine
from grader.engine.poolings.lp import norms, norms_grad, require_norm
from grader.engine.poolings.selection import maxima, maxima_grad
from grader.engine.poolings.sums import spread, summed
from grader.errors import EngineError


def global_avg_pool(x: ArrayLike, spatial: int | None = None) -> Array:
    """The mean of all entries of each channel.

    Args:
        x: shape (..., *size).
        spatial: how many of the last axes are spatial; by default all after the first two, (N, C).

    Returns:
        Shape (..., 1, ..., 1), as many axes as `x`; floats keep their type, integers give float64.

    Raises:
        EngineError: `x` has no such axes, or one of them is empty.
    """
    op = "global_avg_pool"
    xp, x = arrays(op, x=x)
    lines = _all(op, x.shape, spatial)
    count = prod(line.size for line in lines)
    return by_image(xp, lambda block: (summed(xp, block, lines) / count,), len(lines), floating(xp, x))[0]


def global_avg_pool_grad(input_shape: Shape, grad_output: ArrayLike, spatial: int | None = None) -> Array:
    """dL/dx of ``global_avg_pool(x)``, given dL/dy: each entry is shared out evenly over its channel.

    Args:
        input_shape: the shape of x; its values do not matter.
        grad_output: dL/dy, in the shape of the output.
        spatial: as in ``global_avg_pool``.

    Returns:
        Shape `input_shape`, floating.

    Raises:
        EngineError: as ``global_avg_pool``, and where `grad_output` has another shape than the output.
    """
    op = "global_avg_pool_grad"
    xp, grad = arrays(op, grad_output=grad_output)
    extents = shape(op, "input_shape", input_shape)
    lines = _all(op, extents, spatial)
    _require_output(op, grad, extents, lines)
    count = prod(line.size for line in lines)
    return by_image(xp, lambda block: (spread(xp, block / count, lines),), len(lines), floating(xp, grad))[0]


@overload
def global_max_pool(x: ArrayLike, spatial: int | None = None, *, return_indices: Literal[False] = False) -> Array: ...


@overload
def global_max_pool(
    x: ArrayLike, spatial: int | None = None, *, return_indices: Literal[True]
) -> tuple[Array, Array]: ...


def global_max_pool(
    x: ArrayLike, spatial: int | None = None, *, return_indices: bool = False
) -> Array | tuple[Array, Array]:
    """The largest entry of each channel; NaN where it holds one.

    Args:
        x: shape (..., *size).
        spatial: as in ``global_avg_pool``.
        return_indices: also gives where each maximum stood.

    Returns:
        Shape (..., 1, ..., 1), in the type of `x` (integers as int64); with `return_indices` also the flat index of
        each maximum in its own spatial block of `size`, int64.

    Raises:
        EngineError: as ``global_avg_pool``.
    """
    xp, x = arrays("global_max_pool", x=x)
    return maxima(xp, x, _all("global_max_pool", x.shape, spatial), return_indices=return_indices)


def global_max_pool_grad(
    x: ArrayLike, grad_output: ArrayLike, spatial: int | None = None, *, indices: ArrayLike | None = None
) -> Array:
    """dL/dx of ``global_max_pool(x)``, given dL/dy: each entry goes to the maximum that it came from.

    Args:
        x: shape (..., *size), the input.
        grad_output: dL/dy, in the shape of the output.
        spatial: as in ``global_avg_pool``.
        indices: where the maxima stood, as ``global_max_pool`` gives them; of `x` only the shape matters then.

    Returns:
        The shape of `x`, in the type of `grad_output`.

    Raises:
        EngineError: as ``global_avg_pool``, and where `grad_output` has another shape than the output; `indices` of
            another shape or beyond the input.
    """
    op = "global_max_pool_grad"
    xp, x, grad = arrays(op, x=x, grad_output=grad_output)
    lines = _all(op, x.shape, spatial)
    _require_output(op, grad, x.shape, lines)
    return maxima_grad(xp, op, x, grad, lines, indices)


def global_lp_pool(x: ArrayLike, norm_type: float = 2, spatial: int | None = None) -> Array:
    """The p-norm of each channel, (sum of abs(x) ** p) ** (1 / p).

    Args:
        x: shape (..., *size).
        norm_type: p, a finite number of at least 1.
        spatial: as in ``global_avg_pool``.

    Returns:
        Shape (..., 1, ..., 1); floats keep their type, integers give float64.

    Raises:
        EngineError: as ``global_avg_pool``, or a `norm_type` out of range.
    """
    op = "global_lp_pool"
    xp, x = arrays(op, x=x)
    require_norm(op, norm_type)
    return norms(xp, floating(xp, x), norm_type, _all(op, x.shape, spatial))


def global_lp_pool_grad(
    x: ArrayLike, grad_output: ArrayLike, norm_type: float = 2, spatial: int | None = None
) -> Array:
    """dL/dx of ``global_lp_pool(x, norm_type)``, given dL/dy; 0 where the norm is 0.

    Args:
        x: shape (..., *size), the input.
        grad_output: dL/dy, in the shape of the output.
        norm_type: as in ``global_lp_pool``.
        spatial: as in ``global_avg_pool``.

    Returns:
        The shape of `x`, floating.

    Raises:
        EngineError: as ``global_lp_pool``, and where `grad_output` has another shape than the output.
    """
    op = "global_lp_pool_grad"
    xp, x, grad = arrays(op, x=x, grad_output=grad_output)
    require_norm(op, norm_type)
    lines = _all(op, x.shape, spatial)
    _require_output(op, grad, x.shape, lines)
    return norms_grad(xp, floating(xp, x), floating(xp, grad), norm_type, lines)


def _all(op: str, input_shape: tuple[int, ...], spatial: int | None) -> list[SumLine]:
    """One place along each spatial axis."""
    axes = len(input_shape) - 2 if spatial is None else integer(op, "spatial", spatial, 1)
    if not 1 <= axes <= len(input_shape):
        raise EngineError(
            f"{op}: input of shape {input_shape} has no {'axes after (N, C)' if spatial is None else f'{axes} axes'} "
            f"to pool; give `spatial`, how many of the last axes are spatial"
        )
    size = input_shape[-axes:]
    if min(size) < 1:
        raise EngineError(f"{op}: every spatial size must be at least 1, got {size}")
    return [Slide(Axis(n, n, n, 0, 0, 1, 1)) for n in size]


def _require_output(op: str, grad: Array, input_shape: tuple[int, ...], lines: list[SumLine]) -> None:
    require_shape(op, "grad_output", grad.shape, (*input_shape[: -len(lines)], *(1,) * len(lines)))
