"""What a text says if it was misread or mistyped: `1O` as 10, a bullet as a minus, a remark as a factor.

Each of these changes the meaning. They are tried only where a text cannot be read or is wrong as it stands, and what
they lead to is shown to a person and never marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from grader.answers.prose.definitions import members
from grader.answers.prose.trimming import without_label

_DIGITS = {"O": "0", "o": "0", "l": "1", "I": "1", "|": "1", "S": "5", "s": "5", "B": "8", "Z": "2"}
_MEANS = {"0": "zero", "1": "one", "5": "five", "8": "eight", "2": "two"}
_LOOKALIKE = re.compile(r"(?<![A-Za-z\\{_])(?=[OolI|SsBZ]{0,8}\d)[\dOolI|SsBZ]*[OolI|SsBZ][\dOolI|SsBZ]*(?![A-Za-z])")
"""Digits with a letter among them that looks like one."""
_LONE = re.compile(r"(?P<lead>(?:\A|[\[(,:;&×]|(?<=\s)x(?=\s))\s*)(?P<letters>[OlI]{1,3})(?=\s*(?:[,;\]&)×]|x\s|\Z))")
"""Such letters alone in a list or a shape."""
_ONES = re.compile(r"(?<=[=\-−])l(?![A-Za-z_\[(])")
"""An l behind a sign, where a 1 is far more common: `i=l`, `h-l`."""
_BULLET = re.compile(r"\s*[-–—−]\s+(?=[\d.$(\\[])")
_NUMBER_THEN_BRACKET = re.compile(r"(?P<value>[^()]*\d)\s+\((?P<inner>[^()]*)\)\s*\.?\s*\Z")
_NUMBER = re.compile(r"[-+−]?\s*\d[\d.,' ]*")
_LABELLED = re.compile(r"\s*\(\s*(?:\d{1,2}|[a-h])\s*\)\s+(?=[-−+])")
_TAGGED = re.compile(r"(?P<main>.*\S)\s+\(\d{1,2}(?:\.\d{1,2})?\)\s*\Z", re.DOTALL)
MOST = 1_000
"""Characters of a text in which such slips are looked for."""


def misreadings(text: str) -> Iterator[tuple[str, str]]:
    """Other texts that `text` may stand for, each with the condition in words: "the O is a zero"."""
    if len(text) > MOST:
        return
    digits, letters = _with_digits(text)
    if letters:
        yield digits, letters
    bullet = _BULLET.match(text)
    if bullet:
        yield text[bullet.end() :], "the dash before it is no minus"
    bracket = _NUMBER_THEN_BRACKET.fullmatch(text)
    if bracket:
        yield bracket["value"], f"({bracket['inner']}) is a remark"
    labelled = _LABELLED.match(text)
    if labelled:
        yield text[labelled.end() :], f"{labelled.group().strip()} is the part's label"
    bare = without_label(text)
    if bare != text:
        yield bare, f"{text[: len(text) - len(bare)].strip()} is the part's label"
    tagged = _TAGGED.fullmatch(text)
    if tagged:
        yield tagged["main"], f"{text[tagged.end('main') :].strip()} is the equation's number"
    chain = members(text)
    if len(chain) == 2 and _NUMBER.fullmatch(chain[0]) and not _NUMBER.fullmatch(chain[1]):
        yield chain[0], "what stands first is the answer"


def _with_digits(text: str) -> tuple[str, str]:
    """`text` with the letters that look like digits as digits, and the condition in words."""
    letters: dict[str, str] = {}

    changed = _LONE.sub(lambda found: found["lead"] + _all_digits(found["letters"], letters), text)
    changed = _ONES.sub(lambda found: _all_digits(found.group(), letters), changed)
    changed = _LOOKALIKE.sub(lambda found: _all_digits(found.group(), letters), changed)
    return changed, " and ".join(f"the {letter} is a {_MEANS[digit]}" for letter, digit in letters.items())


def _all_digits(text: str, letters: dict[str, str]) -> str:
    """`text` with each letter that looks like a digit as one; `letters` notes which there were."""
    letters.update({char: _DIGITS[char] for char in text if char in _DIGITS})
    return "".join(_DIGITS.get(char, char) for char in text)
