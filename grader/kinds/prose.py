"""An answer in words, or one that is not read yet: always a person's to judge."""

from __future__ import annotations

from grader.answers.views.prose import ProseView
from grader.kinds import Given, Kind


class Prose(Given):
    """What whoever judges the answer should look for."""

    rubric: tuple[str, ...] = ()
    """What a good answer says, point by point."""


KIND = Kind(Prose, lambda _given: ProseView(), lambda _given: None)
