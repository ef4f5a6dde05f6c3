"""Values written where indices say: the one thing that the array API has no name for.

Sums and last values are looked up instead of written: the indices are sorted once, and every target looks for its
own. NumPy, which can write, does that instead; both add in the same order, so that they agree to the last bit.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from grader.engine.arrays.backend import Array, device

BLOCK = 2**17
"""Values that NumPy writes at a time, so that their indices stay in the cache."""


def sums_at(xp: Any, values: Array, indices: Array, size: int) -> Array:
    """(L, n) values added up at (L, n) indices of int64 below `size`: (L, size), each row by itself; else zeros."""
    if xp is np:
        return _written(values, indices, size, add=True)
    order, firsts, ends = _sought(xp, indices, size)
    total = xp.zeros(firsts.shape, dtype=values.dtype, device=device(values))
    sorted_values = _taken(xp, values, order)
    for turn in range(_most(xp, ends - firsts)):
        total = total + _held(xp, sorted_values, firsts + turn, firsts + turn < ends)
    result: Array = xp.reshape(total, (values.shape[0], size))
    return result


def last_at(xp: Any, values: Array, indices: Array, size: int) -> Array:
    """As `sums_at`, but of several values at one index the last one stays."""
    if xp is np:
        return _written(values, indices, size, add=False)
    order, firsts, ends = _sought(xp, indices, size)
    held = _held(xp, _taken(xp, values, order), ends - 1, firsts < ends)
    result: Array = xp.reshape(held, (values.shape[0], size))
    return result


def taken_at(xp: Any, values: Array, indices: Array) -> Array:
    """The entries of (L, size) values at (L, n) indices: (L, n); the adjoint of `sums_at`."""
    found: Array = xp.reshape(_taken(xp, values, _unrolled(xp, indices, values.shape[1])), indices.shape)
    return found


def _written(values: Array, indices: Array, size: int, *, add: bool) -> Array:
    """Both with NumPy, which takes them in order."""
    count, each = values.shape
    canvas = np.zeros((count, size), values.dtype)
    targets = canvas.reshape(-1)
    rows = min(max(BLOCK // max(each, 1), 1), count)
    starts, buffer = np.arange(count)[:, np.newaxis] * size, np.empty((rows, each), np.int64)
    for start in range(0, count, max(rows, 1)):
        part = slice(start, min(start + rows, count))
        unrolled = np.add(indices[part], starts[part], out=buffer[: part.stop - start])
        where, what = unrolled.reshape(-1), values[part].reshape(-1)
        if add:
            np.add.at(targets, where, what)
        else:
            targets[where] = what
    return canvas


def _unrolled(xp: Any, indices: Array, size: int) -> Array:
    """Indices by row as indices into all rows in one."""
    rows = xp.arange(indices.shape[0], dtype=xp.int64, device=device(indices)) * size
    result: Array = xp.reshape(indices + xp.expand_dims(rows, axis=1), (-1,))
    return result


def _sought(xp: Any, indices: Array, size: int) -> tuple[Array, Array, Array]:
    """The order that sorts the unrolled indices, and for each target where its own begin and end in it."""
    flat = _unrolled(xp, indices, size)
    order = xp.argsort(flat, stable=True)
    ranked = xp.take(flat, order, axis=0)
    targets = xp.arange(indices.shape[0] * size, dtype=xp.int64, device=device(indices))
    firsts, ends = (xp.searchsorted(ranked, targets, side=side) for side in ("left", "right"))
    return xp.astype(order, xp.int64), xp.astype(firsts, xp.int64), xp.astype(ends, xp.int64)


def _taken(xp: Any, values: Array, indices: Array) -> Array:
    taken: Array = xp.take(xp.reshape(values, (-1,)), indices, axis=0)
    return taken


def _held(xp: Any, values: Array, indices: Array, there: Array) -> Array:
    """The values at `indices` where they are `there`, else 0."""
    zero = xp.zeros((), dtype=values.dtype, device=device(values))
    if not values.shape[0]:
        return xp.zeros(indices.shape, dtype=values.dtype, device=device(values))  # type: ignore[no-any-return]
    found: Array = xp.where(there, xp.take(values, xp.where(there, indices, xp.zeros_like(indices)), axis=0), zero)
    return found


def _most(xp: Any, counts: Array) -> int:
    return int(xp.max(counts)) if counts.shape[0] else 0
