"""The YAML at the head of a text, between two lines ``---``: it may name the assignment."""

from __future__ import annotations

import re
from typing import NamedTuple

from grader.readers._tree import Mapping, Scalar, TreeError, tree

_FRONT = re.compile(r"---[ \t]*+\n((?:(?!---[ \t]*+$|\.\.\.[ \t]*+$).*+\n)*+)(?:---|\.\.\.)[ \t]*+$", re.MULTILINE)
_KEY = re.compile(r"^[A-Za-z_][\w-]{0,40}:(?:\s|$)", re.MULTILINE)


class Front(NamedTuple):
    """A text without its front matter, whose lines are left blank so that all others keep their number."""

    body: str
    assignment: str | None = None
    notes: tuple[str, ...] = ()


def front_matter(source: str) -> Front:
    """Take the front matter off `source`; text that only looks like it is left alone."""
    found = _FRONT.match(source) if source.startswith("---") else None
    if not found or not _KEY.search(found[1]):
        return Front(source)
    try:
        root = tree(found[1])
    except TreeError as error:
        note = f"line {error.line + 2}: the front matter is no YAML ({error.problem}); read as text"
        return Front(source, notes=(note,))
    if not isinstance(root, Mapping):
        return Front(source)
    body = "\n" * found[0].count("\n") + source[found.end() :]
    return Front(body, _assignment(root))


def _assignment(root: Mapping) -> str | None:
    """``assignment: hw4``, or the same under ``grader:``."""
    for key, value in root.pairs:
        if key.text == "grader" and isinstance(value, Mapping):
            return _assignment(value)
        if key.text == "assignment" and isinstance(value, Scalar):
            return value.text or None
    return None
