"""Slips worked out: each known mistake is followed through to the answer that it leads to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

from grader.answers.values import Value
from grader.errors import EngineError
from grader.kinds import Slip

Mistake: TypeAlias = tuple[str, str, Callable[[], Value]]
"""The slip's name, its feedback, and what works out the answer it leads to."""


def slips(reference: Value, *mistakes: Mistake) -> tuple[Slip, ...]:
    """The mistakes that lead to an answer, each to one of its own and none to `reference`."""
    found: list[Slip] = []
    for name, feedback, answer in mistakes:
        try:
            value = answer()
        except EngineError:
            continue  # sizes that no longer fit lead to no answer, so they explain none
        if value != reference and all(value != slip.value for slip in found):
            found.append(Slip(name, feedback, value))
    return tuple(found)


class StatedSlip(BaseModel):
    """What every mistake that a problem lists itself has; the answer it leads to stands beside it."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    name: str = "known-mistake"
    """Short and stable: ``lost-sign``."""
    feedback: str
    """What to look at; it does not hold the answer."""
    credit: Annotated[float, Field(strict=True, ge=0, le=1)] | None = None
    """What the mistake still earns; left out, what the comparison gives."""

    def slip(self, value: Value) -> Slip:
        """The slip that leads to `value`."""
        return Slip(self.name, self.feedback, value, self.credit)
