"""Average pooling and its gradient."""

from __future__ import annotations

from functools import reduce
from typing import Any

from grader.engine.arrays.backend import Array, ArrayLike
from grader.engine.arrays.numeric import arrays, floating
from grader.engine.geometry.fitting import pool_window, require_input_in_every_place, require_shape
from grader.engine.geometry.sizes import Padding, PerAxis, Shape, shape
from grader.engine.geometry.window import Window
from grader.engine.poolings.tap_sums import spread_over_taps, sum_over_taps


def avg_pool(
    x: ArrayLike,
    kernel_size: PerAxis,
    stride: PerAxis | None = None,
    padding: Padding = 0,
    dilation: PerAxis = 1,
    *,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
) -> Array:
    """The mean over each place of a sliding window.

    Args:
        x: shape (..., *size); every leading index is pooled by itself.
        kernel_size: an integer pools all axes after (N, C), a tuple as many last axes as it has entries.
        stride: the step between places, by default `kernel_size`.
        padding: zeros around `x`, as in ``conv``.
        dilation: the step between taps.
        ceil_mode: also takes places that reach beyond the end, unless they begin there; what lies beyond the
            padding is not counted.
        count_include_pad: whether the padding's zeros count in the mean.

    Returns:
        Shape (..., *output); floats keep their type, integers give float64, divisible or not.

    Raises:
        EngineError: shapes that do not fit, an empty output, or a place that holds nothing that counts.
    """
    op = "avg_pool"
    xp, x = arrays(op, x=x)
    x = floating(xp, x)
    window = pool_window(op, x.shape, kernel_size, stride, padding, dilation, ceil_mode=ceil_mode)
    total = sum_over_taps(xp, x, window)
    return total / _divisor(xp, op, total, window, count_include_pad=count_include_pad)


def avg_pool_grad(
    input_shape: Shape,
    grad_output: ArrayLike,
    kernel_size: PerAxis,
    stride: PerAxis | None = None,
    padding: Padding = 0,
    dilation: PerAxis = 1,
    *,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
) -> Array:
    """dL/dx of ``avg_pool(x, ...)``, given dL/dy: each entry is shared out evenly over its place.

    Args:
        input_shape: the shape of x; its values do not matter.
        grad_output: dL/dy, in the shape of the output.
        kernel_size: as in ``avg_pool``, like all that follow.
        stride: as in ``avg_pool``.
        padding: as in ``avg_pool``.
        dilation: as in ``avg_pool``.
        ceil_mode: as in ``avg_pool``.
        count_include_pad: as in ``avg_pool``.

    Returns:
        Shape `input_shape`, floating.

    Raises:
        EngineError: as ``avg_pool``, and where `grad_output` has another shape than the output.
    """
    op = "avg_pool_grad"
    xp, grad = arrays(op, grad_output=grad_output)
    grad = floating(xp, grad)
    extents = shape(op, "input_shape", input_shape)
    window = pool_window(op, extents, kernel_size, stride, padding, dilation, ceil_mode=ceil_mode)
    require_shape(op, "grad_output", grad.shape, (*window.lead(extents), *window.output))
    return spread_over_taps(xp, grad / _divisor(xp, op, grad, window, count_include_pad=count_include_pad), window)


def _divisor(xp: Any, op: str, like: Array, window: Window, *, count_include_pad: bool) -> Array:
    """How many taps count in each place, shape `output`, in the type of `like`."""
    if not count_include_pad:
        require_input_in_every_place(op, window)
    covers = (axis.cover(padding=count_include_pad) for axis in window.axes)
    counts = [xp.asarray(cover, dtype=like.dtype) for cover in covers]
    divisor: Array = reduce(xp.multiply.outer, counts)
    return divisor
