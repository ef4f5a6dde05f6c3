"""The filter of calls, as a program: what it answers is computed here as the kernel would."""

from __future__ import annotations

import errno
import os
import struct

import pytest

from grader.sandbox.inside import seccomp, syscalls

ALLOW, KILL, ERRNO = 0x7FFF0000, 0x80000000, 0x00050000

pytestmark = pytest.mark.skipif(not syscalls.NUMBERS, reason="no filter is written for this machine")


def _answer(code: bytes, number: int, arguments: tuple[int, ...] = (), arch: int | None = None) -> int:
    """Run the filter on a call."""
    arch = syscalls.ARCHITECTURES[syscalls.MACHINE] if arch is None else arch
    data = struct.pack("<IIQ6Q", number, arch, 0, *(*arguments, *[0] * (6 - len(arguments))))
    steps = list(struct.iter_unpack("<HBBI", code))
    at, loaded = 0, 0
    while True:
        operation, if_true, if_false, value = steps[at]
        at += 1
        match operation:
            case 0x20:
                (loaded,) = struct.unpack_from("<I", data, value)
            case 0x15:
                at += if_true if loaded == value else if_false
            case 0x35:
                at += if_true if loaded >= value else if_false
            case 0x06:
                return value


def _code(threads: int = 1) -> bytes:
    return seccomp._head() + seccomp._checked(os.getpid(), threads) + seccomp._tail()


@pytest.mark.parametrize("name", ["read", "openat", "mmap", "futex", "exit_group", "getrandom", "setitimer"])
def test_what_python_needs(name: str) -> None:
    """Reading, memory, clocks and the end are allowed."""
    assert _answer(_code(), syscalls.NUMBERS[name]) == ALLOW


@pytest.mark.parametrize("name", ["clone", "seccomp", "capset", "unshare", "mount", "landlock_restrict_self"])
def test_what_nobody_needs(name: str) -> None:
    """Processes, rules and views are refused."""
    assert _answer(_code(), syscalls.NUMBERS[name]) == ERRNO | errno.EPERM


def test_unknown_calls() -> None:
    """Young calls are said not to be there, so that a C library takes another way."""
    for number in (syscalls.NUMBERS["clone3"], syscalls.LAST + 1, 0x3FFFFFFF):
        assert _answer(_code(), number) == ERRNO | errno.ENOSYS


def test_other_tables() -> None:
    """A call of another machine's table, or with the bit of the third, ends the process."""
    assert _answer(_code(), 1, arch=0x40000003) == KILL
    if syscalls.MACHINE == "x86_64":
        assert _answer(_code(), 0x40000000 + 1) == KILL
        assert _answer(_code(), 0xFFFFFFFF) == KILL


def test_signals_go_to_itself_only() -> None:
    """Its own number is allowed, whatever the upper half of the word holds; others are not."""
    kill = syscalls.NUMBERS["kill"]
    assert _answer(_code(), kill, (os.getpid(), 9)) == ALLOW
    assert _answer(_code(), kill, (os.getpid() | 1 << 40, 9)) == ALLOW
    for pid in (0, 1, os.getppid(), 0xFFFFFFFF, -os.getpid() & 0xFFFFFFFF):
        assert _answer(_code(), kill, (pid, 9)) == ERRNO | errno.EPERM


def test_threads_where_they_are_asked_for() -> None:
    """A thread as a C library starts it, and nothing that is more than a thread."""
    clone = syscalls.NUMBERS["clone"]
    assert _answer(_code(), clone, (0x3D0F00,)) == ERRNO | errno.EPERM
    assert _answer(_code(threads=2), clone, (0x3D0F00,)) == ALLOW
    for flags in (17, 0x10000000 | 0x3D0F00, 0x4100 | 17):
        assert _answer(_code(threads=2), clone, (flags,)) == ERRNO | errno.EPERM


def test_descriptors_are_no_terminals() -> None:
    """Questions to a terminal are answered as by a file."""
    assert _answer(_code(), syscalls.NUMBERS["ioctl"], (1, 0x5401)) == ERRNO | errno.ENOTTY
    assert _answer(_code(), syscalls.NUMBERS["ioctl"], (1, 0x5412)) == ERRNO | errno.ENOTTY
    assert _answer(_code(), syscalls.NUMBERS["ioctl"], (3, 0x5451)) == ALLOW


def test_the_list_is_of_names_that_are_known() -> None:
    """Each name stands in the table of numbers; a slip of the pen would be a call less."""
    known = set(syscalls._numbers("x86_64")) | set(syscalls._numbers("aarch64"))
    assert set(seccomp._PLAIN) <= known
    assert len(seccomp._PLAIN) == len(set(seccomp._PLAIN))
    for machine in syscalls.ARCHITECTURES:
        numbers = list(syscalls._numbers(machine).values())
        assert len(numbers) == len(set(numbers))
