"""Convolutions of few images whose matrix products BLAS shares out: patches are copied by runs of whole lines.

Between two products the columns lie in the other processors' caches, and are fetched back as they are written anew; a
few long copies do that in half the time of many short ones. At stride 1 what a tap meets of all lines is one run of the
padded input, beginning at the tap's offset. Where a line ends it reaches into the next one: those columns are made,
multiplied and dropped. Arrays come as to `by_columns`.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import prod
from typing import Any

import numpy as np

from grader.engine.arrays.backend import Array, added, placed
from grader.engine.arrays.threads import is_shared_out, thread_count
from grader.engine.convolutions.patches import BUFFER, COLUMNS, room
from grader.engine.convolutions.plan import Plan
from grader.engine.geometry.borders import bordered

DROPPED = 1.35
"""How many columns are made at most for each that is kept."""
_LARGEST_ITEM = 8


def is_for(xp: Any, plan: Plan) -> bool:
    """Whether this is the quickest way: for NumPy where BLAS has threads, and the work is too little for our own."""
    line, kept = prod(plan.window.padded[1:]), prod(plan.window.output[1:])
    return (
        xp is np
        and plan.problems == 1
        and plan.taps > 1
        and all(axis.stride == 1 for axis in plan.window.axes)
        and line <= DROPPED * kept
        and _depth(plan) * min(max(line, COLUMNS), line * plan.window.output[0]) * _LARGEST_ITEM <= 3 * BUFFER
        and thread_count(xp, plan.multiplications, plan.columns) == 1
        and is_shared_out(plan.multiplications)
    )


def to_output(xp: Any, x: Array, weight: Array, plan: Plan) -> Array:
    """The weight times the runs, without the ends of the lines."""
    y: Array = xp.empty(plan.y_view, dtype=x.dtype)
    for image, rows, runs in _runs(xp, x, plan):
        found = xp.reshape(xp.matmul(weight[0, ...], runs), (*y.shape[2:4], -1, *plan.window.padded[1:]))
        y = placed(y, (0, image, ..., rows, *_kept(plan)), found[(..., *_kept(plan))])
    return y


def to_weight(xp: Any, x: Array, y: Array, plan: Plan) -> Array:
    """Y, with zeros at the ends of the lines, times the transposed runs."""
    total: Array = xp.zeros(plan.weight_view, dtype=y.dtype)
    whole = xp.reshape(y, plan.y_view)
    for image, rows, runs in _runs(xp, x, plan):
        part = whole[(0, image, ..., rows, *(slice(None),) * len(_kept(plan)))]
        lines = xp.zeros((*part.shape[:3], *plan.window.padded[1:]), dtype=y.dtype)
        lines = xp.reshape(placed(lines, (..., *_kept(plan)), part), (*part.shape[:2], -1))
        total = added(total, (0, ...), xp.matmul(lines, xp.matrix_transpose(runs)))
    return total


def _depth(plan: Plan) -> int:
    """Entries beside each other for one column: of the runs, and of what they give."""
    return plan.groups * (plan.channels * plan.taps + plan.filters)


def _kept(plan: Plan) -> tuple[slice, ...]:
    """What is kept of a line."""
    return tuple(slice(axis.places) for axis in plan.window.axes[1:])


def _runs(xp: Any, x: Array, plan: Plan) -> Iterator[tuple[int, slice, Array]]:
    """Image, rows of places, and their runs (groups, channels * taps, rows * line), written over by the next."""
    line, height = prod(plan.window.padded[1:]), plan.window.output[0]
    columns = max(BUFFER // (_depth(plan) * x.dtype.itemsize), COLUMNS)
    most = max(min(columns // line, height), 1)
    buffer = room(xp, x, plan.groups * plan.channels * plan.taps * most * line)
    for image in range(plan.batch):
        flat = _flat(xp, x[0, image, ...], plan)
        for first in range(0, height, most):
            rows = slice(first, min(first + most, height))
            shape = (plan.groups, plan.channels, plan.taps, (rows.stop - first) * line)
            runs = xp.reshape(buffer[: prod(shape)], shape)
            for tap, start in enumerate(plan.starts):
                begin = start + first * line
                runs = placed(runs, (..., tap, slice(None)), flat[..., begin : begin + shape[3]])
            yield image, rows, xp.reshape(runs, (plan.groups, plan.channels * plan.taps, shape[3]))


def _flat(xp: Any, x: Array, plan: Plan) -> Array:
    """An image in its border, (groups, channels, entries), with one line more for the last run to end in."""
    height, *rest = plan.window.padded
    canvas = xp.zeros((plan.groups, plan.channels, height + 1, *rest), dtype=x.dtype)
    if plan.mode == "zeros":
        canvas = placed(canvas, (..., *(axis.inner for axis in plan.window.axes)), x)
    else:
        everything = (slice(None),) * len(rest)
        canvas = placed(canvas, (..., slice(height), *everything), bordered(xp, x, plan.window, plan.mode))
    flat: Array = xp.reshape(canvas, (plan.groups, plan.channels, -1))
    return flat
