"""Rows of a matrix with a name before each, `row 1: 4, 5`, `top: 4 5, bottom: 6 7`, said together as well."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from grader.answers.claims import Claim

_NUMBER = r"[-+−]?\d{1,12}(?:\.\d{1,12})?"
_ROW = re.compile(rf"\s*[\[(]?\s*{_NUMBER}(?:(?:\s*,\s*|[ \t]+){_NUMBER}){{1,60}}\s*[\])]?\s*[,;.]?\s*")
_NAME = re.compile(
    r"(?<![A-Za-z])(?:the\s+)?(?:(?:row|line)\s{0,3}(?P<number>\d{1,2})|(?P<word>top|upper|first|second|third|middle|bottom|lower)"
    r"(?:\s+(?:row|line))?)\s{0,3}(?::|=|\bis\b)\s{0,3}[$*]{0,2}\Z",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"(?<![A-Za-z])(?:row|line)\s{0,3}\Z", re.IGNORECASE)
_ORDERS = (
    ("top", "bottom"),
    ("top", "middle", "bottom"),
    ("upper", "lower"),
    ("first", "second"),
    ("first", "second", "third"),
)
_MOST = 30
"""Rows of one matrix."""
_NEAR = 40
"""Characters before a row in which its name stands."""


def with_named_rows(found: Sequence[Claim]) -> list[Claim]:
    """`found`, and behind all the named rows of a matrix the whole of it; the rows are then pieces of that."""
    complete: list[Claim] = []
    at = 0
    while at < len(found):
        rows, names, end = _rows(found, at)
        if not _are_all(names):
            complete.append(found[at])
            at += 1
            continue
        text = "\n".join(claim.text.strip(" \t\n[](),;.") for claim in rows)
        complete += [replace(claim, inside=text) for claim in found[at:end]]
        complete.append(replace(rows[0], text=text, after=rows[-1].after, asserted=True))
        at = end
    return complete


def _rows(found: Sequence[Claim], start: int) -> tuple[list[Claim], tuple[str, ...], int]:
    """The rows of one length from `start` on that have a name, their names, and where they end.

    The number of a row, `1` in `row 1: 4, 5`, is a claim of its own before it.
    """
    rows: list[Claim] = []
    names: list[str] = []
    end = start
    for at, claim in enumerate(found[start:], start):
        if at == end and claim.text.strip().isdigit() and _COUNTED.search(claim.before[-_NEAR:]):
            continue
        name = _NAME.search(claim.before[-_NEAR:]) if _is_row(claim) else None
        if not name or len(rows) == _MOST or (rows and _cells(claim) != _cells(rows[0])):
            break
        rows.append(claim)
        names.append((name["number"] or name["word"]).lower())
        end = at + 1
    return rows, tuple(names), end


def _are_all(names: tuple[str, ...]) -> bool:
    """Whether `names` are those of two rows or more from the first to the last."""
    counted = any(names == tuple(map(str, range(first, first + len(names)))) for first in (0, 1))
    return len(names) > 1 and (counted or names in _ORDERS)


def _is_row(claim: Claim) -> bool:
    return not (claim.rows or claim.inside or claim.denied) and bool(_ROW.fullmatch(claim.text))


def _cells(claim: Claim) -> int:
    return len(re.findall(_NUMBER, claim.text))
