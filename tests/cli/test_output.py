"""Pipes, encodings and files, as a shell meets them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.cli.output import save
from grader.errors import UsageError

Process = Callable[..., subprocess.CompletedProcess[bytes]]

CLEAN = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}


def test_a_console_without_our_symbols(process: Process) -> None:
    """An ASCII console gets plainer symbols, and question marks where there are none; nothing fails."""
    ran = process("2", env={**CLEAN, "PYTHONIOENCODING": "ascii"})
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert b"+ 1.0  correct" in ran.stdout
    assert b"the same: ?L/?W x ??" in ran.stdout


def test_json_is_the_same_in_any_encoding(process: Process) -> None:
    """Machines read what they always read."""
    ascii_, utf8 = (
        process("2", "--format", "json", env={**CLEAN, "PYTHONIOENCODING": encoding}).stdout
        for encoding in ("ascii", "utf-8")
    )
    assert ascii_ == utf8
    assert json.loads(ascii_)["parts"][0]["reason"] == "the same: ∂L/∂W × 卷积"


def test_a_pipe_gets_no_colour(process: Process) -> None:
    """Not even where a terminal is claimed."""
    ran = process("2", env={**CLEAN, "TERM": "xterm-256color", "FORCE_COLOR": "1", "PYTHONUTF8": "1"})
    assert b"\x1b" not in ran.stdout
    assert "✓ 1.0  correct".encode() in ran.stdout


def test_a_reader_that_leaves_is_no_error(process: Process) -> None:
    """``grader run ... | head -1`` is quiet, and the exit code tells of the grading."""
    ran = process("5000", env={**CLEAN, "PYTHONUTF8": "1"}, pipe='"$@" | head -1; exit ${PIPESTATUS[0]}')
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, b"Homework 4 (hw4)\n", b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_told(process: Process) -> None:
    """One line, and only one."""
    ran = process("2", env={**CLEAN, "PYTHONUTF8": "1"}, pipe='"$@" > /dev/full')
    assert ran.returncode == 2
    assert ran.stderr.splitlines() == [b"grader: standard output cannot be written: No space left on device"]


def test_an_interruption_is_quiet(process: Process) -> None:
    """Exit 130 without a traceback."""
    ran = process("interrupted", env=CLEAN)
    assert (ran.returncode, ran.stdout, ran.stderr) == (130, b"", b"")


def test_output_follows_a_link(tmp_path: Path) -> None:
    """The file it points to is replaced; the link stays one."""
    (tmp_path / "real.txt").write_text("older")
    (tmp_path / "link.txt").symlink_to("real.txt")
    save("newer\n", tmp_path / "link.txt", "--output")
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "real.txt").read_text() == "newer\n"


@pytest.mark.parametrize("name", [".", "/"])
def test_output_into_a_folder_is_refused(name: str) -> None:
    """A folder is no file."""
    with pytest.raises(UsageError, match=r"--output .*: Is a directory; name a file"):
        save("text", Path(name), "--output")


@pytest.mark.skipif(not Path("/dev/null").exists(), reason="needs /dev/null")
def test_output_into_a_device_leaves_it_one() -> None:
    """``--output /dev/null`` must not put a file in its place."""
    save("text", Path("/dev/null"), "--output")
    assert Path("/dev/null").is_char_device()


def test_starting_loads_nothing_heavy() -> None:
    """What a command does not need it does not pay for."""
    heavy = {"numpy", "pydantic", "rich", "nbformat", "ruamel.yaml", "grader.problems", "grader.grading"}
    code = f"import sys, grader.cli; print(*({heavy!r} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True).stdout == "\n"


def test_the_package_runs_as_a_module() -> None:
    """``python -m grader`` is the same command line."""
    ran = subprocess.run([sys.executable, "-m", "grader", "--version"], capture_output=True, check=True, text=True)
    assert ran.stdout.startswith("grader ")
