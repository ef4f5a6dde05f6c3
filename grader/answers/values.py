"""What an answer means once it is read. Plain, frozen, comparable data; how it was written is forgotten here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import reduce
from typing import Any

import numpy as np

from grader.answers.syntax.tree import Binary, Node


@dataclass(frozen=True, slots=True)
class Number:
    """One number: exact where it was written exactly."""

    value: Fraction | float
    digits: int | None = None
    """Significant digits, where it was written as rounded (`5.13e6`, `1.11 billion`); else None."""
    decimals: int | None = None
    """Digits behind the decimal point as written, where it is a decimal; else None."""
    also: tuple[Fraction | float, ...] = field(default=(), compare=False)
    """Other values that the same words state: in the unit written, or before it was rounded."""
    perhaps: tuple[tuple[Fraction, str], ...] = field(default=(), compare=False)
    """Values that may be meant, each with the condition in words: "a point sets thousands apart"."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Extents in the order in which they were written."""

    extents: tuple[int, ...]
    others: tuple[tuple[int, ...], ...] = field(default=(), compare=False)
    """What the same words may state as well: channels first where they are named, a square written out."""


@dataclass(frozen=True, slots=True, eq=False)
class Tensor:
    """An array of numbers, int64 where every entry is an integer, else float64."""

    array: np.ndarray
    slack: np.ndarray | None = None
    """How far off each entry may be, where decimals of three digits or more were written; else None."""

    @property
    def size(self) -> int:
        """How many entries it has."""
        return int(self.array.size)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Tensor) and np.array_equal(self.array, other.array)

    def __hash__(self) -> int:
        return hash((self.array.shape, self.array.tobytes()))


@dataclass(frozen=True, slots=True)
class Formula:
    """An expression over the problem's symbols, names already bound to them."""

    tree: Node


@dataclass(frozen=True, slots=True)
class Entrywise:
    """One way to read a formula of entries: names bound, and what its indices are called."""

    tree: Node
    free: tuple[tuple[str, str], ...]
    """Each name that it has for an index of the answer, and the problem's name for that."""


@dataclass(frozen=True, slots=True)
class Indexed:
    """A formula of entries of arrays; more than one reading where names and positions say different things."""

    readings: tuple[Entrywise, ...]
    fault: str = ""
    """What is wrong with it in itself, such as an index that nothing binds; there are then no readings."""
    origin: int | None = None
    """What its indices begin at, where its sums say so."""
    assumed: str = ""
    """What was taken for the length of an axis although nobody says what it is."""
    written: Node | None = field(default=None, compare=False)
    """The formula as the student has it, where there are no readings."""


@dataclass(frozen=True, slots=True)
class ShapeFormula:
    """A shape whose extents are formulas: compared extent by extent, never as a product."""

    extents: tuple[Node, ...]
    others: tuple[tuple[Node, ...], ...] = field(default=(), compare=False)
    """The same with the channels first, where the axes are named."""


@dataclass(frozen=True, slots=True)
class Members:
    """A set of names or words, in the problem's own spelling."""

    names: frozenset[str]
    strange: tuple[str, ...] = ()
    """What was listed and is no member of the problem's universe."""
    loose: tuple[str, ...] = ()
    """Other symbols that are not of that universe, of which it is not sure that they are listed."""
    mentioned: frozenset[str] = frozenset()
    """Names of that universe that stand in a reason or a formula only."""
    apart: frozenset[str] = frozenset()
    """Names of that universe that are said to be something else, such as inputs."""


@dataclass(frozen=True, slots=True)
class Places:
    """Index tuples that the student names: each must hold."""

    indices: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Region:
    """The integer points at which a student's inequalities hold, on the problem's grid."""

    holds: tuple[bool, ...]
    written: tuple[Node, ...] = field(default=(), compare=False)
    """The inequalities, where a student wrote them."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the problem's options, by its key."""

    key: str


@dataclass(frozen=True, slots=True)
class Growth:
    """A rate of growth: the terms that lead, up to constant factors."""

    rate: frozenset[tuple[tuple[str, tuple[float, Fraction, Fraction]], ...]]
    """Each term as its symbols with the orders in which it grows in them."""
    others: tuple[frozenset[tuple[tuple[str, tuple[float, Fraction, Fraction]], ...]], ...] = ()
    """What else was stated on the way to it."""
    unfinished: bool = False
    """Whether something follows upon it that may be the answer."""


Value = Number | Shape | Tensor | Formula | Indexed | ShapeFormula | Members | Places | Region | Choice | Growth


def plain(value: Value) -> Any:
    """`value` as an instructor would type it under `given`: a number, a list, nested lists.

    Raises:
        TypeError: the value is no number, shape or tensor, so nothing can be built on it.
    """
    match value:
        case Number(Fraction() as exact):
            return int(exact) if exact.denominator == 1 else float(exact)
        case Number(real):
            return real
        case Shape(extents):
            return list(extents)
        case Tensor(array):
            return array.tolist()
    raise TypeError(f"a {type(value).__name__.lower()} cannot be given to another part")


def added(values: Sequence[Any]) -> Value | None:
    """The sum of numbers or of formulas; None of anything else."""
    if all(isinstance(value, Number) for value in values):
        return Number(sum((value.value for value in values), Fraction(0)))
    if all(isinstance(value, Formula) for value in values):
        return Formula(reduce(lambda left, right: Binary("+", left, right), (value.tree for value in values)))
    return None
