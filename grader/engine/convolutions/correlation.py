"""The three sums behind every convolution: to the output, to the input, to the weight.

They are one trilinear form, sum of x * weight * y over all places and taps, with a different factor left out. Each is
worked out by matrix products, so integers stay exact; memory stays at the padded input and one buffer a thread.
"""

from __future__ import annotations

from typing import Any

from grader.engine.arrays.backend import Array
from grader.engine.convolutions import by_columns, by_lines, by_problems, by_runs, pointwise
from grader.engine.convolutions.plan import Plan


def to_output(xp: Any, x: Array, weight: Array, plan: Plan) -> Array:
    """y[n, o, p] = sum over c, t of weight[o, c, t] * x[n, c, p * stride + t * dilation - padding]."""
    x, weight = xp.reshape(x, plan.x_view), xp.reshape(weight, plan.weight_view)
    way = next((way for way in (by_problems, by_runs) if way.is_for(plan)), None) or _shared_out(xp, plan)
    y: Array = xp.reshape(way.to_output(xp, x, weight, plan), plan.output_shape)
    return y


def to_input(xp: Any, weight: Array, y: Array, plan: Plan) -> Array:
    """The adjoint of `to_output` in x: every entry of y is spread over the places that it was summed from."""
    y = xp.reshape(y, (*plan.y_view[:4], plan.places))
    x: Array = xp.reshape(_way(plan).to_input(xp, xp.reshape(weight, plan.weight_view), y, plan), plan.input_shape)
    return x


def to_weight(xp: Any, x: Array, y: Array, plan: Plan) -> Array:
    """The adjoint of `to_output` in the weight: each tap collects x * y over all places and the batch."""
    x, y = xp.reshape(x, plan.x_view), xp.reshape(y, (*plan.y_view[:4], plan.places))
    weight: Array = xp.reshape(_shared_out(xp, plan).to_weight(xp, x, y, plan), plan.weight_shape)
    return weight


def _shared_out(xp: Any, plan: Plan) -> Any:
    return by_lines if by_lines.is_for(xp, plan) else _way(plan)


def _way(plan: Plan) -> Any:
    """The module whose three sums are the quickest for `plan`; their results are the same."""
    return pointwise if plan.is_pointwise else by_columns
