"""The cells of a notebook, whatever state it is in: upgraded, mended, normalised and validated."""

from __future__ import annotations

import warnings
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from grader.errors import SubmissionError
from grader.readers._characters import shown

_KINDS = ("markdown", "code", "raw")
_OLD_PICTURES = ("png", "jpeg", "svg")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell, well formed."""

    index: int
    """0-based, in the notebook as it was handed in."""
    kind: str
    """``markdown``, ``code`` or ``raw``."""
    source: str
    metadata: dict[str, Any] = field(default_factory=dict)
    id: str | None = None
    pictures: tuple[str, ...] = ()
    """The media types of the pictures among its outputs."""


def cells(notebook: dict[str, Any], name: str) -> tuple[list[Cell], list[str]]:
    """The cells of `notebook`, the parsed JSON, and a note on each repair.

    Raises:
        SubmissionError: its format is newer than any we know.
    """
    notes: list[str] = []
    version = _version(notebook, name, notes)
    found = list(_mended(_raw_cells(notebook), notes))
    notes += _same_ids(found)
    notes += _validated(notebook, found, version)
    return found, notes


def _version(notebook: dict[str, Any], name: str, notes: list[str]) -> int:
    """The minor version of format 4 to validate by; what is older is brought up to 4.5."""
    major, minor = notebook.get("nbformat"), notebook.get("nbformat_minor")
    if not isinstance(major, int):
        notes.append("the notebook does not say which nbformat it is; read as 4.5")
        return 5
    if major > 4:
        raise SubmissionError(f"{name}: the notebook is nbformat {major}, expected 4 or older; save it as nbformat 4")
    if major < 4:
        notes.append(f"the notebook is nbformat {major}; brought up to 4.5")
        return 5
    return min(max(minor, 0), 5) if isinstance(minor, int) else 5


def _raw_cells(notebook: dict[str, Any]) -> list[Any]:
    """The cells as they stand, those of nbformat 3 from all worksheets."""
    found = notebook.get("cells")
    if isinstance(found, list):
        return found
    sheets = [sheet.get("cells") for sheet in notebook["worksheets"] if isinstance(sheet, dict)]
    return [cell for sheet in sheets if isinstance(sheet, list) for cell in sheet]


def _mended(raw: list[Any], notes: list[str]) -> Iterator[Cell]:
    for index, cell in enumerate(raw):
        if not isinstance(cell, dict):
            notes.append(f"cell {index}: it is of type {type(cell).__name__} and no cell; left out")
            continue
        problems: list[str] = []
        yield _cell(index, cell, problems)
        notes += [f"cell {index}: {problem}" for problem in problems]


def _cell(index: int, raw: dict[str, Any], problems: list[str]) -> Cell:
    kind, source = raw.get("cell_type"), _source(raw, problems)
    if kind == "heading":  # nbformat 3
        level = raw.get("level")
        kind, source = "markdown", f"{'#' * min(level if isinstance(level, int) else 1, 6)} {source}"
    if kind not in _KINDS:
        problems.append(f"its type is {shown(repr(kind))[:40]}, expected one of {', '.join(_KINDS)}; read as text")
        kind = "raw"
    metadata = raw.get("metadata", {})
    if not isinstance(metadata, dict):
        problems.append(f"its metadata is a {type(metadata).__name__}, expected an object; read without")
        metadata = {}
    name = raw.get("id")
    return Cell(index, kind, source, metadata, name if isinstance(name, str) else None, tuple(_pictures(raw)))


def _source(raw: dict[str, Any], problems: list[str]) -> str:
    """A cell's source: text or a list of lines. That of code is called ``input`` in nbformat 3."""
    source = raw.get("source", raw.get("input"))
    if isinstance(source, str):
        return source
    if isinstance(source, list):
        lines = [line for line in source if isinstance(line, str)]
        if len(lines) < len(source):
            problems.append(f"{len(source) - len(lines)} lines of its source are no text; left out")
        return "".join(lines)
    problems.append("it has no source; read as empty")
    return ""


def _pictures(raw: dict[str, Any]) -> Iterator[str]:
    outputs = raw.get("outputs")
    for output in outputs if isinstance(outputs, list) else []:
        if not isinstance(output, dict):
            continue
        data = output.get("data")
        media = data if isinstance(data, dict) else {f"image/{old}" for old in _OLD_PICTURES if old in output}
        yield from (name for name in media if name.startswith("image/"))


def _same_ids(found: list[Cell]) -> list[str]:
    """Notes on cells that were copied with their id."""
    by_id: dict[str, list[int]] = defaultdict(list)
    for cell in found:
        if cell.id is not None:
            by_id[cell.id].append(cell.index)
    return [
        f"cells {', '.join(map(str, indices))} have the same id {shown(name)[:40]!r}; all were read"
        for name, indices in by_id.items()
        if len(indices) > 1
    ]


def _validated(notebook: dict[str, Any], found: list[Cell], minor: int) -> list[str]:
    """What nbformat still finds wrong with the mended cells. Outputs are not read, so they do not count."""
    from nbformat import validator

    metadata = notebook.get("metadata")
    mended = {
        "nbformat": 4,
        "nbformat_minor": minor,
        "metadata": metadata if isinstance(metadata, dict) else {},
        "cells": [_as_nbformat(cell, minor) for cell in found],
    }
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what normalising mends is in our notes already
        _, normal = validator.normalize(mended)
        try:
            validator.validate(normal)
        except validator.ValidationError as error:
            problem = shown(str(error).split("\n", maxsplit=1)[0])[:160]
            return [f"the notebook is not valid nbformat 4.{minor} ({problem}); read as it is"]
    return []


def _as_nbformat(cell: Cell, minor: int) -> dict[str, Any]:
    node: dict[str, Any] = {"cell_type": cell.kind, "metadata": cell.metadata, "source": cell.source}
    if minor >= 5 and cell.id is not None:
        node["id"] = cell.id
    return {**node, "outputs": [], "execution_count": None} if cell.kind == "code" else node
