"""Programs without walls: a process of the tests' own forks the children, so that nothing but the session is tested."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import grader.sandbox
from grader.sandbox import Cell, Limits
from grader.sandbox.session import Session

Make = Callable[..., Session]


@dataclass(frozen=True)
class Ended:
    """How a child ended."""

    reason: str
    stopped: bool
    walled: bool = True


class Child:
    """A child of the forking process."""

    def __init__(self, forks: Forks, folder: Path, limits: Limits) -> None:
        asked, self.requests = os.pipe()
        self.replies, answered = os.pipe()
        self.output, written = os.pipe()
        question = {"do": "spawn", "folder": str(folder), "limits": asdict(limits)}
        self._forks = forks
        self.pid = forks.ask(question, asked, answered, written)["pid"]
        for descriptor in (asked, answered, written):
            os.close(descriptor)
        self._ended: Ended | None = None

    def cpu_seconds(self) -> float:
        """Processor time so far."""
        return 0.0 if self._ended else float(self._forks.ask({"do": "cpu", "pid": self.pid})["seconds"])

    def end(self) -> Ended:
        """Kill it if it still runs."""
        if self._ended is None:
            told = self._forks.ask({"do": "end", "pid": self.pid})
            crashed = os.WIFSIGNALED(told["status"])
            self._ended = Ended("crashed" if crashed else "ended the process", told["stopped"])
        return self._ended

    def close(self) -> None:
        """End it and close its pipes."""
        self.end()
        for descriptor in (self.requests, self.replies, self.output):
            os.close(descriptor)


class Forks:
    """The process that forks; `limits` and `folder` are those of the children to come."""

    def __init__(self) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        inside = Path(grader.sandbox.__file__).parent
        sites = dict.fromkeys(str(Path(module.__file__).parent.parent) for module in (np,))
        command = [sys.executable, "-s", "-S", "-P", str(Path(__file__).parent / "forks.py")]
        self._process = subprocess.Popen(
            [*command, str(theirs.fileno()), str(inside), *sites],
            pass_fds=[theirs.fileno()],
            env={"PYTHONHASHSEED": "0", "OPENBLAS_NUM_THREADS": "1", "PYTHONDONTWRITEBYTECODE": "1"},
        )
        theirs.close()
        self._control = ours
        self._lock = threading.Lock()

    def ask(self, question: dict[str, Any], *descriptors: int) -> dict[str, Any]:
        """Its answer."""
        with self._lock:
            socket.send_fds(self._control, [json.dumps(question).encode()], descriptors)
            answer: dict[str, Any] = json.loads(self._control.recv(1 << 16))
            return answer

    def close(self) -> None:
        """End it."""
        self._control.close()
        self._process.wait()


@dataclass
class Spawner:
    """Children of one folder and limits; those that were spawned are counted."""

    forks: Forks
    folder: Path
    limits: Limits
    spawned: int = 0

    def spawn(self) -> Child:
        """A new one."""
        self.spawned += 1
        return Child(self.forks, self.folder, self.limits)


@pytest.fixture(scope="session")
def forks() -> Iterator[Forks]:
    """One forking process for all tests of a worker."""
    process = Forks()
    yield process
    process.close()


@pytest.fixture
def program(forks: Forks, tmp_path: Path) -> Iterator[Make]:
    """`program(*sources)` is the session of a notebook of these cells; ``file=`` is that of a Python file."""
    sessions = []

    def make(*sources: str, file: str = "", **limits: Any) -> Session:
        allowed = Limits(**limits)
        cells = [Cell(source, place, f"cell {place}") for place, source in enumerate(sources)]
        cells += [Cell(file, 0, "conv.py", statements=True)] if file else []
        sessions.append(Session(Spawner(forks, tmp_path, allowed), cells, allowed))
        return sessions[-1]

    yield make
    for session in sessions:
        session.close()
