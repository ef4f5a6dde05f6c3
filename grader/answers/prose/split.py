r"""Cuts a display formula where it says several things: rows, `\quad`, words between, equations in a row.

Cuts are made outside brackets and environments only, so a matrix or a fraction stays whole; and never at the words of
a case distinction, `a \text{ if } x > 0, \quad b \text{ otherwise}`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from grader.answers.prose.trimming import is_labelled_formula, without_label, without_number, without_range

__all__ = ["Piece", "pieces", "without_number"]

_TOKEN = re.compile(
    r"\\begin\s*\{(?P<begin>[^{}]*)\}|\\end\s*\{(?P<end>[^{}]*)\}|\\(?:[A-Za-z]+|.)|[{}()\[\],;]|[^\\{}()\[\],;]+",
    re.DOTALL,
)
_WRAPPER = re.compile(
    r"\s*\\begin\s*\{(aligned|align|alignedat|gathered|gather|split|equation|multline|eqnarray)\*?\}(.*)\\end\s*\{\1\*?\}\s*",
    re.DOTALL,
)
_TEXT = re.compile(r"\\(?:text|textbf|textit|textrm|mbox|mathrm|textnormal)\s*\{((?:[^{}]|\{[^{}]*\})*)\}")
_LABELLED_CASES = re.compile(r"\s*\\begin\s*\{cases\}(.*)\\end\s*\{cases\}\s*", re.DOTALL)
_EQUATION = re.compile(r"(?<![<>!:])=")
"""An equals sign that is no part of an inequality."""
_SPACES = frozenset({"\\quad", "\\qquad", "\\hspace", "\\hfill"})
_IF = re.compile(
    r"(?<![A-Za-z\\])(?:if|when|whenever|otherwise|else|o\.w\.|elsewhere|unless)(?![A-Za-z])", re.IGNORECASE
)
_WIDE = r"(?:\\q?quad(?![A-Za-z])|\\[,;: ]|[\s~]){0,9}"
_AND = re.compile(rf"{_WIDE}\\(?:text|mbox|textrm|mathrm)\s?\{{\s?(and|or)\s?\}}{_WIDE}")
_CASE_WORDS = re.compile(
    r"[\s$.,;:]*(?:(?:if|when|whenever|otherwise|else|o\.w|elsewhere|and|or|is|are|not|then|all|any|both|positive|negative"
    r"|zero|nonzero|for)[\s$.,;:]*)+",
    re.IGNORECASE,
)
"""Words between which a case distinction stays whole; `\\text{if $z > 0$}` holds more than words."""
_RANGE = re.compile(
    r"\s*(?:\\(?:[,;: ]|left|bigl?))*[\w\\{},\s]{1,30}?(?:=.{0,40}?(?:\.\.\.?|\\[lcd]?dots|…)|\\in\b|∈|\\le|<|≤)"
)
"""A range of an index, as it stands behind a "for"."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a formula and the words around it; `line` counts from 0 within the formula."""

    text: str
    words: str
    line: int
    behind: str = ""


def pieces(formula: str) -> Iterator[Piece]:
    """The pieces of `formula`, in order; a part's label before it, which would be multiplied in, is left aside."""
    formula = without_label(formula) if is_labelled_formula(formula) else formula
    for row, line in _rows(without_number(formula)):
        words = ""
        for part in _parts(_listed(row)):
            for text, said, behind in _between_words(part):
                words = f"{words} {said}".strip()
                found = [piece for piece in _equations(text) if piece.strip(" \n\t,;.")]
                for number, piece in enumerate(found):
                    bare, ranges = without_range(piece.strip())
                    yield Piece(bare, words, line, f"{ranges} {behind}".strip() if number == len(found) - 1 else ranges)
                    words = ""


def _listed(row: str) -> str:
    """`row` without the wide spaces around an "and" between values, which are a list."""
    return row if _EQUATION.search(row) else _AND.sub(r" \\text{\1} ", row)


def _parts(row: str) -> list[str]:
    """`row` cut at its wide spaces; one before a condition, a branch or the range of an index cuts nothing."""
    parts: list[str] = []
    for part in _cut(row, _SPACES):
        if parts and part.strip() and _belongs(parts[-1], part):
            parts[-1] = f"{parts[-1]} {part}"
        else:
            parts.append(part)
    return parts


