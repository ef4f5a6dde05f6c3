"""Indices that are typed with a number and without a sign for the subscript: `k1` of `sum_{k1,k2}` is `k_1`."""

from __future__ import annotations

import re

_BELOW = re.compile(r"(?:sum|∑|Σ)\s{0,2}_\s{0,2}\{([^{}]{1,80})\}")
_NUMBERED = re.compile(r"(?<![\w\\])([a-z])(\d)(?!\w)")


def numbered(text: str) -> frozenset[str]:
    """The names with a number behind them that a sum in `text` runs over: nobody sums over a product."""
    return frozenset(
        f"{letter}_{digit}" for below in _BELOW.findall(text) for letter, digit in _NUMBERED.findall(below)
    )
