"""A set of names, such as the parameters of a network."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field, model_validator

from grader.answers.values import Members
from grader.answers.view import CORRECT, Comparison
from grader.answers.views.members import MembersView, doubted
from grader.kinds import Given, Kind
from grader.kinds._arrays import Count
from grader.model import Verdict


class MembersGiven(Given):
    """The members, and what else is known."""

    members: Annotated[tuple[str, ...], Field(min_length=1)]
    others: tuple[str, ...] = ()
    """Names that are known and do not belong, such as a network's inputs."""
    spellings: Mapping[str, tuple[str, ...]] = {}
    """Other spellings of a member or of one of the others."""
    any: Count | None = None
    """How many right ones suffice; left out, all of them are asked for."""

    @model_validator(mode="after")
    def _names_fit(self) -> MembersGiven:
        names = (*self.members, *self.others)
        twice = [name for name in names if names.count(name) > 1]
        unknown = [name for name in self.spellings if name not in names]
        if twice or unknown:
            raise ValueError(
                f"found {(twice or unknown)[0]!r} {'twice' if twice else 'with other spellings'}, expected each name "
                "once among members and others; correct it"
            )
        if (self.any or 0) > len(self.members):
            raise ValueError(f"found any: {self.any}, expected {len(self.members)} at most")
        return self


def _view(given: MembersGiven) -> MembersView:
    return MembersView({name: given.spellings.get(name, ()) for name in (*given.members, *given.others)})


def _reference(given: MembersGiven) -> Members:
    return Members(frozenset(given.members))


def _check(value: Members, given: MembersGiven) -> Comparison:
    """Right minus wrong members over the members there are; where some suffice, right ones over as many."""
    if given.any is None:
        return _view(given).compare(value, _reference(given))
    right = len(value.names & frozenset(given.members))
    if right >= given.any:
        return CORRECT
    doubt = doubted(value, _reference(given), given.any)
    if doubt:
        return Comparison(Verdict.REVIEW, 0.0, doubt)
    reason = f"{right} of the {given.any} asked for are named"
    return Comparison(Verdict.PARTIAL if right else Verdict.INCORRECT, right / given.any, reason)


KIND = Kind(MembersGiven, _view, _reference, check=_check, reads_passage=True)
