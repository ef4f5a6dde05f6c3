"""Check boxes: where a student ticks one, `- [x] 28x28`, the others say nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from grader.model import Block

_BOX = re.compile(r"\s*(?:\[(?P<mark>[ xX\u2713\u2714\u2717]?)\]|(?P<empty>\u2610)|(?P<full>[\u2611\u2612]))(?!\()\s*")


def ticked(blocks: Sequence[Block]) -> list[Block]:
    """`blocks` without the boxes that are left empty, where another one is ticked."""
    found = [_BOX.match(block.text) for block in blocks]
    if not any(box and _is_ticked(box) for box in found):
        return list(blocks)
    return [
        replace(block, text=block.text[box.end() :]) if box else block
        for block, box in zip(blocks, found, strict=True)
        if not box or _is_ticked(box)
    ]


def _is_ticked(box: re.Match[str]) -> bool:
    return bool(box["full"] or (box["mark"] or "").strip())
