"""Check boxes."""

from __future__ import annotations

from grader.locate.boxes import ticked
from grader.model import Block, BlockKind, Where


def texts(*lines: str) -> list[str]:
    """What is left of list items."""
    return [block.text for block in ticked([Block(BlockKind.TEXT, line, Where("a.md", 1)) for line in lines])]


def test_the_ticked_one_is_left() -> None:
    """Without its box; text around the list stays."""
    assert texts("Pick one.", "[ ] 3x3", "[x] 5x5", "[] 7x7") == ["Pick one.", "5x5"]


def test_without_a_tick_nothing_is_taken_away() -> None:
    """Nobody has answered yet; a link and a matrix are no boxes."""
    assert texts("[ ] 3x3", "[ ] 5x5") == ["[ ] 3x3", "[ ] 5x5"]
    assert texts("[x](page) 3", "[ ] 4") == ["[x](page) 3", "[ ] 4"]
