"""Adaptive pooling: the output's size is given, and every place takes its share of the input."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import Literal, SupportsIndex, TypeAlias, overload

from grader.engine.arrays.backend import Array, ArrayLike
from grader.engine.arrays.numeric import arrays, floating, require_exact
from grader.engine.geometry.fitting import pooled_axes, require_shape
from grader.engine.geometry.sizes import Shape, integer, shape
from grader.engine.geometry.window import Axis
from grader.engine.poolings.average import counts
from grader.engine.poolings.blocks import by_image
from grader.engine.poolings.lines import Slide, SumLine
from grader.engine.poolings.selection import maxima, maxima_grad
from grader.engine.poolings.spans import Spans
from grader.engine.poolings.sums import spread, summed
from grader.errors import EngineError

OutputSize: TypeAlias = SupportsIndex | Sequence[SupportsIndex | None] | None
"""One extent for every spatial axis, or a sequence with one for each; None keeps the input's."""


def adaptive_avg_pool(x: ArrayLike, output_size: OutputSize) -> Array:
    """The mean of each of `output_size` places, which share the input out among them.

    Place p of an axis of n entries in o places holds the entries from floor(p * n / o) up to, not with,
    ceil((p + 1) * n / o), as ``torch.nn.functional.adaptive_avg_pool2d`` has it: neighbours overlap by one where o
    does not divide n.

    Args:
        x: shape (..., *size); every leading index is pooled by itself.
        output_size: an integer (or None) is the extent of all axes after (N, C), a tuple has one for each of as many
            last axes.

    Returns:
        Shape (..., *output_size); floats keep their type, integers give float64, divisible or not.

    Raises:
        EngineError: an output size below 1, or one that does not fit the input's rank; an empty input.
    """
    op = "adaptive_avg_pool"
    xp, x = arrays(op, x=x)
    lines, covers = _shares(op, x.shape, output_size)
    x = floating(xp, x)
    divisor = counts(xp, x, covers)
    return by_image(xp, lambda block: (summed(xp, block, lines) / divisor,), len(lines), x)[0]


def adaptive_avg_pool_grad(input_shape: Shape, grad_output: ArrayLike, output_size: OutputSize) -> Array:
    """dL/dx of ``adaptive_avg_pool(x, output_size)``, given dL/dy: each entry is shared out evenly over its place.

    Args:
        input_shape: the shape of x; its values do not matter.
        grad_output: dL/dy, in the shape of the output.
        output_size: as in ``adaptive_avg_pool``.

    Returns:
        Shape `input_shape`, floating.

    Raises:
        EngineError: as ``adaptive_avg_pool``, and where `grad_output` has another shape than the output.
    """
    op = "adaptive_avg_pool_grad"
    xp, grad = arrays(op, grad_output=grad_output)
    extents = shape(op, "input_shape", input_shape)
    lines, covers = _shares(op, extents, output_size)
    require_shape(op, "grad_output", grad.shape, (*extents[: -len(lines)], *map(len, covers)))
    grad = floating(xp, grad)
    divisor = counts(xp, grad, covers)
    return by_image(xp, lambda block: (spread(xp, block / divisor, lines),), len(lines), grad)[0]


@overload
def adaptive_max_pool(x: ArrayLike, output_size: OutputSize, *, return_indices: Literal[False] = False) -> Array: ...


@overload
def adaptive_max_pool(
    x: ArrayLike, output_size: OutputSize, *, return_indices: Literal[True]
) -> tuple[Array, Array]: ...


def adaptive_max_pool(
    x: ArrayLike, output_size: OutputSize, *, return_indices: bool = False
) -> Array | tuple[Array, Array]:
    """The largest entry of each of `output_size` places, which share the input out as in ``adaptive_avg_pool``.

    Args:
        x: shape (..., *size); every leading index is pooled by itself.
        output_size: as in ``adaptive_avg_pool``.
        return_indices: also gives where each maximum stood.

    Returns:
        Shape (..., *output_size) in the type of `x` (integers as int64); with `return_indices` also the flat index
        of each maximum in its own spatial block of `size`, int64.

    Raises:
        EngineError: as ``adaptive_avg_pool``.
    """
    xp, x = arrays("adaptive_max_pool", x=x)
    lines, _ = _shares("adaptive_max_pool", x.shape, output_size)
    return maxima(xp, x, lines, return_indices=return_indices)


def adaptive_max_pool_grad(
    x: ArrayLike, grad_output: ArrayLike, output_size: OutputSize, *, indices: ArrayLike | None = None
) -> Array:
    """dL/dx of ``adaptive_max_pool(x, output_size)``, given dL/dy: each entry goes to the maximum that it came from.

    Args:
        x: shape (..., *size), the input.
        grad_output: dL/dy, in the shape of the output.
        output_size: as in ``adaptive_avg_pool``.
        indices: where the maxima stood, as ``adaptive_max_pool`` gives them; of `x` only the shape matters then.

    Returns:
        The shape of `x`, in the type of `grad_output`.

    Raises:
        EngineError: as ``adaptive_avg_pool``, and where `grad_output` has another shape than the output; `indices`
            of another shape or beyond the input.
    """
    op = "adaptive_max_pool_grad"
    xp, x, grad = arrays(op, x=x, grad_output=grad_output)
    lines, covers = _shares(op, x.shape, output_size)
    require_shape(op, "grad_output", grad.shape, (*x.shape[: -len(lines)], *map(len, covers)))
    require_exact(xp, op, prod(map(len, covers)), grad)
    return maxima_grad(xp, op, x, grad, lines, indices)


def _shares(op: str, input_shape: tuple[int, ...], output_size: OutputSize) -> tuple[list[SumLine], list[list[int]]]:
    """The places along each axis, and how many entries each of them holds."""
    size = input_shape[-pooled_axes(op, "output_size", output_size, input_shape) :]
    if min(size) < 1:
        raise EngineError(f"{op}: every spatial size must be at least 1, got {size}")
    wanted = output_size if isinstance(output_size, Sequence) else [output_size] * len(size)
    places = [n if one is None else integer(op, "output_size", one, 1) for n, one in zip(size, wanted, strict=True)]
    shares = list(map(_share, size, places))
    return [line for line, _ in shares], [lengths for _, lengths in shares]


def _share(size: int, places: int) -> tuple[SumLine, list[int]]:
    """An axis shared out, by a sliding window where that comes out even."""
    if size % places == 0:
        kernel = size // places
        return Slide(Axis(size, kernel, kernel, 0, 0, 1, places)), [kernel] * places
    firsts = tuple(place * size // places for place in range(places))
    ends = tuple(-(-(place + 1) * size // places) for place in range(places))
    spans = Spans(size, firsts, ends)
    return spans, spans.lengths
