"""One of several options, by its key or by its text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from grader.answers.claims import Claim
from grader.answers.values import Choice
from grader.answers.view import CORRECT, Comparison, Reading
from grader.model import Verdict


@dataclass(frozen=True)
class ChoiceView:
    """Reads the key of an option (`b`, `(B)`, `option b`), or its text."""

    options: Mapping[str, str]

    def read(self, claim: Claim) -> Reading[Choice]:
        """The one option that is named."""
        words = _plain(f"{claim.before} {claim.text} {claim.after}" if claim.before else claim.text)
        if _DENIED.search(words):
            return Reading(None, "denied", "an option may be denied")
        by_key = [key for key in self.options if _plain(claim.text) == _plain(key)]
        by_text = [
            key for key, text in self.options.items() if text and re.search(rf"\b{re.escape(_plain(text))}\b", words)
        ]
        found = by_key or by_text
        if len(found) != 1:
            said = "several options are named" if found else "none of the options is named"
            return Reading(None, "ambiguous-choice" if found else "no-choice", said)
        return Reading(Choice(found[0]))

    def likely(self, value: Choice, reference: Choice) -> bool:  # noqa: ARG002 - the contract of a view
        """Always: an option is an option."""
        return True

    def compare(self, value: Choice, reference: Choice) -> Comparison:
        """Right or wrong."""
        if value == reference:
            return CORRECT
        return Comparison(Verdict.INCORRECT, 0.0, f"option {value.key} is not the one")

    def render(self, value: Choice) -> str:
        """The key."""
        return value.key


_DENIED = re.compile(r"\b(?:not|never|no longer|opposite|wrong|false|isn t|doesn t|nor|except)\b")


def _plain(text: str) -> str:
    bare = re.sub(r"\\text\{([^{}]*)\}", r"\1", text).lower()
    bare = re.sub(r"^\W*(?:option|answer|choice)\b", "", bare)
    return re.sub(r"[^a-z0-9]+", " ", bare).strip()
