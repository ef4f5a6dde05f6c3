"""Tagged trees back into values: what `inside.values` wrote goes in, plain data comes out; no tree is trusted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from reprlib import repr as _shown  # of bounded depth and length
from typing import Any

from .frames import Array, FrameError

_DEEPEST = 64
_MOST_DIGITS = 1_100
_MOST_NUMBERS = 1_000_000


def _none(*_pieces: Any) -> Any:
    raise FrameError("a value that has no business in this direction")


class Receiver:
    """Turns the trees of one frame into values.

    `opaque` is made from a type's name, `kept` finds something by its id and path, `tensor` makes a tensor of an array.
    """

    def __init__(
        self,
        arrays: Sequence[Array],
        *,
        opaque: Callable[[str], Any] = _none,
        kept: Callable[[int, tuple[int | str, ...]], Any] = _none,
        tensor: Callable[[Array], Any] = lambda array: array,
    ) -> None:
        self._arrays = arrays
        self._opaque, self._kept, self._tensor = opaque, kept, tensor
        self._numbers = _MOST_NUMBERS

    def value(self, tree: Any, depth: int = 0) -> Any:
        """The value of `tree`.

        Raises:
            FrameError: it is no tree, or speaks of an array that is not there.
        """
        if isinstance(tree, str):
            return _text(tree)
        if tree is None or isinstance(tree, bool | int | float):
            return tree
        if not isinstance(tree, list) or not tree or depth > _DEEPEST:
            raise FrameError(f"a value that cannot be read: {_shown(tree)}")
        tag, *pieces = tree
        if tag in ("l", "t", "d"):
            return self._collection(tag, pieces, depth + 1)
        return self._leaf(tag, pieces)

    def _collection(self, tag: str, pieces: list[Any], depth: int) -> Any:
        if tag == "d":
            keys = pieces[::2]
            if len(pieces) % 2 or not all(isinstance(key, str) for key in keys):
                raise FrameError("a dict without pairs of text and value")
            return {_text(key): self.value(item, depth) for key, item in zip(keys, pieces[1::2], strict=True)}
        items = [self.value(item, depth) for item in pieces]
        return tuple(items) if tag == "t" else items

    def _leaf(self, tag: Any, pieces: list[Any]) -> Any:
        match [tag, *pieces]:
            case ["a" | "s" | "T" | "L", int() as number] if 0 <= number < len(self._arrays):
                return self._from_array(tag, self._arrays[number])
            case ["i", str() as digits] if len(digits) <= _MOST_DIGITS:
                return _large(digits)
            case ["c", float() as real, float() as imaginary]:
                return complex(real, imaginary)
            case ["o", str() as name]:
                return self._opaque(_text(name))
            case ["k", int() as kept, list() as path] if all(type(step) in (int, str) for step in path):
                return self._kept(kept, tuple(path))
        raise FrameError(f"a value that cannot be read: {_shown([tag, *pieces])}")

    def _from_array(self, tag: str, array: Array) -> Any:
        if tag == "T":
            return self._tensor(array)
        if tag == "s":
            return _single(array)
        return array if tag == "a" else self._list(array)

    def _list(self, array: Array) -> list[Any]:
        self._numbers -= array.size
        if array.ndim != 1 or self._numbers < 0:
            raise FrameError(f"a list of numbers of shape {array.shape}")
        numbers: list[Any] = array.tolist()
        return numbers


def _text(text: str) -> str:
    """`text` with a mark for each half of a character, which no file could be written with."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def _single(array: Array) -> Any:
    if array.ndim:
        raise FrameError(f"a scalar of shape {array.shape}")
    return array[()]


def _large(digits: str) -> int:
    try:
        return int(digits, 16)
    except ValueError:
        raise FrameError(f"no integer: {digits[:100]}") from None
