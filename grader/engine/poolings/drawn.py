"""Places of equal length along an axis that begin where they were drawn, for each image elsewhere.

Source: Graham, "Fractional Max-Pooling", 2014, in the pseudorandom form of PyTorch.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any, TypeAlias

from grader.engine.arrays.backend import Array, ArrayLike, device
from grader.engine.arrays.numeric import arrays, floating
from grader.engine.geometry.fitting import require_shape
from grader.errors import EngineError

Ratio: TypeAlias = float | Sequence[float]
"""One number between 0 and 1 for every spatial axis, or a sequence with one for each."""


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """A `grader.engine.poolings.lines.Line`, for maxima."""

    size: int
    """The input's extent."""
    taps: int
    """The kernel's extent."""
    firsts: Array
    """Where each place begins, (L, places), int64."""

    @property
    def step(self) -> int:
        """The entries of a place stand side by side."""
        return 1

    @property
    def runs(self) -> tuple[slice, ...]:
        """Where a place stands differs from image to image."""
        return ()

    def met(self, xp: Any, x: Array, number: int, fill: float) -> Iterator[Array]:  # noqa: ARG002  # no padding to fill
        """One entry of each place after the other."""
        order = (0, number, *(n for n in range(1, x.ndim) if n != number))
        back = (0, *range(2, number + 1), 1, *range(number + 1, x.ndim))
        moved = xp.permute_dims(x, order)
        rows = xp.reshape(moved, (-1, prod(moved.shape[2:])))
        images = xp.arange(x.shape[0], dtype=xp.int64, device=device(x)) * self.size
        stand = xp.expand_dims(images, axis=1) + self.firsts
        for tap in range(self.taps):
            patch = xp.take(rows, xp.reshape(stand + tap, (-1,)), axis=0)
            yield xp.permute_dims(xp.reshape(patch, (*stand.shape, *moved.shape[2:])), back)

    def starts(self, xp: Any, like: Array) -> Array:  # noqa: ARG002  # they are known
        """As they were drawn."""
        return self.firsts


def drawn_starts(
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
        numbers = [
            xp.full((*lead, 1), one, dtype=kind, device=device(x)) for one in numbers_below_one(op, "u", u, axes)
        ]
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


def numbers_below_one(op: str, name: str, value: object, axes: int) -> tuple[float, ...]:
    """`value` as one number of at least 0 and below 1 for each axis."""
    numbers: tuple[Any, ...] = tuple(value) if isinstance(value, Sequence) else (value,) * axes
    if len(numbers) != axes or not all(isinstance(n, int | float) and 0 <= n < 1 for n in numbers):
        raise EngineError(
            f"{op}: {name} must be a number of at least 0 and below 1, or one for each of {axes} axes, got {value!r}"
        )
    return numbers
