"""Frames: what goes through the two pipes between the grader and a student's process. Bytes in, a frame out.

A frame is the length of a header (4 bytes, little-endian), the header (JSON: a body, each array's dtype and shape) and
the arrays' bytes. Nothing is unpickled, every count is bounded before it is believed, each fault is a FrameError.
"""

from __future__ import annotations

import json
import math
import reprlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

Array: TypeAlias = np.ndarray[Any, np.dtype[Any]]

Take: TypeAlias = Callable[[int], bytearray]
"""Gives exactly that many bytes of the stream, or raises."""

_NAMES = "bool int8 int16 int32 int64 uint8 uint16 uint32 uint64 float16 float32 float64 complex64 complex128".split()
DTYPES = {name: np.dtype(name).newbyteorder("<") for name in _NAMES}
"""The dtypes that are sent, little-endian."""

_MOST_AXES = 32
_MOST_ENTRIES = 1 << 48
"""So that no product of extents comes near what NumPy can address, though an extent be 0."""

# Taken now, so that a student who replaces json's or numpy's functions does not break his own grading.
_text_of = json.JSONEncoder(separators=(",", ":")).encode
_tree_of = json.JSONDecoder().decode
_frombuffer, _not_equal = np.frombuffer, np.not_equal


class FrameError(ValueError):
    """Bytes that are no frame, a frame beyond its bounds, or values that cannot be put into one."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much of a frame is believed before it is read."""

    header: int = 4 << 20
    """Bytes."""
    values: int = 400_000
    """Commas and opening brackets in the header: what it can cost as Python objects."""
    payload: int = 64 << 20
    """Bytes of all arrays together."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A message: a JSON object, and the arrays that it speaks of by number."""

    body: dict[str, Any]
    arrays: tuple[Array, ...] = ()


def pack(frame: Frame) -> list[bytes]:
    """The bytes of `frame`, in pieces to be written one behind the other.

    Raises:
        FrameError: an array's dtype is none of `DTYPES`, or the body is not JSON.
    """
    names = [_named(array) for array in frame.arrays]
    specs = [{"dtype": name, "shape": list(array.shape)} for name, array in zip(names, frame.arrays, strict=True)]
    try:
        header = _text_of({"body": frame.body, "arrays": specs}).encode("ascii")
    except (TypeError, ValueError, RecursionError) as error:
        raise FrameError(f"a message that cannot be written: {error}") from None
    pieces = [array.astype(DTYPES[name]).tobytes() for name, array in zip(names, frame.arrays, strict=True)]
    return [len(header).to_bytes(4, "little"), header, *pieces]


def read(take: Take, bounds: Bounds) -> Frame:
    """The next frame of the stream that `take` reads.

    Raises:
        FrameError: the bytes are no frame, or one beyond `bounds`.
    """
    size = int.from_bytes(take(4), "little")
    if size > bounds.header:
        raise FrameError(f"a header of {size:,} bytes, at most {bounds.header:,} are expected")
    body, specs = _parts(_parsed(take(size), bounds.values))
    shapes = [_spec(spec) for spec in specs]
    total = sum(_bytes(dtype, shape) for dtype, shape in shapes)
    if total > bounds.payload:
        raise FrameError(f"arrays of {total:,} bytes, at most {bounds.payload:,} are expected")
    return Frame(body, tuple(_array(dtype, shape, take(_bytes(dtype, shape))) for dtype, shape in shapes))


def _named(array: Array) -> str:
    name = array.dtype.name
    if name not in DTYPES:
        raise FrameError(f"an array of {name}, expected one of {', '.join(DTYPES)}")
    return name


def _parsed(header: bytearray, most: int) -> Any:
    values = header.count(b",") + header.count(b"[") + header.count(b"{")
    if values > most:
        raise FrameError(f"a header of {values:,} values, at most {most:,} are expected")
    try:
        return _tree_of(header.decode("ascii"))
    except (ValueError, RecursionError) as error:
        raise FrameError(f"a header that is no JSON: {str(error)[:100]}") from None


def _parts(header: Any) -> tuple[dict[str, Any], list[Any]]:
    match header:
        case {"body": dict() as body, "arrays": list() as specs}:
            return body, specs
    raise FrameError("a header without a body and a list of arrays")


def _spec(spec: Any) -> tuple[np.dtype[Any], tuple[int, ...]]:
    match spec:
        case {"dtype": str() as name, "shape": list() as shape} if name in DTYPES and len(shape) <= _MOST_AXES:
            if all(type(size) is int and size >= 0 for size in shape) and _entries(shape) <= _MOST_ENTRIES:
                return DTYPES[name], tuple(shape)
    raise FrameError(f"an array of {reprlib.repr(spec)}, expected a plain dtype and a shape")


def _entries(shape: Sequence[int]) -> int:
    return math.prod(max(size, 1) for size in shape)


def _bytes(dtype: np.dtype[Any], shape: tuple[int, ...]) -> int:
    return dtype.itemsize * math.prod(shape)


def _array(dtype: np.dtype[Any], shape: tuple[int, ...], data: bytearray) -> Array:
    if dtype.kind == "b":  # a forged truth that is neither 0 nor 1 would be undefined behaviour
        return np.asarray(_not_equal(_frombuffer(data, np.uint8), 0)).reshape(shape)
    return _frombuffer(data, dtype).reshape(shape)
