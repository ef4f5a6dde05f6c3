"""Max pooling and its gradient. Padding never wins; the first maximum in row order does, as in PyTorch."""

from __future__ import annotations

from math import prod
from typing import Any, Literal, overload

from grader.engine.arrays.backend import Array, ArrayLike
from grader.engine.arrays.numeric import arrays, require_exact
from grader.engine.geometry.fitting import pool_window, require_input_in_every_place, require_shape
from grader.engine.geometry.sizes import Padding, PerAxis
from grader.engine.geometry.window import Window


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
    window = _window("max_pool", x, kernel_size, stride, padding, dilation, ceil_mode=ceil_mode)
    if return_indices:
        firsts, winners = _first_maxima(xp, x, window)
        return firsts, _flat_indices(xp, winners, window)
    padded = window.pad(xp, x, _lowest(xp, x))
    values: Array = xp.full((*window.lead(x.shape), *window.output), _lowest(xp, x), dtype=x.dtype)
    for _, region in window.taps():
        xp.maximum(values, padded[region], out=values)
    return values


def max_pool_grad(
    x: ArrayLike,
    grad_output: ArrayLike,
    kernel_size: PerAxis,
    stride: PerAxis | None = None,
    padding: Padding = 0,
    dilation: PerAxis = 1,
    *,
    ceil_mode: bool = False,
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

    Returns:
        The shape of `x`, in the type of `grad_output`.

    Raises:
        EngineError: as ``max_pool``, and where `grad_output` has another shape than the output.
    """
    op = "max_pool_grad"
    xp, x, grad = arrays(op, x=x, grad_output=grad_output)
    window = _window(op, x, kernel_size, stride, padding, dilation, ceil_mode=ceil_mode)
    lead = window.lead(x.shape)
    require_shape(op, "grad_output", grad.shape, (*lead, *window.output))
    require_exact(xp, op, prod(window.kernel), grad)
    _, winners = _first_maxima(xp, x, window)
    canvas: Array = xp.zeros((*lead, *window.padded), dtype=grad.dtype)
    for number, (_, region) in enumerate(window.taps()):
        canvas[region] += xp.where(winners == number, grad, 0)
    return canvas[window.inner]


def _window(
    op: str,
    x: Array,
    kernel_size: PerAxis,
    stride: PerAxis | None,
    padding: Padding,
    dilation: PerAxis,
    *,
    ceil_mode: bool,
) -> Window:
    window = pool_window(op, x.shape, kernel_size, stride, padding, dilation, ceil_mode=ceil_mode)
    require_input_in_every_place(op, window)
    return window


def _first_maxima(xp: Any, x: Array, window: Window) -> tuple[Array, Array]:
    """Each place's maximum, and the number of the tap, in row order, that met it first."""
    padded = window.pad(xp, x)
    real = window.pad(xp, xp.ones(window.size, dtype=bool), value=False)
    output = (*window.lead(x.shape), *window.output)
    values: Array = xp.zeros(output, dtype=x.dtype)
    winners: Array = xp.full(output, -1, dtype=xp.int64)
    for number, (_, region) in enumerate(window.taps()):
        patch = padded[region]
        # Only NaN differs from itself; as in PyTorch it beats whatever came before.
        better = real[region] & ((winners < 0) | (patch > values) | (patch != patch))  # noqa: PLR0124
        values, winners = xp.where(better, patch, values), xp.where(better, number, winners)
    return values, winners


def _flat_indices(xp: Any, winners: Array, window: Window) -> Array:
    """Flat indices into the unpadded block, from the numbers of the winning taps."""
    flat: Array = xp.zeros_like(winners)
    later = len(window.axes)
    for axis, tap in zip(window.axes, xp.unravel_index(winners, window.kernel), strict=True):
        later -= 1
        first = xp.arange(axis.places).reshape(-1, *(1,) * later) * axis.stride - axis.before
        flat = flat * axis.size + first + tap * axis.dilation
    return flat


def _lowest(xp: Any, x: Array) -> float:
    """What no entry of the type of `x` is below."""
    return -xp.inf if x.dtype.kind == "f" else int(xp.iinfo(x.dtype).min)
