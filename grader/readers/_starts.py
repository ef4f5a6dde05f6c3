"""Which lines begin something new: a bullet, a label such as ``(a)`` or ``2.``, or ``Answer:``."""

from __future__ import annotations

import re

_BULLET = re.compile(r"[-*+](?=[ \t]|$)|[•◦▪‣●]")
_ROMAN = r"(?:[ivx]{1,5}|[IVX]{1,5})"
_NUMBER = r"\d{1,2}(?:\.\d{1,2}){0,3}[a-z]?"
_LABEL = re.compile(
    rf"""
    [*_]{{0,3}}                                            # the label may be emphasised
    (?: \( (?:{_ROMAN}|[A-Za-z]|{_NUMBER}) \)               # (a) (ii) (2.1)
      | (?:[A-Za-z]|[cq][a-h]|[Qq]?{_ROMAN}|{_NUMBER}) \)   # a) 1) Qii) and ca), whose c was a bracket
      | (?:[A-Za-z]|{_ROMAN}) \. (?=[\s*_(]|$)              # a. ii.
      | \d{{1,2}} [a-z]? \. (?=[\s*_(A-Za-z]|$)             # 1. 2b. 5.word
      | \d{{1,2}} (?:\.\d{{1,2}})+ (?: [.:] | [*_\s]*$ )    # 1.2. and 1.2 alone on its line
      | (?:[A-Za-z]|{_ROMAN}|{_NUMBER}) :                   # ii:
      | [\u2460-\u2473]                                     # a number in a circle
      | (?i: answers? | ans | solutions? | sol[n]? ) \b [^:\n]{{0,20}} :
      | (?i: question | problem | exercise | part | task | q ) [ ]? \(? {_NUMBER} \b
    )""",
    re.VERBOSE,
)


def bullet(line: str) -> str:
    """The list marker at the start of `line` (already without indentation), or the empty string."""
    found = _BULLET.match(line)
    return found[0] if found else ""


def label(line: str) -> bool:
    """Whether `line`, without indentation and bullet, begins with a label or a word that opens an answer."""
    return _LABEL.match(line) is not None


def only_label(line: str) -> bool:
    """Whether `line` is a label or such a word and nothing more: what it labels follows on its own line."""
    found = _LABEL.match(line)
    return found is not None and not line[found.end() :].strip(" \t.,:*_)")


def columns(line: str) -> int:
    """The indentation of `line` in columns; a tab goes on to the next multiple of four."""
    indent = line[: len(line) - len(line.lstrip())]
    return len(indent.expandtabs(4))
