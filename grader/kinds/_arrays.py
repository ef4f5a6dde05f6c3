"""Field types of what a part states: sizes along the axes, paddings, arrays of numbers."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite
from typing import Annotated, Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, PlainValidator, WithJsonSchema

Count: TypeAlias = Annotated[int, Field(strict=True, ge=1)]
"""An integer of 1 or more; `true` and 2.0 are none."""

Sizes: TypeAlias = Count | Annotated[tuple[Count, ...], Field(min_length=1)]
"""One size for every spatial axis, or a list with one for each."""

Extents: TypeAlias = Annotated[tuple[Count, ...], Field(min_length=1)]
"""The extents of an array."""

Margin: TypeAlias = Annotated[int, Field(strict=True, ge=0)]
"""Padding on each side of an axis."""

Padding: TypeAlias = Margin | tuple[Margin | tuple[Margin, Margin], ...] | Literal["same", "valid"]
"""An integer for every side, one for each axis, pairs (before, after), or ``same`` or ``valid``."""

_INT64 = 2**63


def _array(value: Any) -> NDArray[Any]:
    """Nested lists as an array: int64 where every entry is an integer, else float64; not to be written to."""
    if isinstance(value, np.ndarray):
        return value
    shape = _nested_shape(value)
    if not shape:
        raise ValueError(f"found {value!r}, expected nested lists of numbers such as [[1, 2], [3, 4]]")
    entries = list(_entries(value))
    whole = all(isinstance(entry, int) for entry in entries)
    array = np.array(entries, dtype=np.int64 if whole else np.float64).reshape(shape)
    array.setflags(write=False)
    return array


def _nested_shape(value: Any) -> tuple[int, ...]:
    if not isinstance(value, list | tuple):
        return ()
    if not value:
        raise ValueError("found an empty list, expected numbers; fill it")
    inner = {_nested_shape(entry) for entry in value}
    if len(inner) > 1:
        raise ValueError("found rows that differ in length, expected equal ones; fill them up")
    return (len(value), *inner.pop())


def _entries(value: Any) -> Iterator[int | float]:
    if isinstance(value, list | tuple):
        for entry in value:
            yield from _entries(entry)
        return
    fits = abs(value) < _INT64 if isinstance(value, int) else isinstance(value, float) and isfinite(value)
    if isinstance(value, bool) or not fits:
        raise ValueError(f"found the entry {value!r}, expected a number; correct it")
    yield value


def _column(value: Any) -> NDArray[Any]:
    array = _array(value if isinstance(value, list | tuple) else [value])
    if array.ndim != 1:
        raise ValueError("found nested lists, expected one bias for each output channel")
    return array


_NESTED = WithJsonSchema({"type": "array", "items": {"type": ["array", "number"]}})

Array: TypeAlias = Annotated[NDArray[Any], PlainValidator(_array), _NESTED]
"""Nested lists of numbers."""

Bias: TypeAlias = Annotated[NDArray[Any], PlainValidator(_column), WithJsonSchema({"type": ["array", "number"]})]
"""One number, or a list with one for each output channel."""

Gradient: TypeAlias = Array | Literal["ones"]
"""The gradient to an output: nested lists, or ones in the output's shape."""


def per_axis(sizes: Sizes, axes: int) -> tuple[int, ...]:
    """`sizes` with one entry for each of `axes` axes; a list stays as it is."""
    return (sizes,) * axes if isinstance(sizes, int) else sizes


def one_sided(padding: Padding, axes: int) -> Padding:
    """`padding` with what is added after each axis left out: the mistake of counting it once."""
    if isinstance(padding, str):
        return padding
    each = (padding,) * axes if isinstance(padding, int) else padding
    return tuple((side, 0) if isinstance(side, int) else (side[0], 0) for side in each)
