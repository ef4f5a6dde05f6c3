"""What is told of an exception: its type, its first line, and the line of the student's own that it happened on."""

from __future__ import annotations

import linecache
from types import TracebackType

from .alarm import Interrupted
from .values import type_name

_MOST = 300


def message(error: BaseException) -> str:
    """The first line of the text of `error`, bounded; an exception that cannot say its text is told so."""
    try:
        text = str.__str__(str(error))
    except Interrupted:
        raise
    except BaseException:  # noqa: BLE001  a student's __str__ may raise anything
        return "(its text cannot be read)"
    return next((line for line in text.splitlines() if line.strip()), "").strip()[:_MOST]


def told(error: BaseException) -> str:
    """``NameError: name 'np' is not defined``."""
    text = message(error)
    return f"{type_name(error)}: {text}" if text else type_name(error)


def line_in(error: BaseException, file: str) -> int:
    """The line of `file` that was run when `error` happened: that of the outermost call; 0 where there is none."""
    return next((line for name, line in _steps(error.__traceback__) if name == file), 0)


def place(error: BaseException, files: dict[str, str]) -> str:
    """``cell 3, line 7: out[i] = x[i + 1]``, the student's innermost line; `files` are the cells' names by file."""
    found = [(file, line) for file, line in _steps(error.__traceback__) if file in files]
    if not found:
        return ""
    file, line = found[-1]
    return f"{files[file]}, line {line}: {linecache.getline(file, line).strip()[:_MOST]}"


def _steps(traceback: TracebackType | None) -> list[tuple[str, int]]:
    steps = []
    while traceback is not None:
        steps.append((traceback.tb_frame.f_code.co_filename, traceback.tb_lineno))
        traceback = traceback.tb_next
    return steps
