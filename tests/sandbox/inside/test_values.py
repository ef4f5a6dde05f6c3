"""Values as trees: plain data comes back equal, the rest is named, no student's method is called."""

from __future__ import annotations

import enum
import json
import sys
from collections import OrderedDict, namedtuple
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.sandbox.inside.frames import Bounds, Frame, FrameError, pack, read
from grader.sandbox.inside.trees import Receiver
from grader.sandbox.inside.values import Sender
from grader.sandbox.program import Opaque

plain_ = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text()
    | st.complex_numbers(allow_nan=False),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(st.text(max_size=3), inner, max_size=4)
    ),
    max_leaves=20,
)


def there_and_back(value: Any, room: int = 1 << 20) -> Any:
    """What `value` is on the other side of a pipe."""
    sender = Sender(room)
    body = {"value": sender.tree(value)}
    data = memoryview(b"".join(pack(Frame(body, tuple(sender.arrays)))))
    position = 0

    def take(count: int) -> bytearray:
        nonlocal position
        position += count
        return bytearray(data[position - count : position])

    frame = read(take, Bounds())
    return Receiver(frame.arrays, opaque=Opaque).value(frame.body["value"])


@settings(max_examples=100, deadline=None)
@given(plain_)
def test_plain_data_comes_back_equal(value: Any) -> None:
    """decode(encode(value)) == value, with the same types."""
    assert repr(there_and_back(value)) == repr(value)


@pytest.mark.parametrize(
    "value",
    [
        np.arange(6.0).reshape(2, 3)[:, ::-1],
        np.array(5),
        np.zeros((0, 3), np.float32),
        np.array([1, 2], ">i2"),
        np.array([True, False]),
        np.array([1 + 2j], np.complex64),
    ],
)
def test_arrays_come_back_with_their_dtype_and_shape(value: np.ndarray[Any, Any]) -> None:
    """Views, no axes, no entries and the other byte order included."""
    got = there_and_back(value)
    assert type(got) is np.ndarray
    assert (got.dtype.name, got.shape) == (value.dtype.name, value.shape)
    np.testing.assert_array_equal(got, value)


def test_numpy_scalars_come_back_as_such() -> None:
    """A float64 is a Python float too, and yet stays NumPy's."""
    assert repr(there_and_back([np.float64(0.5), np.int8(3), np.bool_(True)])) == repr(
        [np.float64(0.5), np.int8(3), np.bool_(True)]
    )


@pytest.mark.parametrize("numbers", [[0.1 * n for n in range(1000)], list(range(1000)), [1 << 70] * 40])
def test_long_lists_of_numbers_stay_lists(numbers: list[Any]) -> None:
    """A history of losses is sent in bulk, and is a list of Python numbers again."""
    got = there_and_back(numbers)
    assert got == numbers
    assert type(got[0]) is type(numbers[0])


class Lying(np.ndarray[Any, np.dtype[Any]]):
    """Says that it equals everything, and gives other numbers than it holds."""

    def __array__(self, *_args: Any, **_kwargs: Any) -> np.ndarray[Any, Any]:  # type: ignore[override]
        """Other numbers."""
        return np.ones(3)

    def __eq__(self, _other: object) -> Any:
        """Everything is right."""
        return True

    def tobytes(self, *_args: Any) -> bytes:
        """Other bytes."""
        return b"\0" * 24

    __hash__ = None  # type: ignore[assignment]


def test_a_lying_array_is_the_bytes_that_it_holds() -> None:
    """What its methods say is not asked."""
    got = there_and_back(np.array([1.0, 2.0, 3.0]).view(Lying))
    assert type(got) is np.ndarray
    assert got.tolist() == [1, 2, 3]


class Hostile:
    """Whatever it is asked, it fails."""

    def __getattribute__(self, name: str) -> Any:
        """Not even its class can be asked for."""
        raise SystemExit(name)


@pytest.mark.parametrize(
    ("value", "type_"),
    [
        (iter([1]), "list_iterator"),
        ({1, 2}, "set"),
        (np.array([None]), "ndarray (object, shape (1,))"),
        (np.array(["a"]), "ndarray (<U1, shape (1,))"),
        (np.zeros(200_000), "ndarray (float64, shape (200000,), too large to send)"),
        (np.broadcast_to(1.0, (1 << 20, 1 << 20)), "ndarray (float64, shape (1048576, 1048576), too large to send)"),
        (1 << 5000, "int (too large to send)"),
        ("a" * 300_000, "str (300,000 characters, too long to send)"),
        ({(1, 2): 3}, "dict (with keys that are no text)"),
    ],
)
def test_what_is_not_sent_is_named(value: Any, type_: str) -> None:
    """By its type, and why where that is not plain."""
    assert there_and_back(value) == Opaque(type_)


