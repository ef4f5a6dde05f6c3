"""Own views of users, network, mounts and processes: a second wall where the system allows it, never required.

They are taken once, by the process that children are forked from; these only add mounts of their own.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from .kernel import call

_FLAGS = {
    "user": 0x1000_0000,
    "net": 0x4000_0000,
    "ipc": 0x0800_0000,
    "uts": 0x0400_0000,
    "mnt": 0x0002_0000,
    "pid": 0x2000_0000,
}
_MS_NOSUID, _MS_NODEV, _MS_NOEXEC, _MS_REC, _MS_PRIVATE = 1 << 1, 1 << 2, 1 << 3, 1 << 14, 1 << 18
_ORDINARY = 1_000
"""Who the process is inside: nobody of importance."""


def enter() -> dict[str, str]:
    """Take each namespace that is granted; the refused ones are given back with the reason.

    A new namespace of processes begins with the next fork.
    """
    # Some systems grant a namespace of users and then no rights in it, and an unmapped user can make no file.
    # That is found out by a process that is thrown away.
    refused = {} if _in_a_trial(_own_user) else {"user": "the system grants no user namespace"}
    if not refused:
        _own_user()
    for name, flag in _FLAGS.items():
        if name == "user":
            continue
        try:
            call("unshare", flag)
        except OSError as fault:
            refused[name] = os.strerror(fault.errno or 0)
    if "mnt" not in refused:
        try:
            call("mount", b"none", b"/", None, _MS_REC | _MS_PRIVATE, None)
        except OSError as fault:  # some containers grant the view and forbid to change it
            refused["mnt"] = os.strerror(fault.errno or 0)
    return refused


def own_folder(folder: str, size: int, entries: int) -> None:
    """Lay a file system of bounded size over `folder`, seen by this process alone and gone with it.

    Raises:
        OSError: the kernel refuses.
    """
    call("unshare", _FLAGS["mnt"])
    flags = _MS_NOSUID | _MS_NODEV | _MS_NOEXEC
    options = f"size={size},nr_inodes={entries + 1},mode=0700".encode()
    call("mount", b"tmpfs", os.fsencode(folder), b"tmpfs", flags, options)


def seen() -> dict[str, str]:
    """The names that the kernel gives the namespaces of this process."""
    links = {name: Path("/proc/self/ns") / name for name in _FLAGS}
    return {name: str(link.readlink()) for name, link in links.items() if link.is_symlink()}


def _own_user() -> None:
    user, group = os.geteuid(), os.getegid()
    call("unshare", _FLAGS["user"])
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/gid_map").write_text(f"{_ORDINARY} {group} 1")
    Path("/proc/self/uid_map").write_text(f"{_ORDINARY} {user} 1")


def _in_a_trial(what: Callable[[], None]) -> bool:
    pid = os.fork()
    if pid:
        return os.waitpid(pid, 0)[1] == 0
    try:
        what()
    except OSError:
        os._exit(1)
    os._exit(0)
