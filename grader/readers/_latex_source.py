"""LaTeX source without comments, preamble and what follows the end; lines that stay keep their number."""

from __future__ import annotations

import re

from grader.readers._paragraphs import HELD_NEWLINE

VERBATIM = ("verbatim", "verbatim*", "Verbatim", "Verbatim*", "lstlisting", "minted", "comment")
"""Environments in which nothing is a command, a comment or a formula."""

BEGIN_VERBATIM = r"\\begin\{(?P<verbatim>verbatim\*?|Verbatim\*?|lstlisting|minted|comment)\}"

_MARK = re.compile(rf"{BEGIN_VERBATIM}|\\.|(?P<comment>(?P<alone>^[ \t]*+)?%[^\n]*+\n?)", re.MULTILINE | re.DOTALL)
_BLANK = re.compile(r"[ \t]*+(?:\n|\Z)")
_DOCUMENT = "\\begin{document}"
_END = "\\end{document}"


def verbatim_end(source: str, name: str, at: int) -> int:
    """Where the verbatim environment `name` whose content begins `at` closes, or the end of the text."""
    end = source.find(f"\\end{{{name}}}", at)
    return len(source) if end < 0 else end


def without_comments(source: str) -> str:
    """`source` without ``% ...``. A line that is only a comment is no blank line: it parts no paragraph."""
    if "%" not in source:
        return source
    kept, at = [], 0
    while found := _MARK.search(source, at):
        kept.append(source[at : found.start()])
        at = found.end()
        if found["verbatim"]:
            at = verbatim_end(source, found["verbatim"], at)
        if found["comment"] is None:
            kept.append(source[found.start() : at])
        elif found[0].endswith("\n"):
            joins = found["alone"] is not None and not _BLANK.match(source, at)
            kept.append(HELD_NEWLINE if joins else "\n")
    return "".join([*kept, source[at:]])


def halves(source: str) -> tuple[str, str]:
    """The preamble, and what stands within the document environment, on its own lines.

    A file without that environment is a fragment: all of it is body.
    """
    start = source.find(_DOCUMENT)
    end = source.find(_END, max(start, 0))
    start = 0 if start < 0 else start + len(_DOCUMENT)
    lines = source.count("\n", 0, start) + source.count(HELD_NEWLINE, 0, start)
    return source[:start], "\n" * lines + source[start : len(source) if end < 0 else end]
