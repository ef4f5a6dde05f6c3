"""Sandboxes as the grader starts them: as root, as an ordinary user, and where a user may have no namespaces."""

from __future__ import annotations

import os
import platform
import select
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from grader.sandbox.child import Child
from grader.sandbox.ending import Ending
from grader.sandbox.limits import Limits
from grader.sandbox.starting import Server
from grader.sandbox.walls import Walls
from grader.sandbox.zygote import Zygote

HERE = Path(__file__).parent
LIMITS = Limits(memory=64 << 20, disk=4 << 20, files=100, total_seconds=30, output=64 << 10)
RUNNER = Server(HERE, "runner", "serve")
PATIENCE = 60.0
"""Seconds for what ends by itself; more than it takes on any machine."""
_ORDINARY = """#!{python} -SsE
import ctypes, os, struct, sys
libc = ctypes.CDLL(None, use_errno=True)
user, group = os.geteuid(), os.getegid()
if user == 0:
    if libc.unshare(0x10000000):
        sys.exit("no user namespace")
    for name, text in (("setgroups", "deny"), ("gid_map", f"1000 {{group}} 1"), ("uid_map", f"1000 {{user}} 1")):
        with open("/proc/self/" + name, "w") as file:
            file.write(text)
if {refused}:
    steps = [(0x20, 0, 0, 0), (0x15, 0, 1, {refused}), (6, 0, 0, 0x50001), (6, 0, 0, 0x7FFF0000)]
    code = b"".join(struct.pack("<HBBI", *step) for step in steps)
    class Program(ctypes.Structure):
        _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))
    libc.prctl(38, 1, 0, 0, 0)
    if libc.prctl(22, 2, ctypes.byref(Program(4, code)), 0, 0):
        sys.exit("no filter")
os.execv("{python}", ["{python}", *sys.argv[1:]])
"""
"""Becomes an ordinary user, in a namespace where it is root, and forbids further namespaces where that is asked for."""
_UNSHARE = {"x86_64": 272, "aarch64": 97}


@dataclass(frozen=True)
class Ran:
    """What became of a program."""

    output: str
    replies: bytes
    ending: Ending
    late: bool
    """Whether it still ran at its deadline."""


Run = Callable[..., Ran]


@pytest.fixture(scope="session")
def run() -> Run:
    """`run(child, program, seconds)` runs it to its end or to the deadline, and ends the child."""
    return _run


def _run(child: Child, program: str, seconds: float = PATIENCE) -> Ran:
    kept = {child.replies: b"", child.output: b""}
    asking = threading.Thread(target=_ask, args=(child.requests, program.encode()))
    asking.start()
    until, alive = time.monotonic() + seconds, True
    while alive and (left := until - time.monotonic()) > 0:
        for end in select.select(list(kept), (), (), left)[0]:
            piece = os.read(end, 1 << 16)
            kept[end] = (kept[end] + piece)[-LIMITS.output :]
            alive = alive and (bool(piece) or end != child.replies)
    ending = child.end()
    asking.join()
    with os.fdopen(child.output, "rb") as output:
        kept[child.output] += output.read()
    os.close(child.replies)
    return Ran(kept[child.output].decode(errors="replace"), kept[child.replies], ending, alive)


def _ask(requests: int, program: bytes) -> None:
    """Send the program; a child that ends meanwhile reads no more of it."""
    with suppress(BrokenPipeError), os.fdopen(requests, "wb", buffering=0) as pipe:
        pipe.write(program)


@pytest.fixture(scope="session")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Zygote]]:
    """`sandbox(user)` is one for this user: ``root``, ``user``, or ``user without namespaces``."""
    started: dict[str, Zygote] = {}

    def start(user: str) -> Zygote:
        if user not in started:
            started[user] = _started(user, tmp_path_factory.mktemp("python") / "python")
        return started[user]

    yield start
    for zygote in started.values():
        zygote.close()


def _started(user: str, python: Path) -> Zygote:
    if platform.system() != "Linux":
        pytest.skip("the walls are Linux's: elsewhere there is a process and limits only")
    if user == "root" and os.geteuid() != 0:
        pytest.skip("root: the tests are not run by root")
    zygote = Zygote(Walls.STRICT, LIMITS, server=RUNNER)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GRADER_KEY", "canary-secret-in-the-environment")
        if user != "root":
            refused = _UNSHARE[platform.machine()] if "without" in user else 0
            python.write_text(_ORDINARY.format(python=sys.executable, refused=refused))
            python.chmod(0o700)
            if subprocess.run([python, "-c", ""], check=False, capture_output=True).returncode:
                pytest.skip(f"{user}: root cannot become an ordinary user here, as it is granted no user namespace")
            patch.setattr(sys, "executable", str(python))
        zygote.start()
    return zygote


@pytest.fixture(scope="session")
def zygote(sandbox: Callable[[str], Zygote]) -> Zygote:
    """A sandbox as whoever runs the tests gets it."""
    return sandbox("root" if os.geteuid() == 0 else "user")
