"""The command line: parse, call, print, exit. Data goes to standard output, every message to standard error.

Exit codes: 0 graded, whatever the marks; 1 below ``--fail-under``; 2 usage; 3 a bad problem file; 4 a
submission that could not be read; 5 no sandbox to be had; 70 the grader's own fault; 130 interrupted.

Each command is one module here and imports what it needs when it is called, so that none pays for another.
"""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from grader.cli.answer import answer
from grader.cli.check import check
from grader.cli.faults import exit_code, told
from grader.cli.listing import list_
from grader.cli.run import RunCommand, run
from grader.cli.sandbox import sandbox

app = typer.Typer(
    name="grader",
    help="Grades homework on convolutional networks.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,  # faults are told by `main`, in one line
    rich_markup_mode=None,  # plain help and usage errors: rich is not loaded, brackets stay brackets
)
app.command("run", cls=RunCommand)(run)
app.command("answer")(answer)
app.command("check")(check)
app.command("list")(list_)
app.command("sandbox")(sandbox)


def main() -> None:
    """Runs the command line and exits the process; the module's docstring lists the exit codes."""
    try:
        app()
    except Exception as fault:  # noqa: BLE001  # the outermost frame: nobody else is left to tell the user
        told(fault, debug=bool(os.environ.get("GRADER_DEBUG")))
        sys.exit(exit_code(fault))


def _version(wanted: bool) -> None:
    if wanted:
        from grader import __version__
        from grader.cli.output import emit

        emit(f"grader {__version__}\n")
        raise typer.Exit


@app.callback()
def _options(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
    debug: Annotated[
        bool,
        typer.Option("--debug", help="Show a traceback when something fails; GRADER_DEBUG=1 does the same."),
    ] = False,
) -> None:
    del version
    if debug:
        os.environ["GRADER_DEBUG"] = "1"
