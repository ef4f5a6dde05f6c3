"""A set of names, `k_1, k_2 and b`: right minus wrong members over the members there are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from grader.answers.claims import Claim
from grader.answers.lex import GREEK
from grader.answers.values import Members
from grader.answers.view import CORRECT, Comparison, Reading
from grader.model import Verdict

_NAME = re.compile(r"\\?[A-Za-z]+(?:_(?:\{[\w,]+\}|\w+))?'*")
_LISTS_ON = re.compile(r"\s*(?:,|;|\.|\Z|\band\b|\bare\b|\bis\b|\}|\))")
_MATH_WORDS = re.compile(r"\\(?:text|mathrm|mathbf|left|right|begin|end|cdots|ldots|dots|quad|hat|mathbb)\b")
_DENIED = re.compile(r"\b(?:not|except|but|without|no|nor|isn't|aren't|don't|unlike)\b", re.IGNORECASE)
_DOTS = re.compile(r"\.\.\.|\\[lc]?dots|…|⋯")


@dataclass(frozen=True)
class MembersView:
    """Reads which names of `universe` a sentence lists."""

    universe: Mapping[str, tuple[str, ...]]
    """Each name that is known, right or wrong, with its other spellings."""

    @cached_property
    def _spellings(self) -> dict[str, str]:
        return {
            canonical: name for name, others in self.universe.items() for canonical in map(_canonical, (name, *others))
        }

    def read(self, claim: Claim) -> Reading[Members]:
        """The names listed in the whole sentence of the claim; a word such as "a" counts only within a list."""
        text = f"{claim.before} {claim.text} {claim.after}"
        if _DENIED.search(text):
            return Reading(None, "denied", "some names are denied or excepted")
        if _DOTS.search(text):
            return Reading(None, "ellipsis", "a list with an ellipsis")
        found: set[str] = set()
        strange: list[str] = []
        bare = _MATH_WORDS.sub(lambda found: " " * len(found.group()), text.replace("$", " "))
        for match in _NAME.finditer(bare):
            name = self._spellings.get(_canonical(match.group()))
            listed = text.count("$", 0, match.start()) % 2 or _LISTS_ON.match(bare, match.end())
            if name and (listed or len(match.group()) > 1 or match.group() not in {"a", "A", "I"}):
                found.add(name)
            elif not name and _is_symbol(match.group()):
                strange.append(match.group())
        if strange:
            return Reading(None, "unknown-name", f"{strange[0]} is none of the names that the problem knows")
        if not found:
            return Reading(None, "no-names", "none of the names that the problem knows is listed")
        return Reading(Members(frozenset(found)))

    def likely(self, value: Members, reference: Members) -> bool:  # noqa: ARG002 - the contract of a view
        """Always: a list of names is one."""
        return True

    def compare(self, value: Members, reference: Members) -> Comparison:
        """Right minus wrong members over the members there are, never below 0."""
        right, wrong = value.names & reference.names, value.names - reference.names
        if value.names == reference.names:
            return CORRECT
        credit = max(0.0, (len(right) - len(wrong)) / len(reference.names))
        reason = f"{len(right)} of {len(reference.names)} are named"
        if wrong:
            reason += f"; {', '.join(sorted(wrong))} {'does' if len(wrong) == 1 else 'do'} not belong"
        return Comparison(Verdict.PARTIAL if credit else Verdict.INCORRECT, credit, reason)

    def render(self, value: Members) -> str:
        """The names with commas between them."""
        return ", ".join(sorted(value.names))


def _canonical(name: str) -> str:
    bare = name.replace("\\", "").replace("{", "").replace("}", "").replace("_", "")
    for letter, word in GREEK.items():
        bare = bare.replace(letter, word)
    return bare


def _is_symbol(text: str) -> bool:
    """Whether a run of letters is a symbol rather than a word of the sentence."""
    return ("_" in text or (len(text) == 1 and text not in {"a", "A", "I"})) or (
        text.startswith("\\") and text[1:] in GREEK.values()
    )
