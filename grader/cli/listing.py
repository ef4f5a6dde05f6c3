"""``grader list``: what assignments there are, or the parts of one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli.output import emit
from grader.errors import UsageError

if TYPE_CHECKING:
    from grader.problems import Assignment


def list_(
    assignment: Annotated[str | None, typer.Argument(help="Show the parts of the assignment with this id.")] = None,
    *,
    problems: Annotated[
        Path | None,
        typer.Option(envvar="GRADER_PROBLEMS", help="A folder of assignments, instead of those that ship."),
    ] = None,
) -> None:
    """List the assignments there are, or the parts of one."""
    from grader.problems import catalogue

    found = {one.id: one for one in catalogue(problems)}
    if assignment is None:
        emit(_table(_assignments(found.values())))
    elif assignment in found:
        emit(_table(_parts(found[assignment])))
    else:
        raise UsageError(f"no assignment {assignment!r}; there are: {', '.join(found) or 'none'}")


def _assignments(found: Iterable[Assignment]) -> list[Sequence[str]]:
    rows = [(one.id, str(len(one.parts)), f"{sum(part.points for part in one.parts):g}", one.title) for one in found]
    return [("ID", "PARTS", "POINTS", "TITLE"), *rows]


def _parts(assignment: Assignment) -> list[Sequence[str]]:
    rows = [(part.id, f"{part.points:g}", str(part.kind)) for part in assignment.parts]
    return [("PART", "POINTS", "KIND"), *rows]


def _table(rows: Sequence[Sequence[str]]) -> str:
    """Columns of plain text: numbers to the right, the last column as long as it likes."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = (
        "  ".join(
            cell.rjust(width) if number and number < len(row) - 1 else cell.ljust(width)
            for number, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    )
    return "".join(f"{line.rstrip()}\n" for line in lines)
