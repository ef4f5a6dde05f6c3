"""What a process might do because of who runs it: taken from it, so that root inside is no root."""

from __future__ import annotations

import ctypes
import errno
import os
import signal

from .kernel import call

_SET_PDEATHSIG, _SET_DUMPABLE, _GET_DUMPABLE = 1, 4, 3
_CAPBSET_READ, _CAPBSET_DROP = 23, 24
_SET_NO_NEW_PRIVS, _GET_NO_NEW_PRIVS = 38, 39
_CAP_AMBIENT, _CLEAR_ALL = 47, 4
_VERSION = 0x2008_0522


class _Header(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


def die_with_parent() -> None:
    """Let the kernel kill this process when the one that forked it ends."""
    call("prctl", _SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def bound() -> None:
    """No program that is started from here on gets capabilities: done once, before the first child."""
    capability = 0
    while _known(capability):
        try:
            call("prctl", _CAPBSET_DROP, capability, 0, 0, 0)
        except OSError as fault:
            if fault.errno != errno.EPERM:
                raise
            break  # who may not drop it has none to begin with
        capability += 1
    call("prctl", _CAP_AMBIENT, _CLEAR_ALL, 0, 0, 0)


def drop() -> None:
    """Nothing gives this process more rights, no other of the same user can look into it, and it has no capabilities.

    The filter of calls and the rules on files ask for the first of these.
    """
    call("prctl", _SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    call("prctl", _SET_DUMPABLE, 0, 0, 0, 0)
    call("capset", _Header(_VERSION, 0), (ctypes.c_uint32 * 6)())


def _known(capability: int) -> bool:
    try:
        call("prctl", _CAPBSET_READ, capability, 0, 0, 0)
    except OSError:
        return False
    return True


def fault() -> str:
    """Which privilege is left, in words; nothing if none is."""
    if call("prctl", _GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 1:
        return "new privileges could be had"
    if call("prctl", _GET_DUMPABLE, 0, 0, 0, 0) != 0:
        return "others could look into the process"
    sets = (ctypes.c_uint32 * 6)()
    call("capget", _Header(_VERSION, os.getpid()), sets)
    return "capabilities are left" if any(sets) else ""
