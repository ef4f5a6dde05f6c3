"""One of several options."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field, model_validator

from grader.answers.values import Choice
from grader.answers.views.choice import ChoiceView
from grader.kinds import Given, Kind


class ChoiceGiven(Given):
    """The options and the right one."""

    options: Annotated[Mapping[str, str], Field(min_length=2)]
    """Each key with its text."""
    answer: str
    """The key of the right one."""

    @model_validator(mode="after")
    def _is_an_option(self) -> ChoiceGiven:
        if self.answer not in self.options:
            raise ValueError(f"found the answer {self.answer!r}, expected one of {', '.join(self.options)}")
        return self


KIND = Kind(
    ChoiceGiven,
    lambda given: ChoiceView(given.options),
    lambda given: Choice(given.answer),
    names=("answer", "option", "choice"),
)
