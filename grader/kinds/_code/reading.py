"""The arguments of a call, read back into a case: what the proof of a part answers from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from math import prod
from typing import Any

import numpy as np

from grader.kinds._code.question import Question
from grader.kinds._code.slots import ArraySlot, DictSlot, OptionSlot, Slot, TupleSlot
from grader.kinds._code.words import Values


def read(question: Question, given: Iterable[tuple[Slot, Any]]) -> Values:
    """The case that was handed over as `given`, each slot with its argument."""
    found: dict[str, Any] = {name: option.default for name, option in question.operation.options.items()}
    found |= question.room.options
    arrays: list[tuple[ArraySlot, Any]] = []
    for slot, value in _flat(given):
        match slot:
            case ArraySlot():
                arrays.append((slot, np.asarray(value)))
            case OptionSlot(option=option):
                found[option] = value
            case _ if isinstance(value, Mapping):  # what the forward of such a program kept
                found |= value
    for first, second in question.room.equal:
        if first in found:
            found[second] = found[first]
    extents = _extents(arrays)
    return found | {slot.word: slot.layout.read(array, extents) for slot, array in arrays}


def _flat(given: Iterable[tuple[Slot, Any]]) -> Iterator[tuple[Slot, Any]]:
    for slot, value in given:
        match slot:
            case DictSlot(entries=entries):
                yield from _flat((inner, value[key]) for key, inner in entries.items())
            case TupleSlot(entries=items) if isinstance(value, tuple):
                yield from _flat(zip(items, value, strict=True))
            case _:
                yield slot, value


def _extents(arrays: list[tuple[ArraySlot, Any]]) -> dict[str, int]:
    """The extent of each dim; of an axis that merges several the first unknown one takes what is left."""
    found: dict[str, int] = {}
    axes = [pair for slot, array in arrays for pair in zip(slot.layout.axes, array.shape, strict=True)]
    found |= {axis: extent for axis, extent in axes if len(axis) == 1}
    for axis, extent in axes:
        unknown = [dim for dim in axis if dim not in found]
        rest = extent // prod(found[dim] for dim in axis if dim in found)
        found |= {dim: rest if place == 0 else 1 for place, dim in enumerate(unknown)}
    for slot, _ in arrays:
        found |= dict.fromkeys(slot.layout.missing, 1)
    return found
