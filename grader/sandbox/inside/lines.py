"""Where the logical lines of a cell begin, though it is not Python: strings and brackets hold lines together."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

_CODE = re.compile(r"#[^\n]*|'''|\"\"\"|['\"]|[\[({]|[\])}]|\\\n|\n")
_ENDS = {quote: re.compile(r"\\.|" + quote, re.DOTALL) for quote in ("'''", '"""')}
_ENDS |= {quote: re.compile(r"\\.|\n|" + quote, re.DOTALL) for quote in ("'", '"')}


def logical_lines(source: str, is_magic: Callable[[str], bool]) -> Iterator[tuple[str, bool]]:
    """The logical lines of `source` in order, with their line ends, and whether each is a magic.

    A line that `is_magic` ends where it ends, whatever quotes and brackets it holds; only a backslash carries it on.
    Joined, the lines are `source`. The cost is linear in its length.
    """
    position = 0
    while position < len(source):
        line = source[position : _line_end(source, position)]
        magic = is_magic(line)
        end = _magic_end(source, position) if magic else _logical_end(source, position)
        yield source[position:end], magic
        position = end


def _line_end(source: str, position: int) -> int:
    return source.find("\n", position) + 1 or len(source)


def _magic_end(source: str, position: int) -> int:
    end = _line_end(source, position)
    while source[end - 2 : end] == "\\\n" and end < len(source):
        end = _line_end(source, end)
    return end


def _logical_end(source: str, position: int) -> int:
    depth = 0
    while token := _CODE.search(source, position):
        text, position = token.group(), token.end()
        if text == "\n" and depth == 0:
            return position
        if text in _ENDS:
            position = _string_end(source, position, text)
        depth = max(depth + (text in "[({") - (text in "])}"), 0)
    return len(source)


def _string_end(source: str, position: int, quote: str) -> int:
    """Behind the string; a newline ends one of single quotes, and is left to the code."""
    while token := _ENDS[quote].search(source, position):
        position = token.end()
        if token.group() == "\n":
            return position - 1
        if token.group() == quote:
            return position
    return len(source)
