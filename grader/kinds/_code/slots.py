"""The places of a signature: what goes into each for a case, and how it is written in a counterexample."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from grader.kinds._code.pasted import pasted
from grader.kinds._code.words import Layout, Numbers, Values
from grader.sandbox import AsTensor


@dataclass(frozen=True)
class Slot(ABC):
    """One argument."""

    name: str
    """What it is called in messages and counterexamples."""

    @property
    def stands_alone(self) -> bool:
        """Whether it can be filled without an earlier call."""
        return True

    @abstractmethod
    def fill(self, values: Values, lent: Mapping[str, Any]) -> Any:
        """What is handed over for the case `values`; `lent` holds what an earlier call gave."""

    def text(self, _values: Values) -> str:
        """The same as it stands in the call of a counterexample."""
        return self.name

    def lines(self, _values: Values) -> list[str]:
        """The assignments that have to stand before that call."""
        return []


@dataclass(frozen=True)
class ArraySlot(Slot):
    """An array, laid out as the course has it."""

    word: str
    layout: Layout
    tensor: bool = False

    def written(self, values: Values) -> Numbers:
        """The array as the course lays it out."""
        return self.layout.write(np.asarray(values[self.word]))

    def fill(self, values: Values, lent: Mapping[str, Any]) -> Any:
        """`lent` may hold the array itself, where a piece of it was changed."""
        array = lent[self.word] if self.word in lent else self.written(values)
        return AsTensor(array) if self.tensor else array

    def lines(self, values: Values) -> list[str]:
        """Its entries."""
        text = pasted(self.written(values))
        return [f"{self.name} = torch.from_numpy({text})" if self.tensor else f"{self.name} = {text}"]


@dataclass(frozen=True)
class OptionSlot(Slot):
    """A number or word that the case decides."""

    option: str

    def fill(self, values: Values, _lent: Mapping[str, Any]) -> Any:
        """As it stands in the case."""
        return values[self.option]

    def text(self, values: Values) -> str:
        """Its value."""
        return repr(values[self.option])


@dataclass(frozen=True)
class FixedSlot(Slot):
    """What is the same in every call."""

    value: Any

    def fill(self, _values: Values, _lent: Mapping[str, Any]) -> Any:
        """The value."""
        return self.value

    def text(self, _values: Values) -> str:
        """Its value."""
        return repr(self.value)


@dataclass(frozen=True)
class DictSlot(Slot):
    """A dict of options, as ``conv_param``."""

    entries: Mapping[str, Slot]

    def fill(self, values: Values, lent: Mapping[str, Any]) -> Any:
        """Each entry filled."""
        return {key: slot.fill(values, lent) for key, slot in self.entries.items()}

    def text(self, values: Values) -> str:
        """The dict."""
        inside = ", ".join(f"{key!r}: {slot.text(values)}" for key, slot in self.entries.items())
        return f"{{{inside}}}"

    def lines(self, values: Values) -> list[str]:
        """Those of its entries."""
        return [line for slot in self.entries.values() for line in slot.lines(values)]


@dataclass(frozen=True)
class TupleSlot(Slot):
    """A cache whose make-up the part states."""

    entries: tuple[Slot, ...]

    def fill(self, values: Values, lent: Mapping[str, Any]) -> Any:
        """What the student's own forward gave, where it did, else each entry filled."""
        if self.name in lent:
            return lent[self.name]
        return tuple(slot.fill(values, lent) for slot in self.entries)

    def text(self, values: Values) -> str:
        """The tuple."""
        return f"({', '.join(slot.text(values) for slot in self.entries)}{',' if len(self.entries) == 1 else ''})"

    def lines(self, values: Values) -> list[str]:
        """Those of its entries."""
        return [line for slot in self.entries for line in slot.lines(values)]


@dataclass(frozen=True)
class LentSlot(Slot):
    """What the student's own forward gave."""

    @property
    def stands_alone(self) -> bool:
        """It cannot."""
        return False

    def fill(self, _values: Values, lent: Mapping[str, Any]) -> Any:
        """That."""
        return lent[self.name]


@dataclass(frozen=True)
class Signature:
    """How a function is called."""

    name: str
    positional: tuple[Slot, ...]
    keywords: Mapping[str, Slot] = field(default_factory=dict)

    @property
    def slots(self) -> tuple[Slot, ...]:
        """All of them, in order."""
        return (*self.positional, *self.keywords.values())

    def arguments(self, values: Values, lent: Mapping[str, Any]) -> tuple[list[Any], dict[str, Any]]:
        """What to call it with for a case."""
        keywords = {key: slot.fill(values, lent) for key, slot in self.keywords.items()}
        return [slot.fill(values, lent) for slot in self.positional], keywords

    def text(self, values: Values) -> str:
        """The call, as it is pasted."""
        named = [f"{key}={slot.text(values)}" for key, slot in self.keywords.items()]
        return f"{self.name}({', '.join([*(slot.text(values) for slot in self.positional), *named])})"

    def lines(self, values: Values) -> list[str]:
        """The assignments before it."""
        return list(dict.fromkeys(line for slot in self.slots for line in slot.lines(values)))

    @property
    def parameters(self) -> str:
        """What it is expected to take: ``(x, w, b, conv_param)``."""
        return f"({', '.join([*(slot.name for slot in self.positional), *self.keywords])})"

    def flat(self) -> list[Slot]:
        """Its slots with dicts and tuples taken apart."""
        found: list[Slot] = []
        waiting = list(self.slots)
        while waiting:
            slot = waiting.pop(0)
            match slot:
                case DictSlot(entries=entries):
                    waiting = [*entries.values(), *waiting]
                case TupleSlot(entries=items):
                    waiting = [*items, *waiting]
                case _:
                    found.append(slot)
        return found
