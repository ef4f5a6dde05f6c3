r"""The spaces that a student says arrays are in, `dW \in \mathbb{R}^{3 \times 5}`, given to the claims behind them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from grader.answers.claims import Claim

_IN = re.compile(r"\\in(?![A-Za-z])|∈")
_IN_WORDS = re.compile(r"(?P<name>\S{1,60})\s+in\s*\Z")
_SPACE = re.compile(
    r"[\s$]*(?:\\math(?:bb|bf)\s?\{?\s?R\s?\}?|\\R(?![A-Za-z])|ℝ|R)\s?\^\s?(?P<extents>[^$]{1,60}?)[\s$.,;]*"
)
_BETWEEN = re.compile(r"\\times(?![A-Za-z])|\\[,;: ]|\\(?:left|right)(?![A-Za-z])|[\s(){}x×*,]")
_MOST_AXES = 6


def with_spaces(found: Sequence[Claim]) -> list[Claim]:
    """`found`, each with the spaces that are stated before it."""
    known: dict[str, tuple[int, ...]] = {}
    complete: list[Claim] = []
    for claim in found:
        complete.append(replace(claim, spaces=tuple(known.items())) if known else claim)
        name, extents = _stated(claim)
        if name and extents and not claim.denied:
            known[name] = extents
    return complete


def _stated(claim: Claim) -> tuple[str, tuple[int, ...]]:
    """The name that is said to be in a space, and the extents of that; empty where that is not what is said."""
    name, sign, space = claim.text, _IN.search(claim.text), ""
    if sign:
        name, space = claim.text[: sign.start()], claim.text[sign.end() :]
    elif said := _IN_WORDS.search(claim.before[-80:]):
        name, space = said["name"], claim.text
    found = _SPACE.fullmatch(space)
    return (name.strip(" $"), _extents(found["extents"])) if found else ("", ())


def _extents(text: str) -> tuple[int, ...]:
    """The extents of a shape of plain numbers; empty where it holds anything else."""
    numbers = _BETWEEN.sub(" ", text).split()
    plain = len(numbers) <= _MOST_AXES and all(number.isdecimal() and len(number) < 7 for number in numbers)
    return tuple(map(int, numbers)) if plain else ()
