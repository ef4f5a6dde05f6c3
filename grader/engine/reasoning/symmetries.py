"""Shifts, mirrors, turns and exchanges of channels, as functions from arrays to arrays."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from grader.engine.arrays.backend import Array, ArrayLike, device
from grader.engine.arrays.numeric import arrays
from grader.errors import EngineError

Transform: TypeAlias = Callable[[Any], Any]
"""An array to an array."""


def shifted(*steps: int) -> Transform:
    """Moves the last axes on by `steps`, one for each; what leaves at the end comes in at the start."""
    axes = tuple(range(-len(steps), 0))

    def shift(x: ArrayLike) -> Array:
        xp, x = _read("shifted", x, len(steps))
        moved: Array = xp.roll(x, steps, axis=axes)
        return moved

    return shift


def mirrored(*axes: int) -> Transform:
    """Reverses `axes`, by default the last one."""

    def mirror(x: ArrayLike) -> Array:
        xp, x = _read("mirrored", x, max((-axis if axis < 0 else axis + 1 for axis in axes), default=1))
        flipped: Array = xp.flip(x, axis=axes or (-1,))
        return flipped

    return mirror


def turned(quarters: int = 1) -> Transform:
    """Turns the last two axes, rows and columns, counterclockwise by 90 degrees, `quarters` times."""

    def turn(x: ArrayLike) -> Array:
        xp, x = _read("turned", x, 2)
        for _ in range(quarters % 4):
            x = xp.flip(xp.matrix_transpose(x), axis=-2)
        result: Array = x
        return result

    return turn


def permuted(order: Sequence[int], axis: int = -3) -> Transform:
    """Puts channel order[n] at place n, along `axis`: by default the channels of (C, H, W) and (N, C, H, W)."""

    def permute(x: ArrayLike) -> Array:
        xp, x = _read("permuted", x, -axis if axis < 0 else axis + 1)
        if sorted(order) != list(range(x.shape[axis])):
            raise EngineError(
                f"permuted: order must hold each of {x.shape[axis]} channels once, got {tuple(order)} for an "
                f"array of shape {tuple(x.shape)}"
            )
        places = xp.asarray(list(order), dtype=xp.int64, device=device(x))
        taken: Array = xp.take(x, places, axis=axis)
        return taken

    return permute


def _read(op: str, x: ArrayLike, least: int) -> tuple[Any, Array]:
    """The library of `x`, and `x` with at least so many axes."""
    xp, array = arrays(op, x=x)
    if array.ndim < least:
        raise EngineError(f"{op}: needs an array of at least {least} axes, got shape {tuple(array.shape)}")
    return xp, array
