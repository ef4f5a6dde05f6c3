"""Tells a question, which a student has copied from the sheet, from an answer, by its wording."""

from __future__ import annotations

import re

_ASKS = re.compile(
    r"\W{0,12}(?:[a-z]\W{1,4})?(?:(?:what|how|which|why|where|when)\b(?!\s+(?:gives?|means?|is\s+(?:why|because)|equals?|we\s))"
    r"|(?:find|compute|calculate|determine|derive|give|write(?!\s+[$`][^$`\n]{1,200}=)|state|name|list|show|prove|explain"
    r"|describe|provide|draw|sketch|design|implement|specify|briefly|please)\b)",
    re.IGNORECASE,
)
_ASKS_ANYWHERE = re.compile(
    r"\b(?:what (?:is|are|will|would)|how many|show how to|which of the following)\b", re.IGNORECASE
)
_RESULT = re.compile(r"[=≈]\s*\$?\s*[-−]?\d[\d.,]*\s*\$?[\s.)]*\Z")


def asks(sentence: str) -> bool:
    """Whether `sentence` is a question or a task, by its wording; one that ends in a result is none."""
    if sentence.rstrip().endswith("?"):
        return True
    asked = _ASKS.match(sentence) or _ASKS_ANYWHERE.search(sentence)
    return bool(asked) and not _RESULT.search(sentence[-80:])
