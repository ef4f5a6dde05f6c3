"""A student's code that can be asked to compute, as those see it who ask: plain data goes in and comes out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

if TYPE_CHECKING:
    import numpy as np  # the command line reads this file, and pays for NumPy only where it is needed


@dataclass(frozen=True, slots=True)
class Cell:
    """One piece of code that is run as a whole: a notebook's cell, a Python file, a listing in a text."""

    source: str
    index: int
    """The notebook's cell, counted from 0, or the listing's number."""
    name: str
    """What it is called in messages: ``cell 3``, ``conv.py``."""
    first_line: int = 1
    """The line of the file that its first line stands on."""
    statements: bool = False
    """Whether it goes on behind a statement that fails, as a file of functions should and a cell does not."""


class Sort(StrEnum):
    """What a name stands for."""

    FUNCTION = "function"
    CLASS = "class"
    VALUE = "value"


@dataclass(frozen=True, slots=True)
class Definition:
    """A name that the student's cells left behind."""

    name: str
    sort: Sort
    cell: int
    """The `Cell.index` that defined it last; -1 where that is not known."""
    line: int = 0
    """The line of that cell, 1-based; 0 where that is not known."""
    parameters: tuple[str, ...] = ()
    """A function's parameters in order (a class's: those of its constructor without self); ``*args`` and ``**kwargs``
    with their stars."""
    required: int = 0
    """How many of them have no default."""
    blank: bool = False
    """Whether the body holds nothing but a docstring, ``pass``, ``...``, a bare return or NotImplementedError."""
    type: str = ""
    """The type of a value, by name."""


@dataclass(frozen=True, slots=True)
class CellFault:
    """A cell that did not run to its end."""

    cell: int
    name: str
    line: int
    message: str
    """One line: ``NameError: name 'np' is not defined``, ``ran longer than 20 s``."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Something a call returned that stays where the student's code runs, or a piece of it: goes in as an argument."""

    id: int
    path: tuple[int | str, ...] = ()

    def __getitem__(self, step: int | str) -> Kept:
        """The piece at `step`: ``kept[1]`` is the cache of ``out, cache = forward(...)``."""
        return Kept(self.id, (*self.path, step))


@dataclass(frozen=True, slots=True)
class Opaque:
    """A value that is not sent across, such as an object of the student's own class, by its type's name."""

    type: str


@dataclass(frozen=True, slots=True)
class AsTensor:
    """An array that goes in as a PyTorch tensor; tensors that come out are arrays."""

    array: np.ndarray[Any, np.dtype[Any]]


Argument: TypeAlias = Any
"""A NumPy array of a plain dtype, bool, int, float, str, None, `AsTensor`, `Kept`; lists, tuples, dicts of these."""


@dataclass(frozen=True, slots=True)
class Returned:
    """A call that came back."""

    value: Any
    """As `Argument`, with `Opaque` for what is not sent across."""
    kept: Kept
    seconds: float
    """Processor time of the call alone."""
    changed: tuple[int, ...] = ()
    """The positions of the array arguments that the call changed in place."""


@dataclass(frozen=True, slots=True)
class Raised:
    """A call that raised."""

    type: str
    message: str
    """The first line of its text, bounded."""
    line: str = ""
    """The student's own line that it happened on, and where: ``cell 3, line 7: out[i] = x[i + 1]``."""
    advice: str = ""
    """What to do where the fault is the library's age and not the code: NumPy 1, Python 2."""


@dataclass(frozen=True, slots=True)
class Stopped:
    """A call that was stopped, or whose process ended."""

    reason: str
    """In words: ``ran longer than 10 s``, ``used more than 1 GiB of memory``, ``ended the process``."""
    over: bool = False
    """Whether nothing more can be asked, whatever it is: the submission's whole time or all its restarts are used."""


Outcome: TypeAlias = Returned | Raised | Stopped


class Program(Protocol):
    """A submission's code, its cells run. Every answer is the student's own claim: nothing in it is trusted."""

    @property
    def definitions(self) -> Mapping[str, Definition]:
        """What the cells left behind, by name, in the order of the cells; imported names are not among them."""

    @property
    def faults(self) -> Sequence[CellFault]:
        """The cells that failed, in order."""

    def call(self, name: str, *arguments: Argument, **keywords: Argument) -> Outcome:
        """Call the function or class `name`, or a static method by its path, ``Conv.forward``.

        The result is kept there and sent back as far as it can be.
        """

    def call_method(self, receiver: Kept, name: str, *arguments: Argument, **keywords: Argument) -> Outcome:
        """Call the method `name` of something kept; ``__call__`` calls it itself."""

    def value(self, name: str) -> Outcome:
        """The value that was left in `name`; dots reach attributes (``model.params``)."""
