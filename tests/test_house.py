"""The house rules that machines can check: style, types, floors."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
TOOLS = Path(sys.executable).parent


def _has_nothing_to_say(tool: str, *args: str) -> None:
    """Runs `tool` of this environment on the project; whatever it finds is the failure's message."""
    command = TOOLS / tool
    assert command.exists(), f"{tool} is not installed here; run: {sys.executable} -m pip install -e '.[test]'"
    run = subprocess.run([command, *args], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def test_style() -> None:
    """Every rule of ruff holds; pyproject.toml gives a reason for each exception."""
    _has_nothing_to_say("ruff", "check")


def test_format() -> None:
    """The code is formatted."""
    _has_nothing_to_say("ruff", "format", "--check")


def test_types() -> None:
    """The package passes mypy's strict mode."""
    _has_nothing_to_say("mypy")


def test_floors() -> None:
    """A file imports only from floors below its own."""
    _has_nothing_to_say("lint-imports")
