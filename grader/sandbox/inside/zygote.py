"""The process that children are forked from: it imports what they need, runs no student's code, and obeys one line.

It is asked to ``spawn`` a child, for the processor time of one (``cpu``), to ``kill`` it, and to ``end`` it, which
reaps: its number is not given to another process before that. When the line ends, so do all children, and it itself.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import resource
import signal
import socket
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NoReturn

from . import cgroup, namespaces, rlimits, trial
from .child import Work, become
from .control import Line
from .plan import Layer, read
from .privileges import die_with_parent
from .walls import LINUX, Ground, survey

_GOING = 0.5
"""Seconds that a child which has let go of its pipes is given to be gone; it may have done so and live on."""
_UNIT = 1 if sys.platform == "darwin" else 1_024


def main(descriptor: int) -> NoReturn:
    """Obey the line at `descriptor` until it ends; the plan comes as its first message."""
    end = socket.socket(fileno=descriptor)
    line = Line(end)
    first = line.receive()
    if first is None:
        os._exit(0)
    before = namespaces.seen()
    ground = survey(read(first[0]))
    _in_new_namespaces(ground, end)
    missing = _import(ground)
    work = _work(ground)
    found = _trial(ground, before)
    _forget_the_way(ground)
    line.send({"layers": [asdict(layer) for layer in found], "missing": missing, "own_folder": ground.own_folder})
    gc.collect()
    gc.freeze()  # what is there now is shared with the children: their collectors are not to touch it
    _obey(line, ground, work)
    os._exit(0)


def _in_new_namespaces(ground: Ground, end: socket.socket) -> None:
    """Go on as the first process of the new namespaces, while this one waits for its end."""
    if not LINUX or ground.plan.walls == "none":
        return
    pid = os.fork()
    if pid:
        end.close()
        os.waitpid(pid, 0)
        os._exit(0)
    die_with_parent()


def _import(ground: Ground) -> dict[str, str]:
    """Import NumPy and the libraries that were asked for; those that fail are given back with the reason."""
    sys.path.extend(ground.plan.sites)
    missing = {}
    for name in ("numpy", "numpy.random", "numpy.fft", *ground.plan.libraries):
        try:
            importlib.import_module(name)
        except Exception as fault:  # noqa: BLE001 - a library may fail in any way; the student's import will tell how
            missing[name] = f"{type(fault).__name__}: {fault}"
    return missing


def _work(ground: Ground) -> Work:
    folder, module, function = ground.plan.serve
    sys.path.insert(0, folder)
    work: Work = getattr(importlib.import_module(module), function)
    return work


def _forget_the_way(ground: Ground) -> None:
    """Nothing of the grader's folders is imported any more; what was, stays."""
    sys.path[:] = [path for path in sys.path if path not in (sys.argv[2], ground.plan.serve[0])]
    for path in (sys.argv[2], ground.plan.serve[0]):
        sys.path_importer_cache.pop(path, None)
    sys.argv[:] = [""]
    sys.orig_argv[:] = [""]


def _trial(ground: Ground, before: dict[str, str]) -> list[Layer]:
    """Let a first child try its walls; what it did not get is not asked for again."""
    folder = Path(ground.plan.children) / "first"
    folder.mkdir(0o700)
    asked, answered = os.pipe(), os.pipe()

    def work(_requests: int, replies: int, own: str, _limits: dict[str, Any]) -> None:
        told = {"faults": trial.tried(ground, own), "refused": ground.refused}
        os.write(replies, json.dumps(told).encode())

    pid, ready = _fork(ground, str(folder), [asked[0], answered[1], 2], work, first=True)
    os.close(ready)
    os.close(asked[0])
    os.close(answered[1])
    with os.fdopen(answered[0], "rb") as replies:
        text = replies.read()
    os.close(asked[1])
    os.waitpid(pid, 0)
    if not text:
        os._exit(1)  # the child has told why, where this process's own complaints go
    told = json.loads(text)
    ground.refused = told["refused"]
    ground.own_folder = ground.own_folder and "own folder" not in ground.refused
    ground.group = None if "cgroup" in ground.refused else ground.group
    return trial.layers(ground, told["faults"], before)


def _fork(ground: Ground, folder: str, descriptors: list[int], work: Work, *, first: bool = False) -> tuple[int, int]:
    """A child's number, and a descriptor that something can be read from once its walls are up."""
    taken = rlimits.address_space()
    ready, told = os.pipe()
    parent = os.getpid()
    pid = os.fork()
    if pid == 0:
        become(ground, folder, [*descriptors, told], taken, work, parent=parent, first=first)
    os.close(told)
    return pid, ready


@dataclass(frozen=True, slots=True)
class _Child:
    """What is known of a child that was not reaped."""

    group: str
    ready: int


def _obey(line: Line, ground: Ground, work: Work) -> None:
    children: dict[int, _Child] = {}
    while (received := line.receive()) is not None:
        message, descriptors = received
        match message["do"]:
            case "spawn":
                pid, ready = _fork(ground, message["folder"], descriptors, work)
                children[pid] = _Child(Path(message["folder"]).name, ready)
                line.send({"pid": pid})
            case "cpu":
                line.send({"seconds": _processor_time(message["pid"])})
            case "kill":
                if message["pid"] in children:
                    os.kill(message["pid"], signal.SIGKILL)
                line.send({})
            case "end":
                line.send(_end(ground, message, children.pop(message["pid"])))
        for descriptor in descriptors:
            os.close(descriptor)
    for pid in children:
        os.kill(pid, signal.SIGKILL)


def _processor_time(pid: int) -> float | None:
    """Seconds by the child's own clock; None where the system has no such clock, or it stopped."""
    if not LINUX:
        return None
    try:
        return time.clock_gettime((~pid << 3) | 2)  # the kernel's name for the clock of a whole process
    except OSError:
        return None


def _end(ground: Ground, message: dict[str, Any], child: _Child) -> dict[str, Any]:
    """Kill the child if it still runs, and reap it: its number was not given to another process until now."""
    pid = message["pid"]
    done, status, used = _reaped(pid, _GOING if message["gone"] else 0.0)
    if not done:
        os.kill(pid, signal.SIGKILL)
        _, status, used = os.wait4(pid, 0)
    if ground.group:
        cgroup.leave(ground.group, child.group)
    with os.fdopen(child.ready, "rb") as ready:
        walled = bool(ready.read())
    seconds = used.ru_utime + used.ru_stime
    peak = used.ru_maxrss * _UNIT
    return {"running": not done, "status": status, "walled": walled, "seconds": seconds, "peak": peak}


def _reaped(pid: int, patience: float) -> tuple[bool, int, resource.struct_rusage]:
    """Whether the child has ended by itself, now or soon, and how."""
    until = time.monotonic() + patience
    while True:
        done, status, used = os.wait4(pid, os.WNOHANG)
        if done or time.monotonic() >= until:
            return bool(done), status, used
        time.sleep(0.0005)
