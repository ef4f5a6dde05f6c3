"""A convolution as the matrix that it is: Toeplitz along one axis, in blocks along more, circulant where the input is.

Worked out from where each tap meets the input, and not by convolving, so that it can be held against ``conv``.
"""

from __future__ import annotations

from math import prod
from typing import Any

from grader.engine.arrays.backend import Array, ArrayLike, device, placed
from grader.engine.arrays.numeric import arrays, lifted, lowered, require_exact
from grader.engine.geometry.borders import PaddingMode, require_border, sources
from grader.engine.geometry.fitting import conv_window
from grader.engine.geometry.sizes import Padding, PerAxis, Shape, shape
from grader.engine.geometry.window import Axis
from grader.errors import EngineError

_OP = "conv_matrix"


def conv_matrix(
    weight: ArrayLike,
    input_shape: Shape,
    stride: PerAxis = 1,
    padding: Padding = 0,
    dilation: PerAxis = 1,
    groups: int = 1,
    *,
    padding_mode: PaddingMode = "zeros",
    many: bool = False,
) -> Array:
    """The matrix A with ``conv(x, weight, ...) == reshape(A @ flatten(x), output_shape)`` for one image x.

    Its blocks, one for each pair of channels, are Toeplitz along one axis and Toeplitz in Toeplitz blocks along two;
    circulant, or doubly block circulant, where circular padding keeps the size. The transpose is the transposed
    convolution.

    Args:
        weight: shape (O, C / groups, *kernel).
        input_shape: (C, *size), one image without a batch axis.
        stride: as in ``conv``, like all that follow.
        padding: as in ``conv``.
        dilation: as in ``conv``.
        groups: as in ``conv``.
        padding_mode: as in ``conv``.
        many: `weight` has one more axis in front, for independent problems, and so has the result.

    Returns:
        Shape (O * prod(output), C * prod(size)), in the type of `weight`; exact where it holds integers.

    Raises:
        EngineError: as ``conv``, and for an `input_shape` with a batch axis.
    """
    xp, weight = arrays(_OP, weight=weight)
    extents = shape(_OP, "input_shape", input_shape)
    single = tuple(weight.shape[1:] if many else weight.shape)
    if len(extents) != len(single) - 1:
        raise EngineError(
            f"{_OP}: input_shape must be (channels, *size) of one image for a weight of shape {tuple(weight.shape)}, "
            f"got {extents}"
        )
    window = conv_window(_OP, extents, single, stride, padding, dilation, groups)
    require_border(_OP, padding_mode, window)
    bound = require_exact(xp, _OP, prod(window.kernel), weight)
    blocks = _blocks(xp, weight, window.axes, padding_mode, bound)
    return _grouped(xp, blocks, groups, weight.shape[:many])


def _blocks(xp: Any, weight: Array, axes: tuple[Axis, ...], mode: str, bound: int) -> Array:
    """(..., O, C / groups, *kernel) to (..., O, C / groups, prod(output), prod(size)).

    One axis of taps after another is summed against where those taps meet the input.
    """
    lead = weight.ndim - len(axes)
    for axis in axes:
        met = xp.asarray(_met(axis, mode), dtype=weight.dtype, device=device(weight))
        matrix = xp.reshape(met, (axis.kernel, axis.places * axis.size))
        last = [n for n in range(weight.ndim) if n != lead]
        moved = xp.permute_dims(weight, (*last, lead))
        product = lowered(xp, bound, xp.matmul(*lifted(xp, bound, xp.reshape(moved, (-1, axis.kernel)), matrix)))
        weight = xp.reshape(product, (*moved.shape[:-1], axis.places, axis.size))
    # Now (..., O, C / groups, places, size, places, size, ...).
    places, sizes = range(lead, weight.ndim, 2), range(lead + 1, weight.ndim, 2)
    together = xp.permute_dims(weight, (*range(lead), *places, *sizes))
    result: Array = xp.reshape(
        together, (*weight.shape[:lead], prod(axis.places for axis in axes), prod(axis.size for axis in axes))
    )
    return result


def _met(axis: Axis, mode: str) -> list[list[list[int]]]:
    """For each tap, place and index of the input, whether the tap meets the index there."""
    stands = sources(axis, mode)
    return [
        [[int(source == index) for index in range(axis.size)] for source in stands[axis.region(tap)]]
        for tap in range(axis.kernel)
    ]


def _grouped(xp: Any, blocks: Array, groups: int, problems: tuple[int, ...]) -> Array:
    """(..., O, C / groups, outputs, inputs) to (..., O * outputs, C * inputs), zeros between groups."""
    filters, channels, outputs, inputs = blocks.shape[len(problems) :]
    rows = (groups, filters // groups, outputs)
    apart = xp.reshape(blocks, (*problems, *rows[:2], channels, outputs, inputs))
    canvas = xp.zeros((*problems, *rows, groups, channels, inputs), dtype=blocks.dtype, device=device(blocks))
    first = len(problems)
    order = (*range(first + 1), first + 2, first + 1, first + 3)
    for group in range(groups):
        region = (*(slice(None),) * first, group, slice(None), slice(None), group, slice(None), slice(None))
        own = xp.permute_dims(apart[(*(slice(None),) * first, group, ...)], order)
        canvas = placed(canvas, region, own)
    matrix: Array = xp.reshape(canvas, (*problems, filters * outputs, groups * channels * inputs))
    return matrix
