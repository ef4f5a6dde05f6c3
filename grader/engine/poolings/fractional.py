"""Fractional max pooling: windows at steps that differ, laid out by one random number an axis.

Source: Graham, "Fractional Max-Pooling", 2014, in the pseudorandom form of
``torch.nn.functional.fractional_max_pool2d``. The random numbers are arguments; nothing here draws any.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import prod
from typing import Any, Literal, TypeAlias, overload

from grader.engine.arrays.backend import Array, ArrayLike, device
from grader.engine.arrays.numeric import arrays, floating, require_exact
from grader.engine.geometry.fitting import require_shape
from grader.engine.geometry.sizes import PerAxis, per_axis
from grader.engine.poolings.blocks import by_image
from grader.engine.poolings.drawn import Drawn
from grader.engine.poolings.extremes import first_largest, largest
from grader.engine.poolings.selection import by_indices, sent_back
from grader.errors import EngineError

Ratio: TypeAlias = float | Sequence[float]
"""One number between 0 and 1 for every spatial axis, or a sequence with one for each."""


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
    starts = _starts(xp, op, x, kernel, output, random_samples, u)
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
    starts = _starts(xp, op, x, kernel, output, random_samples, u)
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
    axes = len(kernel_size) if isinstance(kernel_size, Sequence) else len(input_shape) - 2
    if not 1 <= axes <= len(input_shape):
        raise EngineError(
            f"{op}: kernel_size {kernel_size} does not fit input of shape {input_shape}: an integer pools the axes "
            f"after (N, C), a tuple as many of the last axes as it has entries"
        )
    size = input_shape[-axes:]
    kernel = per_axis(op, "kernel_size", kernel_size, axes, 1)
    if (output_size is None) == (output_ratio is None):
        raise EngineError(f"{op}: requires specifying either an output_size or an output_ratio")
    if output_ratio is not None:
        ratios = _numbers(op, "output_ratio", output_ratio, axes)
        output_size = [int(n * ratio) for n, ratio in zip(size, ratios, strict=True)]
    output = per_axis(op, "output_size", output_size, axes, 1)
    if any(k + o - 1 > n for k, o, n in zip(kernel, output, size, strict=True)):
        raise EngineError(
            f"{op}: kernel_size {kernel} is too large relative to input of size {size} for output of size {output}; "
            f"kernel_size + output_size - 1 places need room"
        )
    return kernel, output


def _starts(
    xp: Any,
    op: str,
    x: Array,
    kernel: tuple[int, ...],
    output: tuple[int, ...],
    random_samples: ArrayLike | None,
    u: Ratio | None,
) -> list[Array]:
    """Where the windows begin along each axis, (..., places) in int64, worked out in the floats of `x`."""
    axes, lead = len(kernel), x.shape[: -len(kernel)]
    kind = floating(xp, xp.zeros(0, dtype=x.dtype, device=device(x))).dtype
    if (random_samples is None) == (u is None):
        raise EngineError(f"{op}: requires either random_samples, in the shape {(*lead, axes)}, or u")
    if u is not None:
        numbers = [xp.full((*lead, 1), one, dtype=kind, device=device(x)) for one in _numbers(op, "u", u, axes)]
    else:
        numbers = _samples(xp, op, x, random_samples, axes, kind)
    return [
        _intervals(xp, number, n, k, o)
        for number, n, k, o in zip(numbers, x.shape[-axes:], kernel, output, strict=True)
    ]


def _samples(xp: Any, op: str, x: Array, random_samples: ArrayLike, axes: int, kind: Any) -> list[Array]:
    """PyTorch's samples, (..., 1) for each axis in the order of the axes."""
    lead = x.shape[:-axes]
    _, samples, _ = arrays(op, random_samples=random_samples, x=x)
    if len(lead) == 1 and samples.shape == (1, *lead, axes):  # as PyTorch has it without a batch
        samples = samples[0, ...]
    require_shape(op, "random_samples", samples.shape, (*lead, axes))
    if not xp.all((samples >= 0) & (samples < 1)):
        raise EngineError(f"{op}: random_samples must be at least 0 and below 1")
    samples = xp.astype(samples, kind)
    order = (1, 0) if axes == 2 else range(axes)
    return [samples[..., number : number + 1] for number in order]


def _intervals(xp: Any, u: Array, size: int, kernel: int, places: int) -> Array:
    """Where each of `places` windows begins, (..., places), for numbers (..., 1)."""
    last = xp.full(u.shape, size - kernel, dtype=xp.int64, device=device(u))
    if places == 1:
        return last  # type: ignore[no-any-return]
    step = (size - kernel) / (places - 1)
    turns = xp.arange(places - 1, dtype=u.dtype, device=device(u))
    firsts = xp.astype((turns + u) * step, xp.int64) - xp.astype(u * step, xp.int64)
    starts: Array = xp.concat([firsts, last], axis=-1)
    return starts


def _numbers(op: str, name: str, value: object, axes: int) -> tuple[float, ...]:
    """`value` as one number of at least 0 and below 1 for each axis."""
    numbers: tuple[Any, ...] = tuple(value) if isinstance(value, Sequence) else (value,) * axes
    if len(numbers) != axes or not all(isinstance(n, int | float) and 0 <= n < 1 for n in numbers):
        raise EngineError(
            f"{op}: {name} must be a number of at least 0 and below 1, or one for each of {axes} axes, got {value!r}"
        )
    return numbers
