"""Tells an answer from its absence: blank, TODO, a question mark, a template's placeholder."""

from __future__ import annotations

import re

_DRESS = re.compile(r"[\s$*_`#>\\{}()\[\].,:;|\-–—∴]|\\(?:text|therefore|quad|boxed|left|right)")
_EMPTY = re.compile(
    r"(?:(?:your|write|type|insert|enter|put|add|fill)?(?:your)?(?:in)?(?:answers?|solutions?|response)(?:goes|is)?(?:here|below)?"
    r"|(?:yourcode|code)(?:goes)?here|todo|tbd|tba|fixme|idk|idontknow|dontknow|skip(?:ped)?|blank|pass|sol|ans|\?+|x+"
    r"|nan|null|placeholder)+",
    re.IGNORECASE,
)
_LONGEST_LABEL = 80
_VALUE = re.compile(r"[=<>+*/^]|(?<![A-Za-z])\d")
"""What no label holds."""
_MOST_SIGNS = 500
"""Signs without a letter or a digit, such as a ruled line; more of them are something that somebody should see."""
_PLACEHOLDER = re.compile(r"\$?\\?(?:mathbb\{?R\}?\^?\{?)?\s*[a-c?_](?:\s*(?:x|×|\\times|,)\s*[a-d?_]){1,3}\s*\}?\$?")


def is_blank(text: str) -> bool:
    """Whether `text` holds no answer at all."""
    label, _, said = text.rpartition(":")
    if said.strip() and len(label) < _LONGEST_LABEL and not _VALUE.search(label):
        text = said  # "Parameters in conv2: ???"
    bare = _DRESS.sub("", text).replace("'", "").replace("!", "")
    if not bare:
        return len("".join(text.split())) < _MOST_SIGNS
    return bool(_EMPTY.fullmatch(bare))


def is_placeholder(text: str) -> bool:
    """Whether `text` is a template's `a x b x c`, or `R^{a x b}`, never filled in."""
    right = re.split(r"=|\\in\b|∈", text)[-1]
    return bool(_PLACEHOLDER.fullmatch(right.strip().strip("$").strip()))
