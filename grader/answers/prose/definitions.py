r"""What a student's own names stand for: `where m = n - k + 1`, `let F denote K`, an equation in an earlier line.

What comes in are the claims of one place; what comes out are the same claims, each with the names that are defined
for it. Names and expressions stay as they were written: what a name means among the problem's symbols is for who
reads the claim.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from grader.answers.claims import Claim

_NAME = (
    r"(?:\\(?:hat|bar|tilde|text|mathrm|mathbf|mathit)\s*(?:\{[A-Za-z]\w{0,11}\}|\s[A-Za-z](?![A-Za-z]))|\\?[A-Za-zα-ωΑ-Ω]{1,12})"
    r"(?:_(?:\{[^{}]{1,20}\}|\w{1,4}))?(?:\^\{[(\[]\w{1,3}[)\]]\})?'{0,2}"
)
_PLAIN_NAME = re.compile(_NAME)
_DERIVATIVE = re.compile(
    rf"\\[dt]?frac\s*\{{\s*(?:\\partial|d)\s*{_NAME}\s*\}}\s*\{{\s*(?:\\partial|d)\s*{_NAME}\s*\}}|(?:d|∂)[A-Za-z]/(?:d|∂){_NAME}"
)
"""A derivative that further ones are built on: `dL/dy = y - t`, then `dL/dw = dL/dy v`."""
_PLAIN_ENTRY = re.compile(rf"{_NAME}(?:\[[^\[\]]{{1,30}}\]|_\{{[^{{}}]{{1,30}}\}})?")
_DEFINED = re.compile(rf"{_NAME}(?:\[[a-z\d_, {{}}]{{1,30}}\])?")
"""A name, or an entry of an array with its indices: what an equation may say in general."""
_LEGEND = re.compile(r"[\s$*`]*(?::|=|\bdenotes?\b|\bstands?\s+for\b|\bis\s+the\b|\bis\s+an?\b)\s*[^\W\d_]")
"""What follows a name in the legend of a formula."""
_EQUALS = re.compile(r"(?<![<>!=])(?::?=)(?![=<>])|\\approx(?![A-Za-z])|≈")
_OPENS = re.compile(
    r"\b(?:where|with|here|let(?:ting)?|writ(?:e|ing)|denot(?:e|es|ing)|defin(?:e|es|ing)|assum(?:e|ing)|suppose|set(?:ting)?|put(?:ting)?"
    r"|given|for(?!\s+which)|if|when|using|taking|say)\b",
    re.IGNORECASE,
)
_CLOSES = re.compile(
    r"\b(?:then|so|thus|hence|therefore|we\s+(?:get|have|obtain|need|see|find)|gives?|yields?|becomes"
    r"|the\s+(?:output|result|answer|number|total|final|formula))\b|=>|⇒|∴|\\Rightarrow|\\therefore|\\implies|=[^:=]{1,40}:\s*\Z",
    re.IGNORECASE,
)
_NEAR_END = 24
"""Characters at the end of a sentence in which its last word stands."""
_WORDS = "it|this|that|he|she|we|the|there|and|or|all|size|as|is|are|which|one"
_IN_WORDS = re.compile(
    rf"(?<![A-Za-z\\])(?P<name>(?!(?:{_WORDS})\b)(?:\\?[A-Za-zα-ωΑ-Ω]|[A-Za-z]{{2,3}})"
    r"(?:_(?:\{[^{}]{1,20}\}|\w{1,4}))?'{0,2})[\s$]+(?:to\s+)?"
    r"(?:be|denotes?|is|are|represents?|stands?\s+for|being|equals?|means?)"
    r"(?P<words>(?:[\s$]+[A-Za-z]+){0,6})[\s$]*\Z"
)
_NO_APPOSITION = re.compile(
    r"\b(?:of|for|in|with|and|or|per|by|to|on|from|along|than|at|not|when|if|else|is)\s*\Z", re.IGNORECASE
)
_NO_LETTERS = re.compile(
    r"\\(?:[dt]?frac|times|cdot|left|right|sqrt|[lr]floor|[lr]ceil|q?quad|text)(?![A-Za-z])|(?<=\d)\s*x\s*(?=\d)"
)
"""What makes a closed expression, letters and all."""


def with_definitions(found: Sequence[Claim]) -> list[Claim]:
    """`found`, each with what is defined for it: in front of it, or in a where-clause anywhere.

    An equation of a name counts for what stands behind it; the last one counts. One that a "where" introduces counts
    for what stands before it too.
    """
    pairs = [_pairs(claim) for claim in found]
    clauses = {name: text for claim, said in zip(found, pairs, strict=True) if claim.defines for name, text in said}
    known: dict[str, str] = {}
    complete: list[Claim] = []
    for claim, said in zip(found, pairs, strict=True):
        own = dict(said)
        mine = tuple((name, text) for name, text in (clauses | known).items() if name not in own)
        complete.append(replace(claim, defined=mine) if mine else claim)
        known |= own
    return complete


def with_known(found: Sequence[Claim], known: Sequence[tuple[str, str]]) -> list[Claim]:
    """`found`, each with what was defined earlier as well, `known`, as far as nothing here says the same names anew."""
    anew = {name for claim in found for name, _ in _pairs(claim)}
    kept = tuple((name, text) for name, text in dict(known).items() if name not in anew)
    return [replace(claim, defined=(*kept, *claim.defined)) for claim in found] if kept else list(found)


def plainly_defined(found: Sequence[Claim]) -> tuple[tuple[str, str], ...]:
    """What `found` defines in so many words, `let G = dY`, `Delta := ...`: it holds further down as well.

    A number for a name, `where K = 3`, belongs to the question at hand.
    """
    said = (pair for claim in found if claim.defines or ":=" in claim.text for pair in _pairs(claim))
    return tuple((name, text) for name, text in said if _has_letters(text))


def may_define(text: str) -> bool:
    """Whether a word or a sign of a definition stands in `text`."""
    return ":=" in text or bool(_OPENS.search(text))


def is_definition(said: str, text: str, after: str = "") -> bool:
    """Whether the words around `text` make it a definition: `where m = ...`, `let F denote K`, `X_{i,j}: the input`."""
    if _LEGEND.match(after) and _PLAIN_ENTRY.fullmatch(text.strip()):
        return True
    if not _is_open(said):
        return False
    left = members(text)
    if len(left) > 1:
        return bool(_DEFINED.fullmatch(left[0]))
    spoken = _IN_WORDS.search(said[-120:])
    return bool(spoken and not _NO_APPOSITION.search(spoken["words"]))


def opens_definition(said: str) -> bool:
    """Whether a "where" or a "let" ends `said`, so that what follows it says what names stand for."""
    opened = [found.end() for found in _OPENS.finditer(said[-_NEAR_END:])]
    return bool(opened) and not said[-_NEAR_END:][opened[-1] :].strip(" \t\n:,$")


def _is_open(said: str) -> bool:
    """Whether a "where" or a "let" is open at the end of `said`."""
    opened = [found.end() for found in _OPENS.finditer(said)]
    return bool(opened) and not _CLOSES.search(said, opened[-1])


def members(text: str) -> list[str]:
    """The members of a chain of equations, cut at the equals signs that stand outside brackets."""
    parts: list[str] = []
    depth, start = 0, 0
    cuts = {found.start(): found.end() for found in _EQUALS.finditer(text)}
    for at, char in enumerate(text):
        depth += (char in "([{") - (char in ")]}")
        if at in cuts and depth <= 0:
            parts.append(text[start:at])
            start = cuts[at]
    return [part.strip(" \t\n&$,.;") for part in (*parts, text[start:])]


def _pairs(claim: Claim) -> list[tuple[str, str]]:
    """The names that `claim` defines, each with its expression."""
    if claim.rows or claim.denied:
        return []
    found = members(claim.text)
    names: list[str] = []
    for member in found:
        if not (_DEFINED.fullmatch(member) or _DERIVATIVE.fullmatch(member)):
            break
        names.append(member)
    if len(found) > len(names) and names:
        expression = _expression(found[len(names) :])
        return [(name, expression) for name in names if expression and not _holds(expression, name)]
    if len(names) > 1:
        return [(names[0], names[1])]
    return _in_words(claim, found[0])


def _in_words(claim: Claim, expression: str) -> list[tuple[str, str]]:
    """`let F denote K`, `N is the number of filters F`."""
    said = _IN_WORDS.search(claim.before[-120:])
    if not said or not expression or _NO_APPOSITION.search(said["words"]):
        return []
    introduced = _is_open(claim.before[-120:])
    if not (introduced or (said["words"].strip() and _PLAIN_NAME.fullmatch(expression))):
        return []
    return [] if _holds(expression, said["name"]) else [(said["name"], expression)]


def _expression(found: Sequence[str]) -> str:
    """The member that says what a name is in general: the first with a letter in it, else the last."""
    return next(filter(_has_letters, found), found[-1])


def _has_letters(expression: str) -> bool:
    return bool(re.search(r"[A-Za-z]", _NO_LETTERS.sub("", expression)))


def _holds(expression: str, name: str) -> bool:
    return bool(re.search(rf"(?<![A-Za-z\\]){re.escape(name)}(?![A-Za-z])", expression))
