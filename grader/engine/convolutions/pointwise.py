"""Convolutions whose kernel is a single entry: matrix products of the arrays as they stand.

Arrays come with all their axes: x (problems, batch, groups, channels, *size), the weight as matrices (problems,
groups, filters, channels), y (problems, batch, groups, filters, places).
"""

from __future__ import annotations

from typing import Any

from grader.engine.arrays.backend import Array
from grader.engine.convolutions.plan import Plan


def to_output(xp: Any, padded: Array, weight: Array, plan: Plan) -> Array:
    """One product an image."""
    y: Array = xp.matmul(weight[:, None, ...], _flat(xp, padded, plan))
    return y


def to_input(xp: Any, weight: Array, y: Array, plan: Plan) -> Array:  # noqa: ARG001 - one signature for every way
    """The same with the weight transposed."""
    padded: Array = xp.matmul(xp.matrix_transpose(weight)[:, None, ...], y)
    return padded


def to_weight(xp: Any, padded: Array, y: Array, plan: Plan) -> Array:
    """The sum of the images' products; one at a time, so that they are never all there."""
    x = xp.matrix_transpose(_flat(xp, padded, plan))
    total: Array = xp.matmul(y[:, 0, ...], x[:, 0, ...]) if plan.batch else xp.zeros(plan.weight_view, dtype=y.dtype)
    for image in range(1, plan.batch):
        total = total + xp.matmul(y[:, image, ...], x[:, image, ...])
    return total


def _flat(xp: Any, padded: Array, plan: Plan) -> Array:
    flat: Array = xp.reshape(padded, (*plan.x_view[:4], plan.places))
    return flat
