"""The kernel's own limits on one process: memory, processor time, files, threads."""

from __future__ import annotations

import math
import mmap
import os
import resource
import sys
from pathlib import Path

_STACK = 16 << 20
_DESCRIPTORS = 128
_SPARE_SECONDS = 5


def apply(memory: int, disk: int, seconds: float, taken: int | None, threads: int) -> list[str]:
    """Set them for good; what this system refuses to set is given back by name.

    Args:
        memory: bytes beyond `taken`, which the interpreter and its libraries have.
        disk: bytes of the largest file.
        seconds: processor time of the process; the trusted side's clocks end it before that.
        taken: bytes of address space in use; None where that is not known, and memory then not limited.
        threads: how many there may be.
    """
    wanted = {
        "CPU": math.ceil(seconds) + _SPARE_SECONDS,
        "FSIZE": disk,
        "NOFILE": _DESCRIPTORS,
        "CORE": 0,
        "STACK": _STACK,
        "MEMLOCK": 0,
        "MSGQUEUE": 0,
        "SIGPENDING": 64,
    }
    if threads == 1:
        wanted["NPROC"] = 0
    refused = [] if taken else ["AS"]
    if taken:
        wanted["AS"] = taken + memory
    return refused + [name for name, value in wanted.items() if not _lower(name, value)]


def _lower(name: str, value: int) -> bool:
    kind = getattr(resource, f"RLIMIT_{name}", None)
    if kind is None:
        return False
    _, hard = resource.getrlimit(kind)
    value = value if hard == resource.RLIM_INFINITY else min(value, hard)
    try:
        resource.setrlimit(kind, (value, value))
    except (ValueError, OSError):
        return False
    return True


def address_space() -> int | None:
    """Bytes of address space that this process has; None where the system does not tell."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[0]) * mmap.PAGESIZE
    except OSError:
        return None


def last_to_live() -> None:
    """Where the machine runs out of memory, this process is the first that the kernel ends."""
    if sys.platform == "linux":
        try:
            place = os.open("/proc/self/oom_score_adj", os.O_WRONLY)
        except OSError:
            return  # no /proc in this container: the limits on memory stand all the same
        os.write(place, b"1000")
        os.close(place)


def fault(memory: int) -> str:
    """What goes beyond the limits, in words; nothing if they hold."""
    try:
        mmap.mmap(-1, memory + (64 << 20)).close()
    except (OSError, MemoryError):
        return ""
    return "more memory could be taken"
