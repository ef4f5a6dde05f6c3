"""A part that stands for many, such as a table of layers, taken apart into its cells."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise
from typing import Any

from grader.kinds import Kind, SubPart
from grader.problems.follow import answers_in
from grader.problems.models import Part
from grader.problems.validation import validate


def expand(table: Part, load: Callable[[str], Kind[Any]]) -> list[Part]:
    """The cells of `table`, in the order in which its kind makes them; `load` finds a kind by name.

    A cell has the table's label and statement; its points are its share of the table's.

    Raises:
        ProblemError: the table is built on another answer, or its kind cannot take it apart.
    """
    for other, steps in answers_in(table.given_raw):
        expected = f"a plain value, since {table.kind!r} stands for many parts"
        raise table.source.at(*steps).error(f"the answer of {other!r}", expected, "write the value")
    assert table.spec.expand is not None  # noqa: S101 - the caller looked
    given = validate(table.spec.given, table.given_raw, table.source)
    try:
        cells = table.spec.expand(given)
    except (ValueError, ArithmeticError) as error:
        raise table.source.error(f"what cannot be worked out ({error})", "layers that fit", "change it") from error
    if not cells:
        raise table.source.error(f"nothing to ask in {table.id!r}", "one cell or more", "add what it is made of")
    points = shares(table.points, [cell.points for cell in cells])
    return [_part(table, cell, share, load) for cell, share in zip(cells, points, strict=True)]


def shares(points: float, weights: Sequence[float]) -> list[float]:
    """`points` shared out in proportion to `weights`, in cents that add up to `points`.

    Each running total is rounded, so that no cell is off by more than a cent. Points finer than a cent are
    shared out unrounded; weights that are all zero count as equal.
    """
    total = sum(weights)
    weights = weights if total else [1.0] * len(weights)
    running = [points * so_far / (total or len(weights)) for so_far in accumulate(weights, initial=0.0)]
    cents = [round(100 * so_far) for so_far in running]
    if abs(cents[-1] - 100 * points) > 1e-6:
        return [after - before for before, after in pairwise(running)]
    return [(after - before) / 100 for before, after in pairwise(cents)]


def _part(table: Part, cell: SubPart, points: float, load: Callable[[str], Kind[Any]]) -> Part:
    part_id = f"{table.id}.{cell.id}"
    return replace(
        table,
        id=part_id,
        kind=cell.kind,
        spec=load(cell.kind),
        given_raw=cell.given,
        points=points,
        names=(),
        row=cell.row,
        row_names=cell.row_names,
        column_names=cell.column_names,
        group=table.id,
        source=replace(table.source, made=f"in the cell {part_id!r}"),
    )