def test_an_object_is_named_though_it_cannot_be_asked() -> None:
    """The type's name comes from the type, past the object's own attributes."""
    assert there_and_back([Hostile()]) == [Opaque("Hostile")]


def test_a_subclass_is_what_it_holds() -> None:
    """Named tuples, ordered dicts and enumerations are the built-in values below them."""
    pair = namedtuple("pair", "out cache")  # noqa: PYI024  as students write it
    color = enum.IntEnum("color", "RED")
    assert there_and_back([pair(1, 2), OrderedDict(a=1), color["RED"]]) == [(1, 2), {"a": 1}, 1]


def test_keys_of_numbers_are_text() -> None:
    """``{1: w}``, a dict by the layer's number, comes across by ``"1"``."""
    assert there_and_back({1: 2.5}) == {"1": 2.5}


def test_cyclic_and_deep_values_are_cut_off() -> None:
    """A list inside itself, 1,000 lists inside each other, and a list that doubles with every level."""
    cycle: list[Any] = [1]
    cycle.append(cycle)
    assert there_and_back(cycle) == [1, Opaque("list (inside itself)")]
    deep: list[Any] = []
    doubled: list[Any] = [0]
    for _ in range(1000):
        deep = [deep]
    for _ in range(30):
        doubled = [doubled, doubled]
    assert "too deep" in repr(there_and_back(deep))
    assert "too long" in repr(there_and_back(doubled))


def test_an_array_in_two_places_is_sent_once() -> None:
    """A cache that holds the input beside the output costs no more than both."""
    x = np.zeros(1000)
    sender = Sender(10_000)
    sender.tree([x, {"x": x}])
    assert len(sender.arrays) == 1


trees_ = st.recursive(
    st.none()
    | st.integers(-2, 3)
    | st.floats()
    | st.sampled_from(["", "a", "s", "T", "L", "i", "c", "o", "k", "d", "l", "t"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=1), inner, max_size=1),
    max_leaves=10,
)


@settings(max_examples=300, deadline=None)
@given(trees_)
def test_no_forged_tree_raises_anything_but_the_codecs_error(tree: Any) -> None:
    """Unknown tags, arrays that are not there, dicts without values, scalars of many entries."""
    try:
        Receiver((np.zeros(3), np.zeros(())), opaque=Opaque).value(tree)
    except FrameError:
        return


@pytest.mark.parametrize(
    "nested", ["[" * 900 + "]" * 900, '["l",' * 900 + "1" + "]" * 900, '{"d":' * 900 + "1" + "}" * 900]
)
def test_a_deep_forged_tree_is_refused(nested: str) -> None:
    """As deep as JSON is read, deeper than its text could be told."""
    with pytest.raises(FrameError, match="a value that cannot be read"):
        Receiver((), opaque=Opaque).value(json.loads(nested))


def test_half_a_character_is_marked() -> None:
    """So that whatever came across can be written into a report."""
    assert there_and_back(["a\ud800", {"\ud800": 1}]) == ["a?", {"?": 1}]


def test_a_forged_tree_multiplies_no_numbers() -> None:
    """One array named 100,000 times as a list of numbers is refused before memory is."""
    tree = ["l", *[["L", 0]] * 100_000]
    with pytest.raises(FrameError, match="a list of numbers"):
        Receiver((np.zeros(1000),)).value(tree)


def test_tensors_come_as_arrays() -> None:
    """PyTorch's tensors, those that need gradients and those of bfloat16 too."""
    torch = pytest.importorskip("torch", reason="PyTorch is not installed")
    assert "torch" in sys.modules
    got = there_and_back([torch.ones(2, requires_grad=True), torch.ones(1, dtype=torch.bfloat16), torch.tensor(3)])
    assert [(array.dtype.name, array.tolist()) for array in got] == [
        ("float32", [1, 1]),
        ("float32", [1]),
        ("int64", 3),
    ]
