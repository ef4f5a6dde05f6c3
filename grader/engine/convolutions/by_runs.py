"""Convolutions of one channel each ("depthwise") on small maps: what a tap meets of all lines is one run of memory.

Copying a line of fourteen entries costs more than multiplying them, so no line is copied for itself. With the images
side by side in their borders, (groups, lines, images, *rest), a tap at stride 1 meets the run that begins at its
offset, and of the product the ends of the lines are dropped, where a patch would reach from one line into the next.
Arrays come as to `by_columns`.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import Any

from grader.engine.arrays.backend import Array, device, placed
from grader.engine.arrays.numeric import item_bytes
from grader.engine.arrays.threads import shared, thread_count
from grader.engine.convolutions.plan import Plan

WIDEST = 32
"""Entries of a line, above which copying it for itself costs little."""
RUNS = 2**21
"""Bytes of all taps' runs that are made at a time, so that they stay in the processor's cache."""


def is_for(plan: Plan) -> bool:
    """Whether this is the quickest way."""
    return (
        plan.channels == plan.problems == 1
        and plan.groups > 1
        and plan.mode == "zeros"
        and all(axis.stride == 1 for axis in plan.window.axes)
        and plan.window.output[-1] <= WIDEST
    )


def to_output(xp: Any, x: Array, weight: Array, plan: Plan) -> Array:
    """The weight times the runs, image by image again and without the ends of the lines."""
    y: Array = xp.empty(plan.y_view, dtype=x.dtype, device=device(x))
    groups, batches = _parts(plan, item_bytes(xp, x))

    def work(some: Sequence[slice]) -> Array:
        result = y
        for images in some:
            canvas, runs = _room(xp, x[0, images, groups[0], ...], plan)
            starts = _starts(plan, canvas.shape[2])
            for part in groups:
                lines = _lines(canvas, xp.permute_dims(x[0, images, part, 0, ...], order), plan)
                found = xp.matmul(weight[0, part, ...], _runs(xp, lines, starts, runs))
                result = placed(result, (0, images, part, ...), _cut(xp, found, lines.shape, plan))
        return result

    order = (1, 2, 0, *range(3, x.ndim - 2))  # the images behind the lines
    return shared(work, batches, thread_count(xp, plan.multiplications, plan.columns))[-1]


def _parts(plan: Plan, itemsize: int) -> tuple[list[slice], list[slice]]:
    """The groups and the images that are worked on at a time."""
    each = plan.taps * prod(plan.window.padded) * itemsize
    images = min(max(RUNS // each, 1), max(plan.batch, 1))
    return _slices(plan.groups, max(RUNS // (each * images), 1)), _slices(plan.batch, images)


def _slices(whole: int, most: int) -> list[slice]:
    return [slice(start, min(start + most, whole)) for start in range(0, whole, most)]


def _room(xp: Any, x: Array, plan: Plan) -> tuple[Array, Array]:
    """Empty lines for (images, groups, 1, *size), with one more for the last run to end in; and room for the runs."""
    images, groups = x.shape[:2]
    height, *rest = plan.window.padded
    canvas = xp.zeros((groups, height + 1, images, *rest), dtype=x.dtype, device=device(x))
    length = plan.window.output[0] * images * prod(rest)
    return canvas, xp.empty((groups, plan.taps, length), dtype=x.dtype, device=device(x))


def _lines(canvas: Array, x: Array, plan: Plan) -> Array:
    """(groups, lines, images, *rest) in its border."""
    first, *others = (axis.inner for axis in plan.window.axes)
    return placed(canvas[: x.shape[0], ...], (slice(None), first, slice(None), *others), x)


def _starts(plan: Plan, images: int) -> list[int]:
    """Where in the lines of so many images each tap's run begins."""
    rest = plan.window.padded[1:]
    steps = [images * prod(rest), *(prod(rest[number:]) for number in range(1, len(rest) + 1))]
    return [
        sum(part.start * step for part, step in zip(region[1:], steps, strict=True)) for _, region in plan.window.taps()
    ]


def _runs(xp: Any, lines: Array, starts: list[int], room: Array) -> Array:
    """What each tap meets of the lines, (groups, taps, entries)."""
    flat = xp.reshape(lines, (lines.shape[0], -1))
    runs = room[: lines.shape[0], ...]
    for number, start in enumerate(starts):
        runs = placed(runs, (slice(None), number, ...), flat[:, start : start + runs.shape[2]])
    return runs


def _cut(xp: Any, product: Array, lines: tuple[int, ...], plan: Plan) -> Array:
    """(groups, filters, entries) as (images, groups, filters, *output)."""
    whole = xp.reshape(product, (*product.shape[:2], plan.window.output[0], *lines[2:]))
    inner = whole[(..., *(slice(axis.places) for axis in plan.window.axes[1:]))]
    cut: Array = xp.permute_dims(inner, (3, 0, 1, 2, *range(4, inner.ndim)))
    return cut
