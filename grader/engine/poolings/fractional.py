"""Fractional max pooling: windows at steps that differ, laid out by one random number an axis.

Source: Graham, "Fractional Max-Pooling", 2014, in the pseudorandom form of
``torch.nn.functional.fractional_max_pool2d``. The random numbers are arguments; nothing here draws any.
"""

from __future__ import annotations

from collections.abc import Callable
from math import prod
from typing import Literal, overload

from grader.engine.arrays.backend import Array, ArrayLike
from grader.engine.arrays.numeric import arrays, require_exact
from grader.engine.geometry.fitting import pooled_axes, require_shape
from grader.engine.geometry.sizes import PerAxis, per_axis
from grader.engine.poolings.blocks import by_image
from grader.engine.poolings.drawn import Drawn, Ratio, drawn_starts, numbers_below_one
from grader.engine.poolings.extremes import first_largest, largest
from grader.engine.poolings.selection import by_indices, sent_back
from grader.errors import EngineError


@overload
def fractional_max_pool(
    x: ArrayLike,
    kernel_size: PerAxis,
    output_size: PerAxis | None = None,
    output_ratio: Ratio | None = None,
    *,
    random_samples: ArrayLike | None = None,
    u: Ratio | None = None,
    return_indices: Literal[False] = False,
) -> Array: ...


@overload
def fractional_max_pool(
    x: ArrayLike,
    kernel_size: PerAxis,
    output_size: PerAxis | None = None,
    output_ratio: Ratio | None = None,
    *,
    random_samples: ArrayLike | None = None,
    u: Ratio | None = None,
    return_indices: Literal[True],
) -> tuple[Array, Array]: ...


def fractional_max_pool(
    x: ArrayLike,
    kernel_size: PerAxis,
    output_size: PerAxis | None = None,
    output_ratio: Ratio | None = None,
    *,
    random_samples: ArrayLike | None = None,
    u: Ratio | None = None,
    return_indices: bool = False,
) -> Array | tuple[Array, Array]:
    """The largest entry of each window, where place p of o begins at floor((p + u) * a) - floor(u * a).

    a = (size - kernel_size) / (o - 1) is the mean step, and the last window ends with the input.

    Args:
        x: shape (..., *size); every leading index is pooled by itself.
        kernel_size: an integer pools all axes after (N, C), a tuple as many last axes as it has entries.
        output_size: the extents of the output; an integer is for all axes.
        output_ratio: the output's extents as parts of the input's, each between 0 and 1, rounded down; instead of
            `output_size`.
        random_samples: shape (..., axes): numbers in [0, 1) for each leading index and each axis, in the order of
            PyTorch's ``_random_samples``, which with two axes is the last axis first.
        u: instead of `random_samples` one number in [0, 1) for all, or one for each axis in the order of the axes.
        return_indices: also gives where each maximum stood.

    Returns:
        Shape (..., *output_size) in the type of `x` (integers as int64); with `return_indices` also the flat index
        of each maximum in its own spatial block of `size`, int64.

    Raises:
        EngineError: shapes that do not fit, kernels too large for so many places, numbers out of range, or not just
            one of `output_size` and `output_ratio`, and of `random_samples` and `u`.
    """
    op = "fractional_max_pool"
    xp, x = arrays(op, x=x)
    kernel, output = _sizes(op, x.shape, kernel_size, output_size, output_ratio)
    starts = drawn_starts(xp, op, x, kernel, output, random_samples, u)
    lines = _drawn(x.shape[-len(kernel) :], kernel)
    if return_indices:
        values, indices = by_image(xp, lambda block, *at: first_largest(xp, block, lines(at)), len(kernel), x, *starts)
        return values, indices
    return by_image(xp, lambda block, *at: (largest(xp, block, lines(at)),), len(kernel), x, *starts)[0]


def fractional_max_pool_grad(
    x: ArrayLike,
    grad_output: ArrayLike,
    kernel_size: PerAxis,
    output_size: PerAxis | None = None,
    output_ratio: Ratio | None = None,
    *,
    random_samples: ArrayLike | None = None,
    u: Ratio | None = None,
    indices: ArrayLike | None = None,
) -> Array:
    """dL/dx of ``fractional_max_pool(x, ...)``, given dL/dy: each entry goes to the maximum that it came from.

    Args:
        x: shape (..., *size), the input.
        grad_output: dL/dy, in the shape of the output.
        kernel_size: as in ``fractional_max_pool``, like all that follow.
        output_size: as in ``fractional_max_pool``.
        output_ratio: as in ``fractional_max_pool``.
        random_samples: as in ``fractional_max_pool``.
        u: as in ``fractional_max_pool``.
        indices: where the maxima stood, as ``fractional_max_pool`` gives them; neither `random_samples` nor `u` nor
            the values of `x` matter then.

    Returns:
        The shape of `x`, in the type of `grad_output`.

    Raises:
        EngineError: as ``fractional_max_pool``, and where `grad_output` has another shape than the output; `indices`
            of another shape or beyond the input.
    """
    op = "fractional_max_pool_grad"
    xp, x, grad = arrays(op, x=x, grad_output=grad_output)
    kernel, output = _sizes(op, x.shape, kernel_size, output_size, output_ratio)
    size = x.shape[-len(kernel) :]
    require_shape(op, "grad_output", grad.shape, (*x.shape[: -len(kernel)], *output))
    require_exact(xp, op, prod(kernel), grad)
    if indices is not None:
        return by_indices(op, x.shape, grad, indices, len(kernel))
    starts = drawn_starts(xp, op, x, kernel, output, random_samples, u)
    lines = _drawn(size, kernel)

    def work(block: Array, grad_block: Array, *at: Array) -> tuple[Array]:
        _, found = first_largest(xp, block, lines(at))
        return (sent_back(xp, grad_block, found, size),)

    return by_image(xp, work, len(kernel), x, grad, *starts)[0]


def _drawn(size: tuple[int, ...], kernel: tuple[int, ...]) -> Callable[[tuple[Array, ...]], list[Drawn]]:
    """The places along each axis, once it is known where they begin."""
    return lambda starts: list(map(Drawn, size, kernel, starts))


def _sizes(
    op: str,
    input_shape: tuple[int, ...],
    kernel_size: PerAxis,
    output_size: PerAxis | None,
    output_ratio: Ratio | None,
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The extents of the kernel and of the output."""
    axes = pooled_axes(op, "kernel_size", kernel_size, input_shape)
    size = input_shape[-axes:]
    kernel = per_axis(op, "kernel_size", kernel_size, axes, 1)
    if (output_size is None) == (output_ratio is None):
        raise EngineError(f"{op}: requires specifying either an output_size or an output_ratio")
    if output_ratio is not None:
        ratios = numbers_below_one(op, "output_ratio", output_ratio, axes)
        output_size = [int(n * ratio) for n, ratio in zip(size, ratios, strict=True)]
    output = per_axis(op, "output_size", output_size, axes, 1)
    if any(k + o - 1 > n for k, o, n in zip(kernel, output, size, strict=True)):
        raise EngineError(
            f"{op}: kernel_size {kernel} is too large relative to input of size {size} for output of size {output}; "
            f"kernel_size + output_size - 1 places need room"
        )
    return kernel, output
