"""Blocks of a place -> what is said there: each claim with the parts that own it, and what each view makes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from grader.answers.claims import Claim
from grader.answers.prose.definitions import with_known
from grader.answers.prose.extract import claims
from grader.answers.values import added
from grader.answers.view import Reading, View
from grader.locate.families import Families
from grader.locate.owners import Owned, Owners, is_foreign
from grader.locate.sharing import looks, shared
from grader.model import Block, Verdict
from grader.problems import Part

Defined = tuple[tuple[str, str], ...]
"""Names of a student's own with their expressions, as written."""

_MOST_BEFORE = 24
"""Statements before a total among which its parts are looked for."""
_MOST_ADDED = 8
"""Statements before a total of which two may add up to it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A part with the view through which its answer is read."""

    part: Part
    view: View[Any]
    alone: bool = False
    """Whether the blocks name this part, so that a table in them is no table of several parts."""

    @property
    def names(self) -> tuple[str, ...]:
        """How students name the answer: the problem's names first, else the kind's."""
        return (*self.part.names, *self.part.spec.names)


@dataclass(frozen=True, slots=True)
class Said:
    """A claim of a visit, the parts under whose name it stands, and what each view makes of it."""

    claim: Claim
    at: int
    visit: int
    owned: Owned
    foreign: bool
    """Whether it is an equation of something that is none of the parts."""
    readings: dict[str, Reading[Any]]
    guessed: frozenset[str]
    """The parts of which it is not said that an index in it runs over their number."""


def what_is_said(asked: Sequence[Asked], passages: Sequence[Sequence[Block]], known: Defined = ()) -> list[Said]:
    """What the passages say, each of them a visit, in order; `known` is what the student defined before them."""
    found: list[Said] = []
    nameless = all(one.alone and not one.part.names for one in asked)
    for number, blocks in enumerate(passages):
        names = [(one.part.id, one.names) for one in asked]
        owners, families = Owners(names), Families(names)
        stated = with_known(claims(blocks), known)
        for claim, behind in zip_longest(stated, stated[1:]):
            several = families.of(claim, behind)
            readings = {
                one.part.id: one.view.read(several[one.part.id].claim if one.part.id in several else claim)
                for one in asked
            }
            readable = frozenset(part for part, reading in readings.items() if reading.value is not None)
            owned = Owned(frozenset(several), stated=True) if several else owners.of(claim, readable)
            owned = owned if several else shared(owned, claim, readings)
            foreign = not nameless and not owned.parts and is_foreign(claim)
            guessed = frozenset(part for part, instance in several.items() if not instance.stated)
            found.append(Said(claim, len(found), number, owned, foreign, readings, guessed))
    return found


def is_apt(said: Said, one: Asked) -> bool:
    """Whether it looks like an answer to `one`."""
    return looks(said.readings[one.part.id])


def contests(said: Said, one: Asked, rival: Asked) -> bool:
    """Whether `rival` could take the same piece of what is said as `one`."""
    share = said.readings[one.part.id].share
    return is_apt(said, rival) and not (share and share != said.readings[rival.part.id].share)


def takes_the_rest(said: Said, one: Asked) -> bool:
    """Whether the owners take one piece of `Z[1,3] = 6`, and `one` the other."""
    share = said.readings[one.part.id].share
    theirs = {said.readings[part].share for part in said.owned.parts}
    return bool(share) and "" not in theirs and share not in theirs


def is_total(total: Said, named: Sequence[Said], one: Asked, said: Sequence[Said]) -> bool:
    """Whether `total` adds up what its sentence says of `one` and another: `90 weights and 10 biases, in all 100`."""
    value = total.readings[one.part.id].value
    near = said[max(0, total.at - _MOST_BEFORE) : total.at]
    before = [s for s in near if s.visit == total.visit and s.claim.text in total.claim.before]
    own_names = {s.at for s in named}
    for own in (s for s in before if s.at in own_names):
        for other in (s for s in before[-_MOST_ADDED:] if s.owned.parts and s.owned.parts != own.owned.parts):
            addends = [own.readings[one.part.id].value, other.readings[one.part.id].value]
            whole = added(addends) if None not in addends else None
            if whole is not None and one.view.compare(value, whole).verdict is Verdict.CORRECT:
                return True
    return False


def is_named(one: Asked, said: Sequence[Said]) -> bool:
    """Whether something that can be read stands under the name of `one`."""
    return any(one.part.id in s.owned.parts and s.readings[one.part.id].value is not None for s in said)
