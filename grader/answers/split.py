r"""Cuts a display formula where it says several things: rows, `\quad`, words between, equations in a row.

Cuts are made outside brackets and environments only, so a matrix or a fraction stays whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(
    r"\\begin\s*\{(?P<begin>[^{}]*)\}|\\end\s*\{(?P<end>[^{}]*)\}|\\(?:[A-Za-z]+|.)|[{}()\[\],;]|[^\\{}()\[\],;]+",
    re.DOTALL,
)
_WRAPPER = re.compile(
    r"\s*\\begin\s*\{(aligned|align|alignedat|gathered|gather|split|equation|multline|eqnarray)\*?\}(.*)\\end\s*\{\1\*?\}\s*",
    re.DOTALL,
)
_TAG = re.compile(r"\\tag\*?\s*\{[^{}]*\}|\\(?:label|nonumber|notag)(?:\s*\{[^{}]*\})?")
_EQUATION_NUMBER = re.compile(r"(?:\\q?quad|\s|~)*\(\s*\d+(?:\.\d+)*[a-z]?\s*\)\s*\Z")
_TAIL = 80
"""Characters at the end of a formula in which its number stands."""
_TEXT = re.compile(r"\\(?:text|textbf|textit|textrm|mbox|mathrm|textnormal)\s*\{((?:[^{}]|\{[^{}]*\})*)\}")
_LABELLED_CASES = re.compile(r"\s*\\begin\s*\{cases\}(.*)\\end\s*\{cases\}\s*", re.DOTALL)
_EQUATION = re.compile(r"(?<![<>!:])=")
"""An equals sign that is no part of an inequality."""
_SPACES = frozenset({"\\quad", "\\qquad", "\\hspace", "\\hfill"})


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a formula and the words before it; `line` counts from 0 within the formula."""

    text: str
    words: str
    line: int


def without_number(text: str) -> str:
    r"""`text` without the equation number or tag behind it: `... \quad (3.2)`, `\tag{1}`."""
    bare = _TAG.sub(" ", text).rstrip()
    found = _EQUATION_NUMBER.search(bare, max(0, len(bare) - _TAIL))
    stripped = bare[: found.start()] if found else bare
    tail = bare[len(stripped) :]
    # `L (3)` is a product; a number set apart by `\\quad`, or with a dot, or behind a finished relation is a tag.
    is_tag = "quad" in tail or "." in tail or not stripped.strip()
    return stripped if is_tag else bare


def pieces(formula: str) -> Iterator[Piece]:
    """The pieces of `formula`, in order."""
    for row, line in _rows(without_number(formula)):
        words = ""
        for part in _cut(row, _SPACES):
            for text, said in _between_words(part):
                words = f"{words} {said}".strip()
                for piece in _equations(text):
                    if piece.strip(" \n\t,;."):
                        yield Piece(piece.strip(), words, line)
                        words = ""


def _rows(formula: str) -> Iterator[tuple[str, int]]:
    """The rows; one that begins with a sign of relation goes on from the row before."""
    wrapped = _WRAPPER.fullmatch(formula) or _labelled_cases(formula)
    body = wrapped.group(wrapped.lastindex or 0) if wrapped else formula
    start = wrapped.start(wrapped.lastindex or 0) if wrapped else 0
    rows: list[tuple[str, int]] = []
    at = start
    for row in _cut(body, frozenset({"\\\\"})):
        line = formula.count("\n", 0, at + len(row) - len(row.lstrip()))
        if rows and re.match(r"[\s&]*(?:=|\\approx|\\Rightarrow\s*=)", row):
            rows[-1] = (f"{rows[-1][0]} {row}", line)
        else:
            rows.append((row, line))
        at += len(row) + 2
    yield from rows


def _labelled_cases(formula: str) -> re.Match[str] | None:
    """A `cases` brace around rows that each begin with their name: a list of answers, no case distinction."""
    found = _LABELLED_CASES.fullmatch(formula)
    if found and all(
        _TEXT.match(row.strip(" \n\t&")) for row in _cut(found.group(1), frozenset({"\\\\"})) if row.strip()
    ):
        return found
    return None


def _cut(text: str, separators: frozenset[str]) -> list[str]:
    """`text` cut at `separators` that stand outside brackets and environments."""
    parts: list[list[str]] = [[]]
    depth = 0
    for token in _TOKEN.finditer(text):
        word = token.group()
        if depth <= 0 and word in separators:
            parts.append([])
            continue
        if token["begin"] is not None or word in {"{", "(", "["}:
            depth += 1
        elif token["end"] is not None or word in {"}", ")", "]"}:
            depth -= 1
        parts[-1].append(word)
    return ["".join(part) for part in parts]


def _between_words(text: str) -> Iterator[tuple[str, str]]:
    r"""Stretches of mathematics, each with the `\text{...}` that stands before it; words within brackets stay."""
    words: list[str] = []
    stretch: list[str] = []
    at = 0
    for found in _TEXT.finditer(text):
        if not _outside(text, found.start()):
            continue
        stretch.append(text[at : found.start()])
        if "".join(stretch).strip():
            yield "".join(stretch), " ".join(words)
            words = []
        stretch = []
        words.append(found.group(1).strip())
        at = found.end()
        if len(found.group(1).strip()) == 1:  # \text{W} is a name in upright letters
            stretch.append(words.pop())
    stretch.append(text[at:])
    yield "".join(stretch), " ".join(words)


def _outside(text: str, position: int) -> bool:
    before = text[:position]
    opened = sum(before.count(char) for char in "{([") + before.count("\\begin")
    closed = sum(before.count(char) for char in "})]") + before.count("\\end")
    return opened <= closed and not re.search(r"[_^]\s*\Z", before)


def _equations(text: str) -> list[str]:
    """`I = 5, K = 3` as two; `(a, b) = (1, 2)` and a list of values stay whole."""
    parts = _cut(text, frozenset({",", ";"}))
    filled = [part for part in parts if part.strip()]
    return parts if len(filled) > 1 and all(_EQUATION.search(part) for part in filled) else [text]
