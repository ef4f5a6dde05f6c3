"""Entries of a vector that stand one after another, each an equation of its own, said together as well."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from grader.answers.claims import Claim

_ENTRY = re.compile(
    r"\s*(?P<base>[A-Za-z])(?:_?(?P<bare>\d)|_\{(?P<braced>\d{1,2})\}|\[(?P<index>\d{1,2})\])\s*=\s*"
    r"(?P<value>[-−+]?\d{1,12}(?:\.\d{1,12})?(?:/\d{1,12})?)\s*[.,;]?\s*"
)
"""`w_1 = 2`, and no working in it."""
_BETWEEN = re.compile(r"[\s,;$]*(?:and\b)?[\s$]*")


def with_entries(found: Sequence[Claim]) -> list[Claim]:
    """`found`, and before each row of entries, `w_1 = 2`, `w_2 = -1`, all of it; the entries are its pieces then."""
    complete: list[Claim] = []
    at = 0
    while at < len(found):
        row = _row(found, at)
        if len(row) < 2:
            complete.append(found[at])
            at += 1
            continue
        text = ", ".join(claim.text.strip(" .,;\n") for claim in row)
        whole = replace(row[0], text=text, after=row[-1].after, final=any(claim.final for claim in row))
        complete += [whole, *(replace(claim, inside=text) for claim in row)]
        at += len(row)
    return complete


def _row(found: Sequence[Claim], start: int) -> list[Claim]:
    """The entries from `start` on, which count up from 0 or 1 and have nothing but commas between them."""
    row: list[Claim] = []
    base, wanted = "", 0
    for claim in found[start:]:
        entry = None if claim.rows or claim.inside or claim.denied else _ENTRY.fullmatch(claim.text)
        if not entry:
            break
        index = int(entry["bare"] or entry["braced"] or entry["index"])
        if row and (entry["base"] != base or index != wanted or not _BETWEEN.fullmatch(row[-1].after)):
            break
        if not row and index > 1:
            break
        row.append(claim)
        base, wanted = entry["base"], index + 1
    return row
