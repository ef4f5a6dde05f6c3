"""What a reader is, what it hands back, and where its blocks stand."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from grader.model import Block, BlockKind, Listing, Where

_NAMED_IN_COMMENT = re.compile(r"^[ \t]*+[%#]++[ \t]*+grader:[ \t]*+assignment[ \t]*+[=:][ \t]*+(\S+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader found in one file."""

    blocks: tuple[Block, ...]
    assignment: str | None = None
    """The assignment's id, where the file itself names it."""
    notes: tuple[str, ...] = ()
    """What was odd, and was mended or left."""
    listings: tuple[Listing, ...] | None = None
    """The code as it stands; None where the blocks of code are just that."""

    @property
    def code(self) -> tuple[Listing, ...]:
        """The code of the file, in order."""
        if self.listings is not None:
            return self.listings
        found = (block for block in self.blocks if block.kind is BlockKind.CODE)
        return tuple(Listing(block.text, block.where, block.part) for block in found)


def _never(source: str) -> bool:  # noqa: ARG001  # has the signature of `Reader.recognises`
    return False


@dataclass(frozen=True, slots=True)
class Reader:
    """One format: the ``READER`` of a module in this folder, or an entry point of ``grader.readers``."""

    suffixes: tuple[str, ...]
    """File name endings, in lower case, with their dot."""
    blocks: Callable[[str, str], Reading]
    """From a file's text and name to its blocks; raises SubmissionError where it is too damaged."""
    recognises: Callable[[str], bool] = _never
    """Whether a text is surely of this format, whatever its file is called."""


@dataclass(frozen=True, slots=True)
class Place:
    """What the blocks of one stretch have in common: the file, the notebook cell, the part the cell names."""

    file: str
    cell: int | None = None
    part: str | None = None

    def where(self, line: int) -> Where:
        """The place of a 1-based line."""
        return Where(self.file, line, self.cell)

    def block(self, kind: BlockKind, text: str, line: int, level: int = 0, bullet: str = "") -> Block:
        """A block that begins on `line`."""
        return Block(kind, text, self.where(line), level, bullet, part=self.part)

    def verbatim(self, kind: BlockKind, source: str, line: int) -> list[Block]:
        """`source` as one block without the blank lines around it; no block where nothing else is there."""
        text = source.rstrip()
        blank = len(text) - len(text.lstrip())
        first = text.rfind("\n", 0, blank) + 1
        return [self.block(kind, text[first:], line + text.count("\n", 0, first))] if text else []


def assignment_in_comment(source: str) -> str | None:
    """The id in a comment such as ``% grader: assignment=hw4`` or ``# grader: assignment=hw4``."""
    found = _NAMED_IN_COMMENT.search(source)
    return found[1] if found else None
