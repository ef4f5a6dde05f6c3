"""Max pooling and its gradient. Padding never wins; the first maximum in row order does, as in PyTorch."""

from __future__ import annotations

from math import prod
from typing import Literal, overload

from grader.engine.arrays.backend import Array, ArrayLike
from grader.engine.arrays.numeric import arrays, require_exact
from grader.engine.geometry.fitting import pool_window, require_input_in_every_place, require_shape
from grader.engine.geometry.sizes import Padding, PerAxis
from grader.engine.geometry.window import Window
from grader.engine.poolings.lines import slides
from grader.engine.poolings.selection import maxima, maxima_grad


@overload
def max_pool(
    x: ArrayLike,
    kernel_size: PerAxis,
    stride: PerAxis | None = None,
    padding: Padding = 0,
    dilation: PerAxis = 1,
    *,
    ceil_mode: bool = False,
    return_indices: Literal[False] = False,
) -> Array: ...


@overload
def max_pool(
    x: ArrayLike,
    kernel_size: PerAxis,
    stride: PerAxis | None = None,
    padding: Padding = 0,
    dilation: PerAxis = 1,
    *,
    ceil_mode: bool = False,
    return_indices: Literal[True],
) -> tuple[Array, Array]: ...


def max_pool(
    x: ArrayLike,
    kernel_size: PerAxis,
    stride: PerAxis | None = None,
    padding: Padding = 0,
    dilation: PerAxis = 1,
    *,
    ceil_mode: bool = False,
    return_indices: bool = False,
) -> Array | tuple[Array, Array]:
    """The largest entry in each place of a sliding window; NaN where a place holds one.

    Args:
        x: shape (..., *size); every leading index is pooled by itself.
        kernel_size: an integer pools all axes after (N, C), a tuple as many last axes as it has entries.
        stride: the step between places, by default `kernel_size`.
        padding: as in ``conv``; padded entries are never the largest.
        dilation: the step between taps.
        ceil_mode: also takes places that reach beyond the end, unless they begin there.
        return_indices: also gives where each maximum stood.

    Returns:
        Shape (..., *output) in the type of `x` (integers as int64); with `return_indices` also the flat index
        of each maximum in its own spatial block of `size`, int64.

    Raises:
        EngineError: shapes that do not fit, an empty output, or a place that holds padding alone.
    """
    xp, x = arrays("max_pool", x=x)
    window = _window("max_pool", x.shape, kernel_size, stride, padding, dilation, ceil_mode=ceil_mode)
    return maxima(xp, x, slides(window), return_indices=return_indices)


def max_pool_grad(
    x: ArrayLike,
    grad_output: ArrayLike,
    kernel_size: PerAxis,
    stride: PerAxis | None = None,
    padding: Padding = 0,
    dilation: PerAxis = 1,
    *,
    ceil_mode: bool = False,
    indices: ArrayLike | None = None,
) -> Array:
    """dL/dx of ``max_pool(x, ...)``, given dL/dy: each entry goes to the maximum that it came from.

    Args:
        x: shape (..., *size), the input.
        grad_output: dL/dy, in the shape of the output.
        kernel_size: as in ``max_pool``, like all that follow.
        stride: as in ``max_pool``.
        padding: as in ``max_pool``.
        dilation: as in ``max_pool``.
        ceil_mode: as in ``max_pool``.
        indices: where the maxima stood, as ``max_pool`` gives them; of `x` only the shape matters then.

    Returns:
        The shape of `x`, in the type of `grad_output`.

    Raises:
        EngineError: as ``max_pool``, and where `grad_output` has another shape than the output; `indices` of another
            shape or beyond the input.
    """
    op = "max_pool_grad"
    xp, x, grad = arrays(op, x=x, grad_output=grad_output)
    window = _window(op, x.shape, kernel_size, stride, padding, dilation, ceil_mode=ceil_mode)
    require_shape(op, "grad_output", grad.shape, (*window.lead(x.shape), *window.output))
    require_exact(xp, op, prod(window.kernel), grad)
    return maxima_grad(xp, op, x, grad, slides(window), indices)


def _window(
    op: str,
    input_shape: tuple[int, ...],
    kernel_size: PerAxis,
    stride: PerAxis | None,
    padding: Padding,
    dilation: PerAxis,
    *,
    ceil_mode: bool,
) -> Window:
    window = pool_window(op, input_shape, kernel_size, stride, padding, dilation, ceil_mode=ceil_mode)
    require_input_in_every_place(op, window)
    return window
