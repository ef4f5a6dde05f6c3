"""A matrix drawn as a table whose first row and first column count its columns and rows: those are no entries."""

from __future__ import annotations

import re
from collections.abc import Sequence

_INDEX = re.compile(r"(?:(?:row|col(?:umn)?|[a-z])\s{0,3}[=:]?\s{0,3})?(?P<index>\d{1,4})", re.IGNORECASE)
_CORNER = re.compile(r"[^\d]{0,20}")


def without_indices(rows: Sequence[tuple[str, ...]]) -> Sequence[tuple[str, ...]]:
    """`rows` without a header row and a header column that count from 0 or 1; as they are where not both do.

    The corner between the two has to be without a number: else it would be an entry, and so would they.
    """
    if len(rows) < 2 or len(rows[0]) < 2 or any(len(row) != len(rows[0]) for row in rows):
        return rows
    if not _CORNER.fullmatch(rows[0][0]):
        return rows
    if _counts(rows[0][1:]) and _counts([row[0] for row in rows[1:]]):
        return [row[1:] for row in rows[1:]]
    return rows


def _counts(cells: Sequence[str]) -> bool:
    """Whether `cells` count up by one, from 0 or 1."""
    found = [_INDEX.fullmatch(cell.strip()) for cell in cells]
    numbers = [int(one["index"]) for one in found if one]
    return any(numbers == list(range(first, first + len(cells))) for first in (0, 1))
