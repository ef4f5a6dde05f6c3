"""A way to ask a kind: what it makes of a given, and of an answer to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from grader import kinds
from grader.answers.claims import Claim
from grader.answers.values import Value
from grader.answers.view import Comparison, Reading
from grader.kinds import Given, Kind
from grader.model import Where


@dataclass(frozen=True)
class Question:
    """A kind with what is given."""

    kind: Kind[Any]
    given: Given

    @property
    def reference(self) -> Value | None:
        """The right answer."""
        return self.kind.reference(self.given)

    @property
    def slips(self) -> dict[str, Value]:
        """The answer that each known mistake leads to."""
        return {slip.name: slip.value for slip in self.kind.slips(self.given)}

    def read(self, text: str) -> Reading[Any]:
        """What is understood of a student's text."""
        return self.kind.view(self.given).read(Claim(text, Where("answer.md", 1)))

    def mark(self, text: str) -> Comparison:
        """How a student's text is marked."""
        value = self.read(text).value
        assert value is not None
        if self.kind.check:
            return self.kind.check(value, self.given)
        return self.kind.view(self.given).compare(value, self.reference)

    def rendered(self) -> str:
        """The right answer as a student could have written it."""
        assert self.reference is not None
        return self.kind.view(self.given).render(self.reference)


Ask = Callable[..., Question]


@pytest.fixture
def ask() -> Ask:
    """Makes a question: ``ask("shape", shape=[5, 4])``."""

    def ask(kind: str, **given: Any) -> Question:
        found = kinds.load(kind)
        return Question(found, found.given.model_validate(given))

    return ask
