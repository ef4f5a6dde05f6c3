"""Where text goes: standard output in whatever encoding it has, or a file in UTF-8."""

from __future__ import annotations

import os
import sys
from errno import EINVAL, EPIPE
from pathlib import Path

from grader.errors import UsageError

PLAINER = str.maketrans({
    "✓": "+", "◐": "~", "✗": "x", "○": "o", "×": "x", "·": "*", "−": "-", "–": "-", "—": "-",
    "…": "...", "→": "->", "≤": "<=", "≥": ">=",
})  # fmt: skip
"""What stands for our own symbols where the encoding has none of them."""


def emit(text: str) -> None:
    """Writes `text` to standard output; characters that its encoding lacks become plainer ones.

    Raises:
        UsageError: standard output cannot be written (a full disk); a reader that has left is no error.
    """
    try:
        sys.stdout.write(_encodable(text, sys.stdout.encoding or "utf-8"))
        sys.stdout.flush()
    except OSError as error:
        # The interpreter flushes once more on its way out and would complain again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if error.errno not in (EPIPE, EINVAL):  # Windows says EINVAL for a broken pipe
            raise UsageError(f"standard output cannot be written: {error.strerror}") from None


def save(text: str, path: Path, option: str) -> None:
    """Writes `text` to `path` in UTF-8, all of it or nothing: an older file stays until the end.

    Raises:
        UsageError: the folder is missing or not writable; the message begins with `option`.
    """
    target = path.resolve()  # a link stays a link
    draft = target.parent / f".{target.name}.{os.getpid()}"
    try:
        if target.exists() and not target.is_file():  # a device or a pipe is written to, never replaced
            target.write_text(text, encoding="utf-8", errors="replace", newline="\n")
        else:
            draft.write_text(text, encoding="utf-8", errors="replace", newline="\n")
            draft.replace(target)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise UsageError(f"{option} {path}: {error.strerror}; name a file in a folder you can write to") from None


def append(text: str, path: Path, option: str) -> None:
    """Adds `text` at the end of the file `path`, in UTF-8.

    Raises:
        UsageError: the file cannot be written; the message begins with `option`.
    """
    try:
        with path.open("a", encoding="utf-8", errors="replace", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise UsageError(f"{option} {path}: {error.strerror}; it has to be a file you can write to") from None


def _encodable(text: str, encoding: str) -> str:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return text.translate(PLAINER).encode(encoding, "replace").decode(encoding)
    return text
