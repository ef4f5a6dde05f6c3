"""How code is run from the command line, and what is said of what holds it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from grader.sandbox import zygote
from grader.sandbox.inside.plan import Layer
from grader.sandbox.starting import Running

Command = Callable[..., Any]
"""`grader(*args)` of conftest.py: what the command left as `code`, `out` and `err`."""

ROOT = Path(__file__).parents[2]
LAB = """
id: lab
title: Lab
problems:
  - id: "1"
    parts:
      - id: 1a
        kind: function
        given: {name: relu, operation: relu, call: [x]}
"""
CODE = "import numpy as np\n\n\ndef relu(x):\n    return np.maximum(x, 0)\n"
linux = pytest.mark.skipif(sys.platform != "linux", reason="Landlock and seccomp are Linux's")


@pytest.fixture
def lab(tmp_path: Path) -> tuple[str, ...]:
    """The words that grade a right answer to an assignment that asks for a function."""
    (tmp_path / "problems").mkdir()
    (tmp_path / "problems" / "lab.yaml").write_text(LAB)
    (tmp_path / "relu.py").write_text(CODE)
    words = ("--assignment", "lab", "--problems", str(tmp_path / "problems"), "--format", "json")
    return ("run", str(tmp_path / "relu.py"), *words)


@pytest.fixture
def no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever starts a process fails."""

    def start(*_words: object, **_settings: object) -> None:
        raise AssertionError("a process was started")

    monkeypatch.setattr(subprocess, "Popen", start)


@pytest.fixture
def without_landlock(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the sandbox's process reports on a machine that has no Landlock."""

    class Without(Running):
        def __init__(self, *words: Any) -> None:
            super().__init__(*words)
            self.layers: tuple[Layer, ...] = tuple(
                replace(layer, active=False, why="this machine offers none") if layer.name == "landlock" else layer
                for layer in self.layers
            )

    monkeypatch.setattr(zygote, "Running", Without)


def part(report: str) -> dict[str, Any]:
    """The only part of a JSON report."""
    (found,) = json.loads(report)["parts"]
    return dict(found)


@linux
def test_code_is_run_in_the_sandbox(grader: Command, lab: tuple[str, ...]) -> None:
    """Without a word on standard error: all that is asked for holds."""
    ran = grader(*lab)
    assert (ran.code, ran.err) == (0, "")
    assert part(ran.out)["verdict"] == "correct"


@pytest.mark.usefixtures("no_process")
def test_nothing_is_run_where_that_is_asked_for(grader: Command, lab: tuple[str, ...]) -> None:
    """What asks for code is left to a person."""
    ran = grader(*lab, "--no-execute")
    assert (ran.code, ran.err) == (0, "")
    assert (part(ran.out)["verdict"], part(ran.out)["reason"]) == ("review", "code, which was not run")


@pytest.mark.usefixtures("no_process")
@pytest.mark.parametrize("sample", ["hw4-right.ipynb", "a3-right.py"])
def test_no_process_is_started_where_no_part_asks_for_code(grader: Command, sample: str) -> None:
    """A notebook and a Python file whose parts are answered in words and numbers."""
    ran = grader("run", str(ROOT / "submissions" / sample))
    assert (ran.code, ran.err) == (0, "")


def test_code_that_nothing_holds_is_run_loudly(grader: Command, lab: tuple[str, ...]) -> None:
    """Whoever says `none` is told what it means, on standard error."""
    ran = grader(*lab, "--sandbox", "none")
    assert (ran.code, part(ran.out)["verdict"]) == (0, "correct")
    told = "--sandbox none: this code can do whatever you can; grade only what you would run yourself"
    assert ran.err == f"grader: {told}\n"


def test_weak_walls_are_named(grader: Command, lab: tuple[str, ...]) -> None:
    """What holds, and what does not."""
    ran = grader(*lab, "--sandbox", "weak")
    assert (ran.code, part(ran.out)["verdict"]) == (0, "correct")
    assert ran.err.startswith("grader: --sandbox weak: student code runs with ")
    assert "limits" in ran.err


@linux
@pytest.mark.usefixtures("without_landlock")
def test_a_machine_without_landlock_runs_no_code(grader: Command, lab: tuple[str, ...]) -> None:
    """The part is for a person, with what to do; `weak` runs it, and says what is missing."""
    found = part(grader(*lab).out)
    assert (found["verdict"], found["points"]) == ("review", 0.0)
    lacks = "this machine offers no Landlock (this machine offers none), so no student's code is run"
    assert found["reason"].startswith(f"code, which was not run: {lacks}; say --sandbox weak to run it with ")
    weak = grader(*lab, "--sandbox", "weak")
    assert part(weak.out)["verdict"] == "correct"
    assert "; without landlock" in weak.err


@linux
def test_the_layers_are_listed(grader: Command) -> None:
    """A line each, with what it does; exit 0 where all that is needed holds."""
    ran = grader("sandbox")
    assert (ran.code, ran.err) == (0, "")
    rows = dict(line.split()[1::-1] for line in ran.out.splitlines())
    assert rows["landlock"] == rows["seccomp"] == rows["privileges"] == rows["limits"] == "holds"


def test_the_layers_where_none_is_asked_for(grader: Command) -> None:
    """Not one is put up."""
    ran = grader("sandbox", "--sandbox", "none")
    assert ran.code == 0
    assert {line.split()[0] for line in ran.out.splitlines()} == {"absent"}


@linux
@pytest.mark.usefixtures("without_landlock")
def test_a_machine_that_cannot_hold_code_is_an_exit_code(grader: Command) -> None:
    """5, in one line with the advice."""
    ran = grader("sandbox")
    assert (ran.code, ran.out) == (5, "")
    assert "no Landlock" in ran.err
    assert "say --sandbox weak" in ran.err
    assert ran.err.count("\n") == 1
