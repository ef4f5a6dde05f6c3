"""Under whose name a claim stands: on its left side, right behind it (`20 output channels`), or before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from grader.answers.claims import Claim
from grader.locate.names import by_names, labelled, left_sides, named_left, telling_words, word_spans

Names = Sequence[tuple[str, tuple[str, ...]]]
"""Each part's id with the names that students give its answer."""

_BEHIND = re.compile(r"[\s$*)]*(?:[a-z]+\s+)?")
_LABEL = re.compile(r"\W{0,6}(?P<word>[A-Za-z]{3,20})[\s*]{0,4}:[\s*:]{0,4}")
_FIRST = re.compile(r"[\s-]")
_JOINED = re.compile(r"[\s,$]*(?:and|or|&|/)?[\s,$]*")
_VALUE_BEFORE = re.compile(r"[\d$)\]}]\s*\Z")
_OPENS_MATH = re.compile(r"\$\s*\Z")
_STATES = re.compile(
    r"[\s$*]*(?:is|are|has|have|gets?|gives?|equals?|becomes?|yields?|produces?|takes?)(?:\s+[a-z]+){0,3}[\s$*:]*",
    re.IGNORECASE,
)
"""A verb right behind a name, and few words up to the value: `x_3 has the features`."""
_NO_VALUE = re.compile(r"\b(?:not|like|unlike|same|similar|than|from|of)\b", re.IGNORECASE)
_LEADS_ON = re.compile(
    r"[\s$*]*(?:[:=(]|\b(?:is|are|was|be|has|have|of|equals?|we\s+(?:get|have|obtain))\b)?[\s:$*]*(?:the|a|an|shape|size)?[\s$*]*"
)
_NEAR = 60
_WORD_LABEL = re.compile(r"(?:\A|[\n.;,])[\s*_-]*(?P<word>[A-Za-z]{2,20})[\s*_]*:[\s*_$]*\Z")
_WORDS_BEHIND = re.compile(r"[\s$*]*(?P<words>[A-Za-z]{2,20}(?:\s[A-Za-z]{2,20}){0,3}?)[\s*]*(?:[,.;)]|\band\b|\Z)")
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
    asserted: bool = False
    """Whether a verb leads from the name to the value."""


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
        if labelled_by := self._by_label(claim):
            return Owned(labelled_by, stated=True, asserted=True)
        before = self._before(claim)
        behind = self._behind(claim)
        if not (before or behind) and (telling := self._by_word(claim)):
            return telling
        if behind and not (before and _LEADS_ON.fullmatch(claim.before[before[0] :])):
            return Owned(behind)
        if not before:
            return self._labelled(claim)
        end, parts = before
        free = frozenset(part for part in parts if (part, end) not in self._spent)
        self._spent |= {(part, end) for part in free & readable}
        return Owned(free, stated=True, asserted=_is_stated(claim.before[end:]))

    def _by_label(self, claim: Claim) -> frozenset[str]:
        """Where only derivatives are asked for: whose parameter the claim is labelled with, `w_1: ...`."""
        derivatives = [(part, by_names(tuple(names))) for part, names in self.names]
        several = len(derivatives) > 1 and all(by for _, by in derivatives)
        label = labelled(claim.before) if several and not left_sides(claim) else ""
        return frozenset(part for part, by in derivatives if label in by)

    def _by_word(self, claim: Claim) -> Owned | None:
        """By the one word that tells the parts apart: `average: ...`, `10 in, 20 out`, `20 channels at the output`."""
        words = telling_words(self.names)
        label = _WORD_LABEL.search(claim.before[-_NEAR:])
        if label and label["word"].lower() in words:
            return Owned(frozenset({words[label["word"].lower()]}), stated=True)
        behind = _WORDS_BEHIND.match(claim.after)
        said = behind["words"].lower().split() if behind else []
        theirs = frozenset(words[word] for word in said if word in words)
        return Owned(theirs) if len(theirs) == 1 and said[-1] in words else None

    def _labelled(self, claim: Claim) -> Owned:
        """The part whose name alone begins with the one word before a colon: `Average:` for average pooling."""
        label = _LABEL.fullmatch(claim.before)
        word = label["word"].lower() if label else ""
        found = {part for part, names in self.names if any(_FIRST.split(name.lower())[0] == word for name in names)}
        return Owned(frozenset(found), stated=True) if word and len(found) == 1 else Owned(frozenset())

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
            if _LEADS_ON.fullmatch(claim.before[end:]) or not _is_value(claim.before, start, end)
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


def _is_stated(between: str) -> bool:
    return bool(_STATES.fullmatch(between)) and not _NO_VALUE.search(between)


def _is_value(said: str, start: int, end: int) -> bool:
    """Whether a value stands right before `said[start:end]`; the dollar sign that opens a name, `$x_3$`, is none."""
    before = said[:start]
    if before.count("$") % 2 and said[end:].lstrip().startswith("$"):
        before = _OPENS_MATH.sub("", before)
    return bool(_VALUE_BEFORE.search(before))


def is_foreign(claim: Claim) -> bool:
    """Whether a claim that has no owner is of something else: an equation of another name, or "the kernel is 2x2"."""
    lefts = left_sides(claim)
    return bool((lefts and re.search(r"[a-z]", lefts[0])) or _GIVENS.search(claim.before))
