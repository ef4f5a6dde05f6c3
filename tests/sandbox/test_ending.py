"""How an end is told."""

from __future__ import annotations

import signal
from typing import Any

import pytest

from grader.sandbox.ending import ending, size
from grader.sandbox.limits import Limits

LIMITS = Limits(memory=1 << 30, disk=64 << 20, files=1_000, total_seconds=60)


def _told(status: int, **more: Any) -> dict[str, Any]:
    return {"running": False, "status": status, "walled": True, "seconds": 1.0, "peak": 1 << 20} | more


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        (_told(0), "ended the process"),
        (_told(3 << 8), "ended the process"),
        (_told(1 << 8, walled=False), "could not be walled in"),
        (_told(signal.SIGKILL, running=True), "was stopped"),
        (_told(signal.SIGKILL), "used more than 1 GiB of memory"),
        (_told(signal.SIGKILL, seconds=66.0), "ran longer than 60 s"),
        (_told(signal.SIGXCPU, seconds=65.0), "ran longer than 60 s"),
        (_told(signal.SIGSEGV), "crashed (segmentation fault)"),
        (_told(signal.SIGRTMIN), f"ended by signal {int(signal.SIGRTMIN)}"),
        (_told(signal.SIGRTMIN + 1), f"ended by signal {signal.SIGRTMIN + 1}"),
    ],
)
def test_reasons(told: dict[str, Any], reason: str) -> None:
    """What the system says becomes words, whatever signal it was."""
    assert ending(told, LIMITS, "").reason == reason


def test_over_memory_is_the_kernels_word() -> None:
    """Nobody else kills a child: a stop from outside, for time or for disk, is not taken for it."""
    assert ending(_told(signal.SIGKILL), LIMITS, "").over_memory
    assert not ending(_told(signal.SIGKILL, running=True), LIMITS, "").over_memory
    full = ending(_told(signal.SIGKILL), LIMITS, "files")
    assert not full.over_memory
    assert full.over_disk
    assert full.reason == "put more into its folder than 64 MiB and 1,000 files (files)"


def test_sizes() -> None:
    """Bytes are said in the unit that fits."""
    assert [size(count) for count in (10, 2_048, 3 << 19, 1 << 30)] == ["10 bytes", "2 KiB", "1.5 MiB", "1 GiB"]
