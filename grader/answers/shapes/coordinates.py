"""Places that equations name, `j = 0 and i = 1, 2, 3`, and numbers that are half of one: `row 2, column 3`."""

from __future__ import annotations

import re

from grader.answers.claims import Claim

_INTEGER = r"[-−]?\d{1,4}"
_JOIN = r"\s{0,2}(?:,\s{0,2}(?:and\b|or\b)?|\band\b|\bor\b)\s{0,2}"
_ONE = rf"[a-z]\s{{0,2}}=\s{{0,2}}{_INTEGER}(?:{_JOIN}{_INTEGER}){{0,20}}"
_BETWEEN = r"\$?\s{0,2}[,;]?\s{0,2}(?:and\b|with\b)?\s{0,2}\$?"
_TWO = re.compile(rf"(?<![\w.\\\]])(?P<one>{_ONE}){_BETWEEN}(?P<other>(?<!\d){_ONE})\s{{0,2}}\$?\.?\Z")
_NEAR = 80
"""Characters before a claim in which the first half of its place is looked for."""
_LONGEST = 200
"""Characters of a claim that may be such a place."""
_HALF = re.compile(r"\$?[ij]\s{0,2}=\s{0,2}\d{1,4}\$?")
_OTHER_HALF = re.compile(r"(?<![\w.])[ij]\s{0,2}=\s{0,2}\d{1,4}\$?\s{0,2}[,;]?\s{0,2}(?:and\s{1,2})?\$?\Z")
_ROW_OR_COLUMN = re.compile(r"\b(?:row|col(?:umn)?)\s{0,2}\$?\Z", re.IGNORECASE)


def is_coordinate(claim: Claim) -> bool:
    """Whether a number is half of a place: behind `row`, or `j = 0` behind `i = 3`."""
    before = f"{claim.before[-_NEAR:]} "
    if claim.text.strip().isdigit():
        return bool(_ROW_OR_COLUMN.search(before))
    return bool(_HALF.fullmatch(claim.text.strip()) and _OTHER_HALF.search(before))


def spread(claim: Claim) -> str:
    """`(j, i) = {(0, 1), (0, 2), (0, 3)}` for `j = 0 and i = 1, 2, 3`; empty where it is no such pair of equations.

    Where both name several numbers, which of them belong together is not said.
    """
    if len(claim.text) > _LONGEST:
        return ""
    before = f"{claim.before[-_NEAR:]} "
    found = _TWO.search(before + claim.text)
    if not found or found.start() > len(before):
        return ""
    (one, firsts), (other, seconds) = _equation(found["one"]), _equation(found["other"])
    if one == other or min(len(firsts), len(seconds)) > 1:
        return ""
    places = ", ".join(f"({first}, {second})" for first in firsts for second in seconds)
    return f"({one}, {other}) \\in \\{{{places}\\}}"


def _equation(text: str) -> tuple[str, list[str]]:
    name, _, values = text.partition("=")
    return name.strip(), re.findall(_INTEGER, values)
