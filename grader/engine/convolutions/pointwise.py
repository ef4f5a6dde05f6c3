"""Convolutions whose kernel is a single entry: matrix products of the arrays as they stand.

Arrays come with all their axes: x (problems, batch, groups, channels, *size), the weight as matrices (problems,
groups, filters, channels), y (problems, batch, groups, filters, places).
"""

from __future__ import annotations

from typing import Any

from grader.engine.arrays.backend import Array, device
from grader.engine.convolutions.plan import Plan
from grader.engine.geometry.borders import bordered, unbordered


def to_output(xp: Any, x: Array, weight: Array, plan: Plan) -> Array:
    """One product an image."""
    y: Array = xp.matmul(weight[:, None, ...], _flat(xp, x, plan))
    return y


def to_input(xp: Any, weight: Array, y: Array, plan: Plan) -> Array:
    """The same with the weight transposed."""
    padded = xp.matmul(xp.matrix_transpose(weight)[:, None, ...], y)
    return unbordered(xp, xp.reshape(padded, (*plan.x_view[:4], *plan.window.padded)), plan.window, plan.mode)


def to_weight(xp: Any, x: Array, y: Array, plan: Plan) -> Array:
    """The sum of the images' products; one at a time, so that they are never all there."""
    columns = xp.matrix_transpose(_flat(xp, x, plan))
    total: Array = xp.zeros(plan.weight_view, dtype=y.dtype, device=device(y))
    for image in range(plan.batch):
        total = total + xp.matmul(y[:, image, ...], columns[:, image, ...])
    return total


def _flat(xp: Any, x: Array, plan: Plan) -> Array:
    """The input in its border, a row for each image's channel."""
    flat: Array = xp.reshape(bordered(xp, x, plan.window, plan.mode), (*plan.x_view[:4], plan.places))
    return flat
