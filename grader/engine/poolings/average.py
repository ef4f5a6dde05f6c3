"""Average pooling and its gradient."""

from __future__ import annotations

from functools import reduce
from typing import Any

from grader.engine.arrays.backend import Array, ArrayLike, device
from grader.engine.arrays.numeric import arrays, floating
from grader.engine.geometry.fitting import pool_window, require_input_in_every_place, require_shape
from grader.engine.geometry.sizes import Padding, PerAxis, Shape, integer, shape
from grader.engine.geometry.window import Window
from grader.engine.poolings.blocks import by_image
from grader.engine.poolings.lines import slides
from grader.engine.poolings.sums import spread, summed


def avg_pool(
    x: ArrayLike,
    kernel_size: PerAxis,
    stride: PerAxis | None = None,
    padding: Padding = 0,
    dilation: PerAxis = 1,
    *,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
    divisor_override: int | None = None,
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
        divisor_override: what the sums are divided by, whatever counts.

    Returns:
        Shape (..., *output); floats keep their type, integers give float64, divisible or not.

    Raises:
        EngineError: shapes that do not fit, an empty output, a place that holds nothing that counts, or a
            divisor below 1.
    """
    op = "avg_pool"
    xp, x = arrays(op, x=x)
    x = floating(xp, x)
    window = pool_window(op, x.shape, kernel_size, stride, padding, dilation, ceil_mode=ceil_mode)
    divisor = _divisor(xp, op, x, window, divisor_override, count_include_pad=count_include_pad)
    lines = slides(window)
    (mean,) = by_image(xp, lambda block: (summed(xp, block, lines) / divisor,), len(lines), x)
    return mean


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
    divisor_override: int | None = None,
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
        divisor_override: as in ``avg_pool``.

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
    divisor = _divisor(xp, op, grad, window, divisor_override, count_include_pad=count_include_pad)
    lines = slides(window)
    (grad_input,) = by_image(xp, lambda block: (spread(xp, block / divisor, lines),), len(lines), grad)
    return grad_input


def _divisor(
    xp: Any, op: str, like: Array, window: Window, override: int | None, *, count_include_pad: bool
) -> Array | int:
    """What each place's sum is divided by: one number, or an array of shape `output` in the type of `like`."""
    if override is not None:
        return integer(op, "divisor_override", override, 1)
    if not count_include_pad:
        require_input_in_every_place(op, window)
    return counts(xp, like, [axis.cover(padding=count_include_pad) for axis in window.axes])


def counts(xp: Any, like: Array, covers: list[list[int]]) -> Array | int:
    """The products of one entry from each of `covers`: an array in the type of `like`, or the one that all are."""
    if all(min(cover) == max(cover) for cover in covers):
        return reduce(int.__mul__, (cover[0] for cover in covers))
    columns = (
        xp.reshape(xp.asarray(cover, dtype=like.dtype, device=device(like)), (-1, *(1,) * later))
        for later, cover in enumerate(reversed(covers))
    )
    divisor: Array = reduce(lambda inner, outer: outer * inner, columns)
    return divisor
