"""Calls of the Linux kernel that Python has no words for: a name and numbers go in; a number comes out, or OSError."""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from typing import Any

from .syscalls import NUMBERS

_LIBC: Any = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None
if _LIBC is not None:
    _LIBC.syscall.restype = ctypes.c_long


def call(name: str, *arguments: int | bytes | ctypes.Array[Any] | ctypes.Structure | None) -> int:
    """Make the system call `name`; structures and arrays go by address.

    Raises:
        OSError: the kernel refuses, or this machine's number of the call is not known.
    """
    if _LIBC is None or name not in NUMBERS:
        raise OSError(errno.ENOSYS, f"no number is known for {name}")
    result = int(_LIBC.syscall(ctypes.c_long(NUMBERS[name]), *map(_word, arguments)))
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")
    return result


def _word(argument: int | bytes | ctypes.Array[Any] | ctypes.Structure | None) -> Any:
    if isinstance(argument, int):
        return ctypes.c_ulong(argument & 0xFFFF_FFFF_FFFF_FFFF)
    if isinstance(argument, ctypes.Structure):
        return ctypes.byref(argument)
    return argument
