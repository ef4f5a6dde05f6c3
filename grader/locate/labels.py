"""Finds numbering at the beginning of a block, as students and scanners write it.

`(a)`, `a)`, `3.2`, `Question 2 (b):`, `Q2.`, `ii:`, `2 Pooling`, `d. (i)`; and damaged: `ca)`, `cb).`, `(C),`, `Qii)`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from grader.model import Block, BlockKind

_ROMAN = r"(?:x{0,3}(?:ix|iv|v?i{0,3}))"
_PREFIX = re.compile(
    r"(?P<word>problem|question|exercise|task|part|subpart|answer\s+to|answer|solution|sol|ans|ques|prob|ex|q)\s*[.:#]?\s*(?:no\.?\s*)?",
    re.IGNORECASE,
)
_PATH = re.compile(r"(?P<label>\d{1,2}(?:\.\d{1,2})*)(?:\.?(?P<letter>[a-zA-Z])(?![A-Za-z\d]))?")
_BRACKETED = re.compile(
    rf"[\(\[]\s*(?P<label>\d{{1,2}}(?:\.\d{{1,2}})*\.?[a-z]?|[A-Za-z]|{_ROMAN})\s*[\)\]]", re.IGNORECASE
)
_LETTERED = re.compile(rf"(?P<label>[A-Za-z]|{_ROMAN})(?P<close>[.)\]:])(?=[\s,.:$\\(*_]|\Z)")
_DAMAGED = re.compile(r"[cCl](?P<label>[a-z])\)")
_CLOSE = re.compile(r"\s*(?P<close>\)[.:,]?|[.:,]|[-–—](?=\s)|(?:\*\*|__)[.:)]?)?")
_DRESS = re.compile(r"(?:\*\*|__|\*|_|#+|\\textbf\{|\\text\{|\\textit\{|\\underline\{|\\boxed\{|\$|>|\s)*")


@dataclass(frozen=True, slots=True)
class Label:
    """Numbering at the beginning of a block."""

    tokens: tuple[str, ...]
    """In lower case, one an order: ``("2", "e")``."""
    style: str
    """How it is set, so that a list within an answer is told from the sheet's numbering."""
    text: str
    rest: str
    """The block's text behind it."""
    weak: bool = False
    """Whether it may as well be a plain number: `3` alone on a line, `2 Pooling`."""
    named: bool = False
    """Whether a word says that it is numbering: Question, Problem."""
    damaged: bool = False


def labels(block: Block) -> list[Label]:
    """The labels at the beginning of `block`, the outer one first; none where it begins with anything else."""
    if block.kind not in {BlockKind.TEXT, BlockKind.HEADING, BlockKind.MATH}:
        return []
    found: list[Label] = []
    text = block.text
    while len(found) < 4:
        label = _first(text, block, inner=bool(found))
        if label is None:
            break
        found.append(label)
        text = label.rest
    return found


def _first(text: str, block: Block, *, inner: bool) -> Label | None:
    dressed = _DRESS.match(text)
    start = dressed.end() if dressed else 0
    prefix = _PREFIX.match(text, start)
    at = prefix.end() if prefix else start
    for read in (_bracketed, _damaged, _numbered, _lettered):
        label = read(text, at, block, named=bool(prefix))
        if label and not (inner and (label.weak or label.style in {"number ", "number ,"})):
            return label
    return None


def _bracketed(text: str, at: int, block: Block, *, named: bool) -> Label | None:
    found = _BRACKETED.match(text, at)
    if not found or not found["label"]:
        return None
    if block.kind is BlockKind.MATH and not text[found.end() :].strip(" $"):
        return None  # an equation number alone
    return _label(text, found.start(), found.end(), found["label"], f"({_class(found['label'])})", named=named)


def _damaged(text: str, at: int, block: Block, *, named: bool) -> Label | None:
    found = _DAMAGED.match(text, at)
    if not found or block.kind is BlockKind.MATH:
        return None
    return _label(text, found.start(), found.end(), found["label"], "(letter)", named=named, damaged=True)


