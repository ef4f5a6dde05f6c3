"""What stands behind the name of one part and is, by its looks, the answer to another as well."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from grader.answers.claims import Claim
from grader.answers.values import Places
from grader.answers.view import Reading
from grader.locate.names import left_sides
from grader.locate.owners import Owned

_ENTRY = re.compile(r"\s*\$?[A-Za-z](?:\[|_\{|\()\s*\d{1,4}\s*,[\d,\s]{1,20}(?:\]|\}|\))\s*=")
"""An entry of an array by its numbers, on the left of an equation: `Z[1,3] = `."""
_OF_SOMETHING_ELSE = re.compile(
    r"\b(?:of|for|with|by|from|in|on|per)\s{1,3}(?:(?:an?|the|each|this|our)\s{1,3})?[$*(]{0,3}\Z", re.IGNORECASE
)
"""What leads from a name to something that has a size of its own: `the output of the 2x2 filter`."""


def shared(owned: Owned, claim: Claim, readings: Mapping[str, Reading[Any]]) -> Owned:
    """`owned`, and what stands behind the name of a part of another sort is for those whose sort it is as well.

    In "the output is 3x3", where an array named output is asked for and its shape, the shape is meant; so it is in
    "each kernel is 7x7x10" where the kernel's size is asked for too, as one number. An equation of an entry,
    "the maximum is Z[1,3] = 6", says where and what.
    """
    if owned.parts and _ENTRY.match(claim.text):
        places = [part for part, reading in readings.items() if isinstance(reading.value, Places)]
        return Owned(owned.parts.union(places), owned.stated)
    if (
        not owned.parts
        or left_sides(claim)
        or _OF_SOMETHING_ELSE.search(f"{claim.before[-40:]} ")
        or any(looks(readings[part]) for part in owned.parts)
    ):
        return owned
    others = frozenset(part for part, reading in readings.items() if looks(reading))
    return Owned(owned.parts | others) if others else owned


def looks(reading: Reading[Any]) -> bool:
    """Whether it is a value by its looks."""
    return reading.value is not None and reading.apt
