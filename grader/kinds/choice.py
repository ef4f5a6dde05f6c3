"""One of several options, or all that apply."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field, model_validator

from grader.answers.views.choice import ChoiceView, chosen
from grader.kinds import Given, Kind


class ChoiceGiven(Given):
    """The options and the right one."""

    options: Annotated[Mapping[str, str], Field(min_length=2)]
    """Each key with its text."""
    answer: str | Annotated[tuple[str, ...], Field(min_length=1)]
    """The key of the right one; a list of keys where all that apply are asked for."""

    @model_validator(mode="after")
    def _are_options(self) -> ChoiceGiven:
        strange = [key for key in self.keys if key not in self.options]
        if strange:
            raise ValueError(f"found the answer {strange[0]!r}, expected one of {', '.join(self.options)}")
        return self

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of all that are right, in the order of the options."""
        keys = (self.answer,) if isinstance(self.answer, str) else self.answer
        return (*(key for key in self.options if key in keys), *(key for key in keys if key not in self.options))


KIND = Kind(
    ChoiceGiven,
    lambda given: ChoiceView(given.options, several=not isinstance(given.answer, str)),
    lambda given: chosen(given.keys),
    names=("answer", "option", "choice"),
    reads_passage=True,
)
