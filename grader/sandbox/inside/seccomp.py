"""Which calls of the kernel a student's code may make: a filter in classic BPF, the last layer to be put up.

What CPython, NumPy, matplotlib and PyTorch need is allowed; everything else is refused with EPERM. Files are Landlock's
to judge, so ``open`` is allowed; what Landlock does not see (modes, owners, times, attributes, links) is refused here.
"""

from __future__ import annotations

import ctypes
import errno
import os
import socket
import struct

from .kernel import call
from .syscalls import ARCHITECTURES, LAST, MACHINE, NUMBERS

_PLAIN = """
read write readv writev pread64 pwrite64 preadv pwritev lseek open openat creat close close_range dup dup2 dup3 pipe
pipe2 stat lstat fstat newfstatat statx access faccessat faccessat2 readlink readlinkat getdents getdents64 getcwd chdir
fchdir statfs fstatfs mkdir mkdirat rmdir unlink unlinkat rename renameat renameat2 ftruncate fallocate fadvise64 fsync
fdatasync flock umask mmap munmap mremap mprotect madvise msync mincore brk poll ppoll select pselect6 epoll_create
epoll_create1 epoll_ctl epoll_wait epoll_pwait eventfd2 futex set_robust_list rseq set_tid_address membarrier
sched_yield sched_getaffinity getcpu rt_sigaction rt_sigprocmask rt_sigreturn rt_sigpending rt_sigtimedwait
rt_sigsuspend sigaltstack pause alarm setitimer getitimer restart_syscall time gettimeofday clock_gettime clock_getres
clock_nanosleep nanosleep times getrusage getpid gettid getppid getuid geteuid getgid getegid getresuid getresgid
getgroups getpgrp getpgid getsid capget getrandom uname sysinfo getrlimit setrlimit wait4 waitid exit exit_group
""".split()

_FCNTL = (0, 1, 2, 3, 4, 5, 6, 7, 1030, 1032, 36, 37, 38)
"""Duplicates, flags and locks. Not F_SETOWN: with F_SETSIG it sends any signal to any process of the same user."""
_IOCTL = (0x541B, 0x5421, 0x5450, 0x5451)
"""FIONREAD, FIONBIO, FIONCLEX, FIOCLEX; to any other the descriptor is no terminal."""
_PRCTL = (3, 16, 21, 23, 39)
"""Reads: dumpable, name, seccomp, bounding set, no_new_privs."""
_THREAD = (0x3D0F00, 0x7D0F00)
"""The flags that glibc and musl start a thread with; no process can be made of them."""

_KILL = 0x8000_0000
_ALLOW = 0x7FFF_0000
_ERRNO = 0x0005_0000
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_NR, _ARCH, _ARGUMENTS = 0, 4, 16
_SET_MODE_FILTER = 1
_X32 = 0x4000_0000


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def offered() -> bool:
    """Whether a filter can be written for this machine, and its kernel knows filters."""
    try:
        call("seccomp", 2, 0, ctypes.create_string_buffer(struct.pack("<I", _ALLOW)))  # asks whether an action is known
    except OSError:
        return False
    return MACHINE in ARCHITECTURES


class Filter:
    """The filter for this machine, written once; what depends on the process is added when it is put up."""

    def __init__(self, threads: int) -> None:
        self._threads = threads
        self._head = _head()
        self._tail = _tail()

    def apply(self) -> None:
        """Put the filter up for this process, for good; no_new_privs has to be set.

        Raises:
            OSError: the kernel refuses.
        """
        code = self._head + _checked(os.getpid(), self._threads) + self._tail
        call("seccomp", _SET_MODE_FILTER, 0, _Program(len(code) // 8, code))


def fault() -> str:
    """What came through the filter, in words; nothing if it holds."""
    try:
        socket.socket(socket.AF_UNIX).close()
    except PermissionError:
        pass
    else:
        return "a socket could be made"
    try:
        pid = os.fork()
    except PermissionError:
        return ""
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)
    return "a process could be forked"


def _head() -> bytes:
    """The machine is ours, the call of the usual table, and in no need of a look at its arguments."""
    code = _step(_LOAD, _ARCH) + _step(_EQUAL, ARCHITECTURES[MACHINE], 1, 0) + _step(_RETURN, _KILL)
    code += _step(_LOAD, _NR)
    if MACHINE == "x86_64":
        code += _step(_AT_LEAST, _X32, 0, 1) + _step(_RETURN, _KILL)
    for name in _PLAIN:
        if name in NUMBERS:
            code += _step(_EQUAL, NUMBERS[name], 0, 1) + _step(_RETURN, _ALLOW)
    return code


def _checked(pid: int, threads: int) -> bytes:
    """Calls that are harmless with some first arguments only."""
    code = (
        _first("kill", (pid,), errno.EPERM)
        + _first("tgkill", (pid,), errno.EPERM)
        + _first("prlimit64", (0, pid), errno.EPERM)
        + _first("fcntl", _FCNTL, errno.EPERM, argument=1)
        + _first("ioctl", _IOCTL, errno.ENOTTY, argument=1)
        + _first("prctl", _PRCTL, errno.EPERM)
    )
    return code + _first("clone", _THREAD, errno.EPERM) if threads > 1 else code


def _tail() -> bytes:
    """What a C library has another way for is said to be missing; the rest is refused."""
    return (
        _step(_EQUAL, NUMBERS["clone3"], 0, 1)
        + _step(_RETURN, _ERRNO | errno.ENOSYS)
        + _step(_AT_LEAST, LAST + 1, 0, 1)
        + _step(_RETURN, _ERRNO | errno.ENOSYS)
        + _step(_RETURN, _ERRNO | errno.EPERM)
    )


def _first(name: str, values: tuple[int, ...], refusal: int, argument: int = 0) -> bytes:
    """`name` is allowed where its `argument` is one of `values`.

    Only the low word is compared: each of these arguments is an int of 32 bits to the kernel.
    """
    body = _step(_LOAD, _ARGUMENTS + 8 * argument)
    for value in values:
        body += _step(_EQUAL, value, 0, 1) + _step(_RETURN, _ALLOW)
    body += _step(_RETURN, _ERRNO | refusal)
    return _step(_EQUAL, NUMBERS[name], 0, len(body) // 8) + body


def _step(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("<HBBI", code, if_true, if_false, value)
