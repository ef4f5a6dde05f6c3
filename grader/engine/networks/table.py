"""A network's summary as a table in plain text."""

from __future__ import annotations

from grader.engine.networks.fields import Fields
from grader.engine.networks.operations.operation import Dims
from grader.engine.networks.summary import LayerSummary, NetworkSummary

_HEAD = ("layer", "operation", "output", "parameters", "MACs", "receptive field")
_LEFT = 3
"""So many columns are words and stand left; numbers stand right."""


def table(summary: NetworkSummary) -> str:
    """A line for the input, one for each layer and one for the total, in columns; no line ends with a space.

    A receptive field is written ``7`` where it is as wide as high, else ``7x5``, and ``-`` where there is none.
    """
    start = ("input", "", _extents(summary.input), "", "", "")
    total = ("total", "", "", f"{summary.parameters:,}", f"{summary.macs:,}", "")
    rows = [_HEAD, start, *map(_row, summary.layers), total]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [_line(row, widths) for row in rows]
    rule = "-" * max(map(len, lines))
    return "\n".join([lines[0], rule, *lines[1:-1], rule, lines[-1]]) + "\n"


def _row(layer: LayerSummary) -> tuple[str, ...]:
    counts = f"{layer.parameters:,}", f"{layer.macs:,}"
    return layer.name, layer.operation, _extents(layer.shape), *counts, _sizes(layer.fields)


def _extents(dims: Dims) -> str:
    return "x".join(map(str, dims))


def _sizes(fields: Fields | None) -> str:
    if not fields:
        return "-"
    sizes = [field.size for field in fields]
    return str(sizes[0]) if len(set(sizes)) == 1 else _extents(tuple(sizes))


def _line(row: tuple[str, ...], widths: list[int]) -> str:
    cells = [
        cell.ljust(width) if column < _LEFT else cell.rjust(width)
        for column, (cell, width) in enumerate(zip(row, widths, strict=True))
    ]
    return "  ".join(cells).rstrip()
