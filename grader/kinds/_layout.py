"""The order in which a statement writes the axes of a shape: ``HWC`` for height x width x channels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, TypeAlias

from pydantic import AfterValidator

_WORDS = {"N": "batch", "C": "channels", "D": "depth", "H": "height", "W": "width", "L": "length"}


def _layout(letters: str) -> str:
    if not letters or len(set(letters)) < len(letters) or not set(letters) <= set(_WORDS):
        known = ", ".join(f"{letter} ({word})" for letter, word in _WORDS.items())
        raise ValueError(f"found the layout {letters!r}, expected letters such as NCHW, each once, out of {known}")
    return letters


Layout: TypeAlias = Annotated[str, AfterValidator(_layout)]
"""One letter for each axis."""


def in_words(layout: Layout) -> str:
    """``height x width x channels`` for ``HWC``."""
    return " x ".join(_WORDS[letter] for letter in layout)


def require_extents(extents: Sequence[int], layout: Layout) -> None:
    """Refuse extents that are not one for each letter.

    Raises:
        ValueError: they are not.
    """
    if len(extents) != len(layout):
        raise ValueError(f"found {len(extents)} extents for the layout {layout}, expected {len(layout)}")


def spatial(extents: Sequence[int], layout: Layout) -> tuple[int, ...]:
    """The extents of all axes but batch and channels, in order."""
    return tuple(extent for extent, letter in zip(extents, layout, strict=True) if letter not in "NC")


def extent_of(letter: str, extents: Sequence[int], layout: Layout, default: int) -> int:
    """The extent of one axis, or `default` where the layout leaves it out."""
    return extents[layout.index(letter)] if letter in layout else default


def in_other_order(extents: tuple[int, ...], layout: Layout) -> tuple[int, ...]:
    """`extents` with the channels first where they stand last, and last where they stand first, behind any batch."""
    first = 1 if layout.startswith("N") else 0
    if layout.endswith("C"):
        return (*extents[:first], extents[-1], *extents[first:-1])
    if layout[first : first + 1] == "C":
        return (*extents[:first], *extents[first + 1 :], extents[first])
    return extents


def arranged(batch: int, channels: int, size: Sequence[int], layout: Layout) -> tuple[int, ...]:
    """A shape in the order of `layout`; what it has no letter for is left out."""
    along = iter(size)
    return tuple({"N": batch, "C": channels}[letter] if letter in "NC" else next(along) for letter in layout)
