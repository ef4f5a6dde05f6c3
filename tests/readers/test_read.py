"""From a path to a submission: which reader is taken, and the one clear line that every bad file gets."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import pytest

from grader.errors import SubmissionError
from grader.model import Submission
from grader.readers import read

NOTEBOOK = {
    "nbformat": 4,
    "nbformat_minor": 5,
    "metadata": {},
    "cells": [{"cell_type": "markdown", "id": "a", "metadata": {}, "source": "(a) 5"}],
}


def written(folder: Path, name: str, content: str | bytes) -> Path:
    """A file with this content."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def texts(submission: Submission) -> list[str]:
    """The blocks' text."""
    return [block.text for block in submission.blocks]


def refused(path: Path) -> str:
    """The message with which the file is refused: one line that begins with the file's name."""
    with pytest.raises(SubmissionError) as caught:
        read(path)
    message = str(caught.value)
    assert "\n" not in message
    assert message.startswith(str(path.parent))
    return message.removeprefix(f"{path}: ")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("hw.md", "(a) 5"),
        ("hw.txt", "(a) 5"),
        ("hw", "(a) 5"),
        ("hw.unheard-of", "(a) 5"),
        ("HW.MD", "(a) 5"),
        ("hw.tex", "\\begin{document}(a) 5\\end{document}"),
        ("hw.txt", "% mine\n\\documentclass{article}\\begin{document}(a) 5\\end{document}"),
        ("hw.py", "# (a) 5"),
        ("hw.ipynb", json.dumps(NOTEBOOK)),
        ("hw.txt", json.dumps(NOTEBOOK)),
        ("hw.json", json.dumps(NOTEBOOK)),
    ],
)
def test_every_format_reaches_the_same_block(tmp_path: Path, name: str, content: str) -> None:
    """The reader is taken by what the content surely is, else by the suffix, else it is plain text."""
    assert texts(read(written(tmp_path, name, content))) == ["(a) 5"]


@pytest.mark.parametrize("name", ["hw.yaml", "hw.yml", "hw.json"])
def test_an_answer_sheet_in_json_is_one_in_yaml(tmp_path: Path, name: str) -> None:
    """Both are read alike."""
    (block,) = read(written(tmp_path, name, '{"3b": 1e3}')).blocks
    assert (block.part, block.text) == ("3b", "1e3")


def test_a_submission_names_its_file_and_its_hash(tmp_path: Path) -> None:
    """The hash is of the bytes as they were handed in."""
    path = written(tmp_path, "hw.md", "(a) 5\r\n")
    submission = read(path)
    assert submission.path == str(path)
    assert submission.sha256 == hashlib.sha256(b"(a) 5\r\n").hexdigest()
    assert submission.blocks[0].where.file == str(path)


@pytest.mark.parametrize(
    "content",
    [b"\xef\xbb\xbf(a) \xc3\x97", "(a) ×".encode("utf-16"), b"\xfe\xff" + "(a) ×".encode("utf-16-be")],
)
def test_byte_order_marks_are_understood(tmp_path: Path, content: bytes) -> None:
    """UTF-8 and UTF-16 that say so are read, and the mark is no part of the text."""
    submission = read(written(tmp_path, "hw.txt", content))
    assert texts(submission) == ["(a) ×"]
    assert submission.notes == ()


def test_line_ends_of_every_system_count_as_one_line(tmp_path: Path) -> None:
    """Windows, old Macintosh and Unix ends give the same lines."""
    submission = read(written(tmp_path, "hw.txt", b"(a) 1\r\n(b) 2\r(c) 3\n"))
    assert [(block.text, block.where.line) for block in submission.blocks] == [("(a) 1", 1), ("(b) 2", 2), ("(c) 3", 3)]


def test_unseen_characters_are_taken_out_and_told(tmp_path: Path) -> None:
    """Controls, zero-width and direction-changing characters leave a note, not a trace."""
    submission = read(written(tmp_path, "hw.md", "(a) 1\x1b[31m2\u200b3\u202e4\x07"))
    assert texts(submission) == ["(a) 1[31m234"]
    assert submission.notes == (
        "2 control characters were taken out of the text",
        "2 invisible or direction-changing characters were taken out of the text",
    )


