"""Answers in a table: which row is which layer, which column holds what."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from grader.model import Block, BlockKind
from grader.problems import Part

IN_LINE = "its line"
"""The column of a cell that stands in a line of text."""
_CUT = re.compile(r"\s*[,;/|]\s+(?![^(\[]*[)\]])")
_LINE = re.compile(r"[\s*•-]*(?P<name>[^:=\d][^:=]{0,30}?)\s*(?::|=>|->|→)\s*(?P<cells>\S.*)")
"""A row of a table as a line of text."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table, and the names by which it was found."""

    text: str
    block: Block
    row: int
    row_name: str
    column_name: str


Reads = Callable[[Part, str], int]
"""Whether a text can be read as what a part asks for: 0 not at all, 1 at need, 2 by its looks."""


def cells(parts: Iterable[Part], blocks: Iterable[Block], reads: Reads) -> dict[str, Cell | str]:
    """For each part the cell that answers it, or why there is none; of several tables the last that fits counts.

    A table fits where its rows bear the names of the group's rows, in their order. A header row is known by naming
    the columns; where none does, the columns cannot be told apart. The last column that is left may be headed by a
    short form of its name, `out`, where its cells are of the sort that is asked for, as `reads` tells.
    """
    groups: dict[str | None, list[Part]] = {}
    for part in parts:
        groups.setdefault(part.group, []).append(part)
    blocks = list(blocks)
    tables = [block for block in blocks if block.kind is BlockKind.TABLE and len(block.rows) > 1]
    if not tables:
        return {part.id: cell for group in groups.values() for part, cell in _in_lines(group, blocks, reads)}
    found: dict[str, Cell | str] = {part.id: "" for group in groups.values() for part in group}
    for group in groups.values():
        for table in tables:
            for part, cell in _of_table(group, table, reads):
                if isinstance(cell, Cell) or not found[part.id]:
                    found[part.id] = cell
    return found


def _of_table(group: list[Part], table: Block, reads: Reads) -> Iterator[tuple[Part, Cell | str]]:
    """The cell of each part of `group` in `table`."""
    rows = _rows(group, table.rows)
    columns = _columns(group, table.rows[0])
    columns |= _last_column(group, table.rows, columns, rows, reads)
    for part in group:
        yield part, _cell(part, table, columns, rows)


def _in_lines(group: list[Part], blocks: list[Block], reads: Reads) -> Iterator[tuple[Part, Cell | str]]:
    """The rows of a table that a student wrote as lines, `Conv3-10: 28x28x10, 100 parameters`; a line has all cells."""
    lines = [line for block in blocks if block.kind is BlockKind.TEXT for line in block.text.split("\n")]
    found = [(line["name"].strip(), line["cells"].strip()) for text in lines if (line := _LINE.fullmatch(text))]
    if not any(line.strip() for line in lines):
        yield from ((part, "") for part in group)
        return
    table = Block(BlockKind.TABLE, "\n".join(lines), blocks[0].where, rows=(("", ""), *found))
    if (headed := _headed(group, table, reads)) is not None:
        yield from headed
        return
    rows = _rows(group, table.rows)
    for part in group:
        if part.row in rows:
            name, cells = table.rows[rows[part.row]]
            yield part, Cell(_own(part, group, cells), table, rows[part.row], name, IN_LINE)
        else:
            yield part, "there is no table here, and which line is meant is not clear"


def _headed(group: list[Part], table: Block, reads: Reads) -> list[tuple[Part, Cell | str]] | None:
    """The cells of lines whose first says what stands in them, `layer: shape / parameters`; None where none does."""
    rows = tuple((name, *_CUT.split(cells)) for name, cells in table.rows[1:])
    wide = replace(table, rows=rows)
    if not rows or len({len(row) for row in rows}) > 1 or len(rows[0]) < 3 or re.search(r"\d", "".join(rows[0])):
        return None
    found = list(_of_table(group, wide, reads))
    return found if all(isinstance(cell, Cell) for _, cell in found) else None


def _own(part: Part, group: list[Part], cells: str) -> str:
    """What of a line bears the name of the part's column, else what bears no other's; each on a line of its own."""
    pieces = _CUT.split(cells)
    mine = [piece for piece in pieces if any(_fits(name, piece) for name in part.column_names)]
    others = {name for other in group for name in other.column_names} - set(part.column_names)
    return "\n".join(mine or [piece for piece in pieces if not any(_fits(name, piece) for name in others)])


