"""Convolution as networks mean it (cross-correlation), and the flip that makes it the mathematician's."""

from __future__ import annotations

from math import prod

from grader.engine.arrays.backend import Array, ArrayLike
from grader.engine.arrays.numeric import arrays, require_exact
from grader.engine.convolutions.correlation import to_output
from grader.engine.geometry.fitting import conv_window, require_shape
from grader.engine.geometry.sizes import Padding, PerAxis, integer
from grader.errors import EngineError


def conv(
    x: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None = None,
    stride: PerAxis = 1,
    padding: Padding = 0,
    dilation: PerAxis = 1,
    groups: int = 1,
) -> Array:
    """Cross-correlation of `x` with `weight`, in any number of dimensions; nothing is flipped.

    Args:
        x: shape (N, C, *size), or (C, *size) without a batch.
        weight: shape (O, C / groups, *kernel); its rank says how many spatial axes there are.
        bias: shape (O,).
        stride: the step between places.
        padding: zeros around `x`; 'same' keeps ceil(size / stride), the odd zero at the end.
        dilation: the step between taps.
        groups: blocks of channels that do not mix; C for a depthwise convolution.

    Returns:
        Shape (N, O, *output), or (O, *output); int64 where all arguments are integers, and then exact.

    Raises:
        EngineError: shapes that do not fit, an empty output, integers that might overflow int64.
    """
    xp, x, weight = arrays("conv", x=x, weight=weight)
    window = conv_window("conv", x.shape, weight.shape, stride, padding, dilation, groups)
    batched = x if x.ndim == weight.ndim else x[None]
    offset = None if bias is None else bias_column("conv", bias, weight.shape[0], len(window.size))
    require_exact("conv", prod(weight.shape[1:]), x, weight, plus=offset)
    y = to_output(xp, batched, weight, window, groups)
    if offset is not None:
        y = y + offset
    return y if batched is x else y[0]


def flip(weight: ArrayLike, spatial: int | None = None) -> Array:
    """Reverses a weight along its spatial axes: ``conv`` with it is convolution as mathematics has it.

    Args:
        weight: shape (O, C / groups, *kernel), or any shape where `spatial` is given.
        spatial: how many of the last axes are spatial; by default all after the first two.

    Raises:
        EngineError: `weight` has fewer axes than that, or no spatial one.
    """
    xp, weight = arrays("flip", weight=weight)
    axes = weight.ndim - 2 if spatial is None else integer("flip", "spatial", spatial, 1)
    if not 1 <= axes <= weight.ndim:
        raise EngineError(
            f"flip: weight of shape {weight.shape} cannot be reversed along its last {axes} axes; "
            f"give `spatial`, how many of them are spatial"
        )
    flipped: Array = xp.flip(weight, axis=tuple(range(-axes, 0)))
    return flipped


def bias_column(op: str, bias: ArrayLike, channels: int, axes: int) -> Array:
    """`bias` of shape (channels,) as (channels, 1, ...), with a 1 for each of `axes` spatial axes."""
    _, column = arrays(op, bias=bias)
    require_shape(op, "bias", column.shape, (channels,))
    shaped: Array = column.reshape(channels, *(1,) * axes)
    return shaped
