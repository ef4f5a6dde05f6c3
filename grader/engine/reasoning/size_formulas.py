"""Output sizes as formulas of named sizes: of one axis, of a chain of layers, of whole shapes.

Where the numbers give an error because nothing would be left, a formula's value is below 1.
Source: Dumoulin & Visin, "A guide to convolution arithmetic for deep learning", relationships 6, 14 and 15.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeAlias

from grader.engine.geometry.sizes import integer
from grader.engine.reasoning.expressions import Expression, expression
from grader.engine.reasoning.kernel_layers import KernelLayer, TransposedLayer
from grader.engine.reasoning.simplifying import divided, minimum
from grader.errors import EngineError

Extent: TypeAlias = int | Expression
PaddingExtent: TypeAlias = Extent | tuple[Extent, Extent] | str
"""The same before and after, (before, after), ``'valid'`` or ``'same'``."""
PerAxisExtent: TypeAlias = Extent | Sequence[Extent]


def conv_size_formula(
    size: Extent,
    kernel_size: Extent,
    stride: Extent = 1,
    padding: PaddingExtent = 0,
    dilation: Extent = 1,
    *,
    ceil_mode: bool = False,
) -> Expression:
    """``conv_size`` as a formula: floor((size + padding - dilation * (kernel_size - 1) - 1) / stride) + 1.

    Args:
        size: the input's extent.
        kernel_size: the number of taps.
        stride: the step between places, at least 1.
        padding: as in ``conv_size``; 'same' gives ceil(size / stride).
        dilation: the step between taps.
        ceil_mode: as in ``conv_size``. With names among the arguments it is taken that there is less padding
            behind the input than the kernel spans, as in every pooling.

    Raises:
        EngineError: an integer out of range, or an unknown padding.
    """
    op = "conv_size_formula"
    n, kernel, step, spacing = _read(op, size=size, kernel_size=kernel_size, stride=stride, dilation=dilation)
    if padding == "same":
        return divided(n, step, up=True)
    before, after = _pair(op, padding)
    span = spacing * (kernel - 1) + 1
    places = divided(n + before + after - span, step, up=ceil_mode) + 1
    return _dropped(places, n + before, after - span, step) if ceil_mode else places


def _dropped(places: Expression, end: Expression, beyond: Expression, step: Expression) -> Expression:
    """`places`, rounded up, less the one that would begin in the padding behind the input, which ends at `end`."""
    over, least = beyond.constant, (beyond + step).constant
    if over is not None and over >= 0:
        return places - 1
    if least is not None and least <= 0:
        return places
    return minimum(places, divided(end, step, up=True))


def conv_transpose_size_formula(
    size: Extent,
    kernel_size: Extent,
    stride: Extent = 1,
    padding: Extent | tuple[Extent, Extent] = 0,
    output_padding: Extent = 0,
    dilation: Extent = 1,
) -> Expression:
    """``conv_transpose_size`` as a formula.

    (size - 1) * stride - padding + dilation * (kernel_size - 1) + output_padding + 1, the padding counted on both
    sides.

    Raises:
        EngineError: an integer out of range.
    """
    op = "conv_transpose_size_formula"
    n, kernel, step, spacing = _read(op, size=size, kernel_size=kernel_size, stride=stride, dilation=dilation)
    before, after = _pair(op, padding)
    return (
        (n - 1) * step - before - after + spacing * (kernel - 1) + _extent(op, "output_padding", output_padding, 0) + 1
    )


def size_formulas(size: Extent, layers: Iterable[KernelLayer | TransposedLayer]) -> tuple[Expression, ...]:
    """The size after each layer of a chain, first layer first; floors of floors are made one where that is exact."""
    return tuple(_followed(_extent("size_formulas", "size", size, 1), layers))


def _followed(size: Expression, layers: Iterable[KernelLayer | TransposedLayer]) -> Iterator[Expression]:
    for layer in layers:
        kernel, stride, padding, dilation = layer.kernel_size, layer.stride, layer.padding, layer.dilation
        if isinstance(layer, TransposedLayer):
            size = conv_transpose_size_formula(size, kernel, stride, padding, layer.output_padding, dilation)
        else:
            size = conv_size_formula(size, kernel, stride, padding, dilation, ceil_mode=layer.ceil_mode)
        yield size


def conv_shape_formula(
    input_shape: Sequence[Extent],
    out_channels: Extent,
    kernel_size: PerAxisExtent,
    stride: PerAxisExtent = 1,
    padding: PaddingExtent | Sequence[PaddingExtent] = 0,
    dilation: PerAxisExtent = 1,
) -> tuple[Expression, ...]:
    """The shape of ``conv``'s output, (N, O, *output).

    Args:
        input_shape: (N, C, *size), or (C, *size) where `kernel_size` is a sequence and says how many axes are spatial.
        out_channels: O.
        kernel_size: for every axis, or one for each; an integer or a name slides along all axes after (N, C).
        stride: for every axis, or one for each, like all that follow.
        padding: as in ``conv_size``.
        dilation: the step between taps.

    Raises:
        EngineError: an integer out of range, or the wrong count of arguments.
    """
    op = "conv_shape_formula"
    lead, axes = _axes(op, input_shape, kernel_size, stride, padding, dilation)
    return (
        *_batch(op, lead),
        _extent(op, "out_channels", out_channels, 1),
        *(conv_size_formula(*axis) for axis in axes),
    )


def conv_transpose_shape_formula(
    input_shape: Sequence[Extent],
    out_channels: Extent,
    kernel_size: PerAxisExtent,
    stride: PerAxisExtent = 1,
    padding: Extent | tuple[Extent, Extent] | Sequence[Extent | tuple[Extent, Extent]] = 0,
    output_padding: PerAxisExtent = 0,
    dilation: PerAxisExtent = 1,
) -> tuple[Expression, ...]:
    """The shape of ``conv_transpose``'s output, (N, O, *output), with arguments as in ``conv_shape_formula``.

    Raises:
        EngineError: as ``conv_shape_formula``.
    """
    op = "conv_transpose_shape_formula"
    lead, axes = _axes(op, input_shape, kernel_size, stride, padding, output_padding, dilation)
    channels = _extent(op, "out_channels", out_channels, 1)
    return (*_batch(op, lead), channels, *(conv_transpose_size_formula(*axis) for axis in axes))


def pool_shape_formula(
    input_shape: Sequence[Extent],
    kernel_size: PerAxisExtent,
    stride: PerAxisExtent | None = None,
    padding: PaddingExtent | Sequence[PaddingExtent] = 0,
    dilation: PerAxisExtent = 1,
    *,
    ceil_mode: bool = False,
) -> tuple[Expression, ...]:
    """The shape of a pooling's output: the last axes change, those before them stay.

    Raises:
        EngineError: as ``conv_shape_formula``.
    """
    op = "pool_shape_formula"
    step = kernel_size if stride is None else stride
    lead, axes = _axes(op, input_shape, kernel_size, step, padding, dilation)
    return (*lead, *(conv_size_formula(*axis, ceil_mode=ceil_mode) for axis in axes))


def _axes(
    op: str, input_shape: Sequence[Extent], kernel_size: object, *others: object
) -> tuple[tuple[Expression, ...], list[tuple[Any, ...]]]:
    """The extents before the spatial axes; and for each of those its size, kernel and other arguments."""
    shape = tuple(_extent(op, "input_shape", extent, 0) for extent in input_shape)
    axes = len(kernel_size) if isinstance(kernel_size, Sequence) else len(shape) - 2
    if not 1 <= axes <= len(shape):
        raise EngineError(f"{op}: kernel_size for {axes} spatial axes does not fit an input of {len(shape)} axes")
    arguments = (_each(op, argument, axes) for argument in (kernel_size, *others))
    return shape[:-axes], list(zip(shape[-axes:], *arguments, strict=True))


def _batch(op: str, lead: tuple[Expression, ...]) -> tuple[Expression, ...]:
    """The axes before the channels."""
    if not lead:
        raise EngineError(f"{op}: input_shape needs an extent for the channels before the spatial axes")
    return lead[:-1]


def _each(op: str, value: object, axes: int) -> tuple[object, ...]:
    """`value` for each of `axes` axes."""
    if not isinstance(value, Sequence) or isinstance(value, str):
        return (value,) * axes
    if len(value) != axes:
        raise EngineError(f"{op}: expected one value for each of {axes} spatial axes, got {len(value)}")
    return tuple(value)


def _extent(op: str, name: str, value: Extent, least: int) -> Expression:
    return value if isinstance(value, Expression) else expression(integer(op, name, value, least))


def _read(op: str, **values: Extent) -> tuple[Expression, ...]:
    return tuple(_extent(op, name, value, 1) for name, value in values.items())


def _pair(op: str, padding: PaddingExtent) -> tuple[Expression, Expression]:
    if isinstance(padding, str):
        if padding != "valid":
            raise EngineError(f"{op}: padding must be 'valid', 'same', integers or expressions, got {padding!r}")
        padding = 0
    before, after = padding if isinstance(padding, tuple) else (padding, padding)
    return _extent(op, "padding", before, 0), _extent(op, "padding", after, 0)
