"""``grader check``: proves that each assignment holds together."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli.output import emit
from grader.errors import ProblemError

if TYPE_CHECKING:
    from grader.checking import CheckResult


def check(
    path: Annotated[
        Path | None,
        typer.Argument(help="A problem file or a folder of them; without it, the assignments that ship."),
    ] = None,
) -> None:
    """Validate assignments, compute their references and see each reference earn full marks."""
    from grader.checking import check as prove

    results = prove(path)
    emit("".join(f"{line}\n" for result in results for line in _lines(result)))
    if any(result.failures for result in results):
        raise typer.Exit(ProblemError.exit_code)


def _lines(result: CheckResult) -> Iterator[str]:
    count = len(result.failures)
    told = [f"{result.parts} parts, {result.points:g} points"] if result.parts else []
    told.append(f"{count} failure{'s' * (count > 1)}" if count else "all references earn full marks")
    if result.code:
        told.append(f"{result.code} of code proved with {result.mistakes} known mistakes")
    if result.review:
        told.append(f"{result.review} left to a person")
    yield f"{result.assignment}: {', '.join(told)}"
    yield from (f"  {failure}" for failure in result.failures)
