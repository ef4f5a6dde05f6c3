"""The sandbox, started and asked for children."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from grader.errors import SandboxError
from grader.sandbox import zygote as module
from grader.sandbox.inside.plan import Layer
from grader.sandbox.limits import Limits
from grader.sandbox.scratch import remove
from grader.sandbox.starting import Server
from grader.sandbox.walls import Walls
from grader.sandbox.zygote import Zygote

RUNNER = Server(Path(__file__).parent, "runner", "serve")


def test_a_program_computes(zygote: Zygote, run: Any) -> None:
    """What a program sends and prints comes out, and nothing of it is left."""
    child = zygote.spawn()
    ran = run(child, "import numpy as np; reply(np.ones(3).sum()); print('printed')")
    assert (ran.replies, ran.output) == (b"3.0done", "printed\n")
    assert ran.ending.reason == "ended the process"
    assert not ran.ending.stopped
    assert not child.folder.exists()


def test_its_folder_is_its_own(zygote: Zygote, run: Any) -> None:
    """It is where the program is, its home, where temporary files go, and can be written."""
    program = """
import os, tempfile
open("file", "w").write("x" * 1000)
os.mkdir("folder")
os.rename("file", "folder/file")
with tempfile.NamedTemporaryFile() as file:
    reply(os.path.dirname(file.name) == os.getcwd() == os.environ["HOME"] == os.environ["MPLCONFIGDIR"])
reply(os.listdir())
"""
    assert run(zygote.spawn(), program).replies == b"True['folder']done"


def test_children_do_not_meet(zygote: Zygote, run: Any) -> None:
    """What one changes in memory, another does not see."""
    run(zygote.spawn(), "import numpy as np; np.allclose = None")
    assert run(zygote.spawn(), "import numpy as np; reply(np.allclose(1, 1))").replies == b"Truedone"


def test_threads_may_ask(zygote: Zygote, run: Any) -> None:
    """Several threads have children at the same time, each its own."""
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda n: run(zygote.spawn(), f"reply({n} ** 2)").replies, range(12)))
    assert answers == [f"{n * n}done".encode() for n in range(12)]


def test_an_end_is_told_once(zygote: Zygote) -> None:
    """A child that still runs is stopped; asked again, it says the same."""
    child = zygote.spawn()
    first = child.end()
    assert first.stopped
    assert first.reason == "was stopped"
    assert child.end() is first
    child.close()


@pytest.mark.parametrize(
    ("program", "reason"),
    [
        ("import os; os._exit(3)", "ended the process"),
        ("import ctypes; ctypes.string_at(0)", "crashed (segmentation fault)"),
        ("import os; os.abort()", "aborted"),
        ("import os; os.kill(os.getpid(), 15)", "ended by signal 15"),
    ],
)
def test_how_it_ended(program: str, reason: str, zygote: Zygote, run: Any) -> None:
    """The reason is said in words."""
    assert run(zygote.spawn(), program).ending.reason == reason


def test_its_clock(zygote: Zygote) -> None:
    """Processor time runs while it computes, and not while it waits."""
    child = zygote.spawn()
    os.write(child.requests, b"reply('begun')\nwhile True: pass")
    waited = child.cpu_seconds()
    assert child.cpu_seconds() - waited < 0.05
    os.close(child.requests)
    os.read(child.replies, 5)
    until = time.monotonic() + 60
    while child.cpu_seconds() < waited + 0.05:
        assert time.monotonic() < until
        time.sleep(0.01)
    assert child.end().seconds > 0.05
    assert child.cpu_seconds() == child.end().seconds
    os.close(child.replies)
    os.close(child.output)


def test_what_is_there_is_told(zygote: Zygote) -> None:
    """Each layer is named, with what it does or why it is not there."""
    layers = {layer.name: layer for layer in zygote.layers}
    assert layers["landlock"].active
    assert layers["seccomp"].active
    assert layers["privileges"].active
    assert layers["limits"].active
    assert all(layer.why for layer in layers.values())


def test_strict_walls_are_a_condition(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without Landlock or seccomp nothing is run, and the one line says how it could be."""
    monkeypatch.setitem(module._NEEDED, "moat", "moat")
    layers = (Layer("moat", active=False, why="this machine offers none"), Layer("limits", active=True))
    assert module._refusal([layers[0]], layers) == (
        "this machine offers no moat (this machine offers none), so no student's code is run; "
        "say --sandbox weak to run it with what there is: limits"
    )