def _belongs(before: str, part: str) -> bool:
    words = _TEXT.match(part.lstrip(" \t\n&,;"))
    said = words.group(1).strip() if words else part.lstrip(" \t\n&,;")
    if _IF.match(said):
        return bool(before.strip())
    if words and re.fullmatch(r"for(?:\s+(?:all|each|every))?", said.partition("$")[0].strip()):
        return bool(_RANGE.match(said.partition("$")[2] + part[part.index("}") + 1 :]))
    return bool(_IF.search(part) and _IF.search(before))


def _rows(formula: str) -> Iterator[tuple[str, int]]:
    """The rows; one that begins with a sign of relation goes on from the row before, and so does a further case."""
    wrapped = _WRAPPER.fullmatch(formula) or _labelled_cases(formula)
    body = wrapped.group(wrapped.lastindex or 0) if wrapped else formula
    start = wrapped.start(wrapped.lastindex or 0) if wrapped else 0
    rows: list[tuple[str, int]] = []
    at = start
    for row in _cut(body, frozenset({"\\\\"})):
        line = formula.count("\n", 0, at + len(row) - len(row.lstrip()))
        if rows and (re.match(r"[\s&]*(?:=|\\approx|\\Rightarrow\s*=)", row) or _is_case(rows[-1][0], row)):
            rows[-1] = (f"{rows[-1][0]} {row}", line)
        else:
            rows.append((row, line))
        at += len(row) + 2
    yield from rows


def _is_case(before: str, row: str) -> bool:
    """Whether `row` is a further branch of the case distinction that `before` begins, without a name of its own."""
    condition = _IF.search(row)
    return bool(condition and _IF.search(before) and not _EQUATION.search(row, 0, condition.start()))


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


def _between_words(text: str) -> Iterator[tuple[str, str, str]]:
    r"""Stretches of mathematics, each with the `\text{...}` before and behind it; words within brackets stay."""
    stretch: list[str] = []
    found_so_far: list[tuple[str, str]] = []
    words: list[str] = []
    at = 0
    for found in _TEXT.finditer(text):
        if not _outside(text, found.start()):
            continue
        said = found.group(1).strip()
        stretch.append(text[at : found.start()])
        at = found.start()
        if _stays(text, found, "".join(stretch)):
            continue
        if "".join(stretch).strip():
            found_so_far.append(("".join(stretch), " ".join(words)))
            words = []
        stretch = []
        at = found.end()
        words.append(said)
        if len(said) == 1:  # \text{W} is a name in upright letters
            stretch.append(words.pop())
    stretch.append(text[at:])
    found_so_far.append(("".join(stretch), " ".join(words)))
    behind = [said for _, said in found_so_far[1:]] + [""]
    for (piece, said), after in zip(found_so_far, behind, strict=True):
        yield piece, said, after


def _stays(text: str, found: re.Match[str], before: str) -> bool:
    """Whether the words `found` belong to the formula around them: an "if", an "and" between conditions, a range."""
    said = found.group(1).strip()
    if text[found.end() : found.end() + 1] in set("'(_^[") and re.fullmatch(r"[A-Za-z]+", said):
        return True  # the name of a function, `\\text{ReLU}'(z)`
    if not before.strip() or not _CASE_WORDS.match(said):
        return False
    if said in {"and", "or"} and not _EQUATION.search(text):
        return True  # a list of values, or conditions that hold together
    if said.lower().startswith("for"):
        return bool(_RANGE.match(said.partition("$")[2] + text[found.end() :]))
    return bool(_IF.search(said) or _IF.search(before))


def _outside(text: str, position: int) -> bool:
    before = text[:position]
    opened = sum(before.count(char) for char in "{([") + before.count("\\begin")
    closed = sum(before.count(char) for char in "})]") + before.count("\\end")
    return opened <= closed and not re.search(r"[_^]\s*\Z", before)


def _equations(text: str) -> list[str]:
    """`I = 5, K = 3` as two; `(a, b) = (1, 2)`, a list of values and a case distinction stay whole."""
    parts = _cut(text, frozenset({",", ";"}))
    filled = [part for part in parts if part.strip()]
    several = len(filled) > 1 and all(_EQUATION.search(part) for part in filled) and not _IF.search(text)
    return parts if several else [text]
