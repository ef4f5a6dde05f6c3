"""Finds the mathematics in a sentence: between dollar signs, and where a student types it without any.

What comes out are stretches with the words before and behind them; "and" between two stretches makes them a list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_MATH = re.compile(r"\$\$(?P<a>[^$]+)\$\$|\$(?P<b>[^$]+)\$|\\\((?P<c>.+?)\\\)|\\\[(?P<d>.+?)\\\]", re.DOTALL)
_SENTENCE_END = re.compile(r"[.?!;](?=\s+[A-Z(\d$\\*∴])|[?!]|\n(?=\s*(?:[A-Z$\\(\[\d∴=•*-]|\Z))")
_EMPHASIS = re.compile(r"(?<![\w*])(\*\*|__|\*(?=\S))(?P<text>[^*_\n]+?)(?<=\S)\1(?![\w*])|`(?P<code>[^`\n]+)`")
_OPERATORS = frozenset("= + - − – * / × · ^ < > ≤ ≥ <= >= == -> → ⇒ => ≈ ~ x X @ // ± %".split())
_CONNECTORS = frozenset({"and", "or", "&", ","})
_FUNCTION = re.compile(r"(?:max|min|floor|ceil|sqrt|exp|log|ln|int|abs|math\.\w+|np\.\w+|O|Θ)\s*\(")
_STRONG = re.compile(r"[=<>≤≥^\\+*×·√∑∂²³⌊⌋⌈⌉∈]|\d\s*/\s*\d|[A-Za-z)]/[A-Za-z(]")
_NUMBER = re.compile(r"[-+−]?\(*\[*[-+−]?\.?\d")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th|-?[dD]|-[A-Za-z]{2,}.*)")
_SYMBOL = re.compile(
    r"(?:[A-Za-zα-ωΑ-Ω]|alpha|beta|gamma|delta|epsilon|eta|theta|lambda|mu|sigma|phi|omega)(?:_\{?\w+\}?|\d)?'*"
)
_UNITS = re.compile(r"[-+]?[\d.,]+\s*(?:px|pixels?|[KMGT]?B|MB|GB)")
_MEANING = re.compile(r"[^\W_]|[∑√∂]")
"""What a word needs to say anything: a letter, a digit, a large operator; signs alone say nothing."""
_STRIP = ' \t\n,.;:?"“”‘'


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


def sentences(text: str) -> Iterator[tuple[str, int]]:
    """The sentences of `text` with their offsets; a full stop within mathematics ends nothing."""
    hidden = _MATH.sub(lambda found: "\x01" * len(found.group()), text)
    start = 0
    for found in _SENTENCE_END.finditer(hidden):
        if text[start : found.end()].strip():
            yield text[start : found.end()], start
        start = found.end()
    if text[start:].strip():
        yield text[start:], start


def stretches(text: str) -> Iterator[Stretch]:
    """The stretches of mathematics in `text`, sentence by sentence."""
    for sentence, offset in sentences(text):
        found = list(_joined(sentence, sorted(_spans(sentence))))
        for number, (start, end, strong) in enumerate(found):
            behind = found[number + 1][0] if number + 1 < len(found) else len(sentence)
            inner = _inner(sentence[start:end])
            if inner.strip(_STRIP):
                yield Stretch(inner, sentence[:start], sentence[end:behind], offset + start, strong)


def _inner(text: str) -> str:
    """The stretch without its dollar signs and emphasis."""
    bare = re.sub(r"\$|\\[()\[\]]", " ", text).strip().strip("`").strip()
    while bare[-1:] in {")", "]"} and bare.count(bare[-1]) > bare.count({")": "(", "]": "["}[bare[-1]]):
        bare = bare[:-1].rstrip()  # the bracket belongs to the sentence
    return bare


def _spans(sentence: str) -> Iterator[tuple[int, int, bool]]:
    """Where mathematics stands: start, end, and whether it is emphasised."""
    masked = sentence
    for found in _MATH.finditer(sentence):
        yield found.start(), found.end(), False
        masked = masked[: found.start()] + "\x01" * (found.end() - found.start()) + masked[found.end() :]
    for found in _EMPHASIS.finditer(masked):
        name = "text" if found["text"] is not None else "code"
        content = found[name]
        runs = list(_runs(content))
        for start, end in runs:
            yield found.start(name) + start, found.start(name) + end, True
        masked = masked[: found.start()] + "\x02" * (found.end() - found.start()) + masked[found.end() :]
    for start, end in _runs(masked):
        yield start, end, False


def _runs(text: str) -> Iterator[tuple[int, int]]:
    """Stretches of plain text that are mathematics: words that look like it, side by side."""
    words = [(found.start(), found.group()) for found in re.finditer(r"[^\s\x01\x02]+", text)]
    at = 0
    while at < len(words):
        if not _begins(words, at):
            at += 1
            continue
        end = _run_end(text, words, at)
        start = words[at][0]
        last, word = words[end - 1]
        yield start, last + len(word.rstrip(_STRIP)) if word.rstrip(_STRIP) else last
        at = end


def _begins(words: list[tuple[int, str]], at: int) -> bool:
    word = words[at][1]
    if word in _OPERATORS:
        return (
            word not in {"x", "X", "-", "–", "*", "·", "%", "&", "+"}
            and at + 1 < len(words)
            and _is_math(words[at + 1][1])
        )
    return _is_math(word) or (_is_article(word) and at + 1 < len(words) and words[at + 1][1] in _OPERATORS - {"-", "–"})


def _run_end(text: str, words: list[tuple[int, str]], at: int) -> int:
    """The index behind the last word of the run that begins at `at`; brackets are followed to their end."""
    depth = 0
    end = at
    while end < len(words):
        start, word = words[end]
        if end > at and "\x01" in text[words[end - 1][0] : start]:
            break
        if end > at and depth <= 0 and _is_apposition(words[end - 1][1], word):
            break
        if end > at and _is_remark(text, words[end - 1][1], start):
            break
        inside = depth > 0 and end - at < 200
        if not (
            _is_math(word)
            or word in _OPERATORS
            or inside
            or (end > at and words[end - 1][1] in _OPERATORS and _is_article(word))
        ):
            break
        depth += sum(word.count(c) for c in "([{") - sum(word.count(c) for c in ")]}")
        end += 1
        if depth <= 0 and word[-1] in ".;:?!" and word not in _OPERATORS:
            break
    while end - 1 > at and words[end - 1][1] in _OPERATORS:
        end -= 1
    return max(end, at + 1)


def _is_apposition(before: str, word: str) -> bool:
    """Whether a value follows the name of what it is said of: `the shape of W, 1 x 5 x 3`."""
    return before[-1:] == "," and bool(_SYMBOL.fullmatch(before[:-1])) and word[:1].isdigit()


def _is_remark(text: str, before: str, start: int) -> bool:
    """Whether a bracket behind a number holds a remark, `7 (7 x 7 pixels)` or `252 (504 / 2 = 252)`, and no factor."""
    if text[start] != "(" or not before[-1:].isdigit():
        return False
    inner = text[start + 1 : start + 60].partition(")")[0]
    return "=" in inner or any(not (_is_math(word) or word in _OPERATORS) for word in inner.split())


def _is_article(word: str) -> bool:
    return word.strip(_STRIP) in {"a", "A", "I"}


def _is_math(word: str) -> bool:
    """Whether `word` is mathematics by its looks."""
    bare = word.strip(_STRIP)
    if not _MEANING.search(bare) or _is_article(bare) or "://" in bare or bare.startswith("www."):
        return False
    if _SYMBOL.fullmatch(bare.strip("()[]{}")):
        return True
    if _FUNCTION.match(bare.lstrip("([{")):
        return True
    if _NUMBER.match(bare):
        return not _ORDINAL.fullmatch(bare)
    letters = max((len(run) for run in re.findall(r"[A-Za-z]+", bare)), default=0)
    if _STRONG.search(bare):
        return letters < 5 or "=" in bare or "\\" in bare or "(" in bare or bool(re.search(r"\d", bare))
    return bare[0] in "([{" and letters < 2 and len(bare) > 1


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
        elif _joins(between, sentence[current[0] : current[1]], sentence[start:end]):
            current = (current[0], end, current[2] or strong)
        else:
            yield current
            current = (start, end, strong)
    if current:
        yield current


def _joins(between: str, left: str, right: str) -> bool:
    words = between.replace(",", " , ").split()
    if not words:
        return between != "" or left.rstrip("$ ")[-1:] in "=+-*/×·<>(" or right.lstrip("$ ")[:1] in "=+*/×·<>≤≥)^_"
    if all(word in _OPERATORS - {"->", "→", "=>", "⇒"} or word in {"\\times", "times", "by"} for word in words):
        return True
    return all(word in _CONNECTORS for word in words) and "=" not in left + right
