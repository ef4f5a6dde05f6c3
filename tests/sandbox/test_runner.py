"""The sandbox as the grader uses it: cells come in, a program goes out, processes start when they are needed."""

from __future__ import annotations

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from typing import Any

import pytest

from grader.errors import SandboxError
from grader.sandbox import Cell, Limits, Returned
from grader.sandbox.runner import Sandbox, libraries
from grader.sandbox.walls import Walls
from grader.sandbox.zygote import Zygote


def cell(source: str) -> Cell:
    """A cell alone."""
    return Cell(source, 0, "cell 0")


def test_a_program_is_run_and_asked() -> None:
    """What the cells leave is there until the block ends."""
    with Sandbox(Walls.WEAK) as sandbox, sandbox.run([cell("def twice(x): return 2 * x")]) as program:
        found = program.call("twice", 21)
        assert isinstance(found, Returned)
        assert found.value == 42


def test_threads_share_the_processes_that_fork() -> None:
    """Two of them serve four threads; every program is its own."""
    with Sandbox(Walls.WEAK, processes=2) as sandbox:

        def value(number: int) -> object:
            with sandbox.run([cell(f"x = {number}")]) as program:
                found = program.value("x")
            return found.value if isinstance(found, Returned) else found

        with ThreadPoolExecutor(4) as threads:
            assert list(threads.map(value, range(12))) == list(range(12))


def test_what_is_heavy_is_imported_beforehand_where_cells_mention_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """And where it is installed: a name in a text or a comment costs nothing worse than the import."""
    monkeypatch.setattr("grader.sandbox.runner.find_spec", lambda name: name != "scipy")
    assert set(libraries([cell("import torch.nn as nn\nfrom scipy import signal")])) == {"torch"}
    assert set(libraries([cell("    import matplotlib.pyplot as plt"), cell("torch = 1")])) == {"matplotlib.pyplot"}


def test_a_closed_sandbox_starts_again() -> None:
    """Closing ends the processes, not the sandbox."""
    sandbox = Sandbox(Walls.WEAK)
    for _ in range(2):
        with sandbox.run([cell("x = 1")]) as program:
            assert isinstance(program.value("x"), Returned)
        sandbox.close()


def test_a_lost_process_is_no_fault_of_the_program() -> None:
    """What dies with the process that forks is not held against the student, and the next is run by a new one."""
    zygotes: list[Zygote] = []

    class Watched(Zygote):
        def __init__(self, *arguments: Any, **keywords: Any) -> None:
            super().__init__(*arguments, **keywords)
            zygotes.append(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("grader.sandbox.runner.Zygote", Watched)
        with Sandbox(Walls.WEAK) as sandbox:
            with sandbox.run([cell("def f(): return 1")]) as program:
                assert isinstance(program.call("f"), Returned)
                os.kill(zygotes[0].start().pid, signal.SIGKILL)
                with pytest.raises(SandboxError, match=r"by no fault of its own|process has ended"):
                    all(isinstance(program.call("f"), Returned) for _ in count())  # it dies a moment later
            with sandbox.run([cell("x = 1")]) as program:
                assert isinstance(program.value("x"), Returned)


def test_a_machine_without_walls_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where Landlock is not seen to hold, strict runs nothing and says what to do."""
    monkeypatch.setattr(
        "grader.sandbox.zygote.absent", lambda layers: [one for one in layers if one.name == "landlock"]
    )
    with Sandbox() as sandbox, pytest.raises(SandboxError, match=r"no Landlock.*say --sandbox weak"):
        sandbox.layers()


def test_what_is_said_of_the_folder_is_so() -> None:
    """It is a file system of its own where that is said to hold, and else a folder that is watched."""
    limits = Limits(disk=8 << 20)
    with Sandbox(Walls.WEAK, limits) as sandbox:
        holds = {layer.name: layer.active for layer in sandbox.layers()}
        with sandbox.run([cell("import os\nroom = os.statvfs('.')\nsize = room.f_blocks * room.f_frsize")]) as program:
            size = program.value("size")
    assert isinstance(size, Returned)
    assert holds["own folder"] == (size.value <= limits.disk)
