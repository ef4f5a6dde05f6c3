"""Finds the mathematics in a sentence: between dollar signs, and where a student types it without any.

What comes out are stretches with the words before and behind them; "and" between two stretches makes them a list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from grader.answers.prose.questions import asks
from grader.answers.prose.words import OPERATORS, STRIP, runs

_MATH = re.compile(r"\$\$(?P<a>[^$]+)\$\$|\$(?P<b>[^$]+)\$|\\\((?P<c>.+?)\\\)|\\\[(?P<d>.+?)\\\]", re.DOTALL)
_MONEY = re.compile(r"\d[\d.,]*\s[^$]*[A-Za-z]{3,}\s+\Z")
"""What stands between the signs of two amounts, `$5 and then $`: it begins with a number and ends in a word."""
_SENTENCE_END = re.compile(
    r"[.?!;](?=\s+[A-Z(\d$\\*∴])|[?!]|。|；"
    r"|\n(?=\s*(?:[A-Z$\\(\[\d∴=•*-]|[a-z][\w /]{0,30}[:=]|\Z))"
)
_NUMBERS = re.compile(r"\[(?=\s{0,20}\[)[\[\]()\d\s.,;+\-−/eE]{1,2000}\]")
"""Rows of numbers in brackets; a line end within the outer ones ends no sentence."""
_EMPHASIS = re.compile(r"(?<![\w*])(\*\*|__|\*(?=\S))(?P<text>[^*_\n]+?)(?<=\S)\1(?![\w*])|`(?P<code>[^`\n]+)`")
_IF = re.compile(r"\b(?:if|when|whenever|otherwise|else|elsewhere)\b", re.IGNORECASE)
_CASE_WORDS = re.compile(
    r"(?:[\s$,;:`*]|\b(?:if|when|whenever|otherwise|else|elsewhere|and|or|is|it|then|not|positive|negative|zero|nonzero|we|use"
    r"|get|equals)\b)+",
    re.IGNORECASE,
)
_NEW_STATEMENT = re.compile(r"\n\s*\n|\n\s*(?:if|when)\b", re.IGNORECASE)
"""A line that begins with its condition says something new."""
_FILLERS = re.compile(
    r"\b(otherwise|else),?\s+(?:it\s+is|it's|is|it\s+equals|equals|we\s+(?:use|get))\s+", re.IGNORECASE
)
_MOST_OF_BOLD = 0.4
"""The share of what is bold that mathematics has to be, to be meant by it."""
_NEXT = re.compile(r"\$?[A-Za-zα-ωΑ-Ω](?:_?\d|_\{\w{1,4}\}|_\w)?'?\$?:(?=\s)")
"""The name of the value that follows: `x_4:`."""
_LABEL = re.compile(r"[ \t$]{0,3}:(?!=)")
"""What makes a name before it the label of what comes next, `x4: [1, 0]`."""
_CONNECTORS = frozenset({"and", "or", "&", ","})


@dataclass(frozen=True, slots=True)
class Stretch:
    """Mathematics within a sentence."""

    text: str
    before: str
    after: str
    offset: int
    """Where it begins in the text."""
    strong: bool = False
    """Whether the student set it in bold, in a box or as code."""
    asked: bool = False
    """Whether it stands in a question."""


def sentences(text: str) -> Iterator[tuple[str, int]]:
    """The sentences of `text` with their offsets; a full stop within mathematics ends nothing."""
    hidden = _NUMBERS.sub(_on_one_line, _MATH.sub(lambda found: "\x01" * len(found.group()), text))
    start = 0
    for found in _SENTENCE_END.finditer(hidden):
        if text[start : found.end()].strip():
            yield text[start : found.end()], start
        start = found.end()
    if text[start:].strip():
        yield text[start:], start


def _on_one_line(found: re.Match[str]) -> str:
    """An array of numbers without the line ends within its brackets."""
    if "\n" not in found.group():
        return found.group()
    depth = 0
    chars: list[str] = []
    for char in found.group():
        depth += (char in "[(") - (char in "])")
        chars.append(" " if char == "\n" and depth > 0 else char)
    return "".join(chars) if depth == 0 else found.group()


def stretches(text: str) -> Iterator[Stretch]:
    """The stretches of mathematics in `text`, sentence by sentence; a case distinction is one."""
    lead = ""
    for sentence, offset in sentences(text):
        for found in _of_sentence(sentence, offset):
            yield replace(found, before=f"{lead} {found.before}") if lead else found
        lead = sentence.strip() if sentence.rstrip().endswith(":") else ""


def _of_sentence(sentence: str, offset: int) -> Iterator[Stretch]:
    asked = asks(sentence)
    found = list(_joined(sentence, sorted(_spans(sentence))))
    whole = _case_distinctions(sentence, found)
    for number, (start, end, strong) in enumerate(found):
        if start in whole:
            last = whole[start]
            text, behind = _inner(sentence[start:last]), sentence[last:]
        elif any(first <= start < last for first, last in whole.items()):
            continue  # a branch by itself would say something else
        else:
            after = found[number + 1][0] if number + 1 < len(found) else len(sentence)
            text, behind = _inner(sentence[start:end]), sentence[end:after]
        if text.strip(STRIP):
            yield Stretch(text, sentence[:start], behind, offset + start, strong, asked)


def _case_distinctions(sentence: str, spans: list[tuple[int, int, bool]]) -> dict[int, int]:
    """Where case distinctions in words begin and end: spans with nothing but "if", "and", "otherwise" between them."""
    found: dict[int, int] = {}
    at = 0
    while at < len(spans):
        end, said = at, ""
        while end + 1 < len(spans):
            between = sentence[spans[end][1] : spans[end + 1][0]]
            if _NEW_STATEMENT.search(between):
                break
            if not (_CASE_WORDS.fullmatch(between) and _IF.search(said + between)):
                break
            said += between
            end += 1
        behind = _CASE_WORDS.match(sentence, spans[end][1])
        said += behind.group() if behind else ""
        if _IF.search(said):
            found[spans[at][0]] = behind.end() if behind and _IF.search(behind.group()) else spans[end][1]
        at = end + 1
    return found


def _inner(text: str) -> str:
    """The stretch without its dollar signs and emphasis."""
    bare = re.sub(r"\$|\\[()\[\]]", " ", text).strip().strip("`").strip()
    bare = _FILLERS.sub(r"\1 ", bare)
    while bare[-1:] in {")", "]"} and bare.count(bare[-1]) > bare.count({")": "(", "]": "["}[bare[-1]]):
        bare = bare[:-1].rstrip()  # the bracket belongs to the sentence
    return bare


def _spans(sentence: str) -> Iterator[tuple[int, int, bool]]:
    """Where mathematics stands: start, end, and whether it is emphasised."""
    masked = sentence
    for found in _MATH.finditer(sentence):
        if found["b"] and _MONEY.match(found["b"]):
            continue
        yield found.start(), found.end(), False
        masked = masked[: found.start()] + "\x01" * (found.end() - found.start()) + masked[found.end() :]
    for found in _EMPHASIS.finditer(masked):
        name = "text" if found["text"] is not None else "code"
        content = found[name]
        for start, end in runs(content):
            strong = end - start >= _MOST_OF_BOLD * len(content.strip())  # a heading that holds a number marks none
            yield found.start(name) + start, found.start(name) + end, strong
        masked = masked[: found.start()] + "\x02" * (found.end() - found.start()) + masked[found.end() :]
    for start, end in runs(masked):
        yield start, end, False


def _joined(sentence: str, spans: list[tuple[int, int, bool]]) -> Iterator[tuple[int, int, bool]]:
    """Spans with only a sign, a comma or "and" between them are one: `$32$ x $32$`, `(1,3), (2,3), or (3,3)`."""
    current: tuple[int, int, bool] | None = None
    for start, end, strong in spans:
        if current is None:
            current = (start, end, strong)
            continue
        between = sentence[current[1] : start].strip()
        if start < current[1]:
            current = (current[0], max(current[1], end), current[2] or strong)
        elif not _is_label(sentence, between, start, end) and _joins(
            between, sentence[current[0] : current[1]], sentence[start:end]
        ):
            current = (current[0], end, current[2] or strong)
        else:
            yield current
            current = (start, end, strong)
    if current:
        yield current


def _is_label(sentence: str, between: str, start: int, end: int) -> bool:
    """Whether what stands there names the value that follows it."""
    return bool(_NEXT.match(sentence, start)) or ("," in between and bool(_LABEL.match(sentence, end)))


def _joins(between: str, left: str, right: str) -> bool:
    words = between.replace(",", " , ").split()
    if not words:
        return between != "" or left.rstrip("$ ")[-1:] in "=+-*/×·<>(" or right.lstrip("$ ")[:1] in "=+-−*/×·<>≤≥)^_"
    if all(word in OPERATORS - {"->", "→", "=>", "⇒"} or word in {"\\times", "times", "by"} for word in words):
        return True
    return all(word in _CONNECTORS for word in words) and "=" not in left + right
