"""A filter of the student's own that does what is asked: the engine tries it on test images."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field, model_validator

from grader.answers.values import Tensor
from grader.answers.view import CORRECT, Comparison
from grader.answers.views.tensor import TensorView
from grader.kinds import Given, Kind
from grader.kinds._arrays import Count
from grader.kinds._filter_goals import GOALS, Clause
from grader.model import Verdict

Goal: TypeAlias = Literal["vertical-edges", "horizontal-edges", "blur", "sharpen", "identity"]


class FilterDesign(Given):
    """What the filter is to do."""

    goal: Goal
    """`blur` and `sharpen` keep the brightness; edges answer to one direction and not to the other."""
    size: Annotated[tuple[Count, Count], Field()] = (3, 3)
    """Rows and columns."""

    @model_validator(mode="after")
    def _has_room(self) -> FilterDesign:
        if any(extent < 3 or extent % 2 == 0 for extent in self.size):
            raise ValueError(f"found the size {list(self.size)}, expected odd extents of 3 or more")
        return self

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """What the filter has to fulfil."""
        return GOALS[self.goal].clauses


def _check(value: Tensor, given: FilterDesign) -> Comparison:
    """Each clause earns its own credit; the reason says which held."""
    weight = value.array
    if weight.shape != given.size:
        got = " x ".join(map(str, weight.shape))
        reason = f"the filter has shape {got}, the one asked for {given.size[0]} x {given.size[1]}"
        return Comparison(Verdict.INCORRECT, 0.0, reason)
    held = [clause for clause in given.clauses if clause.holds(weight)]
    missed = [clause for clause in given.clauses if clause not in held]
    if not missed:
        return CORRECT
    reason = "; ".join([*(clause.held for clause in held), *(clause.missed for clause in missed)])
    credit = sum(clause.credit for clause in held)
    return Comparison(Verdict.PARTIAL if credit else Verdict.INCORRECT, credit, reason)


KIND = Kind(
    FilterDesign,
    lambda _given: TensorView(),
    lambda given: Tensor(GOALS[given.goal].example(given.size)),
    check=_check,
    names=("filter", "kernel", "weight"),
)
