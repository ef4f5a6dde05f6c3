"""A Jupyter notebook: Markdown cells as Markdown, code as source that is never run, raw cells as text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from grader.errors import SubmissionError
from grader.model import Block, BlockKind
from grader.readers._characters import clean, shown
from grader.readers._prose import split
from grader.readers._reading import Place, Reader, Reading

if TYPE_CHECKING:
    from json import JSONDecodeError

    from grader.readers._cells import Cell

_FRESH_COPY = "save it again from Jupyter and hand in the new file"


def recognises(source: str) -> bool:
    """Whether `source` has a notebook's keys, whatever its file is called."""
    if source.lstrip()[:1] != "{":
        return False
    return ('"cells"' in source or '"worksheets"' in source) and ('"nbformat"' in source or '"cell_type"' in source)


def blocks(source: str, name: str) -> Reading:
    """Read the notebook in the JSON text `source` of the file called `name`.

    Cell metadata ``{"grader": {"part": "3b"}}`` sets the part of all blocks of that cell, notebook metadata
    ``{"grader": {"assignment": "hw4"}}`` the assignment. Outputs are not read; pictures in them are IMAGEs.

    Raises:
        SubmissionError: it is cut off, no JSON, no notebook, of an unknown version, or has no cells.
    """
    from grader.readers._cells import cells

    raw = _notebook(source, name)
    found, notes = cells(raw, name)
    if not found:
        raise SubmissionError(f"{name}: the notebook has no cells, so there is nothing to grade; {_FRESH_COPY}")
    read = [block for cell in found for block in _cell_blocks(cell, name, notes)]
    return Reading(tuple(read), _named(raw.get("metadata"), "assignment"), tuple(notes))


def _notebook(source: str, name: str) -> dict[str, Any]:
    import json

    try:
        raw = json.loads(source)
    except json.JSONDecodeError as error:
        raise _no_json(source, error, name) from None
    except RecursionError:
        raise SubmissionError(f"{name}: the JSON is nested too deeply for a notebook; {_FRESH_COPY}") from None
    except ValueError as error:
        raise SubmissionError(f"{name}: the JSON cannot be read ({str(error).split(';')[0]}); {_FRESH_COPY}") from None
    if not isinstance(raw, dict):
        raise SubmissionError(
            f"{name}: JSON, but no notebook: found a {type(raw).__name__}, expected an object; {_FRESH_COPY}"
        )
    if not isinstance(raw.get("cells", raw.get("worksheets")), list):
        keys = shown(", ".join(map(repr, list(raw)[:5]))) or "no keys"
        raise SubmissionError(f"{name}: JSON, but no notebook: found {keys}, expected a list 'cells'; {_FRESH_COPY}")
    return raw


def _no_json(source: str, error: JSONDecodeError, name: str) -> SubmissionError:
    where = f"line {error.lineno}, column {error.colno}: {error.msg}"
    if source.lstrip()[:1] != "{":
        return SubmissionError(f"{name}: this is no notebook ({where}); {_FRESH_COPY}")
    cut_off = error.pos >= len(source.rstrip()) or error.msg.startswith("Unterminated string")
    what = "the notebook ends in the middle" if cut_off else "the notebook is damaged"
    return SubmissionError(f"{name}: {what} ({where}); {_FRESH_COPY}")


def _cell_blocks(cell: Cell, name: str, notes: list[str]) -> Iterator[Block]:
    place = Place(name, cell.index, _named(cell.metadata, "part"))
    source, mended = clean(cell.source)
    notes += [f"cell {cell.index}: {note}" for note in mended]
    if cell.kind == "code":
        yield from place.verbatim(BlockKind.CODE, source, 1)
    else:
        prose, odd = split(source, place)
        yield from prose
        notes += odd
    for mime in cell.pictures:
        yield place.block(BlockKind.IMAGE, f"output of the cell ({shown(mime)})", 1)


def _named(metadata: Any, key: str) -> str | None:
    """``metadata["grader"][key]`` where it is text or a whole number."""
    ours = metadata.get("grader") if isinstance(metadata, dict) else None
    value = ours.get(key) if isinstance(ours, dict) else None
    usable = isinstance(value, (str, int)) and not isinstance(value, bool)
    return clean(str(value).strip())[0] or None if usable else None


READER = Reader((".ipynb",), blocks, recognises)
