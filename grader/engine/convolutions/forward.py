"""Convolution as networks mean it (cross-correlation), and the flip that makes it the mathematician's."""

from __future__ import annotations

from typing import Any

from grader.engine.arrays.backend import Array, ArrayLike
from grader.engine.arrays.numeric import arrays, lifted, lowered, require_exact
from grader.engine.convolutions.correlation import to_output
from grader.engine.convolutions.plan import conv_plan
from grader.engine.convolutions.small import is_kept, small_plan
from grader.engine.geometry.borders import PaddingMode
from grader.engine.geometry.fitting import require_shape
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
    *,
    padding_mode: PaddingMode = "zeros",
    many: bool = False,
) -> Array:
    """Cross-correlation of `x` with `weight`, in any number of dimensions; nothing is flipped.

    Args:
        x: shape (N, C, *size), or (C, *size) without a batch.
        weight: shape (O, C / groups, *kernel); its rank says how many spatial axes there are.
        bias: shape (O,).
        stride: the step between places.
        padding: what is added around `x`; 'same' keeps ceil(size / stride), the odd one at the end, and
            'same_lower' has it in front.
        dilation: the step between taps.
        groups: blocks of channels that do not mix; C for a depthwise convolution.
        padding_mode: what the padding holds: zeros, or as in ``torch.nn.Conv2d``.
        many: every array has one more axis in front, for independent problems that are worked out together.

    Returns:
        Shape (N, O, *output), or (O, *output); int64 where all arguments are integers, and then exact.

    Raises:
        EngineError: shapes that do not fit, an empty output, integers that might overflow int64.
    """
    op = "conv"
    if bias is None and not many and is_kept(x, weight, stride, padding, dilation, groups):
        small = small_plan(op, x.shape, weight.shape, stride, padding, dilation, padding_mode)  # type: ignore[arg-type]
        if small is not None:
            return small.run(x, weight)
    given = {"x": x, "weight": weight} | ({} if bias is None else {"bias": bias})
    xp, x, weight, *rest = arrays(op, **given)
    plan = conv_plan(op, x.shape, weight.shape, stride, padding, dilation, groups, padding_mode, many=many)
    offset = bias_column(xp, op, rest[0], plan.output_shape, len(plan.window.axes), many=many) if rest else None
    bound = require_exact(xp, op, plan.channels * plan.taps, x, weight, plus=offset)
    y = lowered(xp, bound, to_output(xp, *lifted(xp, bound, x, weight), plan))
    return y if offset is None else y + offset


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
            f"flip: weight of shape {tuple(weight.shape)} cannot be reversed along its last {axes} axes; "
            f"give `spatial`, how many of them are spatial"
        )
    flipped: Array = xp.flip(weight, axis=tuple(range(-axes, 0)))
    return flipped


def bias_column(
    xp: Any, op: str, bias: Array, output_shape: tuple[int, ...], axes: int, *, many: bool = False
) -> Array:
    """`bias`, an entry for each channel of an output with `axes` spatial axes, in the shape that adds to it."""
    channels = output_shape[-axes - 1]
    require_shape(op, "bias", bias.shape, (*output_shape[:many], channels))
    batch = len(output_shape) - axes - 1 - many
    column: Array = xp.reshape(bias, (*output_shape[:many], *(1,) * batch, channels, *(1,) * axes))
    return column
