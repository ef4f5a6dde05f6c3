"""Options of a list that are marked: `- [x] 28x28`, `- 28x28 ✓`, the one that is bold; the others say nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from grader.model import Block

_BOX = re.compile(r"\s*(?:\[(?P<mark>[ xX\u2713\u2714\u2717]?)\]|(?P<empty>\u2610)|(?P<full>[\u2611\u2612]))(?!\()\s*")
_CHECK = re.compile(
    r"\s*(?:\u2705|\u2713|\u2714\ufe0f?|:(?:white_|heavy_)?check_mark:|<-+|\u2190)\s*(?:correct|answer)?[.!]?\s*\Z"
)
_BOLD = re.compile(r"\s*(?:\*\*|__)(?P<text>[^*_].*?)(?:\*\*|__)[\s.]*", re.DOTALL)
_FEWEST = 3
"""Items of a list from which on a single bold one is the one that is meant."""


def ticked(blocks: Sequence[Block]) -> list[Block]:
    """`blocks` without the items of a list that are left unmarked, where another one is marked."""
    found = [_BOX.match(block.text) for block in blocks]
    if any(box and _is_ticked(box) for box in found):
        return [
            replace(block, text=block.text[box.end() :]) if box else block
            for block, box in zip(blocks, found, strict=True)
            if not box or _is_ticked(box)
        ]
    return _marked(blocks, _checked, 1) or _marked(blocks, _bold, _FEWEST) or list(blocks)


def _is_ticked(box: re.Match[str]) -> bool:
    return bool(box["full"] or (box["mark"] or "").strip())


def _marked(blocks: Sequence[Block], bare: Callable[[str], str | None], fewest: int) -> list[Block]:
    """`blocks` with the one item of a list that `bare` finds marked, the other items left out; empty where none is."""
    items = [block for block in blocks if block.bullet]
    marked = [block for block in items if bare(block.text) is not None]
    if len(marked) != 1 or len(items) < max(fewest, 2):
        return []
    return [
        replace(block, text=bare(block.text) or "") if block is marked[0] else block
        for block in blocks
        if not block.bullet or block is marked[0]
    ]


def _checked(text: str) -> str | None:
    found = _CHECK.search(text)
    return text[: found.start()] if found else None


def _bold(text: str) -> str | None:
    found = _BOLD.fullmatch(text)
    return found["text"] if found else None
