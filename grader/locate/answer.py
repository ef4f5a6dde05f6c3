"""What was found for one part: the candidates, or the passage in which something stands that could not be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from grader.answers.claims import Claim
from grader.answers.view import Reading
from grader.model import Where
from grader.problems import Part


@dataclass(frozen=True, slots=True)
class Candidate:
    """A claim that the part's view could read."""

    claim: Claim
    reading: Reading[Any]
    rank: int
    """How directly it answers: 3 stated under the part's name, 2 stated, 1 stated of something else, 0 mentioned."""
    visit: int
    """Which visit to the place it stands in, from 0."""
    at: int = 0
    """Its place among all that is said there."""
    named: bool = False
    """Whether it stands under the part's own name, be it only mentioned there."""


@dataclass(frozen=True, slots=True)
class Missed:
    """A statement that the part's view could not read, although it may be the answer."""

    text: str
    reason: str
    at: int
    named: bool
    """Whether it stands under the part's own name."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The piece of a submission that responds to a part."""

    part: Part
    candidates: tuple[Candidate, ...]
    """In the order of the text."""
    located_by: str
    certain: bool
    """Whether the place is known for sure; else only a right answer counts as found."""
    passage: str = ""
    """The student's text at the place, questions left out."""
    where: Where | None = None
    unread: str = ""
    """Why nothing there could be read, where something stands there."""
    doubt: str = ""
    """Why a person should look although candidates were found: they may answer another part as well."""
    missed: tuple[Missed, ...] = ()
    """What could not be read beside the candidates, in the order of the text."""
