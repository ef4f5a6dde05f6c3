"""Max unpooling: maxima back to where they stood, zeros around them."""

from __future__ import annotations

from math import prod

from grader.engine.arrays.backend import Array, ArrayLike
from grader.engine.arrays.numeric import arrays
from grader.engine.arrays.scatter import last_at, taken_at
from grader.engine.geometry.fitting import pooled_axes, require_shape
from grader.engine.geometry.sizes import PerAxis, Shape, per_axis, shape
from grader.engine.poolings.selection import read_indices, require_within
from grader.errors import EngineError


def max_unpool(
    x: ArrayLike,
    indices: ArrayLike,
    kernel_size: PerAxis,
    stride: PerAxis | None = None,
    padding: PerAxis = 0,
    output_size: Shape | None = None,
) -> Array:
    """The partial inverse of ``max_pool``: every entry at its index, 0 elsewhere.

    Args:
        x: shape (..., *pooled), as ``max_pool`` gives it.
        indices: the shape of `x`: flat indices in each spatial block of the output, as ``max_pool`` gives them. Of
            several entries with one index the last one stays.
        kernel_size: that of the pooling; an integer is for all axes after (N, C), a tuple for as many last axes as it
            has entries.
        stride: that of the pooling, by default `kernel_size`.
        padding: that of the pooling, the same before and after.
        output_size: the spatial extents of the output, or its whole shape; by default
            (pooled - 1) * stride + kernel_size - 2 * padding. It may differ from that by less than the stride.

    Returns:
        Shape (..., *output_size), in the type of `x`.

    Raises:
        EngineError: shapes that do not fit, an output size out of reach, an index beyond the output.
    """
    op = "max_unpool"
    xp, x = arrays(op, x=x)
    size = _size(op, x.shape, kernel_size, stride, padding, output_size)
    xp, where = read_indices(op, x, indices)
    require_shape(op, "indices", where.shape, x.shape)
    require_within(xp, op, where, size)
    lead = x.shape[: -len(size)]
    flat = (prod(lead), prod(x.shape[len(lead) :]))
    found = last_at(xp, xp.reshape(x, flat), xp.reshape(where, flat), prod(size))
    unpooled: Array = xp.reshape(found, (*lead, *size))
    return unpooled


def max_unpool_grad(
    grad_output: ArrayLike,
    indices: ArrayLike,
    kernel_size: PerAxis,
    stride: PerAxis | None = None,
    padding: PerAxis = 0,
    output_size: Shape | None = None,
) -> Array:
    """dL/dx of ``max_unpool(x, indices, ...)``, given dL/dy: each entry gets what stands at its index.

    Where several entries have one index, each gets it, as in PyTorch.

    Args:
        grad_output: dL/dy, in the shape of the output.
        indices: shape (..., *pooled), as in ``max_unpool``.
        kernel_size: as in ``max_unpool``, like all that follow.
        stride: as in ``max_unpool``.
        padding: as in ``max_unpool``.
        output_size: as in ``max_unpool``.

    Returns:
        The shape of `indices`, in the type of `grad_output`.

    Raises:
        EngineError: as ``max_unpool``, and where `grad_output` has another shape than the output.
    """
    op = "max_unpool_grad"
    xp, grad = arrays(op, grad_output=grad_output)
    xp, where = read_indices(op, grad, indices)
    size = _size(op, where.shape, kernel_size, stride, padding, output_size)
    require_within(xp, op, where, size)
    lead = where.shape[: -len(size)]
    require_shape(op, "grad_output", grad.shape, (*lead, *size))
    flat = xp.reshape(grad, (prod(lead), prod(size)))
    found = taken_at(xp, flat, xp.reshape(where, (prod(lead), prod(where.shape[len(lead) :]))))
    grad_input: Array = xp.reshape(found, where.shape)
    return grad_input


def _size(
    op: str,
    pooled_shape: tuple[int, ...],
    kernel_size: PerAxis,
    stride: PerAxis | None,
    padding: PerAxis,
    output_size: Shape | None,
) -> tuple[int, ...]:
    """The output's spatial extents."""
    axes = pooled_axes(op, "kernel_size", kernel_size, pooled_shape)
    kernel = per_axis(op, "kernel_size", kernel_size, axes, 1)
    strides = kernel if stride is None else per_axis(op, "stride", stride, axes, 1)
    pads = per_axis(op, "padding", padding, axes, 0)
    size = tuple(
        (n - 1) * s + k - 2 * p for n, s, k, p in zip(pooled_shape[-axes:], strides, kernel, pads, strict=True)
    )
    if output_size is not None:
        wanted = shape(op, "output_size", output_size)
        size = _wanted(op, wanted[-axes:] if len(wanted) == len(pooled_shape) else wanted, size, strides)
    if min(size) < 1:
        raise EngineError(f"{op}: input of shape {pooled_shape} gives output of size {size}; it would be empty")
    return size


def _wanted(op: str, wanted: tuple[int, ...], usual: tuple[int, ...], strides: tuple[int, ...]) -> tuple[int, ...]:
    """`wanted`, where it is one of the sizes that pool to the same."""
    if len(wanted) != len(usual) or any(abs(a - b) >= s for a, b, s in zip(wanted, usual, strides, strict=True)):
        raise EngineError(
            f"{op}: invalid output_size {wanted}: it must differ from {usual} by less than the stride {strides}"
        )
    return wanted
