"""What every view of an answer offers. A view is one way to understand a text: as a number, a shape, a tensor...

A text that cannot be understood is a `Reading` without a value, with a code and a reason: a result, not an exception.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from grader.answers.claims import Claim
from grader.answers.values import Value
from grader.answers.writing.notation import Notation
from grader.model import Verdict

V = TypeVar("V", bound=Value)


@dataclass(frozen=True, slots=True)
class Reading(Generic[V]):
    """What a view made of one claim."""

    value: V | None
    code: str = ""
    """Why there is no value, as a stable code such as ``syntax`` or ``too-long``; empty where there is one."""
    reason: str = ""
    """The same in words."""
    apt: bool = True
    """Whether the text looks like this sort of answer: `4x4` can be read as the number 16, but is a shape."""
    repairs: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    """What a marker would remark on although the value stands, such as a false step in the working."""
    share: str = ""
    """Which piece of the text it takes, where other parts may take the others: the place of `Z[1,3] = 6`."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """How a value stands to the reference."""

    verdict: Verdict
    credit: float
    reason: str


CORRECT = Comparison(Verdict.CORRECT, 1.0, "")


class View(Protocol[V]):
    """One way to understand an answer."""

    def read(self, claim: Claim) -> Reading[V]:
        """The value of `claim`, or why there is none."""

    def likely(self, value: V, reference: V) -> bool:
        """Whether `value` is of the sort asked for, right or wrong: as many axes, a formula and no constant."""

    def compare(self, value: V, reference: V) -> Comparison:
        """How `value` stands to `reference`."""

    def render(self, value: V, notation: Notation = Notation.ASCII) -> str:
        """`value` as a student could have written it in `notation`: `read` of it gives `value` again."""
