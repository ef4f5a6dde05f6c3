"""Tells a question that the student copied from an answer: by its wording, and by its likeness to the statement."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from grader.answers.prose.prose import sentences
from grader.locate.outline import Outline, Path

_ASKS = re.compile(
    r"\W{0,12}(?:[a-z]\W{1,4})?(?:what|how|which|why|where|when|find|compute|calculate|determine|derive|give|write(?!\s+[$`][^$`\n]{1,200}=)|state|name|list|show|prove|explain"
    r"|describe|provide|draw|sketch|design|implement|specify|briefly|please)\b",
    re.IGNORECASE,
)
_ASKS_ANYWHERE = re.compile(
    r"\b(?:what (?:is|are|will|would)|how many|show how to|which of the following)\b", re.IGNORECASE
)
_WORD = re.compile(r"[A-Za-z]{4,}")
LIKE = 0.35
"""From this likeness on a text is taken for a statement."""


def asks(sentence: str) -> bool:
    """Whether `sentence` is a question or a task, by its wording."""
    return sentence.rstrip().endswith("?") or bool(_ASKS.match(sentence)) or bool(_ASKS_ANYWHERE.search(sentence))


def without_questions(text: str) -> str:
    """`text` with each question in it blanked out; its length and its lines stay."""
    kept = list(text)
    for sentence, start in sentences(text):
        if asks(sentence):
            kept[start : start + len(sentence)] = [" " if char != "\n" else char for char in sentence]
    return "".join(kept)


def _words(text: str) -> set[str]:
    return {word.lower().rstrip("s") for word in _WORD.findall(text)}


@dataclass(frozen=True)
class Statements:
    """The statements of an assignment, each word weighed by how rare it is among them."""

    words: Mapping[Path, set[str]]
    weight: Mapping[str, float]

    @classmethod
    def of(cls, outline: Outline) -> Statements:
        """The statements of the places of `outline`."""
        words = {
            path: _words(place.statement) for path, place in outline.places.items() if len(_words(place.statement)) > 3
        }
        counts = Counter(word for found in words.values() for word in found)
        total = max(len(words), 1)
        return cls(words, {word: math.log(1 + total / count) for word, count in counts.items()})

    def likeness(self, text: str) -> dict[Path, float]:
        """The places whose statement `text` is like, with how much: the shared words, weighed, over the fewer."""
        said = _words(text)
        if len(said) < 4:
            return {}
        weight = self.weight
        mine = sum(weight.get(word, 0.7) for word in said)
        found: dict[Path, float] = {}
        for path, words in self.words.items():
            shared = sum(weight[word] for word in words & said)
            likeness = shared / min(mine, sum(weight[word] for word in words))
            if likeness >= LIKE:
                found[path] = round(min(likeness, 1.0), 3)
        return found
