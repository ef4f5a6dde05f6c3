"""Pooling image by image, in blocks that stay in the processor's cache from step to step."""

from __future__ import annotations

from collections.abc import Callable
from math import prod
from typing import Any

import numpy as np

from grader.engine.arrays.backend import Array

BLOCK = 2**21
"""Bytes of an array in a block."""


def by_image(xp: Any, work: Callable[..., tuple[Array, ...]], axes: int, *inputs: Array) -> tuple[Array, ...]:
    """`work` on arrays with one leading axis, for arrays (..., *size) with the same leading axes, or none.

    Args:
        xp: the arrays' library.
        work: arrays (L, *size) to arrays (L, *anything), each leading index by itself.
        axes: how many of the last axes are spatial.
        inputs: the arrays.

    Returns:
        The results of `work`, (..., *anything).
    """
    lead = inputs[0].shape[: inputs[0].ndim - axes]
    flat = [xp.reshape(x, (prod(lead), *x.shape[len(lead) :])) for x in inputs]
    found = _in_blocks(work, *flat) if xp is np else work(*flat)
    return tuple(xp.reshape(one, (*lead, *one.shape[1:])) for one in found)


def _in_blocks(work: Callable[..., tuple[Array, ...]], *inputs: Array) -> tuple[Array, ...]:
    """The same for NumPy alone, which does one step after the other and so gains from a block in the cache."""
    count = inputs[0].shape[0]
    each = max(prod(x.shape[1:]) * x.dtype.itemsize for x in inputs)
    most = max(BLOCK // max(each, 1), 1)
    if count <= most:
        return work(*inputs)
    results: tuple[Array, ...] = ()
    for start in range(0, count, most):
        part = slice(start, start + most)
        found = work(*(x[part] for x in inputs))
        results = results or tuple(np.empty((count, *one.shape[1:]), one.dtype) for one in found)
        for result, one in zip(results, found, strict=True):
            result[part] = one
    return results
