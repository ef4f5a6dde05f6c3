"""One child, from the fork to the student's code: its descriptors, its surroundings, its walls."""

from __future__ import annotations

import fcntl
import os
import signal
import sys
import tempfile
import traceback
from collections.abc import Callable
from typing import Any, NoReturn

from .privileges import die_with_parent
from .walls import LINUX, Ground, put_up

REQUESTS, REPLIES = 3, 4
"""The descriptors that a child is asked by and answers on."""
_FIRST_FREE = 64
_LAST_DESCRIPTOR = 4_096  # far more than the process that it was forked from ever had

Work = Callable[[int, int, str, dict[str, Any]], None]
"""What runs between the walls: requests, replies, the folder that can be written, the limits by name."""


def become(
    ground: Ground,
    folder: str,
    descriptors: list[int],
    taken: int | None,
    work: Work,
    *,
    parent: int,
    first: bool = False,
) -> NoReturn:
    """Turn this process, just forked, into a child, and end it when `work` is done.

    Args:
        ground: what the machine offers.
        folder: the child's own folder; it is there and empty.
        descriptors: requests to read, replies to write, output to write, and one to tell that the walls are up.
        taken: bytes of address space in use.
        work: what is to be done between the walls.
        parent: the number of the process that it was forked from.
        first: whether this child finds out which walls there are; a later one needs as many.
    """
    code = 1
    try:
        ready = _settle(descriptors)
        _end_with(parent)
        _surround(folder)
        _walled(ground, folder, taken, first=first)
        os.chdir(folder)
        os.write(ready, b"1")
        os.closerange(REPLIES + 1, _LAST_DESCRIPTOR)
        work(REQUESTS, REPLIES, folder, ground.plan.limits)
        sys.stdout.flush()
        code = 0
    except BaseException:  # noqa: BLE001 - whatever it is, it is told on the output and ends the process
        traceback.print_exc()
    finally:
        # Nothing that the student's code left for the end runs: no atexit, no __del__, no exit that never comes.
        os._exit(code)


def _settle(descriptors: list[int]) -> int:
    """Requests on 3, replies on 4, the output on 1 and 2, nothing on 0, and the last of them out of the way."""
    # They are moved out of the way first, as each may have another's number.
    high = [fcntl.fcntl(descriptor, fcntl.F_DUPFD, _FIRST_FREE) for descriptor in descriptors]
    nothing = os.open(os.devnull, os.O_RDONLY)
    for descriptor, number in zip((nothing, high[2], high[2], *high[:2]), range(REPLIES + 1), strict=True):
        os.dup2(descriptor, number)
    return high[3]


def _end_with(parent: int) -> None:
    """End when the parent ends, and now if it has ended already, before that could be asked for."""
    if LINUX:
        die_with_parent()
    if os.getppid() != parent:
        os._exit(1)


def _surround(folder: str) -> None:
    """Its folder is its home, and where temporary files go; it is no part of another's session."""
    os.setsid()
    os.environ.update(dict.fromkeys(("HOME", "TMPDIR", "MPLCONFIGDIR"), folder))
    tempfile.tempdir = None
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    sys.argv[:] = [""]


def _walled(ground: Ground, folder: str, taken: int | None, *, first: bool) -> None:
    known = set(ground.refused)
    put_up(ground, folder, taken)
    if not first and ground.refused.keys() > known:
        raise OSError(", ".join(sorted(ground.refused.keys() - known)) + ": the first child had it, this one has not")