def test_many_notes_are_counted_not_told(tmp_path: Path) -> None:
    """A report is not flooded."""
    submission = read(written(tmp_path, "hw.md", "$$ x\n\n" * 100))
    assert len(submission.notes) == 21
    assert submission.notes[-1] == "and 80 more oddities like these"


def test_no_such_file(tmp_path: Path) -> None:
    """It says so."""
    assert refused(tmp_path / "hw.md") == "there is no such file; check the path"


def test_a_folder(tmp_path: Path) -> None:
    """It asks for a file."""
    folder = tmp_path / "hw"
    folder.mkdir()
    assert refused(folder) == "this is a folder, expected one file; name the file in it"


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    """Opening it would block."""
    pipe = tmp_path / "hw.md"
    os.mkfifo(pipe)
    assert "a device or pipe, expected a regular file" in refused(pipe)


@pytest.mark.parametrize("content", ["", " \n\t\n", "\ufeff"])
def test_an_empty_file(tmp_path: Path, content: str) -> None:
    """White space is nothing either."""
    assert refused(written(tmp_path, "hw.md", content)).startswith("the file is empty")


def test_a_file_of_invisible_characters(tmp_path: Path) -> None:
    """Nor are characters that nobody sees."""
    assert refused(written(tmp_path, "hw.md", "\u200b\u200b")).startswith("the file holds no visible text")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("hw.md", "---\nassignment: hw4\n---\n"),
        ("hw.md", "<!-- nothing -->"),
        ("hw.tex", "\\begin{document}\\end{document}"),
        ("hw.yaml", "assignment: hw4"),
        ("hw.ipynb", json.dumps({**NOTEBOOK, "cells": [{"cell_type": "code", "metadata": {}, "source": ""}]})),
    ],
)
def test_a_file_with_nothing_to_grade(tmp_path: Path, name: str, content: str) -> None:
    """It is no submission that earns zero: it is an error."""
    assert refused(written(tmp_path, name, content)).startswith("there is nothing to grade in it")


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"%PDF-1.7 ...", "a PDF"),
        (b"PK\x03\x04...", "a zip archive or an office document"),
        (b"\x89PNG\r\n\x1a\n", "a picture (PNG)"),
        (b"\x00\x01\x02\x03", "a binary file"),
    ],
)
def test_binary_files_are_told_what_is_read(tmp_path: Path, content: bytes, what: str) -> None:
    """The message lists the formats there are."""
    message = refused(written(tmp_path, "hw.md", content))
    assert message.startswith(f"this is {what}; hand in one of ")
    assert all(suffix in message for suffix in (".ipynb", ".md", ".tex", ".txt", ".py", ".yaml", ".json"))


def test_another_encoding_is_named_by_its_place(tmp_path: Path) -> None:
    """It is never guessed."""
    message = refused(written(tmp_path, "hw.txt", "eins\nzwei ×".encode("latin-1")))
    assert message == "line 2: byte 10 is 0xd7, which is not UTF-8; save the file as UTF-8"


def test_a_large_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    """A sparse file of 300 MB takes no time."""
    path = tmp_path / "hw.ipynb"
    with path.open("wb") as file:
        file.truncate(300_000_000)
    assert refused(path).startswith("300 MB, expected at most 20 MB")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    """The system's reason is told."""
    path = written(tmp_path, "hw.md", "(a) 5")
    path.chmod(0)
    assert refused(path).startswith("cannot be opened (Permission denied)")


def test_the_name_of_a_file_cannot_write_to_the_terminal(tmp_path: Path) -> None:
    """Control characters in it are shown as escapes."""
    with pytest.raises(SubmissionError) as caught:
        read(tmp_path / "hw\x1b[31m\n\u202e.md")
    assert "hw\\x1b[31m\\n\\u202e.md: there is no such file" in str(caught.value)
    assert read(written(tmp_path, "a\x1bb.md", "5")).path.endswith("a\\x1bb.md")


def test_a_null_in_the_name_is_a_bad_path() -> None:
    """No system has such a file."""
    with pytest.raises(SubmissionError, match="cannot be opened"):
        read(Path("hw\x00.md"))
