"""Which files a student's code can reach: rights by place, in the kernel, for any user, root included.

Two rule sets are put up, and what is reached must be allowed by both. The first is made once, fine: what may be read,
entry by entry where something beside it may not be. The second is made for each child, coarse: the roots of these, and
the child's own folder; it keeps children out of each other's folders.
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import stat
from collections.abc import Iterable
from pathlib import Path

from .kernel import call

_WRITE_FILE, _READ_FILE, _READ_DIR = 1 << 1, 1 << 2, 1 << 3
_REMOVE_DIR, _REMOVE_FILE, _MAKE_DIR, _MAKE_FILE = 1 << 4, 1 << 5, 1 << 7, 1 << 8
_REFER, _TRUNCATE = 1 << 13, 1 << 14
_READ = _READ_FILE | _READ_DIR
_OWN = _READ | _WRITE_FILE | _REMOVE_DIR | _REMOVE_FILE | _MAKE_DIR | _MAKE_FILE | _REFER | _TRUNCATE
"""What a child may do in its folder: no links, devices, pipes or sockets, and nothing is ever executed."""
_OF_FILES = _WRITE_FILE | _READ_FILE | _TRUNCATE
_FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
"""How many rights on files the kernel knows, by the version of its interface; later ones know as many as 5."""
_NETWORK = 0b11  # bind and connect TCP, from version 4
_SCOPES = 0b11  # abstract sockets and signals to outside, from version 6
_ASK_VERSION = 1
_PATH_BENEATH = 1
_FIRST_FREE = 32  # a child puts its pipes on the lowest descriptors


class _Ruleset(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("network", ctypes.c_uint64), ("scopes", ctypes.c_uint64))


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"  # packed, as the kernel has it
    _fields_ = (("rights", ctypes.c_uint64), ("place", ctypes.c_int32))


def version() -> int:
    """The version of the kernel's interface; 0 where there is none."""
    try:
        return call("landlock_create_ruleset", None, 0, _ASK_VERSION)
    except OSError:
        return 0


class Rules:
    """A rule set in the making: everything is forbidden but what is added."""

    def __init__(self) -> None:
        known = version()
        self._handled = (1 << _FILE_RIGHTS.get(known, 16)) - 1
        rules = _Ruleset(self._handled, _NETWORK if known >= 4 else 0, _SCOPES if known >= 6 else 0)
        size = 8 if known < 4 else 16 if known < 6 else 24
        low = call("landlock_create_ruleset", rules, size, 0)
        self._fd = fcntl.fcntl(low, fcntl.F_DUPFD_CLOEXEC, _FIRST_FREE)
        os.close(low)

    def readable(self, paths: Iterable[str]) -> None:
        """Files may be read, folders with all that is in them; what is not there is passed over."""
        for path in paths:
            self._allow(path, _READ)

    def listable(self, paths: Iterable[str]) -> None:
        """The names in these folders, and in those within, may be read: an import looks for its module so."""
        for path in paths:
            self._allow(path, _READ_DIR)

    def own(self, folder: str) -> None:
        """Files and folders may be made, changed and removed in `folder`."""
        self._allow(folder, _OWN)

    def devices(self) -> None:
        """Nothing, zeros and random bytes may be read; nothing may be written to nothing."""
        self.readable(("/dev/zero", "/dev/urandom", "/dev/random"))
        self._allow(os.devnull, _OF_FILES)

    def apply(self) -> None:
        """Hold this process to these rules, for good; no_new_privs has to be set."""
        call("landlock_restrict_self", self._fd, 0)

    def close(self) -> None:
        """Give the rules' descriptor back; where they were put up they stay."""
        os.close(self._fd)

    def _allow(self, path: str, rights: int) -> None:
        try:
            place = os.open(path, os.O_PATH | os.O_CLOEXEC)
        except OSError as fault:
            if fault.errno in {errno.ENOENT, errno.ENOTDIR, errno.EACCES}:
                return
            raise
        try:
            if not stat.S_ISDIR(os.fstat(place).st_mode):
                rights &= _OF_FILES
            call("landlock_add_rule", self._fd, _PATH_BENEATH, _Beneath(rights & self._handled, place), 0)
        finally:
            os.close(place)


def fault(canary: Path) -> str:
    """What can be reached though it must not be, in words; nothing if the rules hold."""
    for path in (canary, Path("/etc/passwd"), Path("/proc/self/maps")):
        try:
            path.read_bytes()
        except PermissionError:
            continue
        except FileNotFoundError:
            if path is not canary:
                continue
        return f"{path.name} could be read"
    try:
        (canary.parent / "written").write_bytes(b"")
    except PermissionError:
        return ""
    return "a file could be made outside the folder"
