"""``grader run``: grades one submission and prints the report."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand

from grader.cli.faults import message
from grader.cli.output import append, emit, save
from grader.sandbox.walls import Walls

if TYPE_CHECKING:
    from grader.model import Report
    from grader.reports import Options
    from grader.running import Run
    from grader.sandbox import Cell, Program
    from grader.sandbox.inside.plan import Layer

WIDEST = 100
"""Columns beyond which lines are hard to read."""


class RunCommand(TyperCommand):
    """``grader run``, whose help ends with the formats there are; the folder is looked at only then."""

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        """Writes the names of the formats."""
        from grader.reports import formats

        super().format_epilog(ctx, formatter)
        with formatter.section("Formats"):
            formatter.write_text(", ".join(formats()))


def run(
    submission: Annotated[Path, typer.Argument(help="A notebook, Markdown, LaTeX, text, Python file or answer sheet.")],
    *,
    assignment: Annotated[
        str | None, typer.Option(help="The assignment's id, where the submission does not tell it.")
    ] = None,
    problems: Annotated[
        Path | None,
        typer.Option(envvar="GRADER_PROBLEMS", help="A folder of assignments, instead of those that ship."),
    ] = None,
    format_: Annotated[str, typer.Option("--format", help="The report's format; see below.")] = "terminal",
    output: Annotated[Path | None, typer.Option(help="The file to write the report to.")] = None,
    fail_under: Annotated[
        float | None,
        typer.Option(min=0, max=100, help="Exit with 1 if the certain score is below so many percent."),
    ] = None,
    show_answers: Annotated[bool, typer.Option("--show-answers", help="Show the reference values.")] = False,
    sandbox: Annotated[
        Walls,
        typer.Option(
            help="What student code has to be in: strict needs Landlock and seccomp; weak takes what this machine "
            "has; none is for your own code on your own machine."
        ),
    ] = Walls.STRICT,
    no_execute: Annotated[
        bool, typer.Option("--no-execute", help="Run no student code; parts that ask for it are left to a person.")
    ] = False,
) -> None:
    """Grade one submission and print the report."""
    from grader.grading import grade_file
    from grader.reports import renderer

    render = renderer(format_)  # before grading: a mistyped format is told at once
    report = grade_file(submission, assignment, problems, None if no_execute else _runs(sandbox, problems))
    options = _options(format_, output, show_answers=show_answers)
    text = render(report, options)
    if output is None:
        emit(text)
    else:
        save(text, output, "--output")
    if format_ == "github":
        _add_summary(report, options)
    if fail_under is not None and _is_below(report, fail_under):
        raise typer.Exit(1)


def _runs(walls: Walls, problems: Path | None) -> Run:
    """Runs cells in a sandbox of their own, which is imported where there is code to run.

    Where less holds than could, it is said before.
    """

    @contextmanager
    def run(cells: Sequence[Cell]) -> Iterator[Program]:
        from grader.sandbox.runner import Sandbox

        with Sandbox(walls, hidden=[problems] if problems else []) as sandbox:
            if walls is Walls.NONE:
                message("--sandbox none: this code can do whatever you can; grade only what you would run yourself")
            elif walls is Walls.WEAK:
                message(f"--sandbox weak: student code runs {_held(sandbox.layers())}")
            with sandbox.run(cells) as program:
                yield program

    return run


def _held(layers: Sequence[Layer]) -> str:
    """What holds student code and what does not, in words."""
    there = ", ".join(layer.name for layer in layers if layer.active) or "in nothing but a process of its own"
    missing = ", ".join(layer.name for layer in layers if not layer.active)
    return f"with {there}{f'; without {missing}' if missing else ''}"


def _options(format_: str, output: Path | None, *, show_answers: bool) -> Options:
    from grader.reports import Options

    on_screen = output is None and sys.stdout.isatty()
    plain = "NO_COLOR" in os.environ or os.environ.get("TERM") == "dumb"
    told = on_screen or "COLUMNS" in os.environ
    return Options(
        show_answers=show_answers,
        width=min(shutil.get_terminal_size((80, 24)).columns, WIDEST) if told else 80,
        colour=format_ == "terminal" and on_screen and not plain,
    )


def _add_summary(report: Report, options: Options) -> None:
    """Adds the job summary where GitHub wants it; blank lines keep it apart from what other steps add."""
    path = os.environ.get("GITHUB_STEP_SUMMARY")
    if path:
        from grader.reports import render

        append(f"\n{render('summary', report, options)}\n", Path(path), "GITHUB_STEP_SUMMARY")


def _is_below(report: Report, threshold: float) -> bool:
    """Whether the certain score misses `threshold` percent; if so, says it."""
    from grader.scoring import percent, reaches

    if reaches(report.score, report.max_score, threshold):
        return False
    hope = ""
    if reaches(report.score_possible, report.max_score, threshold):
        possible = percent(report.score_possible, report.max_score)
        hope = f"; it can still reach {possible:g} % once a person has looked"
    message(f"{percent(report.score, report.max_score):g} % is below --fail-under {threshold:g}{hope}")
    return True
