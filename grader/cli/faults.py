"""An exception that reached the top -> one line on standard error and an exit code."""

from __future__ import annotations

import traceback

import typer

from grader.errors import ProblemError, SandboxError, SubmissionError, UsageError

OWN_FAULT = 70
"""EX_SOFTWARE of sysexits.h."""

TOLD = (UsageError, ProblemError, SubmissionError, SandboxError)
"""What a user can mend; whatever else reaches the top is a mistake in the grader."""


def exit_code(fault: Exception) -> int:
    """2 to 5 for what the user can mend, else 70."""
    return fault.exit_code if isinstance(fault, TOLD) else OWN_FAULT


def told(fault: Exception, *, debug: bool) -> None:
    """Writes one line about `fault` to standard error, after its traceback where `debug` is set."""
    if debug:
        typer.echo("".join(traceback.format_exception(fault)), err=True)
    if isinstance(fault, TOLD):
        message(str(fault))
    else:
        own = "this is a fault of the grader, not of the submission"
        message(f"{own}: {type(fault).__name__}: {fault}; --debug or GRADER_DEBUG=1 shows the traceback")


def message(text: str) -> None:
    """Writes `text` to standard error as one line that names the grader; control characters are dropped."""
    line = "".join(filter(str.isprintable, " ".join(text.split())))
    typer.echo(f"grader: {line}", err=True)
