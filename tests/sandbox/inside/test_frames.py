"""Frames: what is written is read back, and forged bytes raise nothing but the codec's error."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader.sandbox.inside.frames import DTYPES, Bounds, Frame, FrameError, pack, read

arrays_ = st.sampled_from(sorted(DTYPES)).flatmap(
    lambda name: hnp.arrays(DTYPES[name], hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=3))
)
laws = settings(max_examples=60, deadline=None)


class EndOfStreamError(Exception):
    """The stream has fewer bytes than were asked for."""


def taking(data: bytes) -> Callable[[int], bytearray]:
    """Reads `data` piece by piece, as from a pipe."""
    rest = memoryview(data)

    def take(count: int) -> bytearray:
        nonlocal rest
        if count > len(rest):
            raise EndOfStreamError
        piece, rest = rest[:count], rest[count:]
        return bytearray(piece)

    return take


def forged(header: Any, payload: bytes = b"") -> bytes:
    """The bytes of a frame with any header at all."""
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return len(text).to_bytes(4, "little") + text + payload


@laws
@given(
    st.lists(arrays_, max_size=3), st.dictionaries(st.text(), st.none() | st.integers() | st.floats(allow_nan=False))
)
def test_what_is_written_is_read_back(arrays: list[np.ndarray[Any, Any]], body: dict[str, Any]) -> None:
    """Bodies are equal; arrays have the same dtype, shape and bytes, NaN and minus zero included."""
    frame = read(taking(b"".join(pack(Frame(body, tuple(arrays))))), Bounds())
    assert frame.body == body
    for sent, got in zip(arrays, frame.arrays, strict=True):
        assert (got.dtype, got.shape, got.tobytes()) == (sent.dtype, sent.shape, sent.tobytes())


@settings(max_examples=120, deadline=None)
@given(st.binary(max_size=60) | st.recursive(st.none() | st.integers() | st.text(max_size=3), st.lists).map(forged))
def test_no_bytes_raise_anything_but_the_codecs_error(data: bytes) -> None:
    """Whatever a child sends is a frame, a FrameError, or a stream that ends."""
    try:
        read(taking(data), Bounds())
    except (FrameError, EndOfStreamError):
        return


specs_ = st.fixed_dictionaries(
    {
        "dtype": st.sampled_from([*DTYPES, "object", "<U3", "float128", 5, None]),
        "shape": st.lists(st.sampled_from([0, 1, 2, 3, -1, 1 << 62, 1 << 70, True, 1.5, "2"]), max_size=40) | st.none(),
    }
)


@settings(max_examples=200, deadline=None)
@given(st.lists(specs_, max_size=2), st.binary(max_size=40))
def test_forged_arrays_raise_nothing_but_the_codecs_error(specs: list[Any], payload: bytes) -> None:
    """Shapes that are negative, huge, fractional, of too many axes, dtypes that hold objects."""
    try:
        frame = read(taking(forged({"body": {}, "arrays": specs}, payload)), Bounds())
    except (FrameError, EndOfStreamError):
        return
    assert all(array.dtype.name in DTYPES for array in frame.arrays)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ((1 << 31).to_bytes(4, "little"), "a header of 2,147,483,648 bytes"),
        (forged(b"[" * 1_000_000), "a header of 1,000,000 values"),
        (forged(b"[" * 200_000), "no JSON"),
        (forged(b"\xff\xfe"), "no JSON"),
        (forged(b'{"body":' + b"9" * 5_000 + b"}"), "no JSON"),
        (forged([]), "without a body"),
        (forged({"body": [], "arrays": []}), "without a body"),
        (
            forged({"body": {}, "arrays": [{"dtype": "float64", "shape": [1 << 40]}]}),
            "arrays of 8,796,093,022,208 bytes",
        ),
        (forged({"body": {}, "arrays": [{"dtype": "int8", "shape": [0, 1 << 62, 1 << 62]}]}), "a plain dtype"),
        (forged({"body": {}, "arrays": [{"dtype": "object", "shape": [1]}]}), "a plain dtype"),
    ],
)
def test_forged_frames_are_refused_before_they_cost_memory(data: bytes, told: str) -> None:
    """Nothing is believed that was not counted: a refusal takes less memory than twice the bytes that came."""
    take = taking(data)
    tracemalloc.start()
    try:
        with pytest.raises(FrameError, match=told):
            read(take, Bounds())
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 3 * len(data) + 200_000


def test_a_forged_truth_is_a_truth() -> None:
    """A bool array whose bytes are neither 0 nor 1 comes out with plain truths."""
    frame = read(taking(forged({"body": {}, "arrays": [{"dtype": "bool", "shape": [3]}]}, b"\x00\x02\xff")), Bounds())
    assert frame.arrays[0].view(np.uint8).tolist() == [0, 1, 1]


def test_arrays_that_were_read_can_be_written_to() -> None:
    """A student's function may change its input in place, as it may at home."""
    frame = read(taking(b"".join(pack(Frame({}, (np.zeros(2),))))), Bounds())
    frame.arrays[0][0] = 1


@pytest.mark.parametrize("frame", [Frame({}, (np.array([None]),)), Frame({"set": {1}}), Frame({}, (np.array("text"),))])
def test_what_has_no_place_in_a_frame_is_refused(frame: Frame) -> None:
    """Objects, sets and arrays of text cannot be written."""
    with pytest.raises(FrameError):
        pack(frame)
