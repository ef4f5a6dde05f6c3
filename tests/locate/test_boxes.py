"""Check boxes."""

from __future__ import annotations

from grader.locate.boxes import ticked
from grader.model import Block, BlockKind, Where


def texts(*lines: str) -> list[str]:
    """What is left of list items."""
    blocks = [
        Block(BlockKind.TEXT, line.removeprefix("- "), Where("a.md", 1), bullet="-" * line.startswith("- "))
        for line in lines
    ]
    return [block.text for block in ticked(blocks)]


def test_the_ticked_one_is_left() -> None:
    """Without its box; text around the list stays."""
    assert texts("Pick one.", "[ ] 3x3", "[x] 5x5", "[] 7x7") == ["Pick one.", "5x5"]


def test_without_a_tick_nothing_is_taken_away() -> None:
    """Nobody has answered yet; a link and a matrix are no boxes."""
    assert texts("[ ] 3x3", "[ ] 5x5") == ["[ ] 3x3", "[ ] 5x5"]
    assert texts("[x](page) 3", "[ ] 4") == ["[x](page) 3", "[ ] 4"]


def test_the_item_with_a_check_mark_is_left() -> None:
    """Behind the text, as a sign or as an emoji."""
    assert texts("- 3x3", "- 5x5 \u2713") == ["5x5"]
    assert texts("Pick one.", "- 3x3", "- 5x5 :heavy_check_mark:", "- 7x7") == ["Pick one.", "5x5"]
    assert texts("- 3x3 \u2713", "- 5x5 \u2713") == ["3x3 \u2713", "5x5 \u2713"]


def test_the_only_bold_item_is_left() -> None:
    """Where the list is one of options, and no list of working."""
    assert texts("- 3x3", "- **5x5**", "- 7x7") == ["5x5"]
    assert texts("- 3x3", "- **5x5**") == ["3x3", "**5x5**"]
    assert texts("- width", "- **so the width** is 5", "- height") == ["width", "**so the width** is 5", "height"]
