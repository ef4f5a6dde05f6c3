"""A Python file: its comments and bare strings are prose, the rest is code. It is taken apart, never run."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from grader.model import Block, BlockKind, Listing
from grader.readers._prose import split
from grader.readers._reading import Place, Reader, Reading, assignment_in_comment

if TYPE_CHECKING:
    from grader.readers._python_spans import Span

_CELL_MARK = re.compile(r"#[ \t]*+%%+[ \t]*+(?:\[\w{1,10}\][ \t]*+)?")
_BANNER = re.compile(r"[#=*\s-]*+")
_OPENING = re.compile(r"\s*+[A-Za-z]{0,2}(\"\"\"|'''|\"|')")


def blocks(source: str, name: str) -> Reading:
    """Read the Python file `source` called `name`. What is no Python is read by line."""
    from grader.readers._python_spans import prose_spans

    place, lines = Place(name), source.split("\n")
    spans, notes = prose_spans(source)
    found: list[Block] = []
    at = 0
    for span in _joined(spans):
        found += place.verbatim(BlockKind.CODE, "\n".join(lines[at : span.first]), at + 1)
        here = lines[span.first : span.last + 1]
        prose, more = split(_uncommented(here) if span.comment else _unquoted(here), place, span.first + 1)
        found += prose
        notes += more
        at = span.last + 1
    found += place.verbatim(BlockKind.CODE, "\n".join(lines[at:]), at + 1)
    listing = Listing(source, place.where(1), is_file=True)
    return Reading(tuple(found), assignment_in_comment(source), tuple(notes), (listing,))


def _joined(spans: Iterable[Span]) -> list[Span]:
    """Comments on consecutive lines are one."""
    joined: list[Span] = []
    for span in spans:
        last = joined[-1] if joined else None
        if last and last.comment and span.comment and last.last + 1 == span.first:
            joined[-1] = last._replace(last=span.last)
        else:
            joined.append(span)
    return joined


def _uncommented(lines: list[str]) -> str:
    """Comment lines as prose: cell marks become headings, banners and lines for programs become blank."""
    return "\n".join(_without_hash(line) for line in lines)


def _without_hash(line: str) -> str:
    mark = _CELL_MARK.match(line)
    if mark:
        title = line[mark.end() :]
        return f"## {title}" if title.strip() else ""
    if line.startswith("#!") or _BANNER.fullmatch(line) or assignment_in_comment(line):
        return ""
    return line.removeprefix("#").removeprefix(" ")


def _unquoted(lines: list[str]) -> str:
    """A string's lines without its quotes. Escapes stay as written: a formula is meant, not a form feed."""
    text = "\n".join(lines).rstrip()
    opening = _OPENING.match(text)
    return text[opening.end() :].removesuffix(opening[1]) if opening else text


READER = Reader((".py",), blocks)
