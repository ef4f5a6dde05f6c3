"""The patches of an input as columns ("im2col"), and columns added up to an input again ("col2im").

Each is the other's adjoint, and so its gradient: dL/dx of ``unfold(x, ...)`` is ``fold(dL/dy, size, ...)``, and dL/dx
of ``fold(x, ...)`` is ``unfold(dL/dy, ...)``.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

from grader.engine.arrays.backend import Array, ArrayLike, added, device, placed
from grader.engine.arrays.numeric import arrays, require_exact
from grader.engine.geometry.fitting import pool_window
from grader.engine.geometry.sizes import Padding, PerAxis, per_axis
from grader.engine.geometry.sliding import slide
from grader.engine.geometry.window import Window
from grader.errors import EngineError


def unfold(
    x: ArrayLike, kernel_size: PerAxis, dilation: PerAxis = 1, padding: Padding = 0, stride: PerAxis = 1
) -> Array:
    """Every patch of `x` that a kernel meets as a column, so that a convolution is a product of matrices.

    Args:
        x: shape (..., C, *size), with any axes in front.
        kernel_size: an integer slides over all axes after (N, C), a tuple over as many last axes as it has entries.
        dilation: the step between taps.
        padding: zeros around `x`, as in ``conv``.
        stride: the step between places.

    Returns:
        Shape (..., C * taps, places): rows by channel and then by tap, columns by place, both in row order; in the
        type of `x` (integers as int64).

    Raises:
        EngineError: shapes that do not fit, or an empty output.
    """
    op = "unfold"
    xp, x = arrays(op, x=x)
    window = pool_window(op, x.shape, kernel_size, stride, padding, dilation, ceil_mode=False)
    lead = window.lead(x.shape)
    if not lead:
        raise EngineError(
            f"{op}: expected input of shape (..., C, *{window.size}), got input of shape {tuple(x.shape)}"
        )
    padded = window.pad(xp, x)
    columns: Array = xp.empty((*lead, prod(window.kernel), *window.output), dtype=x.dtype, device=device(x))
    for number, (_, region) in enumerate(window.taps()):
        columns = placed(columns, _tap(number, window), padded[region])
    result: Array = xp.reshape(columns, (*lead[:-1], lead[-1] * prod(window.kernel), prod(window.output)))
    return result


def fold(
    x: ArrayLike,
    output_size: PerAxis,
    kernel_size: PerAxis,
    dilation: PerAxis = 1,
    padding: Padding = 0,
    stride: PerAxis = 1,
) -> Array:
    """Adds up columns at the places that ``unfold`` takes them from; where patches meet, their entries are summed.

    Args:
        x: shape (..., C * taps, places), as ``unfold`` gives it.
        output_size: the spatial extents of the result; it or `kernel_size` has to be a tuple, one entry for each axis.
        kernel_size: as in ``unfold``, like all that follow.
        dilation: as in ``unfold``.
        padding: as in ``unfold``.
        stride: as in ``unfold``.

    Returns:
        Shape (..., C, *output_size), in the type of `x`; exact int64 where it holds integers.

    Raises:
        EngineError: shapes that do not fit, or integers that might overflow int64.
    """
    op = "fold"
    xp, x = arrays(op, x=x)
    window = slide(op, _extents(op, output_size, kernel_size), kernel_size, stride, padding, dilation)
    taps, channels = prod(window.kernel), _channels(op, x.shape, window)
    require_exact(xp, op, taps, x)
    lead = (*x.shape[:-2], channels)
    columns = xp.reshape(x, (*lead, taps, *window.output))
    canvas: Array = xp.zeros((*lead, *window.padded), dtype=x.dtype, device=device(x))
    for number, (_, region) in enumerate(window.taps()):
        canvas = added(canvas, region, columns[_tap(number, window)])
    return canvas[window.inner]


def _tap(number: int, window: Window) -> tuple[object, ...]:
    """The entries of one tap in columns of shape (..., taps, *output)."""
    return (..., number, *(slice(None),) * len(window.axes))


def _extents(op: str, output_size: PerAxis, kernel_size: PerAxis) -> tuple[int, ...]:
    told = next((value for value in (output_size, kernel_size) if isinstance(value, Sequence)), None)
    if told is None:
        raise EngineError(
            f"{op}: output_size or kernel_size must have an entry for each spatial axis, got {output_size!r} and "
            f"{kernel_size!r}"
        )
    return per_axis(op, "output_size", output_size, len(told), 1)


def _channels(op: str, columns: tuple[int, ...], window: Window) -> int:
    taps, places = prod(window.kernel), prod(window.output)
    if len(columns) < 2 or columns[-2] % taps or columns[-1] != places:
        raise EngineError(
            f"{op}: kernel of size {window.kernel} that takes {' * '.join(map(str, window.output))} places expects "
            f"input of shape (..., C * {taps}, {places}), got input of shape {tuple(columns)}"
        )
    return columns[-2] // taps
