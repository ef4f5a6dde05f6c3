"""The right answers of an assignment, computed part by part from what is given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from grader.answers.values import Value, plain
from grader.errors import ProblemError
from grader.kinds import Given
from grader.problems.follow import answers_in
from grader.problems.models import Assignment, Part


def references(assignment: Assignment) -> dict[str, Value | None]:
    """Every part's reference by its id, in order; None where only a person can judge.

    Raises:
        ProblemError: what a part is given does not fit, or its reference cannot be computed from it.
    """
    known: dict[str, Value | None] = {}
    for part in assignment.parts:
        known[part.id] = _reference(part, given_by_reference(part, known))
    return known


def given_by_reference(part: Part, known: Mapping[str, Value | None]) -> Given:
    """What `part` is given when every answer it is built on is right; `known` holds the references it uses.

    Raises:
        ProblemError: such an answer is nothing to build on, or it does not fit.
    """
    return part.given({other: _plain(other, part, known[other]) for other in part.uses})


def _plain(other: str, part: Part, value: Value | None) -> Any:
    if value is None:
        raise _no_ground(other, part, "one that only a person can judge")
    try:
        return plain(value)
    except TypeError as error:
        raise _no_ground(other, part, f"a {type(value).__name__.lower()}") from error


def _no_ground(other: str, part: Part, kind: str) -> ProblemError:
    """The complaint that `part` is built on what is of no use in a given."""
    steps = next(steps for used, steps in answers_in(part.given_raw) if used == other)
    found, expected = f"the answer of {other!r}, which is {kind}", "a number, a shape or a tensor"
    return part.source.at(*steps).error(found, expected, "build on another part")


def _reference(part: Part, given: Given) -> Value | None:
    try:
        return part.spec.reference(given)
    except (ValueError, ArithmeticError) as error:
        found = f"what gives {part.id!r} no answer ({error})"
        raise part.source.error(found, "a given that fits together", "change it") from error
