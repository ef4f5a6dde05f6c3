"""From a path to a submission. One file a format; a new one is found by being here.

Each module has a ``READER``. All of them are asked whether a file is theirs, so what is heavy is imported
only where one reads.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from grader import plugins
from grader.errors import SubmissionError
from grader.model import Submission
from grader.readers._characters import clean, shown
from grader.readers._entry import entry
from grader.readers._file import decode, load
from grader.readers._reading import Reader

__all__ = ["entry", "read", "shown"]

_PACKAGE = sys.modules[__name__]

MAX_NOTES = 20
"""Notes beyond these are counted, not told."""


def read(path: Path) -> Submission:
    """Read the submission at `path`.

    Raises:
        SubmissionError: it is missing, no regular file, too large, empty, binary, in a wrong encoding,
            damaged beyond reading, or holds nothing to grade. The message is one line.
    """
    name = shown(str(path))
    data = load(path)
    source, mended = clean(decode(data, name, _formats))
    if not source.strip():
        raise SubmissionError(f"{name}: the file holds no visible text; save your work into it and hand it in again")
    try:
        reading = _reader(path.suffix.lower(), source).blocks(source, name)
    except RecursionError:
        raise SubmissionError(f"{name}: nested too deeply to be read; expected ordinary homework") from None
    if not reading.blocks:
        raise SubmissionError(f"{name}: there is nothing to grade in it; write your answers and hand it in again")
    notes = _few([*mended, *reading.notes])
    return Submission(name, hashlib.sha256(data).hexdigest(), reading.blocks, reading.assignment, notes, reading.code)


def _reader(suffix: str, source: str) -> Reader:
    """The reader that knows the content, else the one for the suffix, else the one for plain text."""
    built_in = dict(_load(plugins.built_in(_PACKAGE)))
    for reader in built_in.values():
        if reader.recognises(source):
            return reader
    return _for_suffix(suffix, built_in) or _for_suffix(suffix, dict(_load(_strangers()))) or built_in["text"]


def _for_suffix(suffix: str, readers: Mapping[str, Reader]) -> Reader | None:
    return next((reader for reader in readers.values() if suffix in reader.suffixes), None)


def _load(names: Iterable[str]) -> Iterator[tuple[str, Reader]]:
    for name in names:
        yield name, plugins.load(_PACKAGE, name, "READER")


def _strangers() -> list[str]:
    return sorted(plugins.strangers(__name__))


def _formats() -> str:
    return ", ".join(suffix for _, reader in _load(plugins.built_in(_PACKAGE)) for suffix in reader.suffixes if suffix)


def _few(notes: list[str]) -> tuple[str, ...]:
    rest = len(notes) - MAX_NOTES
    return (*notes[:MAX_NOTES], *([f"and {rest} more oddities like these"] if rest > 0 else []))
