"""One of several options, or some of them: by key, by place in the list, or by text; what follows explains."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from grader.answers.claims import Claim
from grader.answers.lists.option_words import Mention, Options, bare, claim_and_reason, keys_of
from grader.answers.prose.repair import repaired
from grader.answers.syntax.unread import MAX_LENGTH, Unread
from grader.answers.values import Choice
from grader.answers.view import CORRECT, Comparison, Reading
from grader.answers.writing.notation import Notation
from grader.model import Verdict

_BETWEEN = ", "


def chosen(keys: Iterable[str]) -> Choice:
    """The value of one key or several."""
    return Choice(_BETWEEN.join(keys))


@dataclass(frozen=True)
class ChoiceView:
    """Reads the key of an option (`b`, `(B)`, `option b`), its place ("the second one"), or its text."""

    options: Mapping[str, str]
    several: bool = False
    """Whether more than one option may be right."""

    @cached_property
    def _options(self) -> Options:
        return Options(self.options)

    def read(self, claim: Claim) -> Reading[Choice]:
        """The option that is named; a key in front, or behind "the answer is", wins over what explains it."""
        text = " ".join(filter(None, (claim.before, claim.text, claim.after)))
        if len(text) > MAX_LENGTH:
            return Reading(None, "too-long", f"{len(text)} characters; at most {MAX_LENGTH} are read")
        mended = repaired(text)
        try:
            return Reading(chosen(self._named(bare(mended.text))), repairs=mended.repairs)
        except Unread as unread:
            return Reading(None, unread.code, unread.reason)

    def likely(self, value: Choice, reference: Choice) -> bool:  # noqa: ARG002 - the contract of a view
        """Always: an option is an option."""
        return True

    def compare(self, value: Choice, reference: Choice) -> Comparison:
        """Right or wrong; where several are asked for, right minus wrong ones over those there are."""
        if value == reference:
            return CORRECT
        if not self.several:
            return Comparison(Verdict.INCORRECT, 0.0, f"option {value.key} is not the one")
        got, want = set(value.key.split(_BETWEEN)), set(reference.key.split(_BETWEEN))
        credit = max(0.0, (len(got & want) - len(got - want)) / len(want))
        wrong = ", ".join(sorted(got - want))
        reason = f"{len(got & want)} of {len(want)} are chosen" + (f"; {wrong} does not belong" if wrong else "")
        return Comparison(Verdict.PARTIAL if credit else Verdict.INCORRECT, credit, reason)

    def render(self, value: Choice, notation: Notation = Notation.ASCII) -> str:
        """The key; in LaTeX longer ones as text."""
        if notation is not Notation.LATEX:
            return value.key
        return _BETWEEN.join(key if len(key) == 1 else rf"\text{{{key}}}" for key in value.key.split(_BETWEEN))

    def _named(self, text: str) -> list[str]:
        """The keys of the options that bare `text` names, in the order of the problem.

        Raises:
            Unread: it names none, denies the one it names, or names several where one is asked for.
        """
        claim, reason = claim_and_reason(text)
        if self.several and re.fullmatch(r"[a-h]{2,8}", text) and set(text) <= {key.lower() for key in self.options}:
            return self._only([key for key in self.options if key.lower() in text])
        front, marked = self._options.in_front(text), self._options.marked(text)
        if marked and set(self.options) == {one.key for one in self._options.by_text(text)}:
            front = []  # the list of options, copied from the sheet
        marked = marked or ([] if front else self._options.said(claim))
        if found := self._decided(front, marked):
            self._confirm(found, claim, front or marked)
            return found
        if (place := self._options.by_place(claim)) and (found := keys_of(place)):
            return self._only(found)
        return self._only(self._by_text(claim, reason))

    def _decided(self, front: list[Mention], marked: list[Mention]) -> list[str]:
        """What the keys in front and those that are marked say together."""
        named = [one for one in (*front, *marked) if not one.denied]
        if not named and (front or marked):
            raise Unread("denied", "an option is denied, and none is chosen")
        first, last = keys_of(front), keys_of(marked)
        if first and last and set(first) != set(last):
            raise Unread("ambiguous-choice", f"{_listed(first)} and {_listed(last)} are both given as the answer")
        return self._only(first or last) if named else []

    def _confirm(self, found: list[str], claim: str, keys: list[Mention]) -> None:
        """Makes sure that the text next to a key is not that of another option."""
        beside = keys_of(one for one in self._options.by_text(claim) if not _overlap(one, keys))
        if beside and not set(beside) & set(found):
            raise Unread("ambiguous-choice", f"the key of option {_listed(found)} with the text of {_listed(beside)}")

    def _by_text(self, claim: str, reason: str) -> list[str]:
        mentions = self._options.by_text(claim)
        named = keys_of(mentions)
        if mentions and not named:
            raise Unread("denied", "an option is denied, and none is chosen")
        if not named:
            named = self._options.by_words(claim)
            denied = [one.key for one in self._options.by_text(claim) if one.denied]
            if len(named) != 1 or denied:
                code = "ambiguous-choice" if named else "no-choice"
                inside = " outside its reason" if reason and self._options.by_text(reason) else ""
                raise Unread(
                    code, f"{'several' if named else 'none'} of the options {'are' if named else 'is'} named{inside}"
                )
            return named
        rest = self._options.hinted(self._without(claim, mentions)) - set(named)
        if rest:
            raise Unread(
                "ambiguous-choice", f"{_listed(named)} is named, and something of {_listed(sorted(rest))} as well"
            )
        return named

    @staticmethod
    def _without(claim: str, mentions: list[Mention]) -> str:
        """`claim` with the options' own texts, and what is denied, taken out."""
        for one in mentions:
            claim = claim[: one.start] + " " * (one.end - one.start) + claim[one.end :]
        return claim

    def _only(self, found: list[str]) -> list[str]:
        if not found:
            raise Unread("no-choice", "none of the options is named")
        if len(found) > 1 and not self.several:
            raise Unread("ambiguous-choice", f"several options are named: {_listed(found)}")
        return [key for key in self.options if key in found]


def _listed(keys: list[str]) -> str:
    return " and ".join(keys)


def _overlap(one: Mention, others: list[Mention]) -> bool:
    return any(one.start < other.end and other.start < one.end for other in others)
