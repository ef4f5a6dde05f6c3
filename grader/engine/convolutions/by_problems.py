"""Many small convolutions at once: the problems on the last axis, a product and a sum for each tap.

A matrix product of a few entries costs a microsecond to start. With ten thousand problems side by side the same
arithmetic is a few multiplications of long rows. Arrays come as to `by_columns`; in here the axes are turned to
(batch, groups, channels, *padded, problems), (groups, filters, channels, taps, problems) and
(batch, groups, filters, *output, problems).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, product
from typing import Any

import numpy as np

from grader.engine.arrays.backend import Array, device, placed
from grader.engine.convolutions.plan import Plan
from grader.engine.geometry.borders import bordered

FEWEST = 32
"""Problems that make rows long enough."""
MOST_WORK = 8_000
"""Multiplications in a problem, above which its matrix product is worth its start."""
TOGETHER = 4_096
"""Problems that are worked on at a time, so that their arrays stay in the processor's cache."""


def is_for(plan: Plan) -> bool:
    """Whether this is the quickest way."""
    return plan.problems >= FEWEST and plan.multiplications <= MOST_WORK * plan.problems


def to_output(xp: Any, x: Array, weight: Array, plan: Plan) -> Array:
    """y[o, p] is the sum over c and t of weight[o, c, t] * x[c, p + t], in every problem."""
    y: Array = xp.empty(plan.y_view, dtype=x.dtype, device=device(x))
    regions = [(*region, slice(None)) for _, region in plan.window.taps()]
    for some in _runs(plan):
        padded = bordered(xp, x[some, ...], plan.window, plan.mode)
        inputs, factors = _last(xp, padded), _factors(xp, weight[some, ...], plan)
        for number in range(plan.filters):
            part = _filtered(xp, inputs, factors[:, number, ...], regions)
            first = xp.permute_dims(part, (part.ndim - 1, *range(part.ndim - 1)))
            y = placed(y, (some, slice(None), slice(None), number, ...), first)
    return y


def _runs(plan: Plan) -> Iterator[slice]:
    for start in range(0, plan.problems, TOGETHER):
        yield slice(start, min(start + TOGETHER, plan.problems))


def _last(xp: Any, x: Array) -> Array:
    """The problems' axis behind all others, where it lies in memory too."""
    turned = xp.permute_dims(x, (*range(1, x.ndim), 0))
    laid_out: Array = xp.reshape(xp.reshape(turned, (-1,)), turned.shape)
    return laid_out


def _factors(xp: Any, weight: Array, plan: Plan) -> Array:
    some = weight.shape[0]
    apart: Array = xp.reshape(weight, (some, plan.groups, plan.filters, plan.channels, plan.taps))
    return _last(xp, apart)


def _filtered(xp: Any, x: Array, weight: Array, regions: list[Any]) -> Array:
    """One filter's output, (batch, groups, *output, problems), of its weight, (groups, channels, taps, problems)."""
    groups, channels, _, some = weight.shape
    flat = (1, groups, *(1,) * (x.ndim - 4), some)
    total: Array = x[:, :, 0, ...][regions[0]] * xp.reshape(weight[:, 0, 0, :], flat)
    room = xp.empty_like(total)
    for channel, (number, region) in islice(product(range(channels), enumerate(regions)), 1, None):
        factor = xp.reshape(weight[:, channel, number, :], flat)
        total = _with(xp, total, x[:, :, channel, ...][region], factor, room)
    return total


def _with(xp: Any, total: Array, rows: Array, factor: Array, room: Array) -> Array:
    """Total + rows * factor, without new arrays where there is ``out``."""
    if xp is np:
        np.multiply(rows, factor, out=room)
        np.add(total, room, out=total)
        return total
    result: Array = total + rows * factor
    return result
