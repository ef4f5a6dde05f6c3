r"""What stands around a number and belongs to it: `about`, `K`, `million`, `%`, `px`, `\text{ parameters}`.

What comes in is a claim; what comes out is its mathematics alone, with what the words around it multiply it by.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from grader.answers.claims import Claim
from grader.answers.formulas.number_words import spoken
from grader.answers.syntax.lex import visible
from grader.answers.syntax.unread import MAX_LENGTH, Unread

SCALES = {
    "k": 3, "K": 3, "thousand": 3, "M": 6, "million": 6, "millions": 6, "mio": 6, "Mio": 6, "G": 9, "B": 9,
    "billion": 9, "billions": 9, "bn": 9, "trillion": 12,
}  # fmt: skip
"""Words and letters behind a number, and the power of ten that each stands for."""
_PREFIXES = {"K": 3, "k": 3, "M": 6, "G": 9, "T": 12}

_COUNTED = (
    r"(?:(?:learnable|trainable|total|output|input|different|distinct)\s+)?"
    r"(?:pixels?|px|parameters?|params?|weights?|bias(?:es)?|multiplications?|mult(?:iplie)?s|multiply[- ]adds?|MACs?"
    r"|FLOPS|FLOPs?|flops?|ops|operations?|additions?|neurons?|units?|channels?|filters?|kernels?|feature\s+maps?|maps?"
    r"|bytes?|bits?|values?|entries|entry|elements?|numbers?|features?|connections?|layers?|times|steps?|epochs?)"
    r"(?:\s+(?:in\s+total|in\s+all|total|wide|high))?"
)
_SCALED_UNIT = r"(?P<prefix>[KkMGT])(?P<binary>i?)(?P<what>B|bytes?|FLOPS|FLOPs?|MACs?|ops)"
_SCALE = "|".join(sorted(SCALES, key=len, reverse=True))
_OPENS = r"(?:\\(?:text|textrm|textnormal|textbf|textit|mbox|mathrm|rm|hbox)\s*\{\s*)"
_RAISED = re.compile(r"\^\s*(?:\{\s*[23]\s*\}|[23])")
_VALUE_ENDS = r"(?<=[\d)\]}$%.])"
_BEHIND = re.compile(
    rf"{_VALUE_ENDS}(?:[\s~$]|\\[,;:! ])*(?P<opens>{_OPENS}?)(?:\s|\\[,;: ]|~)*"
    rf"(?:(?P<scale>{_SCALE})(?:\s+{_COUNTED})?|{_SCALED_UNIT}|(?P<percent>percent|per\s+cent|pct)"
    rf"|{_COUNTED})(?P<tail>(?:[\s$.}}]|\^\s*\{{?\s*[23]\s*\}}?|[²³])*)\Z"
)
_CLOSING = frozenset("}$.²³")
_COUNTED_BEHIND_WORDS = re.compile(rf"\s+{_COUNTED}\s*\Z")
_AFTER = re.compile(
    rf"[\s$]*(?:(?P<scale>thousand|millions?|billions?|trillion|mio|bn)\b|(?P<percent>%|percent\b|per\s+cent\b|pct\b)|{_SCALED_UNIT}\b)"
)
_ABOUT = re.compile(
    r"\s*(?:approx(?:imately|\.)?|about|around|roughly|circa|ca\.|some|exactly|only|just)\s+(?=[\d$\\~≈(.-])",
    re.IGNORECASE,
)
_SPACED = re.compile(r"(?<![\d.,])(?<![\d.,] )\d{1,3}(?: \d{3})+(?![\d ]*\d)")
"""Thousands set apart by spaces: `418 176 000`."""
_POINTED = re.compile(
    r"(?<![\d.,])\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?(?![\d.]*\d)|(?<![\d.,])\d{1,3}\.\d{3},\d+(?![.,]?\d)"
)
"""Thousands set apart by points, which two of them show, or a decimal comma behind."""
_COMMA = re.compile(r"(?<![\d.,])0,\d+(?![.,]?\d)")
"""A decimal comma, which the leading zero shows."""

_LETTER = re.compile(r"[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number's mathematics and what stands around it."""

    text: str
    scale: int = 0
    """The power of ten that a word behind it stands for."""
    percent: bool = False
    unit_scale: int = 0
    """The power of ten within its unit, 6 of `MB`; the number may be asked for in that unit, or without."""
    binary: bool = False
    """Whether its unit counts bytes, so that the scale may be one of 1024."""


def quantity(claim: Claim) -> Quantity:
    """The mathematics of `claim` without its unit.

    Raises:
        Unread: it is too long.
    """
    text = claim.text
    if len(text) > MAX_LENGTH:
        raise Unread("too-long", f"{len(text)} characters; at most {MAX_LENGTH} are read")
    found = _behind(_plain(visible(text)))
    if claim.after and not (found.scale or found.percent or found.unit_scale):
        behind = _AFTER.match(claim.after[:40])
        if behind:
            return _with(found, behind)
    return found


def spoken_alone(text: str) -> int | None:
    """The number that all of `text` says in words, what it counts left aside."""
    if not text[:1].isalpha() and not text[:1].isspace():
        return None
    said = text.rstrip(" .\n\t")
    found = spoken(said)
    return spoken(_COUNTED_BEHIND_WORDS.sub("", said)) if found is None else found


def without_counted(text: str) -> str:
    """`text` without the unit behind it, where that is a word for what is counted: `28 x 28 pixels`."""
    if not text[-1:].isalpha() and text[-1:] not in _CLOSING:
        return text
    found = _behind(text) if len(text) <= MAX_LENGTH else Quantity(text)
    return text if found.scale or found.percent or found.unit_scale else found.text


def _plain(text: str) -> str:
    """`text` without "about", and with thousands and decimals as English writes them."""
    if text[:1].isalpha() or text[:1].isspace():
        text = text[found.end() :] if (found := _ABOUT.match(text)) else text
    if " " in text:
        text = _SPACED.sub(lambda found: found.group().replace(" ", ""), text)
    if "," in text and not any(bracket in text for bracket in ("[", "(", "\\{")):
        text = _COMMA.sub(lambda found: found.group().replace(",", "."), text)
    if "." in text:
        text = _POINTED.sub(lambda found: found.group().replace(".", "").replace(",", "."), text)
    return text


def _behind(text: str) -> Quantity:
    last = text.rstrip(" .$\n\t")[-1:]
    if not (last.isalpha() or last in {"}", "²", "³"} or (last.isdigit() and _LETTER.search(text, len(text) - 12))):
        return Quantity(text)
    found = _BEHIND.search(text, max(0, len(text) - 80))
    if not found:
        return Quantity(text)
    tail = _RAISED.sub("", found["tail"])
    powers = tail != found["tail"] or any(char in tail for char in "²³")
    others = tail.count("}") - found["opens"].count("{")  # braces around the whole number stay
    if others < 0 or (powers and (found["scale"] or found["percent"])):
        return Quantity(text)
    return _with(Quantity(text[: found.start()] + "}" * others), found)


def _with(quantity: Quantity, found: re.Match[str]) -> Quantity:
    if found["scale"]:
        return replace(quantity, scale=SCALES.get(found["scale"], 0))
    if found["percent"]:
        return replace(quantity, percent=True)
    if found["prefix"]:
        binary = found["what"][0] in "Bb"
        return replace(quantity, unit_scale=_PREFIXES[found["prefix"]], binary=binary)
    return quantity
