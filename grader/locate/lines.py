"""Numbered answers that a paragraph holds together: one a line, `1.1 blur`, `1.2 sharpen`; all in one, `i. 5 ii. 7`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from grader.locate.labels import Label, follows, labels
from grader.locate.outline import Outline
from grader.model import Block, BlockKind

_NUMBERED = re.compile(r"[ \t]*(?:\*\*)?(?P<number>\d{1,2}(?:\.\d{1,2})+)[.:)]?(?:\*\*)?[ \t]+\S")
_PARTED = r"(?:\s{2}|[.;]\s|\n)\s*"
_NEXT = {
    "(letter)": re.compile(rf"{_PARTED}(?P<at>\((?P<label>[a-z]{{1,4}})\))(?=\s)"),
    "letter)": re.compile(rf"{_PARTED}(?P<at>(?P<label>[a-z]{{1,4}})\))(?=\s)"),
    "letter.": re.compile(rf"{_PARTED}(?P<at>(?P<label>[a-z]{{1,4}})\.)(?=\s)"),
}
"""A label within a line, set apart from what stands before it; by how the first one is set."""


def at_numbers(outline: Outline, blocks: Iterable[Block]) -> tuple[Block, ...]:
    """`blocks`, paragraphs cut before each line that begins with a number of the sheet, `3.2` and longer.

    A paragraph that begins with a letter of the sheet is cut before the next ones, too: `(i) 5; (ii) 7`.
    """
    lines = (piece for block in blocks for piece in _pieces(outline, block))
    return tuple(piece for block in lines for piece in _lettered(outline, block))


def _lettered(outline: Outline, block: Block) -> Iterator[Block]:
    first = labels(block) if block.kind is BlockKind.TEXT else []
    cuts = list(_cuts(outline, block.text, first[-1])) if first else []
    for start, end in pairwise([0, *cuts, len(block.text)]):
        where = replace(block.where, line=block.where.line + block.text.count("\n", 0, start))
        yield replace(block, text=block.text[start:end], where=where) if cuts else block


def _cuts(outline: Outline, text: str, first: Label) -> Iterator[int]:
    """Where the labels stand that follow `first`, each the next one of its level on the sheet."""
    last = first.tokens[-1]
    pattern = _NEXT.get(first.style)
    for found in pattern.finditer(text, len(text) - len(first.rest)) if pattern else ():
        if follows(found["label"], last) and _are_siblings(outline, last, found["label"]):
            last = found["label"]
            yield found.start("at")


def _are_siblings(outline: Outline, one: str, other: str) -> bool:
    return any(path[-1] == one and (*path[:-1], other) in outline.places for path in outline.places if path)


def _pieces(outline: Outline, block: Block) -> Iterator[Block]:
    if block.kind is not BlockKind.TEXT or "\n" not in block.text:
        yield block
        return
    start, lines = 0, block.text.split("\n")
    for at in range(1, len(lines) + 1):
        if at == len(lines) or _is_place(outline, lines[at]):
            where = replace(block.where, line=block.where.line + start)
            yield replace(block, text="\n".join(lines[start:at]), where=where)
            start = at


def _is_place(outline: Outline, line: str) -> bool:
    found = _NUMBERED.match(line)
    return found is not None and tuple(found["number"].split(".")) in outline.places
