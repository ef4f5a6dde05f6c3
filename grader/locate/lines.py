"""Numbered answers one a line, `1.1 blur`, `1.2 sharpen`, which a paragraph holds together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from grader.locate.outline import Outline
from grader.model import Block, BlockKind

_NUMBERED = re.compile(r"[ \t]*(?:\*\*)?(?P<number>\d{1,2}(?:\.\d{1,2})+)[.:)]?(?:\*\*)?[ \t]+\S")


def at_numbers(outline: Outline, blocks: Iterable[Block]) -> tuple[Block, ...]:
    """`blocks`, paragraphs cut before each line that begins with a number of the sheet, `3.2` and longer."""
    return tuple(piece for block in blocks for piece in _pieces(outline, block))


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
