"""LaTeX: as much of it as homework needs, read and never run. Other files that it names are not opened."""

from __future__ import annotations

import re

from grader.errors import SubmissionError
from grader.readers._reading import Place, Reader, Reading, assignment_in_comment

MAX_CHARACTERS = 2_000_000
"""Far more than any homework's source."""

_DOCUMENT = re.compile(r"(?:\s|%[^\n]*+(?:\n|\Z))*+\\documentclass(?![A-Za-z])")


def recognises(source: str) -> bool:
    """Whether `source` begins as a LaTeX document does, whatever its file is called."""
    return _DOCUMENT.match(source) is not None


def blocks(source: str, name: str) -> Reading:
    """Read the LaTeX document `source` of the file called `name`. Items begin with the label that is printed.

    Raises:
        SubmissionError: its macros expand without end, or it is longer than `MAX_CHARACTERS`.
    """
    from grader.readers._latex_body import Body
    from grader.readers._latex_macros import Expander, MacroBomb
    from grader.readers._latex_source import halves, without_comments

    if len(source) > MAX_CHARACTERS:
        raise SubmissionError(
            f"{name}: {len(source)} characters, expected at most {MAX_CHARACTERS} of LaTeX; hand in answers only"
        )
    preamble, body = halves(without_comments(source))
    expander = Expander()
    try:
        expander.expand(preamble)
        text = expander.expand(body)
    except MacroBomb:
        raise SubmissionError(
            f"{name}: its macros expand without end or to far more text than homework has; "
            "write out the macros that call themselves or each other"
        ) from None
    scanner = Body(text, Place(name))
    return Reading(tuple(scanner.blocks()), assignment_in_comment(source), tuple(scanner.notes))


READER = Reader((".tex", ".latex", ".ltx"), blocks, recognises)
