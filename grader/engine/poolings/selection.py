"""Poolings that pick one entry of each place: their results with indices, and their gradients by index."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import Any

from grader.engine.arrays.backend import Array, ArrayLike, device, namespace
from grader.engine.arrays.numeric import arrays, is_floating
from grader.engine.arrays.scatter import sums_at
from grader.engine.geometry.fitting import require_shape
from grader.engine.poolings.blocks import by_image
from grader.engine.poolings.extremes import first_largest, largest
from grader.engine.poolings.lines import Line
from grader.errors import EngineError


def maxima(xp: Any, x: Array, lines: Sequence[Line], *, return_indices: bool) -> Array | tuple[Array, Array]:
    """The largest entry of each place, (..., *size) to (..., *output), with its flat index where asked for."""
    if return_indices:
        values, indices = by_image(xp, lambda block: first_largest(xp, block, lines), len(lines), x)
        return values, indices
    return by_image(xp, lambda block: (largest(xp, block, lines),), len(lines), x)[0]


def maxima_grad(xp: Any, op: str, x: Array, grad: Array, lines: Sequence[Line], indices: ArrayLike | None) -> Array:
    """The gradient of `maxima`, in the shape of `x`: every entry of `grad` goes where its maximum stood.

    Raises:
        EngineError: as `by_indices`.
    """
    if indices is not None:
        return by_indices(op, x.shape, grad, indices, len(lines))
    size = tuple(line.size for line in lines)

    def work(block: Array, grad_block: Array) -> tuple[Array]:
        _, found = first_largest(xp, block, lines)
        return (sent_back(xp, grad_block, found, size),)

    return by_image(xp, work, len(lines), x, grad)[0]


def by_indices(op: str, shape: tuple[int, ...], grad: Array, indices: ArrayLike, axes: int) -> Array:
    """Zeros of `shape`, with every entry of `grad` added where its index says, in its own block of `axes` axes.

    Raises:
        EngineError: indices of another shape than `grad`, no integers, or beyond their block.
    """
    size, lead = shape[-axes:], shape[:-axes]
    xp, where = read_indices(op, grad, indices)
    require_shape(op, "indices", where.shape, grad.shape)
    require_within(xp, op, where, size)
    flat = (prod(lead), *grad.shape[len(lead) :])
    sent: Array = xp.reshape(sent_back(xp, xp.reshape(grad, flat), xp.reshape(where, flat), size), shape)
    return sent


def read_indices(op: str, values: Array, indices: ArrayLike) -> tuple[Any, Array]:
    """The library of `values`, and `indices` in it, int64.

    Raises:
        EngineError: indices of another library than `values`, or no integers.
    """
    try:
        xp = namespace(values, indices)
    except EngineError as error:
        raise EngineError(f"{op}: {error}") from None
    own, where = arrays(op, indices=indices)
    if is_floating(own, where):
        raise EngineError(f"{op}: indices must be integers, got dtype {where.dtype}")
    return xp, where if own is xp else xp.asarray(where, device=device(values))


def require_within(xp: Any, op: str, indices: Array, size: tuple[int, ...]) -> None:
    """Refuses flat indices that leave a block of extents `size`.

    Raises:
        EngineError: there is such an index.
    """
    if prod(indices.shape):
        least, most = int(xp.min(indices)), int(xp.max(indices))
        if least < 0 or most >= prod(size):
            raise EngineError(
                f"{op}: found an invalid max index: {least if least < 0 else most}; "
                f"flat indices into size {size} end at {prod(size) - 1}"
            )


def sent_back(xp: Any, values: Array, indices: Array, size: tuple[int, ...]) -> Array:
    """(L, *output) added at indices into (L, *size)."""
    flat = (values.shape[0], prod(values.shape[1:]))
    canvas = sums_at(xp, xp.reshape(values, flat), xp.reshape(indices, flat), prod(size))
    sent: Array = xp.reshape(canvas, (values.shape[0], *size))
    return sent
