"""Work on NumPy arrays shared among threads, as many as its matrix products may use.

A product alone is shared out by BLAS; gathering what goes into it is not, and takes as long once there are four. So
each thread does both for its own blocks, with BLAS held to one. Where `threadpoolctl` is not installed BLAS cannot be
held, and everything but its products stays on one thread.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any, TypeVar

import numpy as np

Part = TypeVar("Part")
Result = TypeVar("Result")

WORTHWHILE = 4 * 10**8
"""Multiplications, some 8 ms, under which waking Python's threads costs more than they save."""
SHARED = 10**7
"""Multiplications, some tenths of a millisecond, from which on BLAS wakes its threads, as far as it can be told."""
COLUMNS = 100
"""Columns that each thread's matrix product should have, so that its start is worth it."""


def thread_count(xp: Any, multiplications: int, columns: int) -> int:
    """How many threads a product of so many columns in the library `xp` is for; others share out by themselves."""
    if xp is not np or multiplications < WORTHWHILE or _blas() is None:
        return 1
    allowed = _limit()
    return allowed if columns >= COLUMNS * allowed else 1


def is_shared_out(multiplications: int) -> bool:
    """Whether BLAS shares a product of so many multiplications out among threads of its own."""
    return multiplications > SHARED and _blas() is not None and _limit() > 1


@cache
def _limit() -> int:
    """What BLAS may use, as the process was started; asking takes longer than a small convolution."""
    return max((int(library["num_threads"]) for library in _blas().info()), default=1)


def shared(work: Callable[[Sequence[Part]], Result], parts: Sequence[Part], threads: int) -> list[Result]:
    """`work` on runs of `parts`, one for each thread; the results are in the order of the parts."""
    if threads == 1 or len(parts) == 1:
        return [work(parts)]
    count = min(threads, len(parts))
    ends = [len(parts) * number // count for number in range(count + 1)]
    with _blas().limit(limits=1):
        return list(_pool(count).map(lambda n: work(parts[ends[n] : ends[n + 1]]), range(count)))


@cache
def _blas() -> Any:
    """The libraries of matrix products that NumPy has loaded, or None where they cannot be asked."""
    try:
        from threadpoolctl import ThreadpoolController
    except ImportError:
        return None
    return ThreadpoolController().select(user_api="blas")


@cache
def _pool(count: int) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(count, thread_name_prefix="engine")
