"""Equivariance and invariance by experiment: how far f(T x) is from T' f(x) on given inputs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, prod
from typing import Any

from grader.engine.arrays.backend import Array, ArrayLike
from grader.engine.arrays.numeric import arrays, is_floating, require_exact
from grader.engine.geometry.sizes import integer
from grader.engine.reasoning.symmetries import Transform
from grader.errors import EngineError


@dataclass(frozen=True, slots=True)
class EquivarianceGap:
    """The largest difference between f(T x) and T' f(x)."""

    largest: float
    """0 where they agree to the last digit; infinite where one is NaN or infinite and the other is not."""
    sample: int
    """Which of the inputs shows it, from 0."""
    where: tuple[int, ...]
    """Where it stands in the output, from 0."""


def equivariance_gap(
    f: Transform,
    transform_in: Transform,
    transform_out: Transform,
    *inputs: ArrayLike,
    margin: Sequence[int] = (),
) -> EquivarianceGap:
    """How far f(transform_in(x)) is at most from transform_out(f(x)), over all `inputs`.

    Args:
        f: what is tried, an array to an array.
        transform_in: done to the input, such as ``shifted(0, 1)``.
        transform_out: done to the output, such as the same shift, or a smaller one behind a stride.
        inputs: arrays to try, such as seeded random ones.
        margin: how many entries at either end of the last axes are left out, one number for each: what padding
            reaches, where a shift moves entries around the end.

    Raises:
        EngineError: no input, outputs of two shapes, integers too far apart for int64, or a margin that leaves
            nothing.
    """
    op = "equivariance_gap"
    if not inputs:
        raise EngineError(f"{op}: needs at least one input to try")
    gaps = [_gap(op, sample, f(transform_in(x)), transform_out(f(x)), margin) for sample, x in enumerate(inputs)]
    return max(gaps, key=lambda gap: gap.largest)


def invariance_gap(
    f: Transform, transform: Transform, *inputs: ArrayLike, margin: Sequence[int] = ()
) -> EquivarianceGap:
    """How far f(transform(x)) is at most from f(x), over all `inputs`; arguments as in ``equivariance_gap``.

    Raises:
        EngineError: as ``equivariance_gap``.
    """
    return equivariance_gap(f, transform, lambda y: y, *inputs, margin=margin)


def _gap(op: str, sample: int, moved_in: Any, moved_out: Any, margin: Sequence[int]) -> EquivarianceGap:
    xp, one, other = arrays(op, **{"f(transform_in(x))": moved_in, "transform_out(f(x))": moved_out})
    if one.shape != other.shape:
        raise EngineError(
            f"{op}: f(transform_in(x)) has shape {tuple(one.shape)} and transform_out(f(x)) has shape "
            f"{tuple(other.shape)}; they must be equal"
        )
    inner = _inner(op, tuple(one.shape), margin)
    require_exact(xp, op, 1, one, plus=other)
    apart = (_apart(xp, one, other) if is_floating(xp, one) else xp.abs(one - other))[inner]
    place = int(xp.argmax(xp.reshape(apart, (-1,))))
    where = _unraveled(place, tuple(apart.shape))
    whole = tuple(index + part.start for index, part in zip(where, inner, strict=True))
    return EquivarianceGap(float(apart[where]), sample, whole)


def _apart(xp: Any, one: Array, other: Array) -> Array:
    """How far floats are from one another; NaN agrees with NaN, and infinity with itself."""
    same = (one == other) | (xp.isnan(one) & xp.isnan(other))
    finite = xp.isfinite(one) & xp.isfinite(other)
    zeros = xp.zeros_like(one)
    distance = xp.abs(xp.where(finite, one, zeros) - xp.where(finite, other, zeros))
    apart: Array = xp.where(same, zeros, xp.where(finite, distance, xp.full_like(one, inf)))
    return apart


def _inner(op: str, shape: tuple[int, ...], margin: Sequence[int]) -> tuple[slice, ...]:
    """All of `shape` but the margin of its last axes."""
    wide = [integer(op, "margin", one, 0) for one in margin]
    if len(wide) > len(shape) or not prod(shape):
        raise EngineError(f"{op}: margin {tuple(wide)} does not fit an output of shape {shape}, or that is empty")
    ends = zip(shape, [0] * (len(shape) - len(wide)) + wide, strict=True)
    inner = tuple(slice(one, extent - one) for extent, one in ends)
    if any(part.stop <= part.start for part in inner):
        raise EngineError(f"{op}: margin {tuple(wide)} leaves nothing of an output of shape {shape}")
    return inner


def _unraveled(place: int, shape: tuple[int, ...]) -> tuple[int, ...]:
    where: list[int] = []
    for extent in reversed(shape):
        place, rest = divmod(place, extent)
        where.insert(0, rest)
    return tuple(where)
