"""Mean and variance of each entry of a convolution's gradients, for every stride, padding, dilation and groups.

How many products an entry adds up depends on where it stands; the convolution of ones counts them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from grader.engine.arrays.backend import Array, ArrayLike
from grader.engine.arrays.numeric import arrays
from grader.engine.convolutions.gradients import conv_grad_input, conv_grad_weight
from grader.engine.geometry.shapes import conv_shape
from grader.engine.geometry.sizes import Padding, PerAxis, Shape
from grader.errors import EngineError


@dataclass(frozen=True, slots=True, eq=False)
class EntryMoments:
    """Of each entry, in arrays of one shape."""

    mean: Array
    variance: Array
    deviation: Array
    """The standard deviation."""


def conv_grad_weight_terms(
    input_shape: Shape,
    weight_shape: Shape,
    stride: PerAxis = 1,
    padding: Padding = 0,
    dilation: PerAxis = 1,
    groups: int = 1,
) -> Array:
    """How many products each entry of ``conv_grad_weight`` adds up, those with padding's zeros left out.

    Args:
        input_shape: the shape of x.
        weight_shape: the shape of the weight.
        stride: as in ``conv``, like all that follow.
        padding: as in ``conv``.
        dilation: as in ``conv``.
        groups: as in ``conv``.

    Returns:
        Shape `weight_shape`, integers, as a NumPy array.

    Raises:
        EngineError: as ``conv``.
    """
    movement = (stride, padding, dilation, groups)
    y = _ones(conv_shape(input_shape, weight_shape, *movement))
    return conv_grad_weight(_ones(input_shape), weight_shape, y, *movement)


def conv_grad_input_terms(
    input_shape: Shape,
    weight_shape: Shape,
    stride: PerAxis = 1,
    padding: Padding = 0,
    dilation: PerAxis = 1,
    groups: int = 1,
) -> Array:
    """How many products each entry of ``conv_grad_input`` adds up, with arguments as in ``conv_grad_weight_terms``.

    Returns:
        Shape `input_shape`, integers, as a NumPy array: fewer at the edges, and behind a stride in a pattern.

    Raises:
        EngineError: as ``conv``.
    """
    movement = (stride, padding, dilation, groups)
    y = _ones(conv_shape(input_shape, weight_shape, *movement))
    return conv_grad_input(input_shape, _ones(weight_shape), y, *movement)


def entry_moments(terms: ArrayLike, one: tuple[float, float], other: tuple[float, float]) -> EntryMoments:
    """The moments of entries that add up `terms` products of two independent arrays, by the formula of `moments`.

    Args:
        terms: how many products each entry adds up, of any shape.
        one: mean and standard deviation of the first array's entries.
        other: mean and standard deviation of the second's.

    Raises:
        EngineError: a negative deviation.
    """
    xp, counts = arrays("entry_moments", terms=terms)
    (m, s), (n, t) = one, other
    if not (s >= 0 and t >= 0):
        raise EngineError(f"entry_moments: standard deviations must be at least 0, got {s} and {t}")
    counts = xp.astype(counts, xp.float64)
    variance = counts * (s**2 * t**2 + s**2 * n**2 + m**2 * t**2)
    return EntryMoments(counts * (m * n), variance, xp.sqrt(variance))


def _ones(extents: Shape) -> Array:
    return np.ones(tuple(extents), dtype=np.int64)
