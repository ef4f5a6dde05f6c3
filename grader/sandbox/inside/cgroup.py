"""A control group of version 2 for each child, where the system has delegated one that may be divided."""

from __future__ import annotations

import errno
import os
from pathlib import Path

MOUNT = Path("/sys/fs/cgroup")


def delegated(mount: Path = MOUNT, own: Path = Path("/proc/self/cgroup")) -> Path | None:
    """The group that this process may divide, with limits on memory and processes; None where there is none."""
    try:
        lines = own.read_text().splitlines()
    except OSError:
        return None
    for line in lines:
        if line.startswith("0::"):
            group = mount / line.removeprefix("0::").strip().lstrip("/")
            return group if _may_be_divided(group) else None
    return None


def enter(parent: Path, name: str, memory: int) -> None:
    """Move this process into a new group of its own below `parent`, with its limits.

    Raises:
        OSError: the system refuses.
    """
    group = parent / name
    group.mkdir()
    (group / "memory.max").write_text(str(memory))
    (group / "pids.max").write_text("1")
    (group / "cgroup.procs").write_text("0")


def leave(parent: Path, name: str) -> None:
    """Remove the group of a child that was reaped."""
    try:
        (parent / name).rmdir()
    except OSError as fault:
        if fault.errno not in {errno.ENOENT, errno.EBUSY}:  # the kernel may hold it for a moment; it is empty
            raise


def _may_be_divided(group: Path) -> bool:
    try:
        granted = (group / "cgroup.subtree_control").read_text().split()
    except OSError:
        return False
    return {"memory", "pids"} <= set(granted) and os.access(group / "cgroup.procs", os.W_OK)
