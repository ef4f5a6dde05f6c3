"""Convolutions of each channel by itself ("depthwise"): what a tap meets of all lines is one run of memory.

Copying a line of fourteen entries costs more than multiplying them, so no line is copied for itself. With the images
side by side in their borders, (groups, lines, images, *rest), a tap at stride 1 meets the run that begins at its
offset, and of the product the ends of the lines are dropped, where a patch would reach from one line into the next.
Taps that differ only along the first axis meet the same run some lines further on, which needs no copy.
Arrays come as to `by_columns`.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import Any

from grader.engine.arrays.backend import Array, added, device, placed
from grader.engine.arrays.numeric import item_bytes
from grader.engine.arrays.threads import shared, thread_count
from grader.engine.convolutions.plan import Plan

LARGEST = 2**20
"""Entries of the runs of one image's channel, of which at least one is made at a time."""
RUNS = 2**21
"""Bytes of runs that are made at a time otherwise, so that they stay in the processor's cache."""


def is_for(plan: Plan) -> bool:
    """Whether this is the quickest way.

    It is not for several filters a channel, which share what `by_columns` gathers, nor where a line of the kernel has
    one tap, which makes a product of every single one.
    """
    return (
        plan.channels == plan.filters == plan.problems == 1
        and plan.groups > 1
        and plan.mode == "zeros"
        and all(axis.stride == 1 for axis in plan.window.axes)
        and prod(plan.window.kernel[1:]) > 1
        and _entries(plan) <= LARGEST
    )


def to_output(xp: Any, x: Array, weight: Array, plan: Plan) -> Array:
    """The weight times the runs, image by image again and without the ends of the lines."""
    y: Array = xp.empty(plan.y_view, dtype=x.dtype, device=device(x))
    threads = thread_count(xp, plan.multiplications, plan.columns)
    groups, batches = _parts(plan, item_bytes(xp, x), threads)
    order = (1, 2, 0, *range(3, x.ndim - 2))  # the images behind the lines
    starts = plan.starts[: prod(plan.window.kernel[1:])]

    def work(some: Sequence[slice]) -> Array:
        result = y
        for images in some:
            canvas, runs = _room(xp, x[0, images, groups[0], ...], plan)
            for part in groups:
                lines = _lines(canvas, xp.permute_dims(x[0, images, part, 0, ...], order), plan)
                found = _multiplied(xp, weight[0, part, ...], _runs(xp, lines, starts, runs), plan)
                result = placed(result, (0, images, part, ...), _cut(xp, found, lines.shape, plan))
        return result

    return shared(work, batches, threads)[-1]


def _entries(plan: Plan) -> int:
    """Of the runs of one image's channel."""
    return prod(plan.window.kernel[1:]) * prod(plan.window.padded)


def _parts(plan: Plan, itemsize: int, threads: int) -> tuple[list[slice], list[slice]]:
    """The groups and the images that are worked on at a time."""
    each = _entries(plan) * itemsize
    images = max(min(RUNS // each, -(-plan.batch // threads)), 1)
    return _slices(plan.groups, max(RUNS // (each * images), 1)), _slices(plan.batch, images)


def _slices(whole: int, most: int) -> list[slice]:
    return [slice(start, min(start + most, whole)) for start in range(0, whole, most)]


def _room(xp: Any, x: Array, plan: Plan) -> tuple[Array, Array]:
    """Empty lines for (images, groups, 1, *size), with one more for the last run to end in; and room for the runs."""
    images, groups = x.shape[:2]
    height, *rest = plan.window.padded
    canvas = xp.zeros((groups, height + 1, images, *rest), dtype=x.dtype, device=device(x))
    runs = (groups, prod(plan.window.kernel[1:]), height * images * prod(rest))
    return canvas, xp.empty(runs, dtype=x.dtype, device=device(x))


def _lines(canvas: Array, x: Array, plan: Plan) -> Array:
    """(groups, lines, images, *rest) in its border."""
    first, *others = (axis.inner for axis in plan.window.axes)
    return placed(canvas[: x.shape[0], ...], (slice(None), first, slice(None), *others), x)


def _runs(xp: Any, lines: Array, starts: list[int], room: Array) -> Array:
    """What each tap of the kernel's first line meets, (groups, taps, entries); further on it is the other lines'."""
    flat = xp.reshape(lines, (lines.shape[0], -1))
    runs = room[: lines.shape[0], ...]
    for number, start in enumerate(starts):
        runs = placed(runs, (slice(None), number, ...), flat[:, start : start + runs.shape[2]])
    return runs


def _multiplied(xp: Any, weight: Array, runs: Array, plan: Plan) -> Array:
    """The weight times the runs, (groups, filters, entries), added up over the kernel's lines."""
    groups, taps, entries = runs.shape
    lines = xp.reshape(weight, (groups, plan.filters, plan.window.kernel[0], taps))
    line = entries // plan.window.padded[0]
    length, step = plan.window.output[0] * line, plan.window.axes[0].dilation * line
    total: Array = xp.matmul(lines[:, :, 0, :], runs[..., :length])
    for number in range(1, plan.window.kernel[0]):
        start = number * step
        total = added(total, ..., xp.matmul(lines[:, :, number, :], runs[..., start : start + length]))
    return total


def _cut(xp: Any, found: Array, lines: tuple[int, ...], plan: Plan) -> Array:
    """(groups, filters, entries) as (images, groups, filters, *output)."""
    whole = xp.reshape(found, (*found.shape[:2], plan.window.output[0], *lines[2:]))
    inner = whole[(..., *(slice(axis.places) for axis in plan.window.axes[1:]))]
    cut: Array = xp.permute_dims(inner, (3, 0, 1, 2, *range(4, inner.ndim)))
    return cut
