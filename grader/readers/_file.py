"""From a path to text: the limits are held before a byte is read, and an encoding is never guessed."""

from __future__ import annotations

import codecs
import stat
from collections.abc import Callable
from pathlib import Path

from grader.errors import SubmissionError
from grader.readers._characters import shown

MAX_BYTES = 20_000_000

_UTF_16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_SIGNATURES = {
    b"%PDF-": "a PDF",
    b"PK\x03\x04": "a zip archive or an office document",
    b"\x89PNG": "a picture (PNG)",
    b"\xff\xd8\xff": "a picture (JPEG)",
    b"GIF8": "a picture (GIF)",
    b"{\\rtf": "a rich text document",
    b"\xd0\xcf\x11\xe0": "an office document",
    b"\x1f\x8b": "a gzip archive",
}


def load(path: Path) -> bytes:
    """The bytes of the regular file at `path`.

    Raises:
        SubmissionError: there is none, it is no regular file, it cannot be opened, or it is over `MAX_BYTES`.
    """
    name = shown(str(path))
    try:
        status = path.stat()
        _require_small_file(status.st_mode, status.st_size, name)
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise SubmissionError(f"{name}: there is no such file; check the path") from None
    except (OSError, ValueError) as error:  # ValueError: a null byte in the path
        reason = getattr(error, "strerror", None) or error
        raise SubmissionError(f"{name}: cannot be opened ({reason}); check the path and its permissions") from None
    _require_small_file(status.st_mode, len(data), name)
    return data


def _require_small_file(mode: int, size: int, name: str) -> None:
    if stat.S_ISDIR(mode):
        raise SubmissionError(f"{name}: this is a folder, expected one file; name the file in it")
    if not stat.S_ISREG(mode):
        raise SubmissionError(f"{name}: this is a device or pipe, expected a regular file; save the submission as one")
    if size > MAX_BYTES:
        raise SubmissionError(
            f"{name}: {size / 1e6:.0f} MB, expected at most {MAX_BYTES / 1e6:.0f} MB; "
            "clear large outputs and pictures and save it again"
        )


def decode(data: bytes, name: str, formats: Callable[[], str]) -> str:
    """The text in `data`, which is UTF-8, or UTF-16 with a byte order mark.

    Raises:
        SubmissionError: it is empty, binary (`formats` lists what is read instead) or in another encoding.
    """
    what = next((what for start, what in _SIGNATURES.items() if data.startswith(start)), None)
    if what:
        raise SubmissionError(f"{name}: this is {what}; hand in one of {formats()}")
    encoding = _UTF_16.get(data[:2], "utf-8")
    try:
        text = data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise _wrong_encoding(data, error, name) from None
    if "\x00" in text:
        raise SubmissionError(f"{name}: this is a binary file; hand in one of {formats()}")
    if not text.strip():
        raise SubmissionError(f"{name}: the file is empty; save your work into it and hand it in again")
    return text


def _wrong_encoding(data: bytes, error: UnicodeDecodeError, name: str) -> SubmissionError:
    line = data.count(b"\n", 0, error.start) + 1
    return SubmissionError(
        f"{name}: line {line}: byte {error.start} is 0x{data[error.start]:02x}, which is not "
        f"{error.encoding.upper()}; save the file as UTF-8"
    )