def test_no_walls_but_a_process(run: Any) -> None:
    """On a student's own machine nothing is refused, and a program still computes."""
    with Zygote(Walls.NONE, server=RUNNER) as zygote:
        assert not any(layer.active for layer in zygote.layers)
        assert {layer.why for layer in zygote.layers} == {"not asked for"}
        assert run(zygote.spawn(), "import os; reply(os.path.exists('/etc/passwd'))").replies == b"Truedone"


def test_weak_walls_are_what_there_is(run: Any) -> None:
    """Where all layers are there, weak walls are as good as strict ones."""
    with Zygote(Walls.WEAK, server=RUNNER) as zygote:
        program = "import os\ntry: os.listdir('/etc')\nexcept OSError as error: reply(error.errno)"
        landlock = next(layer for layer in zygote.layers if layer.name == "landlock")
        assert run(zygote.spawn(), program).replies == (b"13done" if landlock.active else b"done")


def test_libraries_come_before_the_children(run: Any) -> None:
    """What is asked for is imported already; what is not installed is told, and is no error."""
    with Zygote(Walls.WEAK, libraries=("fractions", "no_such_library"), server=RUNNER) as zygote:
        assert zygote.missing == {"no_such_library": "ModuleNotFoundError: No module named 'no_such_library'"}
        assert run(zygote.spawn(), "import sys; reply('fractions' in sys.modules)").replies == b"Truedone"


def test_hidden_files(tmp_path: Path, run: Any) -> None:
    """An instructor's files are out of reach, wherever they lie."""
    site = Path(os.__file__).parent / "this.py"
    program = f"try: open({str(site)!r})\nexcept OSError as error: reply(error.errno)"
    with Zygote(Walls.WEAK, hidden=[site, tmp_path], server=RUNNER) as zygote:
        landlock = next(layer for layer in zygote.layers if layer.name == "landlock")
        assert run(zygote.spawn(), program).replies == (b"13done" if landlock.active else b"done")


@pytest.mark.parametrize("walls", [Walls.WEAK, Walls.NONE])
def test_it_is_started_again(walls: Walls, run: Any) -> None:
    """If the process that children are forked from is killed, the next child comes from a new one."""
    with Zygote(walls, server=RUNNER) as zygote:
        orphan = zygote.spawn()
        os.kill(zygote.start().pid, signal.SIGKILL)
        assert os.read(orphan.replies, 1) == b""  # it dies with it
        assert "the sandbox's process has ended" in orphan.end().reason
        orphan.close()
        assert run(zygote.spawn(), "reply(1)").replies == b"1done"


def test_a_child_that_is_not_walled_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a later child cannot have the walls of the first, nothing is run in it, and that is not its own fault."""
    with Zygote(Walls.WEAK, server=RUNNER) as zygote:
        running = zygote.start()
        ask = running.ask
        monkeypatch.setattr(
            running, "ask", lambda m, d=(): ask({**m, "folder": "/nowhere"} if m["do"] == "spawn" else m, d)
        )
        child = zygote.spawn()
        assert os.read(child.replies, 1) == b""
        ending = child.end()
        assert not ending.walled
        assert ending.reason == "could not be walled in"
        child.close()


def test_a_forked_grader_starts_its_own() -> None:
    """A worker that was forked asks a sandbox of its own, and leaves that of its parent in peace."""
    script = """
import os, sys
from pathlib import Path
from grader.sandbox.walls import Walls
from grader.sandbox.zygote import Zygote
from grader.sandbox.starting import Server
with Zygote(Walls.WEAK, server=Server(Path(sys.argv[1]), "runner", "serve")) as zygote:
    first = zygote.start()
    if os.fork() == 0:
        zygote.spawn().close()
        assert zygote.start().pid != first.pid
        zygote.close()
        os._exit(0)
    assert os.wait()[1] == 0
    zygote.spawn().close()
    assert zygote.start() is first
