"""Tables in text: rows of pipes, with or without a rule under the header, and rows of tabs."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from grader.readers import _starts

Rows = tuple[tuple[str, ...], ...]

_RULE = re.compile(r"[ \t]*+\|?+[ \t]*+:?+-++:?+[ \t]*+(?:\|[ \t]*+:?+-++:?+[ \t]*+)*+\|?+[ \t]*+")
_CELL_MARK = re.compile(r"\\.|`[^`]*+`|\$\$[^$]*+\$\$|\$(?:\\.|[^$\\])*+\$|\|", re.DOTALL)
_BREAK = re.compile(r"[ \t]*+<br[ \t]*+/?>[ \t]*+", re.IGNORECASE)


def table_at(lines: Sequence[str], start: int) -> tuple[int, Rows] | None:
    """How many lines the table at ``lines[start]`` takes, and its cells; None where none begins."""
    line = lines[start]
    if "|" in line:
        if start + 1 < len(lines) and _is_rule(lines[start + 1]):
            count = 2 + _run(lines, start + 2, lambda row: "|" in row)
            return count, _piped([line, *lines[start + 2 : start + count]])
        count = _run(lines, start, _has_outer_pipes)
        return (count, _piped(lines[start : start + count])) if count > 1 else None
    if "\t" in line:
        count = _run(lines, start, _is_tabbed)
        return (count, tuple(_tabbed(row) for row in lines[start : start + count])) if count > 1 else None
    return None


def _run(lines: Sequence[str], start: int, belongs: Callable[[str], bool]) -> int:
    end = start
    while end < len(lines) and belongs(lines[end]):
        end += 1
    return end - start


def _is_rule(line: str) -> bool:
    return "|" in line and _RULE.fullmatch(line) is not None


def _has_outer_pipes(line: str) -> bool:
    line = line.strip()
    return len(line) > 2 and line[0] == "|" == line[-1]


def _is_tabbed(line: str) -> bool:
    """Whether tabs part `line` into cells; a label, a tab and its answer are no row."""
    cells = _tabbed(line)
    return len(cells) > 2 or (len(cells) == 2 and not (_starts.label(cells[0]) or _starts.bullet(cells[0])))


def _tabbed(line: str) -> tuple[str, ...]:
    return tuple(_cell(cell) for cell in line.strip().split("\t"))


def _piped(lines: Sequence[str]) -> Rows:
    return tuple(_pipe_cells(line) for line in lines if not _is_rule(line))


def _pipe_cells(line: str) -> tuple[str, ...]:
    """The cells of one row; a pipe in ``$|x|$``, in code or behind a backslash parts nothing."""
    line = line.strip().removeprefix("|")
    cells, start = [], 0
    for mark in _CELL_MARK.finditer(line):
        if mark[0] == "|":
            cells.append(line[start : mark.start()])
            start = mark.end()
    last = line[start:]
    return tuple(_cell(cell) for cell in ([*cells, last] if last.strip() or not cells else cells))


def _cell(cell: str) -> str:
    return _BREAK.sub("\n", cell.strip())
