"""An answer in words: only a person judges it, so nothing is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NoReturn

from grader.answers.claims import Claim
from grader.answers.values import Value
from grader.answers.view import Comparison, Reading
from grader.answers.writing.notation import Notation

CODE = "prose"


@dataclass(frozen=True)
class ProseView:
    """Leaves every answer to a person."""

    reason: str = "an answer in words; a person judges it"

    def read(self, claim: Claim) -> Reading[Value]:  # noqa: ARG002 - the contract of a view
        """No value, whatever stands there."""
        return Reading(None, CODE, self.reason)

    def likely(self, value: Value, reference: Value) -> bool:  # noqa: ARG002 - the contract of a view
        """Never: there are no values."""
        return False

    def compare(self, value: Value, reference: Value) -> Comparison:
        """Never called: nothing is read."""
        self._refuse(value, reference)

    def render(self, value: Value, notation: Notation = Notation.ASCII) -> str:  # noqa: ARG002 - the contract of a view
        """Never called: there is no reference."""
        self._refuse(value)

    def _refuse(self, *values: Value) -> NoReturn:
        raise TypeError(f"prose has no values, found {values!r}")
