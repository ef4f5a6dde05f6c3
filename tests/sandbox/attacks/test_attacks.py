"""Programs that attack: each runs as a submission would, reaches nothing, and an honest one is marked after it.

A program's first line says what it does. Further lines are ``# ends by: deadline`` where it never ends by itself,
``# machine:`` where it is written for one, and ``# asks: correlate`` where what it is after are the marks for the
function ``correlate(x, w)`` that it defines, the valid cross-correlation of two matrices.
"""

from __future__ import annotations

import platform
import re
import secrets
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from grader.sandbox.zygote import Zygote

PROGRAMS = Path(__file__).parent / "programs"
CHECKOUT = Path(__file__).parents[3]
USERS = ("root", "user", "user without namespaces")
SHORT = 0.15
"""Seconds that a program gets which never ends by itself."""
BASE_MEMORY = 250 << 20
"""Bytes that Python and NumPy take, generously: they are shared with the process that a child is forked from."""
HONEST = "import numpy as np; reply((np.arange(6.0).reshape(2, 3) @ np.ones(3)).tolist())"
_LAYERS = {
    "Errno 1": "seccomp",
    "Errno 13": "Landlock",
    "Errno 24": "limits",
    "Errno 25": "seccomp",
    "Errno 27": "limits",
    "Errno 28": "own folder",
    "Errno 38": "seccomp",
    "MemoryError": "limits",
}
"""Which layer refuses so; other refusals say that there is nothing to be had."""


@dataclass(frozen=True)
class Around:
    """What lies around a sandbox, and must stay as it is."""

    home: Path
    secret: str
    neighbour: Path
    listeners: tuple[socket.socket, ...]
    victim: subprocess.Popen[bytes]

    def fill(self, program: str) -> str:
        """The program with the places of this machine in it."""
        words = {
            "HOME": self.home,
            "NEIGHBOUR": self.neighbour,
            "CHECKOUT": CHECKOUT,
            "PROBLEMS": next((CHECKOUT / "problems").glob("*.yaml")),
            "VICTIM": self.victim.pid,
            "PORT": self.listeners[0].getsockname()[1],
            "SOCKET": self.listeners[2].getsockname(),
        }
        return re.sub("@([A-Z]+)@", lambda found: str(words[found[1]]), program)

    def check(self) -> None:
        """Nothing has been touched, called or ended."""
        assert self.victim.poll() is None
        assert [path.name for path in self.home.iterdir()] == ["secret"]
        assert (self.home / "secret").read_text() == self.secret
        assert (self.home / "secret").stat().st_mode & 0o777 == 0o600
        assert (self.neighbour / "secret").read_text() == self.secret
        for listener in self.listeners:
            with pytest.raises(BlockingIOError):
                listener.recv(1) if listener.type == socket.SOCK_DGRAM else listener.accept()


@pytest.fixture(scope="module")
def around(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Zygote], Around]]:
    """`around(zygote)` is what lies around it: a home, listeners, a process of the same user, a neighbour."""
    home = tmp_path_factory.mktemp("home")
    secret = f"canary-secret-{secrets.token_hex()}"
    (home / "secret").write_text(secret)
    (home / "secret").chmod(0o600)
    stream, packets = socket.create_server(("127.0.0.1", 0)), socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    packets.bind(stream.getsockname())
    local = socket.socket(socket.AF_UNIX)
    local.bind(str(tmp_path_factory.mktemp("s") / "s"))
    local.listen()
    for listener in (stream, packets, local):
        listener.setblocking(False)
    victim = subprocess.Popen(
        [sys.executable, "-S", "-c", "import sys; sys.stdin.read()"], stdin=subprocess.PIPE, start_new_session=True
    )
    neighbours: dict[Zygote, Any] = {}

    def build(zygote: Zygote) -> Around:
        if zygote not in neighbours:
            neighbours[zygote] = zygote.spawn()
            (neighbours[zygote].folder / "secret").write_text(secret)
        return Around(home, secret, neighbours[zygote].folder, (stream, packets, local), victim)

    yield build
    for neighbour in neighbours.values():
        neighbour.close()
    victim.communicate()
    for listener in (stream, packets, local):
        listener.close()


def _programs() -> list[Path]:
    return sorted(PROGRAMS.rglob("*.py"))


@pytest.mark.parametrize("user", USERS)
@pytest.mark.parametrize("path", _programs(), ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_held(path: Path, user: str, sandbox: Any, around: Any, run: Any, record_property: Any) -> None:
    """The program reaches nothing, ends, leaves nothing, and an honest one computes after it."""
    program = path.read_text()
    if f"# machine: {platform.machine()}" not in program and "# machine:" in program:
        pytest.skip(f"it is written for another machine than {platform.machine()}")
    zygote = sandbox(user)
    surroundings = around(zygote)
    endless = "# ends by: deadline" in program
    child = zygote.spawn()
    ran = run(child, surroundings.fill(program), *([SHORT] if endless else []))

    record_property("held", f"{_layer(ran)}: {path.parent.name} {path.stem.replace('_', ' ')}")
    assert "REACHED" not in ran.output, ran.output
    assert surroundings.secret not in ran.output
    assert surroundings.secret.encode() not in ran.replies
    surroundings.check()
    assert not child.folder.exists()
    assert _descendants(zygote) <= 3  # the sandbox, its first process, and the neighbour
    assert ran.ending.peak < BASE_MEMORY + zygote.limits.memory
    assert run(zygote.spawn(), HONEST).replies == b"[3.0, 12.0]done"


def _layer(ran: Any) -> str:
    """Which layer held the program, by what it was told, or by how it ended."""
    if ran.late:
        return "deadline"
    if ran.ending.over_disk:
        return "the folder is watched"
    if "of another kind of machine" in ran.ending.reason:
        return "seccomp"
    told = re.findall(r"^held: .*?(Errno \d+|MemoryError)", ran.output, re.MULTILINE)
    layers = {_LAYERS[refusal] for refusal in told if refusal in _LAYERS}
    return " and ".join(sorted(layers)) or "only itself was hurt, or nothing"


def _descendants(zygote: Zygote) -> int:
    """How many processes there are below this one that belong to the sandbox."""
    found, waiting = 0, [zygote.start().pid]
    while waiting:
        pid = waiting.pop()
        found += 1
        for children in Path(f"/proc/{pid}/task").glob("*/children"):
            waiting += map(int, children.read_text().split())
    return found


def test_there_are_enough() -> None:
    """At least sixty programs are tried, each with a line that says what it does."""
    programs = _programs()
    assert len(programs) >= 60
    assert all(path.read_text().startswith("# ") for path in programs)
