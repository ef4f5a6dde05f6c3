"""Lines of prose to blocks: headings, paragraphs, list items and tables, each with the line it begins on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from grader.model import Block, BlockKind
from grader.readers import _starts
from grader.readers._reading import Place
from grader.readers._tables import table_at

HELD_NEWLINE = "\x00"
"""Stands for a line end that is no end of a line: one inside ``$...$``. No cleaned text holds it."""

_BLANK = f" {HELD_NEWLINE}"
_HEADING = re.compile(r"[ \t]*+(#{1,6})(?:[ \t]++(.*)|$)|[ \t]*+(#{2,6})([^#].*)")
_CLOSING_HASHES = re.compile(r"(?:^|[ \t])#++[ \t]*+$")
_UNDERLINE = re.compile(r"[ \t]*+(={3,}+|-{3,}+)[ \t]*+")
_RULE = re.compile(r"[ \t]*+([-*_=])(?:[ \t]*+\1){2,}+[ \t]*+")
_NO_TITLE = re.compile(r"[=$:]|[.!?]$")


def paragraphs(text: str, line: int, place: Place, *, fresh: bool = True) -> Iterator[Block]:
    """The blocks of `text`, whose first line is `line` of the source.

    A block's text keeps its line ends, so that the source line of any place in it can be counted.

    Args:
        text: prose with inline math, free of display math, code and pictures.
        line: 1-based.
        place: the file and cell.
        fresh: whether `text` begins at the start of a line; else its first line opens nothing.
    """
    lines = text.split("\n")
    reader = _Lines(lines, line, place)
    at = 0
    if not fresh:
        reader.hold(lines[0].strip(), lines[0].strip())
        at = 1
    while at < len(lines):
        at += reader.take(at)
        yield from reader.done()
    reader.flush()
    yield from reader.done()


class _Lines:
    """One pass over lines: what is held grows into a paragraph until something else begins."""

    def __init__(self, lines: list[str], first: int, place: Place) -> None:
        self.lines = lines
        self.place = place
        self.next_line = first
        self.held: list[str] = []
        self.held_line = first
        self.level = 0
        self.bullet = ""
        self.ready: list[Block] = []

    def done(self) -> list[Block]:
        """The blocks that are finished, once."""
        ready, self.ready = self.ready, []
        return ready

    def take(self, at: int) -> int:
        """Read what begins at ``lines[at]``; how many lines it takes."""
        line = self.lines[at]
        content = line.strip()
        if not content:
            return self.separator(line)
        if self.underlines(line) or _RULE.fullmatch(line):
            return self.separator(line)
        if content[0] == "#" and (heading := _HEADING.fullmatch(line)):
            return self.heading(line, heading)
        if ("|" in line or "\t" in content) and (table := table_at(self.lines, at)):
            return self.table(at, *table)
        marker = _starts.bullet(content)
        rest = content[len(marker) :].lstrip()
        if marker or _starts.label(content) or (len(self.held) == 1 and _starts.only_label(self.held[0])):
            self.flush()
        self.hold(line, rest, marker)
        return 1

    def hold(self, line: str, content: str, marker: str = "") -> None:
        """Add a line to the paragraph."""
        if not any(self.held):
            blank = len(content) - len(content.lstrip(_BLANK))
            self.held, self.held_line = [], self.next_line + content.count(HELD_NEWLINE, 0, blank)
            content = content[blank:]
            self.level, self.bullet = _starts.columns(line), self.bullet or marker
        self.held.append(content)
        self.step(line)

    def step(self, line: str, count: int = 1) -> None:
        """Go on by `count` lines, and by the line ends that are held in `line`."""
        self.next_line += count + line.count(HELD_NEWLINE)

    def flush(self) -> None:
        """End the paragraph. A bullet with nothing behind it stays: it may belong to a formula."""
        text = "\n".join(self.held).replace(HELD_NEWLINE, "\n")
        if text.strip() or self.bullet:
            self.ready += [self.place.block(BlockKind.TEXT, text, self.held_line, self.level, self.bullet)]
        self.held, self.bullet = [], ""

    def separator(self, line: str) -> int:
        """A blank line, or a rule."""
        self.flush()
        self.step(line)
        return 1

    def underlines(self, line: str) -> bool:
        """Whether `line` makes a heading of the one line held. Under an answer, ``---`` is a rule."""
        found = _UNDERLINE.fullmatch(line)
        if not found or len(self.held) != 1 or self.bullet:
            return False
        title = self.held[0]
        if found[1][0] == "-" and (_NO_TITLE.search(title) or _starts.label(title)):
            return False
        level = 1 if found[1][0] == "=" else 2
        self.ready.append(self.place.block(BlockKind.HEADING, title, self.held_line, level))
        self.held = []
        return True

    def heading(self, line: str, found: re.Match[str]) -> int:
        """A line of the form ``## title ##``."""
        self.flush()
        hashes, title = found[1] or found[3], found[2] or found[4] or ""
        text = _CLOSING_HASHES.sub("", title).strip().replace(HELD_NEWLINE, "\n")
        if text:
            self.ready.append(self.place.block(BlockKind.HEADING, text, self.next_line, len(hashes)))
        self.step(line)
        return 1

    def table(self, at: int, count: int, rows: tuple[tuple[str, ...], ...]) -> int:
        """The table on `count` lines; its text is those lines as they stand."""
        self.flush()
        lines = self.lines[at : at + count]
        text = "\n".join(line.strip() for line in lines).replace(HELD_NEWLINE, "\n")
        cells = tuple(tuple(cell.replace(HELD_NEWLINE, "\n") for cell in row) for row in rows)
        self.ready += [replace(self.place.block(BlockKind.TABLE, text, self.next_line), rows=cells)]
        self.step("".join(lines), count)
        return count
