"""Kinds of parts: one file each. A kind says what `given` holds, how the reference is computed, how an answer is read.

The file's name is the kind's name (``conv_output.py`` is ``conv-output``); the file exports ``KIND``.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict

from grader import plugins
from grader.answers.values import Value
from grader.answers.view import Comparison, View
from grader.model import Verdict
from grader.sandbox import Program


class Given(BaseModel):
    """What a part states. Each kind has its own; a key that the kind does not know is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True, arbitrary_types_allowed=True)


G = TypeVar("G", bound=Given)


@dataclass(frozen=True, slots=True)
class Slip:
    """A known mistake, given as the answer that it leads to."""

    name: str
    """Short and stable: ``flipped-kernel``."""
    feedback: str
    """What to look at; it does not hold the answer."""
    value: Value
    credit: float | None = None
    """The credit a problem gives for it; None leaves the credit that the comparison gave."""


@dataclass(frozen=True, slots=True)
class SubPart:
    """A part that a kind makes out of a larger one, such as one cell of a table of layers."""

    id: str
    """What is added to the larger part's id, without the dot: ``conv1.params``."""
    kind: str
    given: dict[str, Any]
    points: float = 1.0
    row: int | None = None
    """Which row of a table holds it, from 0 in the order of the reference."""
    row_names: tuple[str, ...] = ()
    column_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of asking a student's program."""

    verdict: Verdict
    credit: float
    """In [0, 1]; 0 for a verdict that is not decided."""
    reason: str
    """One sentence: what it is right for, what it gets wrong."""
    diagnosis: str | None = None
    """The feedback of the slip that explains all that is wrong, where one does."""
    slip: str | None = None
    """That slip's name, by which a problem's conventions know it."""
    evidence: str = ""
    """The counterexample, to be pasted: the arguments, the call, what is expected and what came. It holds the right
    result of that one call, so it belongs where a student may see what a hidden test was."""
    answered: str = ""
    """The name of the definition that was taken for the answer."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What shows that a part for code is sound, without any student: programs that the engine answers for."""

    right: Program
    """Has to earn full marks."""
    slips: Mapping[str, Program]
    """By the slip's name, each that a case of the part tells apart: has to earn less."""


@dataclass(frozen=True, slots=True)
class Kind(Generic[G]):
    """What sort of question a part is."""

    given: type[G]
    view: Callable[[G], View[Any]]
    """How an answer is read and compared: may depend on `given`, as a formula's symbols do."""
    reference: Callable[[G], Value | None]
    """The right answer, computed; None where only a person can judge."""
    check: Callable[[Any, G], Comparison] | None = None
    """Where anything that works is right: tests the condition itself instead of comparing with `reference`."""
    slips: Callable[[G], Sequence[Slip]] = lambda _given: ()
    names: tuple[str, ...] = ()
    """Words and symbols that students put before an answer of this kind: ``output size``, ``W_out``."""
    reads_passage: bool = False
    """Whether all that stands at the part's place is read as one answer, as a list over several sentences is."""
    expand: Callable[[G], Sequence[SubPart]] | None = None
    """Where a part stands for many: the parts it stands for, in order."""
    run: Callable[[G, Program, str | None], Trial] | None = None
    """Where the answer is code: asks the program. The third argument is the name of the definition that stands at the
    part's place, where one does; it counts only where nothing has the name that the part asks for."""
    proof: Callable[[G], Proof] | None = None
    """Where the answer is code: what proves the part."""


def names() -> list[str]:
    """The kinds there are."""
    return plugins.names(sys.modules[__name__])


def load(name: str) -> Kind[Any]:
    """The kind called `name`.

    Raises:
        KeyError: there is no such kind.
    """
    kind = plugins.load(sys.modules[__name__], name, "KIND")
    assert isinstance(kind, Kind)  # noqa: S101 - a stranger's entry point may be anything
    return kind
