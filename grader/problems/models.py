"""An assignment as the grader works with it: frozen, every part validated as far as its own text allows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from grader.kinds import Given, Kind
from grader.problems.follow import substitute
from grader.problems.source import Source
from grader.problems.validation import validate


@dataclass(frozen=True, slots=True)
class Convention:
    """Another way to arrive at an answer, with what it earns."""

    credit: float
    feedback: str = ""
    given: Given | None = None
    """What the answer is worked out from; None where the kind knows the convention by name."""


@dataclass(frozen=True, slots=True)
class Part:
    """The smallest thing that earns points."""

    id: str
    problem: str
    """The problem's id."""
    kind: str
    spec: Kind[Any]
    given_raw: Mapping[str, Any]
    """What the file states, ``{answer: ID}`` still in it."""
    statement: str
    points: float
    names: tuple[str, ...]
    """How students name the answer, beyond ``spec.names``."""
    label: tuple[str, ...]
    """How the sheet numbers the part: ``("2", "e")``. Parts may share one."""
    source: Source = field(repr=False, compare=False)
    """Where its ``given`` is stated."""
    where: str
    """``file:line:column`` of the part."""
    uses: tuple[str, ...] = ()
    """The earlier parts whose answers it is built on."""
    row: int | None = None
    row_names: tuple[str, ...] = ()
    column_names: tuple[str, ...] = ()
    group: str | None = None
    """The id of the table it is a cell of."""
    conventions: Mapping[str, Convention] = field(default_factory=dict)
    """By name."""
    stated: Given | None = field(default=None, repr=False, compare=False)
    """Its given, where no other part's answer is needed for it."""

    def given(self, values: Mapping[str, Any]) -> Given:
        """What the part states, the answers it is built on replaced by `values`.

        Args:
            values: for each id in `uses` a plain value, as `grader.answers.values.plain` makes it.

        Raises:
            ProblemError: the values do not fit what the kind asks for.
        """
        if self.stated is not None:
            return self.stated
        given: Given = validate(self.spec.given, substitute(self.given_raw, values), self.source)
        return given


@dataclass(frozen=True, slots=True)
class Problem:
    """One numbered question."""

    id: str
    title: str
    statement: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Assignment:
    """What an instructor hands out: an ordered list of problems."""

    id: str
    title: str
    path: Path
    problems: tuple[Problem, ...]

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """Every part, in order."""
        return tuple(part for problem in self.problems for part in problem.parts)

    @cached_property
    def _by_id(self) -> Mapping[str, Part]:
        return {part.id: part for part in self.parts}

    def part(self, part_id: str) -> Part:
        """The part called `part_id`.

        Raises:
            KeyError: there is none.
        """
        return self._by_id[part_id]