def _numbered(text: str, at: int, block: Block, *, named: bool) -> Label | None:
    found = _PATH.match(text, at)
    if not found or block.kind is BlockKind.MATH:
        return None
    label = found["label"] + (found["letter"] or "")
    close = _CLOSE.match(text, found.end())
    mark = (close["close"] or "")[:1] if close else ""
    behind = close.end() if close and mark else found.end()
    tail = text[behind:]
    if mark == "." and tail[:1].isdigit():
        return None
    if (
        (mark and not tail[:1].strip())
        or mark in {")", ":", "*", "_"}
        or named
        or (mark == "." and not tail[:1].isalnum())
    ):
        return _label(text, found.start(), behind, label, f"number {mark}", named=named)
    if mark == "." and tail[:1].isalpha() and re.match(r"[A-Za-z]{3}", tail):
        return _label(text, found.start(), behind, label, f"number {mark}", named=named)
    if tail.lstrip()[:1] == "(" and _BRACKETED.match(tail.lstrip()):
        return _label(text, found.start(), found.end(), label, "number ", named=named)
    if mark or not _is_title(
        tail, dotted="." in label or bool(found["letter"]), heading=block.kind is BlockKind.HEADING
    ):
        return None
    alone = not tail.strip()
    weak = block.kind is not BlockKind.HEADING and not found["letter"] and (alone or "." not in label)
    return _label(text, found.start(), found.end(), label, "number ", named=named, weak=weak)


def _is_title(tail: str, *, dotted: bool, heading: bool) -> bool:
    """Whether what stands behind a bare number looks like a title, or nothing does."""
    if not tail.strip():
        return True
    if heading or dotted:
        return tail[:1].isspace()
    return bool(re.fullmatch(r"\s+[A-Z][A-Za-z\-]+(?:\s+[\w\-,&()]+){0,7}\s*", tail))


def _lettered(text: str, at: int, block: Block, *, named: bool) -> Label | None:
    found = _LETTERED.match(text, at)
    if not found or not found["label"]:
        bare = re.compile(rf"(?P<label>[A-Za-z]|{_ROMAN})(?=\s|\Z)").match(text, at) if named else None
        if not bare or not bare["label"]:
            return None
        return _label(text, bare.start(), bare.end(), bare["label"], f"({_class(bare['label'])})", named=named)
    if block.kind is BlockKind.MATH:
        return None
    style = f"{_class(found['label'])}{found['close']}"
    return _label(text, found.start(), found.end(), found["label"], style, named=named)


def _class(label: str) -> str:
    return "number" if label[0].isdigit() else "letter"


def _label(
    text: str,
    start: int,
    end: int,
    label: str,
    style: str,
    *,
    named: bool,
    weak: bool = False,
    damaged: bool = False,
) -> Label:
    close = _CLOSE.match(text, end)
    rest = text[close.end() if close else end :]
    rest = re.sub(r"\A\s*(?:\*\*|__|\}|\\q?quad\b)\s*[:.]?", "", rest)
    return Label(tokens(label), style, text[start:end].strip(" *_"), rest, weak=weak, named=named, damaged=damaged)


def tokens(label: str) -> tuple[str, ...]:
    """`2e` as 2, e; `1.1.3a` as 1, 1, 3, a."""
    return tuple(re.findall(r"\d+|[a-z]+", label.lower()))


def follows(label: str, before: str) -> bool:
    """Whether `label` is the next one behind `before` in a list: 3 behind 2, c behind b, iv behind iii."""
    if label.isdigit() and before.isdigit():
        return int(label) == int(before) + 1
    if len(label) == len(before) == 1 and label.isalpha() and before.isalpha():
        return ord(label) == ord(before) + 1
    order = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"]
    return label in order and before in order and order.index(label) == order.index(before) + 1


def opens(label: str) -> bool:
    """Whether a list begins with `label`."""
    return label in {"1", "a", "i"}
