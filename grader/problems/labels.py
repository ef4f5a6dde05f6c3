"""Ids and the numbering in them: ``2e.conv1.params`` is the part that the sheet numbers 2, (e)."""

from __future__ import annotations

import re

_ID = re.compile(r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*")
_ROMAN = r"(?=[ivx])x{0,2}(?:ix|iv|v?i{0,3})"
# After a letter only numerals with an i count, so that `3dx` is a name and not 3, (d), x.
_NUMBERED = re.compile(rf"q?(\d+)(?:({_ROMAN}|[a-z])|([a-z])(iv|ix|vi{{1,3}}|i{{1,3}}))?|({_ROMAN}|[a-z])")
_LEADING = re.compile(r"q?(\d+)")


def is_id(text: str) -> bool:
    """Whether `text` can be an id: letters, digits, ``_`` and ``-``, in segments joined by dots."""
    return _ID.fullmatch(text) is not None


def label_of(text: str) -> tuple[str, ...]:
    """The numbering that `text` begins with, in lower case: ``1.1.3a.shape`` gives ``("1", "1", "3", "a")``.

    Numbering is digits, one letter, or a roman numeral up to xxix; what is none of them ends it.
    """
    label: list[str] = []
    for segment in text.lower().split("."):
        whole = _NUMBERED.fullmatch(segment)
        found = whole or _LEADING.match(segment)
        label += filter(None, found.groups()) if found else ()
        if not whole:
            break
    return tuple(label)


def is_label(text: str) -> bool:
    """Whether `text` is numbering and nothing else, as ``3b`` or ``4.a.ii``."""
    return all(_NUMBERED.fullmatch(segment) for segment in text.lower().split("."))


def begins(part: str, problem: str) -> bool:
    """Whether the id `part` lies under the id `problem`: ``3b.filter`` under ``3``, but not ``31a``."""
    if not part.startswith(problem):
        return False
    last, following = problem[-1:], part[len(problem) :][:1]
    joined = (last.isdigit() and following.isdigit()) or (last.isalpha() and following.isalpha())
    return not joined and following not in ("_", "-")
