"""Characters that a student's text must not bring along: controls, and marks that cannot be seen."""

from __future__ import annotations

import re

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_INVISIBLE = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_LINE_END = re.compile("\r\n?")
_KINDS = (
    (_CONTROL, "control"),
    (_INVISIBLE, "invisible or direction-changing"),
    (_SURROGATE, "half"),
)
_UNSHOWN = re.compile(f"{_CONTROL.pattern}|[\t\n\u2028\u2029]|{_INVISIBLE.pattern}|{_SURROGATE.pattern}")


def clean(text: str) -> tuple[str, list[str]]:
    """`text` with Unix line ends and without unseen characters, and a note on each sort taken out."""
    text = _LINE_END.sub("\n", text) if "\r" in text else text
    notes = []
    for pattern, name in _KINDS:
        text, count = pattern.subn("", text)
        if count:
            notes.append(f"{count} {name} character{'s were' if count > 1 else ' was'} taken out of the text")
    return text, notes


def shown(name: str) -> str:
    """A file's name that is safe on a terminal and in a report: unseen characters written as escapes."""
    return _UNSHOWN.sub(lambda found: ascii(found[0])[1:-1], name)
