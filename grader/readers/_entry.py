"""One answer by itself, as an entry of a sheet: the text as a whole, and where it has lines, its blocks too."""

from __future__ import annotations

from dataclasses import replace

from grader.model import Block, BlockKind, Where
from grader.readers._characters import clean
from grader.readers._prose import split
from grader.readers._reading import Place


def entry(text: str, where: Where, part: str) -> tuple[tuple[Block, ...], list[str]]:
    """The blocks of the answer `text` to the part called `part`, and notes on what was mended.

    The first holds all of it. Several lines follow once more as a document's would: working, formulas, tables.
    """
    cleared, notes = clean(text)
    whole = Block(BlockKind.ANSWER, cleared.rstrip("\n"), where, part=part)
    if "\n" not in cleared.strip():
        return (whole,), notes
    try:
        found, mended = split(cleared, Place(where.file, where.cell, part), where.line)
    except RecursionError:
        return (whole,), [*notes, "nested too deeply to be read line by line"]
    return (whole, *(replace(block, part=part) for block in found)), [*notes, *mended]