"""
    subprocess.run([sys.executable, "-c", script, str(RUNNER.folder)], check=True)


@pytest.mark.skipif(sys.platform != "linux", reason="processes are looked for in /proc")
def test_a_killed_grader_leaves_no_process() -> None:
    """When the grader is killed its sandbox ends, and with it a program that would never end."""
    script = r"""
import os, sys, time
from pathlib import Path
from grader.sandbox.walls import Walls
from grader.sandbox.zygote import Zygote
from grader.sandbox.starting import Server
zygote = Zygote(Walls.WEAK, server=Server(Path(sys.argv[1]), "runner", "serve"))
child = zygote.spawn()
os.write(child.requests, b"reply('begun')\nwhile True: pass")
os.close(child.requests)
os.read(child.replies, 5)
print(zygote.start().pid, zygote.start().places.root, flush=True)
time.sleep(600)
"""
    command = [sys.executable, "-c", script, str(RUNNER.folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as grader:
        assert grader.stdout
        pid, root = grader.stdout.readline().split()
        processes = [int(pid), *_below(int(pid))]
        assert len(processes) >= 2
        grader.kill()
    until = time.monotonic() + 60
    while any(map(_is_alive, processes)):
        assert time.monotonic() < until
        time.sleep(0.01)
    remove(Path(root))


def _below(pid: int) -> list[int]:
    """The processes that a process has forked, and those of these."""
    texts = [file.read_text() for file in Path(f"/proc/{pid}/task").glob("*/children")]
    children = [int(number) for text in texts for number in text.split()]
    return children + [inner for child in children for inner in _below(child)]


def _is_alive(pid: int) -> bool:
    """Whether there is such a process that has not ended, be it reaped or not."""
    try:
        about = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return about.rpartition(")")[2].split()[0] not in {"Z", "X"}


def test_threads_where_they_are_asked_for(run: Any) -> None:
    """With more than one thread a program has threads, and still no second process."""
    program = """
import os, threading
thread = threading.Thread(target=lambda: reply("thread "))
thread.start()
thread.join()
try: os.fork()
except OSError as error: reply(error.errno)
"""
    with Zygote(Walls.WEAK, threads=2, server=RUNNER) as zygote:
        if not next(layer for layer in zygote.layers if layer.name == "seccomp").active:
            pytest.skip("without seccomp nothing holds a fork back")
        assert run(zygote.spawn(), program).replies == b"thread 1done"


def test_nothing_is_left() -> None:
    """When it is closed its children are dead, and its folders are gone."""
    with Zygote(Walls.WEAK, server=RUNNER) as zygote:
        child = zygote.spawn()
        root = zygote.start().places.root
        assert root.exists()
    assert os.read(child.replies, 1) == b""
    assert not root.exists()
    assert "it was closed" in child.end().reason
    child.close()


def test_a_sandbox_that_does_not_start() -> None:
    """The error says what the process said last."""
    server = Server(Path(__file__).parent, "no_such_module", "serve")
    with pytest.raises(SandboxError, match="the sandbox's process has ended: ModuleNotFoundError: No module named"):
        Zygote(Walls.WEAK, server=server).start()


def test_memory_and_disk_are_bounded(run: Any) -> None:
    """A program learns of its limits as of a machine that is full, and goes on."""
    limits = Limits(memory=32 << 20, disk=1 << 20, files=10)
    program = """
for take in (lambda: bytearray(64 << 20), lambda: open("file", "wb", 0).write(bytes(2 << 20))):
    try:
        reply(take())
    except (MemoryError, OSError) as error:
        reply(type(error).__name__)
"""
    with Zygote(Walls.WEAK, limits, server=RUNNER) as zygote:
        ran = run(zygote.spawn(), program)
        assert ran.replies.startswith(b"MemoryError")
