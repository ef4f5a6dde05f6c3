"""Python values as tagged trees and arrays, ready for a frame: a student's result goes in, plain data comes out.

Null, truth, 64-bit integers, floats and text stand for themselves. Whatever else is a list that begins with its tag:

    ["l", ...] list   ["t", ...] tuple   ["d", key, value, ...] dict   ["L", n] long list of numbers
    ["a", n] array    ["s", n] NumPy scalar   ["T", n] PyTorch tensor    n: the array of that number in the frame
    ["i", hex] large integer   ["c", re, im] complex   ["k", id, path] something kept   ["o", type] not sent

No method of a student's class is called: what an object holds is read by the methods of the built-in type below it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, ClassVar, TypeAlias

import numpy as np

from .frames import DTYPES, Array

Tree: TypeAlias = Any

_DEEPEST = 40
_MOST_VALUES = 50_000
_MOST_TEXT = 1 << 18
_MOST_NUMBERS = 1_000_000
_MOST_BITS = 4_096
_LONG = 32
"""From so many numbers on, a list of one type is sent as an array."""

_asarray, _ndarray, _generic = np.asarray, np.ndarray, np.generic
_name_of: Callable[[type], str] = type.__dict__["__name__"].__get__


def type_name(value: Any) -> str:
    """The name of the type of `value`, whatever its class says of itself."""
    return str(_name_of(type(value)))[:100]


class Sender:
    """Turns values into trees and gathers their arrays; `room` is the bytes that they may take together."""

    def __init__(self, room: int, special: Callable[[Any], Tree | None] = lambda _value: None) -> None:
        self.arrays: list[Array] = []
        self._special = special
        self._room = room
        self._values = _MOST_VALUES
        self._text = _MOST_TEXT
        self._numbers = _MOST_NUMBERS
        self._open: set[int] = set()
        self._sent: dict[int, tuple[int, Any]] = {}

    def tree(self, value: Any) -> Tree:
        """The tree of `value`; pieces that are too large, too deep, cyclic or of an unknown type are only named."""
        self._values -= 1
        if self._values < 0:
            return self.unsent(value, "too long to send")
        own = self._special(value)
        if own is not None:
            return own
        for base, way in self._WAYS:
            if issubclass(type(value), base):
                return way(self, value)
        return self._tensor(value) if _is_tensor(value) else self.unsent(value)

    def array(self, array: Array, tag: str) -> Tree:
        """The tree of the bytes that `array` holds."""
        if id(array) in self._sent:
            return [tag, self._sent[id(array)][0]]
        plain = _asarray(array)  # of a subclass: the bytes, without its methods
        sent = _as_sent(plain)
        if sent is None or plain.size * sent.itemsize > self._room:
            return self.unsent(array, f"{plain.dtype}, shape {plain.shape}" + (", too large to send" if sent else ""))
        self._room -= plain.size * sent.itemsize
        self.arrays.append(plain.astype(sent))
        self._sent[id(array)] = (len(self.arrays) - 1, array)  # held, so that its id is not given to another
        return [tag, len(self.arrays) - 1]

    def unsent(self, value: Any, why: str = "") -> Tree:
        """The tree of what is not sent."""
        return ["o", f"{type_name(value)} ({why})" if why else type_name(value)]

    def _integer(self, value: Any) -> Tree:
        number = int.__index__(value)
        if number.bit_length() < 64:
            return number
        return ["i", hex(number)] if number.bit_length() <= _MOST_BITS else self.unsent(value, "too large to send")

    def _string(self, value: Any) -> Tree:
        length = str.__len__(value)
        if length > self._text:
            return self.unsent(value, f"{length:,} characters, too long to send")
        self._text -= length
        return str.__str__(value)

    def _list(self, value: Any) -> Tree:
        packed = self._numbers_of(value) if type(value) is list else None
        return packed or self._inside(value, lambda: ["l", *map(self.tree, list.__iter__(value))])

    def _tuple(self, value: Any) -> Tree:
        return self._inside(value, lambda: ["t", *map(self.tree, tuple.__iter__(value))])

    def _dict(self, value: Any) -> Tree:
        if not all(type(key) in (str, int, float, bool) for key in dict.keys(value)):
            return self.unsent(value, "with keys that are no text")
        if sum(len(str(key)) for key in dict.keys(value)) > self._text:
            return self.unsent(value, "with keys that are too long to send")
        pairs = ((self._string(str(key)), self.tree(item)) for key, item in dict.items(value))
        return self._inside(value, lambda: ["d", *(piece for pair in pairs for piece in pair)])

    def _inside(self, value: Any, write: Callable[[], Tree]) -> Tree:
        if id(value) in self._open:
            return self.unsent(value, "inside itself")
        if len(self._open) >= _DEEPEST:
            return self.unsent(value, "too deep to send")
        self._open.add(id(value))
        tree = write()
        self._open.discard(id(value))
        return tree

    def _numbers_of(self, value: list[Any]) -> Tree | None:
        """A long list of floats, or of integers, as one array."""
        kinds = set(map(type, value)) if len(value) >= _LONG else set()
        if kinds not in ({float}, {int}):
            return None
        self._numbers -= len(value)
        if self._numbers < 0:
            return self.unsent(value, f"{len(value):,} numbers, too long to send")
        try:
            return self.array(_asarray(value, np.int64 if kinds == {int} else np.float64), "L")
        except OverflowError:
            return None

    def _tensor(self, value: Any) -> Tree:
        try:
            return self.array(_tensor_array(value), "T")
        except (TypeError, RuntimeError, ValueError, NotImplementedError) as error:
            return self.unsent(value, str(error).partition("\n")[0][:100])

    def _scalar(self, value: Any) -> Tree:
        return self.array(_asarray(value), "s")

    _WAYS: ClassVar[tuple[tuple[type, Callable[[Sender, Any], Tree]], ...]] = (
        (type(None), lambda _sender, _value: None),
        (bool, lambda _sender, value: bool(value)),
        (_ndarray, lambda sender, value: sender.array(value, "a")),
        (_generic, _scalar),  # before float, as NumPy's float64 is one
        (int, _integer),
        (float, lambda _sender, value: float.__float__(value)),
        (complex, lambda _sender, value: ["c", complex.__complex__(value).real, complex.__complex__(value).imag]),
        (str, _string),
        (list, _list),
        (tuple, _tuple),
        (dict, _dict),
    )
    """What is done with each built-in type and those derived from it."""


def _as_sent(plain: Array) -> np.dtype[Any] | None:
    """The dtype that `plain` is sent in; None where it is none of numbers."""
    if plain.dtype.name in DTYPES:
        return DTYPES[plain.dtype.name]
    return {"f": DTYPES["float64"], "c": DTYPES["complex128"]}.get(plain.dtype.kind)  # long doubles


def _is_tensor(value: Any) -> bool:
    torch = sys.modules.get("torch")
    return torch is not None and issubclass(type(value), getattr(torch, "Tensor", ()))


def _tensor_array(value: Any) -> Array:
    torch: Any = sys.modules["torch"]
    tensor = torch.Tensor.detach(value).cpu().resolve_conj().resolve_neg()
    if tensor.dtype == torch.bfloat16:
        tensor = tensor.float()
    array: Array = torch.Tensor.numpy(tensor)
    return array
