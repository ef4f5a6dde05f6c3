"""Report -> text, in one of the formats in this folder.

A format is one file here that exports ``render(report, options) -> str``, or the same function of another
distribution under the entry point group ``grader.reports``.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from grader import plugins
from grader.errors import UsageError
from grader.model import Report


@dataclass(frozen=True, slots=True)
class Options:
    """What a reader of the report asked for."""

    show_answers: bool = False
    """Whether reference values are shown."""
    width: int = 80
    """Columns of the page; formats for machines have none."""
    colour: bool = False
    """Whether the page may hold colour codes; formats for machines never do."""


Renderer = Callable[[Report, Options], str]


def formats() -> list[str]:
    """The names of all formats there are, sorted."""
    return plugins.names(sys.modules[__name__])


def renderer(name: str) -> Renderer:
    """The function that renders the format `name`.

    Raises:
        UsageError: there is no such format; the message lists those there are.
    """
    try:
        return cast("Renderer", plugins.load(sys.modules[__name__], name, "render"))
    except KeyError:
        known = ", ".join(formats())
        raise UsageError(f"--format: {name!r} is no report format; choose one of: {known}") from None


def render(name: str, report: Report, options: Options | None = None) -> str:
    """`report` in the format `name`: text that ends in a line break.

    Raises:
        UsageError: there is no such format.
    """
    return renderer(name)(report, options or Options())
