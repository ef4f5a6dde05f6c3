"""Rows of an array that stand below one another, each a claim of its own, said together as well."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from grader.answers.claims import Claim

_NUMBER = r"[-+−]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?(?:/\d+)?"
_ROW = re.compile(rf"\s*\[?\s*{_NUMBER}(?:(?:\s*,\s*|[ \t]+){_NUMBER})+\s*\]?\s*[,;]?\s*")
_FURTHEST = 2
"""Lines from one row to the next: a blank one may stand between."""
_LONGEST = 400
"""Characters of one row."""


def with_stacked(found: Sequence[Claim]) -> list[Claim]:
    """`found`, and behind each stack of rows of one length all of it; the rows are then pieces of that."""
    complete: list[Claim] = []
    at = 0
    while at < len(found):
        stack = _stack(found, at)
        if len(stack) < 2:
            complete.append(found[at])
            at += 1
            continue
        text = "\n".join(claim.text.strip() for claim in stack)
        complete += [replace(claim, inside=text) for claim in stack]
        complete.append(replace(stack[0], text=text, after=stack[-1].after, asserted=True))
        at += len(stack)
    return complete


def _stack(found: Sequence[Claim], start: int) -> list[Claim]:
    """The rows from `start` on that stand below one another and have as many cells."""
    stack: list[Claim] = []
    for claim in found[start:]:
        if not _is_row(claim) or (stack and not _is_below(claim, stack[-1])):
            break
        stack.append(claim)
    return stack


def _is_row(claim: Claim) -> bool:
    return not claim.rows and not claim.inside and len(claim.text) < _LONGEST and bool(_ROW.fullmatch(claim.text))


def _is_below(claim: Claim, before: Claim) -> bool:
    """Whether it is the next row: nothing stands between the two but brackets and line ends."""
    between = f"{before.after}{claim.before}"
    one, other = claim.where, before.where
    below = one.cell == other.cell and 0 < one.line - other.line <= _FURTHEST
    alike = _cells(claim.text) == _cells(before.text) and ("[" in claim.text) == ("[" in before.text)
    return below and alike and not between.strip(" \n\t[]()|,;")


def _cells(text: str) -> int:
    return len(re.findall(_NUMBER, text))
