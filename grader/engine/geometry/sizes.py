"""Reads the arguments that say how a kernel moves: one number for all axes, or one for each."""

from __future__ import annotations

import operator
from collections.abc import Sequence
from typing import SupportsIndex, TypeAlias

from grader.errors import EngineError

PerAxis: TypeAlias = SupportsIndex | Sequence[SupportsIndex]
"""One integer for every spatial axis, or a sequence with one for each."""

Shape: TypeAlias = Sequence[SupportsIndex]
"""The extents of an array."""

Pair: TypeAlias = tuple[int, int]
"""What is added before and after along an axis."""

Padding: TypeAlias = SupportsIndex | str | Sequence[SupportsIndex | Sequence[SupportsIndex]]
"""An integer, one for each axis, (before, after) pairs for each axis, ``'valid'``, ``'same'`` or ``'same_lower'``."""


def integer(op: str, name: str, value: object, least: int) -> int:
    """`value` as an int.

    Raises:
        EngineError: it is not an integer (True and 2.0 are not), or it is below `least`.
    """
    try:
        number = operator.index(value)  # type: ignore[arg-type]  # the test that it is one
    except TypeError:
        raise EngineError(f"{op}: {name} must be an integer, got {value!r}") from None
    if isinstance(value, bool):
        raise EngineError(f"{op}: {name} must be an integer, got {value!r}")
    if number < least:
        raise EngineError(f"{op}: {name} must be at least {least}, got {number}")
    return number


def per_axis(op: str, name: str, value: object, axes: int, least: int) -> tuple[int, ...]:
    """`value` as one integer for each of `axes` axes.

    Raises:
        EngineError: the count differs, or an entry is not an integer of at least `least`.
    """
    if not isinstance(value, Sequence) or isinstance(value, str):
        return (integer(op, name, value, least),) * axes
    _require_length(op, name, value, axes)
    return tuple(integer(op, name, entry, least) for entry in value)


def shape(op: str, name: str, value: object) -> tuple[int, ...]:
    """`value` as a shape: a sequence of extents of 0 or more.

    Raises:
        EngineError: it is no sequence, or an extent is negative or not an integer.
    """
    if not isinstance(value, Sequence) or isinstance(value, str):
        raise EngineError(f"{op}: {name} must be a sequence of extents such as (1, 3, 32, 32), got {value!r}")
    return tuple(integer(op, name, extent, 0) for extent in value)


def explicit_padding(op: str, padding: object, axes: int) -> tuple[Pair, ...]:
    """`padding`, in numbers, as (before, after) for each of `axes` axes.

    Raises:
        EngineError: the count differs, or an entry is negative or neither an integer nor a pair.
    """
    if not isinstance(padding, Sequence):
        return ((integer(op, "padding", padding, 0),) * 2,) * axes
    _require_length(op, "padding", padding, axes, "an integer or a (before, after) pair")
    return tuple(_pair(op, entry) for entry in padding)


def _pair(op: str, entry: object) -> Pair:
    if not isinstance(entry, Sequence):
        return (integer(op, "padding", entry, 0),) * 2
    if len(entry) != 2:
        raise EngineError(f"{op}: padding along one axis must be an integer or (before, after), got {entry!r}")
    return integer(op, "padding", entry[0], 0), integer(op, "padding", entry[1], 0)


def _require_length(op: str, name: str, value: Sequence[object], axes: int, what: str = "an integer") -> None:
    if len(value) != axes:
        plural = "axis" if axes == 1 else "axes"
        raise EngineError(f"{op}: {name} needs {what} for each of {axes} spatial {plural}, got {tuple(value)}")
