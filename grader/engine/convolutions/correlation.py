"""The three sums behind every convolution: to the output, to the input, to the weight.

They are one trilinear form, sum of x * weight * y over all places and taps, with a different factor left out.
All take and give batched arrays: x (N, C, *size), weight (O, C / groups, *kernel), y (N, O, *output).
Each is one matrix product a tap, so integers stay exact and memory stays at one copy of the padded input.
"""

from __future__ import annotations

from math import prod
from typing import Any

from grader.engine.arrays.backend import Array
from grader.engine.geometry.window import Window


def to_output(xp: Any, x: Array, weight: Array, window: Window, groups: int) -> Array:
    """y[n, o, p] = sum over c, t of weight[o, c, t] * x[n, c, p * stride + t * dilation - padding]."""
    batch, filters = x.shape[0], _grouped(weight, groups)
    padded = window.pad(xp, x)
    y: Array = xp.zeros((batch, groups, filters.shape[1], prod(window.output)), dtype=xp.result_type(x, weight))
    for tap, region in window.taps():
        patch = padded[region].reshape(batch, groups, filters.shape[2], prod(window.output))
        y += filters[tap] @ patch
    return y.reshape(batch, weight.shape[0], *window.output)


def to_input(xp: Any, weight: Array, y: Array, window: Window, groups: int) -> Array:
    """The adjoint of `to_output` in x: every entry of y is spread over the places that it was summed from."""
    batch, filters = y.shape[0], _grouped(weight, groups)
    channels = groups * filters.shape[2]
    canvas: Array = xp.zeros((batch, channels, *window.padded), dtype=xp.result_type(weight, y))
    flat = y.reshape(batch, groups, filters.shape[1], prod(window.output))
    for tap, region in window.taps():
        spread = filters[tap].swapaxes(-1, -2) @ flat
        canvas[region] += spread.reshape(batch, channels, *window.output)
    return canvas[window.inner]


def to_weight(xp: Any, x: Array, y: Array, window: Window, groups: int) -> Array:
    """The adjoint of `to_output` in the weight: each tap collects x * y over all places and the batch."""
    batch, filters, channels = x.shape[0], y.shape[1] // groups, x.shape[1] // groups
    padded = window.pad(xp, x)
    flat = y.reshape(batch, groups, filters, prod(window.output))
    weight: Array = xp.zeros((groups, filters, channels, *window.kernel), dtype=xp.result_type(x, y))
    for tap, region in window.taps():
        patch = padded[region].reshape(batch, groups, channels, prod(window.output))
        weight[tap] = (flat @ patch.swapaxes(-1, -2)).sum(axis=0)
    return weight.reshape(y.shape[1], channels, *window.kernel)


def _grouped(weight: Array, groups: int) -> Array:
    """(groups, O / groups, C / groups, *kernel)."""
    return weight.reshape(groups, weight.shape[0] // groups, *weight.shape[1:])
