"""A cell's source as statements to run: as it is, else with its magics made Python, else the pieces that are."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field

from .advice import is_python_2
from .lines import logical_lines
from .magics import Prepared, prepared

_parse = ast.parse
_CARRIED_ON = re.compile(r"(?:else|elif|except|finally)\b|[)\]}]|[\s#]")
_MOST = 300


@dataclass(slots=True)
class Source:
    """What can be run of a cell."""

    body: list[ast.stmt] = field(default_factory=list)
    text: str = ""
    """What `body` was read from, line by line as the student's."""
    faults: list[tuple[int, str]] = field(default_factory=list)
    """Lines and messages of what is no Python."""
    prepared: Prepared = field(default_factory=lambda: Prepared(""))


def parsed(source: str, *, statements: bool) -> Source:
    """Read a cell; with `statements`, what stands before and behind a syntax error is read too."""
    source = source.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    try:
        return Source(_tree(source), source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        ready = prepared(source)
    try:
        return Source(_tree(ready.text), ready.text, prepared=ready)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        fault = _fault(error, ready.text)
    if not statements:
        return Source([], source, [fault], ready)
    return _pieces(ready)


def _tree(text: str) -> list[ast.stmt]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # an odd escape is warned of where it is compiled
        return _parse(text).body


def _pieces(ready: Prepared) -> Source:
    """A file statement by statement, so that one fault costs one function."""
    read = Source(text=ready.text, prepared=ready)
    for line, text in _chunks(ready.text):
        try:
            body = _tree(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            at, message = _fault(error, text)
            read.faults.append((line + at, message))
            continue
        for statement in body:
            read.body.append(ast.increment_lineno(statement, line))
    return read


def _chunks(text: str) -> Iterator[tuple[int, str]]:
    """The statements at the margin with what is indented below them, and the lines before each."""
    first, line, decorated = 0, 0, False
    chunk: list[str] = []
    for logical, _ in logical_lines(text, lambda _line: False):
        begins = not _CARRIED_ON.match(logical)
        if begins and chunk and not decorated:
            yield first, "".join(chunk)
            first, chunk = line, []
        decorated = (decorated and not begins) or logical.startswith("@")
        chunk.append(logical)
        line += logical.count("\n")
    if chunk:
        yield first, "".join(chunk)


def _fault(error: Exception, text: str) -> tuple[int, str]:
    """The line and the message of a syntax error."""
    if not isinstance(error, SyntaxError):
        return 1, f"{type(error).__name__}: this is nested too deeply, or is no text, and cannot be read as Python"
    line = min(max(error.lineno or 1, 1), text.count("\n") + 1)
    written = (error.text or "").strip()
    if is_python_2(error.msg, error.text or ""):
        return line, f"SyntaxError: this is Python 2: {written}"[:_MOST]
    return line, f"SyntaxError: {error.msg}: {written}"[:_MOST].removesuffix(": ")
