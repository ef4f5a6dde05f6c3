"""Prose in Markdown, or near it, to blocks: typed, pasted, or out of text recognition."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from grader.model import Block, BlockKind
from grader.readers._reading import Place
from grader.readers._scanner import Scanner
from grader.readers._tokens import ENTITIES, TOKEN, unquoted, without_data

_LANGUAGE = re.compile(r"[ \t]*+(?:[\w+#.-]*+|\{[^{}]*+\})[ \t]*+")
"""What names the language of a fence; anything else on its first line is code already."""


def split(source: str, place: Place, line: int = 1) -> tuple[list[Block], list[str]]:
    """The blocks of `source`, whose first line is `line`, and notes on what was mended."""
    scanner = _Markdown(unquoted(source), place, line)
    return list(scanner.blocks()), scanner.notes


class _Markdown(Scanner):
    """The pass over Markdown."""

    token = TOKEN

    def __init__(self, source: str, place: Place, line: int) -> None:
        super().__init__(source, place, line)
        self.row_end = 0
        self.row = False

    def in_row(self) -> bool:
        """Whether the line at hand is a row of a table, where formulas and pictures belong to their cell."""
        if self.at >= self.row_end:
            start = self.source.rfind("\n", self.row_end, self.at) + 1
            end = self.source.find("\n", self.at)
            self.row_end = len(self.source) if end < 0 else end
            line = self.source[start : self.row_end].strip()
            self.row = line.startswith("|") or "\t" in line
        return self.row

    def display(self, start: int, end: int) -> Iterable[Block]:
        """A display formula; within the row of a table it stays in its cell."""
        if self.in_row() and end < self.row_end:
            return self.keep(end + 2, f"${self.source[start:end].strip()}$")
        return super().display(start, end)

    def _fence(self, found: re.Match[str]) -> Iterator[Block]:
        opener = found["ticks"] or found["tildes"]
        end = self.closings.fence(opener, found.end())
        if end is None:
            self.mended(f"the code that {opener[:3]} opens never ends; read as prose")
            self.go_on(found.start("info"))
            return
        yield from self.flush()
        named = _LANGUAGE.fullmatch(found["info"])
        self.go_on(min(found.end() + 1, end[0]) if named else found.start("info"))
        yield from self.place.verbatim(BlockKind.CODE, self.source[self.at : end[0]], self.line)
        self.go_on(end[1])
        self.held_line, self.fresh = self.line, True

    def _plain(self, found: re.Match[str]) -> Iterable[Block]:
        return self.keep(found.end())

    def _comment(self, found: re.Match[str]) -> Iterable[Block]:
        end = self.closings.literal("-->", found.end(), whole=True)
        return self.keep(found.end()) if end < 0 else self.keep(end + 3, "\n" * self.source.count("\n", self.at, end))

    def _nothing(self, found: re.Match[str]) -> Iterable[Block]:
        """``$$$$``: a formula with nothing in it."""
        return self.emit(BlockKind.MATH, found.start(), found.start(), found.end())

    def _environment(self, found: re.Match[str]) -> Iterable[Block]:
        blocks = self.formula(found, found["environment"])
        return self.keep(found.end()) if blocks is None else blocks

    def _image(self, found: re.Match[str]) -> Iterator[Block]:
        if self.in_row():
            self.keep(found.end())
            return
        yield from self.flush()
        yield self.place.block(BlockKind.IMAGE, without_data(found[0]), self.line)
        self.go_on(found.end())
        self.held_line = self.line

    def _break(self, found: re.Match[str]) -> Iterator[Block]:
        if self.in_row():
            self.keep(found.end())
            return
        self.go_on(found.end())
        yield from self.flush(fresh=True)

    def _tag(self, found: re.Match[str]) -> Iterable[Block]:
        return self.keep(found.end(), "")

    def _entity(self, found: re.Match[str]) -> Iterable[Block]:
        return self.keep(found.end(), ENTITIES[found[0][1:-1].lower()])
