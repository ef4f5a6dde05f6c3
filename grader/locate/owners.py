"""Under whose name a claim stands: on its left side, right behind it (`20 output channels`), or before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from grader.answers.claims import Claim
from grader.locate.names import left_sides, named_left, word_spans

Names = Sequence[tuple[str, tuple[str, ...]]]
"""Each part's id with the names that students give its answer."""

_BEHIND = re.compile(r"[\s$*)]*(?:[a-z]+\s+)?")
_JOINED = re.compile(r"[\s,$]*(?:and|or|&|/)?[\s,$]*")
_VALUE_BEFORE = re.compile(r"[\d$)\]}]\s*\Z")
_LEADS_ON = re.compile(
    r"[\s$*]*(?:[:=(]|\b(?:is|are|was|be|has|have|of|equals?|we\s+(?:get|have|obtain))\b)?[\s:$*]*(?:the|a|an|shape|size)?[\s$*]*"
)
_GIVENS = re.compile(
    r"\b(?:kernel|filter|image|input|stride|padding|pad|window|batch|dilation)s?(?:[\s-]+(?:size|shape|dimension|width|height)s?)?"
    r"(?:\s+(?:is|are|was|of|has|have|be))?\s*[:=]?\s*(?:(?:a|an|the|of|size|shape)\s+)*\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Owned:
    """The parts under whose name a claim stands."""

    parts: frozenset[str]
    stated: bool = False
    """Whether the name comes first, as in `weights: 90`; behind the value it may only count something."""


@dataclass(slots=True)
class Owners:
    """Tells owners claim by claim; a name speaks for the first value behind it only.

    In "the output is 4x4 as the image is 5x5" the name stands for 4x4 alone.
    """

    names: Names
    _spent: set[tuple[str, int]] = field(default_factory=set)

    def of(self, claim: Claim, readable: frozenset[str]) -> Owned:
        """The owners of `claim`; `readable` are the parts that could read it."""
        left = frozenset(part for part, names in self.names if named_left(claim, names))
        if left:
            return Owned(left, stated=True)
        before = self._before(claim)
        behind = self._behind(claim)
        if behind and not (before and _LEADS_ON.fullmatch(claim.before[before[0] :])):
            return Owned(behind)
        if not before:
            return Owned(frozenset())
        end, parts = before
        free = frozenset(part for part in parts if (part, end) not in self._spent)
        self._spent |= {(part, end) for part in free & readable}
        return Owned(free, stated=True)

    def _behind(self, claim: Claim) -> frozenset[str]:
        near = claim.after[:60]
        return frozenset(
            part
            for part, names in self.names
            for start, _ in word_spans(near, names)
            if _BEHIND.fullmatch(near[:start])
        )

    def _before(self, claim: Claim) -> tuple[int, frozenset[str]] | None:
        """Where the nearest name ends, and whose it is; `Z and U` names both."""
        spans = [
            (start, end, part)
            for part, names in self.names
            for start, end in word_spans(claim.before, names)
            if _LEADS_ON.fullmatch(claim.before[end:]) or not _VALUE_BEFORE.search(claim.before[:start])
        ]
        if not spans:
            return None
        nearest = max(end for _, end, _ in spans)
        parts = {part for _, end, part in spans if end == nearest}
        first = min(start for start, end, _ in spans if end == nearest)
        for start, end, part in sorted(spans, reverse=True):
            if end <= first and _JOINED.fullmatch(claim.before[end:first]):
                parts.add(part)
                first = start
        return nearest, frozenset(parts)


def is_foreign(claim: Claim) -> bool:
    """Whether a claim that has no owner is of something else: an equation of another name, or "the kernel is 2x2"."""
    lefts = left_sides(claim)
    return bool((lefts and re.search(r"[a-z]", lefts[0])) or _GIVENS.search(claim.before))
