"""What the first child does between its walls: it tries what they forbid, so that "active" means "seen to hold"."""

from __future__ import annotations

import os
from pathlib import Path

from . import landlock, namespaces, privileges, rlimits, seccomp
from .plan import Layer
from .walls import LINUX, Ground

_WHAT = {
    "landlock": "files are reached by place",
    "seccomp": "an allow-list of system calls",
    "privileges": "no capabilities, no new privileges, closed to others",
    "limits": "memory, processor time, size of files, descriptors",
    "own folder": "a file system of bounded size, gone with the child",
    "cgroup": "memory and processes of the child together",
    "namespaces": "own users, network, mounts, processes",
}


def tried(ground: Ground, folder: str) -> dict[str, str]:
    """By name of the layers that were put up, what came through; nothing where it holds."""
    plan = ground.plan
    if plan.walls == "none":
        return {}
    faults = {"limits": _memory(ground)}
    if LINUX:
        faults["privileges"] = privileges.fault()
    if ground.files:
        faults["landlock"] = landlock.fault(Path(plan.canary))
    if ground.own_folder:
        faults["own folder"] = _room(folder, plan.limits["disk"])
    if ground.group:
        faults["cgroup"] = ""
    if ground.calls:
        faults["seccomp"] = seccomp.fault()
    return faults


def layers(ground: Ground, faults: dict[str, str], before: dict[str, str]) -> list[Layer]:
    """The walls in words, from what the first child found and the namespaces there were `before`."""
    own = [name for name, seen in namespaces.seen().items() if before.get(name) != seen]
    faults = faults | ({"namespaces": ""} if own else {})
    found = []
    for name, what in _WHAT.items():
        if name in faults:
            found.append(Layer(name, active=not faults[name], why=faults[name] or what))
        else:
            found.append(Layer(name, active=False, why=_absent(ground, name)))
    return found


def _absent(ground: Ground, name: str) -> str:
    if ground.plan.walls == "none":
        return "not asked for"
    return ground.refused.get(name, "this machine offers none")


def _memory(ground: Ground) -> str:
    if "limit AS" in ground.refused:
        return "memory is not limited"
    return rlimits.fault(ground.plan.limits["memory"])


def _room(folder: str, size: int) -> str:
    room = os.statvfs(folder)
    return "" if room.f_blocks * room.f_frsize <= size + room.f_frsize else "the folder has more room than it may"
