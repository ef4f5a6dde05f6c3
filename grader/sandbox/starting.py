"""Starts the process that children are forked from, and talks to it; a plan goes in, its walls come out."""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import sys
import tempfile
import threading
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from grader.errors import SandboxError
from grader.sandbox.inside.control import Line
from grader.sandbox.inside.plan import Layer, Plan
from grader.sandbox.scratch import remove

HERE = Path(__file__).parent
_BOOT = "import sys; sys.path.insert(0, sys.argv[2]); from inside.zygote import main; main(int(sys.argv[1]))"
_FLAGS = ("-s", "-S", "-P")
"""No site, no folder of the user's, nothing from where it is started: what can be imported is said in the plan."""
_ENVIRONMENT = {
    "PYTHONHASHSEED": "0",
    "PYTHONUTF8": "1",
    "PYTHONIOENCODING": "utf-8:backslashreplace",
    "PYTHONDONTWRITEBYTECODE": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "MPLBACKEND": "Agg",
    "LANG": "C.UTF-8",
}
_PATIENCE = 60.0
"""Seconds after which a process that does not answer is given up: answers take milliseconds, importing PyTorch a few
seconds, and on a busy machine some more."""


@dataclass(frozen=True, slots=True)
class Server:
    """What runs in a child between its walls: a function of requests, replies, folder and limits."""

    folder: Path = HERE
    """Where the module is imported from."""
    module: str = "inside.serve"
    function: str = "serve"


@dataclass(frozen=True, slots=True)
class Places:
    """The folders of one started process."""

    root: Path

    @classmethod
    def made(cls) -> Places:
        """New folders, closed to other users."""
        places = cls(Path(tempfile.mkdtemp(prefix="grader-")))
        places.children.mkdir(0o700)
        places.home.mkdir(0o700)
        places.canary.write_text(secrets.token_hex())
        return places

    @property
    def children(self) -> Path:
        """Holds a folder for each child."""
        return self.root / "children"

    @property
    def home(self) -> Path:
        """Where libraries write when they are imported."""
        return self.root / "home"

    @property
    def canary(self) -> Path:
        """What no child may read."""
        return self.root / "canary"

    @property
    def complaints(self) -> Path:
        """What the process says when it fails."""
        return self.root / "complaints"


class Running:
    """A started process that children are forked from. Its methods may be called by several threads."""

    def __init__(self, places: Places, plan: Plan) -> None:
        """Start it, and wait until its first child has tried the walls.

        Raises:
            SandboxError: it does not start.
        """
        self.places = places
        self._owner = os.getpid()
        self._lock = threading.Lock()
        self._process, self._line = _started(places)
        try:
            told = self._answer_to(asdict(plan))
        except SandboxError:
            self.close()
            raise
        self.layers = tuple(Layer(**layer) for layer in told["layers"])
        self.missing: dict[str, str] = told["missing"]
        """The libraries that could not be imported, with the reason."""
        self.watched: bool = plan.walls != "none" and not told["own_folder"]
        """Whether a child's folder is to be looked into, as it is no file system of bounded size."""

    @property
    def ours(self) -> bool:
        """Whether this process started it; one that was forked since has a sandbox of its own to start."""
        return self._owner == os.getpid()

    @property
    def pid(self) -> int:
        """The process that was started; those of the sandbox are all below it."""
        return self._process.pid

    def ask(self, message: dict[str, Any], descriptors: tuple[int, ...] = ()) -> dict[str, Any]:
        """What the process answers to `message`; it gets copies of `descriptors`.

        Raises:
            SandboxError: it has ended, or does not answer.
        """
        with self._lock:
            return self._answer_to(message, descriptors)

    def close(self) -> None:
        """End it and all its children, and remove its folders; only whoever started it does that."""
        self._line.close()
        if not self.ours:
            return
        try:
            self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        remove(self.places.root)

    def _answer_to(self, message: dict[str, Any], descriptors: tuple[int, ...] = ()) -> dict[str, Any]:
        try:
            self._line.send(message, descriptors)
            received = self._line.receive()
        except TimeoutError:
            self._line.close()  # a late answer would be taken for that to the next question
            raise SandboxError(
                f"the sandbox's process has not answered for {_PATIENCE:g} s: run the grader again"
            ) from None
        except OSError:
            received = None
        if received is None:
            raise SandboxError(f"the sandbox's process has ended: {self._complaint()}: run the grader again")
        return received[0]

    def _complaint(self) -> str:
        if not self.places.complaints.exists():
            return "it was closed"
        lines = self.places.complaints.read_text(errors="replace").split("\n")
        return next((line.strip() for line in reversed(lines) if line.strip()), "it was killed")


def _started(places: Places) -> tuple[subprocess.Popen[bytes], Line]:
    ours, theirs = socket.socketpair()
    ours.settimeout(_PATIENCE)
    surroundings = _ENVIRONMENT | dict.fromkeys(("HOME", "TMPDIR", "MPLCONFIGDIR"), str(places.home))
    number = theirs.fileno()
    with theirs, places.complaints.open("wb") as complaints:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter with our own words
            [sys.executable, *_FLAGS, "-c", _BOOT, str(number), str(HERE)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=complaints,
            cwd=places.home,
            env=surroundings,
            pass_fds=(number,),
            start_new_session=True,
        )
    return process, Line(ours)
