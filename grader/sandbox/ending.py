"""How a child ended, in words, from what the system says of it."""

from __future__ import annotations

import os
import signal
from dataclasses import dataclass
from typing import Any

from grader.sandbox.limits import Limits

_BY_SIGNAL: dict[int, str] = {
    signal.SIGSEGV: "crashed (segmentation fault)",
    signal.SIGBUS: "crashed (bus error)",
    signal.SIGILL: "crashed (illegal instruction)",
    signal.SIGFPE: "crashed (arithmetic)",
    signal.SIGABRT: "aborted",
    signal.SIGSYS: "made a system call of another kind of machine",
}


@dataclass(frozen=True, slots=True)
class Ending:
    """The end of a child."""

    reason: str
    """In words, as behind a name: ``ended the process``, ``used more than 1 GiB of memory``."""
    walled: bool
    """Whether its walls were up and its end can be its own; if not, the fault is the machine's."""
    stopped: bool
    """Whether it still ran and was ended from outside."""
    over_memory: bool
    over_disk: bool
    seconds: float
    """Processor time, all in all."""
    peak: int
    """Bytes of memory that it held at most, those included that it shared with others."""

    @classmethod
    def lost(cls, reason: str) -> Ending:
        """The end of a child of which nothing more is known than `reason`."""
        return cls(reason, walled=False, stopped=True, over_memory=False, over_disk=False, seconds=0.0, peak=0)


def ending(told: dict[str, Any], limits: Limits, disk: str) -> Ending:
    """What the system says of a child, in words.

    Args:
        told: ``running``, ``status`` as ``waitpid`` gives it, ``walled``, ``seconds``, ``peak``.
        limits: what it was allowed.
        disk: what was too much in its folder, where it was stopped for that.
    """
    stopped = told["running"] and not disk
    killed = os.WIFSIGNALED(told["status"]) and os.WTERMSIG(told["status"]) == signal.SIGKILL
    # The kernel kills for processor time and for memory; whoever else may, is not in there.
    over_memory = killed and not (stopped or disk) and told["seconds"] < limits.total_seconds
    if disk:
        reason = f"put more into its folder than {size(limits.disk)} and {limits.files:,} files ({disk})"
    elif over_memory:
        reason = f"used more than {size(limits.memory)} of memory"
    elif not (told["walled"] or stopped):
        reason = "could not be walled in"
    else:
        reason = "was stopped" if stopped else _by_itself(told["status"], limits)
    return Ending(reason, told["walled"], stopped, over_memory, bool(disk), told["seconds"], told["peak"])


def _by_itself(status: int, limits: Limits) -> str:
    if os.WIFEXITED(status):
        return "ended the process"
    number = os.WTERMSIG(status)
    if number in {signal.SIGXCPU, signal.SIGKILL}:
        return f"ran longer than {limits.total_seconds:g} s"
    return _BY_SIGNAL.get(number, f"ended by signal {number}")


def size(count: int) -> str:
    """A number of bytes as one says it: ``64 MiB``."""
    for unit, name in ((1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")):
        if count >= unit:
            return f"{count / unit:.4g} {name}"
    return f"{count} bytes"