def _cell(part: Part, table: Block, columns: dict[tuple[str, ...], int], rows: dict[int, int]) -> Cell | str:
    if part.column_names not in columns:
        return f"no column of the table is headed {' or '.join(part.column_names[:3])}"
    if part.row is None or part.row not in rows:
        return f"no row of the table is named {' or '.join(part.row_names[:3])}"
    row, column = rows[part.row], columns[part.column_names]
    names = table.rows[row]
    if column >= len(names):
        return f"the row {names[0]!r} has no cell under {table.rows[0][column]!r}"
    return Cell(names[column], table, row, names[0], table.rows[0][column])


def _columns(group: list[Part], header: tuple[str, ...]) -> dict[tuple[str, ...], int]:
    """For each sort of cell the column whose heading names it best; a heading names one sort only."""
    found: dict[tuple[str, ...], int] = {}
    for names in dict.fromkeys(part.column_names for part in group):
        scores = [(max((_fits(name, cell) for name in names), default=0), -index) for index, cell in enumerate(header)]
        best, index = max(scores, default=(0, 0))
        if best and -index not in found.values():
            found[names] = -index
    return found


def _last_column(
    group: list[Part],
    table: tuple[tuple[str, ...], ...],
    known: dict[tuple[str, ...], int],
    rows: dict[int, int],
    reads: Reads,
) -> dict[tuple[str, ...], int]:
    """The column of the one sort of cell that no heading names, where one is left and headed by a short form of it."""
    missing = [names for names in dict.fromkeys(part.column_names for part in group) if names not in known]
    left = [index for index, cell in enumerate(table[0]) if index and cell.strip() and index not in known.values()]
    if len(missing) != 1 or len(left) != 1 or not any(_is_short_for(table[0][left[0]], name) for name in missing[0]):
        return {}
    mine = [part for part in group if part.column_names == missing[0] and part.row in rows]
    texts = [(part, table[rows[part.row]][left[0] : left[0] + 1]) for part in mine if part.row is not None]
    marks = [reads(part, "".join(cell)) for part, cell in texts]
    return {missing[0]: left[0]} if marks and all(marks) and 2 * marks.count(2) > len(marks) else {}


def _is_short_for(heading: str, name: str) -> bool:
    """Whether each word of `heading` begins a word of `name`: `out`, `out dim` for `output dimension`."""
    short, full = _plain(heading).split(), iter(_plain(name).split())
    return bool(short) and all(len(word) > 2 and any(one.startswith(word) for one in full) for word in short)


def _fits(name: str, heading: str) -> int:
    """How well a heading fits a name: 0 not at all; longer names fit better."""
    bare = _plain(heading)
    return len(name) if re.search(rf"(?<![a-z]){re.escape(_plain(name))}", bare) else 0


def _rows(group: list[Part], rows: tuple[tuple[str, ...], ...]) -> dict[int, int]:
    """The table's row for each row of the group, in order: the longest matching of names that keeps both orders."""
    wanted = sorted({(part.row, part.row_names) for part in group if part.row is not None})
    given = [(index, _plain(row[0])) for index, row in enumerate(rows) if index]
    best: list[list[list[tuple[int, int]]]] = [[[] for _ in range(len(given) + 1)] for _ in range(len(wanted) + 1)]
    for i, (row, names) in enumerate(wanted):
        for j, (index, text) in enumerate(given):
            options = [best[i][j + 1], best[i + 1][j]]
            if any(_same_row(_plain(name), text) for name in names):
                options.append([*best[i][j], (row, index)])
            best[i + 1][j + 1] = max(options, key=len)
    matched = best[-1][-1]
    if len(matched) < len(wanted) and len(given) == len(wanted) and 2 * len(matched) >= len(wanted):
        return {row: index for (row, _), (index, _) in zip(wanted, given, strict=True)}
    return dict(matched)


def _same_row(name: str, text: str) -> bool:
    return bool(name) and (
        name == text or re.sub(r"[^a-z]", "", name) == re.sub(r"[^a-z]", "", text) or text.startswith(name)
    )


@lru_cache(maxsize=4_096)
def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9#]+", " ", text.lower().replace("$", "").replace("\\", "")).strip()
