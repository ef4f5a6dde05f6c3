"""Convolutions as small as homework: every index worked out once, then one gather and one matrix product a call.

At 5x5 a call costs microseconds, nearly all of them spent on asking what is to be done. The answer is kept for the
shapes and arguments that were last asked about, for NumPy's floats.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import prod

import numpy as np

from grader.engine.arrays.backend import Array
from grader.engine.convolutions.plan import conv_plan
from grader.engine.geometry.borders import sources
from grader.engine.geometry.sizes import Padding, PerAxis

LARGEST = 2**15
"""Entries that the gathered patches have at most; larger ones gain nothing from being gathered at once."""
KEPT = 512
"""Plans that are kept."""

_PLAIN = (int, str)


@dataclass(frozen=True, slots=True)
class Small:
    """A convolution whose patches are gathered by index."""

    index: Array
    """Of the flat input with a zero behind it: (channels * taps, batch * places)."""
    entries: int
    """Of the input, where one of `index` is that zero; else 0."""
    matrix: tuple[int, int]
    """The weight's shape as a matrix."""
    product: tuple[int, ...]
    """(filters, batch, *output), the shape of what comes out of the product."""
    output: tuple[int, ...]

    def run(self, x: Array, weight: Array) -> Array:
        """The convolution of `x` with `weight`, of the shapes and type that this was made for."""
        if self.entries:
            source = np.empty(self.entries + 1, x.dtype)
            source[:-1] = x.reshape(-1)
            source[-1] = 0
            x = source
        y: Array = weight.reshape(self.matrix).dot(x.take(self.index, None, None, "wrap"))
        if self.product[1] == 1:
            return y.reshape(self.output)
        return np.swapaxes(y.reshape(self.product), 0, 1).reshape(self.output)


def is_kept(x: object, weight: object, stride: object, padding: object, dilation: object, groups: object) -> bool:
    """Whether a plan may be kept for these: NumPy's floats of one type, and arguments that are what they are equal to.

    True and 1.0 equal 1, and are refused elsewhere; a plan that is looked up by what is equal would let them pass.
    """
    return (
        type(x) is np.ndarray
        and type(weight) is np.ndarray
        and x.dtype is weight.dtype
        and x.dtype.kind == "f"
        and type(stride) is int
        and type(padding) in _PLAIN
        and type(dilation) is int
        and type(groups) is int
        and groups == 1
    )


@lru_cache(maxsize=KEPT, typed=True)
def small_plan(
    op: str,
    input_shape: tuple[int, ...],
    weight_shape: tuple[int, ...],
    stride: PerAxis,
    padding: Padding,
    dilation: PerAxis,
    mode: str,
) -> Small | None:
    """The plan, or None where the convolution is not small.

    Raises:
        EngineError: as ``conv_plan``.
    """
    plan = conv_plan(op, input_shape, weight_shape, stride, padding, dilation, 1, mode)
    rows = plan.channels * plan.taps
    if not 0 < rows * plan.batch * plan.places <= LARGEST:
        return None
    numbers = np.arange(prod(input_shape)).reshape(plan.batch, plan.channels, *plan.window.size)
    for number, axis in enumerate(plan.window.axes, start=2):
        taken = np.asarray(sources(axis, mode))
        zero = np.where(taken < 0, prod(input_shape), 0).reshape(-1, *(1,) * (len(plan.window.axes) - number + 1))
        numbers = np.maximum(numbers.take(np.maximum(taken, 0), axis=number), zero)
    patches = np.stack([numbers[region] for _, region in plan.window.taps()], axis=2)
    index = np.moveaxis(patches, 0, 2).reshape(rows, -1).astype(np.intp)
    entries = prod(input_shape) if index.max() == prod(input_shape) else 0
    filters = plan.filters
    return Small(index, entries, (filters, rows), (filters, plan.batch, *plan.window.output), plan.output_shape)
