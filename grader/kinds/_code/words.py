"""What an operation calls its arrays and numbers, and how a course lays them out: ``input NHWC``, ``bias 1x1x1xO``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import prod
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

Numbers: TypeAlias = NDArray[Any]
Values: TypeAlias = Mapping[str, Any]
"""A case: for each word of an operation its array, laid out as the engine has it, or its number."""
Sort: TypeAlias = Literal["real", "labels", "mask"]


@dataclass(frozen=True)
class Word:
    """An array that an operation takes or gives."""

    dims: str
    """One letter for each axis as the engine has it. Axes of one letter have one extent throughout the operation."""
    letters: Mapping[str, str] = field(default_factory=dict)
    """The letters a layout may use, each with the dims it stands for; ``I`` may stand for ``CHW`` in a row."""
    usual: str = ""
    """The layout where none is stated."""
    names: tuple[str, ...] = ()
    """What students' functions call it, where it then has the usual layout."""
    sort: Sort = "real"
    optional: bool = False
    """Whether a function may do without it, as without a bias."""

    def layout(self, text: str = "") -> Layout:
        """The layout that `text` states, by default the usual one.

        Raises:
            ValueError: it uses a letter that the word has not, or one twice.
        """
        known = self.letters or {dim: dim for dim in self.dims}
        text = (text or self.usual or "".join(known)).replace("x", "")
        square = "FF" in text and {"H", "W"} <= known.keys()
        text = text.replace("FF", "HW") if square else text
        named = [letter for letter in text if letter != "1"]
        used = "".join(known.get(letter, "?") for letter in named)
        if "?" in used or len(set(used)) < len(used):
            raise ValueError(f"found the layout {text!r}, expected letters out of {', '.join(known)} or 1, each once")
        equal = (known["H"], known["W"]) if square else None
        return Layout(self.dims, tuple(known.get(letter, "") for letter in text), text, equal)


@dataclass(frozen=True)
class Layout:
    """How an array is written: for each axis the dims that it holds, none for an axis of extent 1."""

    dims: str
    axes: tuple[str, ...]
    text: str
    equal: tuple[str, str] | None = None
    """Two dims of which the second equals the first, where it is a square."""

    @property
    def missing(self) -> str:
        """The dims that it has no axis for: they are 1."""
        return "".join(dim for dim in self.dims if dim not in "".join(self.axes))

    def write(self, array: Numbers) -> Numbers:
        """The engine's `array` as the course lays it out, as an array of its own."""
        kept = array.reshape([n for n, dim in zip(array.shape, self.dims, strict=True) if dim not in self.missing])
        present = [dim for dim in self.dims if dim not in self.missing]
        order = "".join(self.axes)
        extents = dict(zip(self.dims, array.shape, strict=True))
        turned = np.transpose(kept, [present.index(dim) for dim in order])
        return np.array(turned.reshape(self.shape(extents)), order="C")

    def shape(self, extents: Mapping[str, int]) -> tuple[int, ...]:
        """The shape of what is written, where each dim has its extent."""
        return tuple(prod(extents[dim] for dim in axis) for axis in self.axes)

    def read(self, written: Numbers, extents: Mapping[str, int]) -> Numbers:
        """The engine's array, of what `write` made; `extents` says how merged axes come apart."""
        order = "".join(self.axes)
        apart = np.asarray(written).reshape([extents[dim] for dim in order])
        present = [dim for dim in self.dims if dim in order]
        turned = np.transpose(apart, [order.index(dim) for dim in present])
        return turned.reshape([extents[dim] if dim in order else 1 for dim in self.dims])


def number(word: str = "") -> Word:
    """A word that is a single number: a loss, a size."""
    return Word("", {}, "", tuple(filter(None, [word])))
