"""What all normalisations are: entries that share a mean and a variance, and entries that share a weight and a bias.

y = (x - mean) / sqrt(var + eps) * weight + bias. The normalisations differ in which entries go together.
Source of the gradient: Ioffe & Szegedy, "Batch normalization: accelerating deep network training by reducing
internal covariate shift", section 3.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import Any

from grader.engine.arrays.backend import Array
from grader.engine.geometry.fitting import require_shape
from grader.errors import EngineError


@dataclass(frozen=True, slots=True)
class Sharing:
    """Which entries of an input go together."""

    shape: tuple[int, ...]
    """The input's."""
    view: tuple[int, ...]
    """The input's shape with an axis for each group."""
    pooled: tuple[int, ...]
    """The axes of `view` that a mean and a variance are taken over."""
    weight_shape: tuple[int, ...]
    """The shape of weight and bias."""
    weight_view: tuple[int, ...]
    """The same with an axis for each of the input's, so that it broadcasts."""

    @property
    def count(self) -> int:
        """How many entries share a mean."""
        return prod(self.view[axis] for axis in self.pooled)

    @property
    def statistics_view(self) -> tuple[int, ...]:
        """The shape of a mean, broadcasting on `view`."""
        return tuple(1 if axis in self.pooled else extent for axis, extent in enumerate(self.view))

    @property
    def unweighted(self) -> tuple[int, ...]:
        """The input's axes along which the weight does not change."""
        return tuple(axis for axis, extent in enumerate(self.weight_view) if extent == 1 != self.shape[axis])


@dataclass(frozen=True, slots=True)
class Statistics:
    """Means and variances, in the shape that broadcasts on a sharing's view."""

    mean: Array
    var: Array
    """The variance with the count as divisor: the biased one."""
    measured: bool
    """Whether the input itself made them: its gradient then flows through them too."""


def require_channels(op: str, shape: tuple[int, ...], *, many: bool) -> None:
    """Refuses an input without a batch axis and one of channels.

    Raises:
        EngineError: `shape` has too few axes.
    """
    if len(shape) < 2 + many:
        layout = "(problems, N, C, *size)" if many else "(N, C, *size)"
        raise EngineError(f"{op}: input must have shape {layout}, got shape {tuple(shape)}")


def measured(xp: Any, x: Array, sharing: Sharing) -> Statistics:
    """The statistics of `x`. The variance is the mean square of what is left after the mean: nothing cancels."""
    apart = xp.reshape(x, sharing.view)
    mean = xp.mean(apart, axis=sharing.pooled, keepdims=True)
    var = xp.mean((apart - mean) ** 2, axis=sharing.pooled, keepdims=True)
    return Statistics(mean, var, measured=True)


def standardised(xp: Any, x: Array, sharing: Sharing, statistics: Statistics, eps: float) -> Array:
    """(x - mean) / sqrt(var + eps), in the shape of `x`."""
    apart = (xp.reshape(x, sharing.view) - statistics.mean) / xp.sqrt(statistics.var + eps)
    result: Array = xp.reshape(apart, sharing.shape)
    return result


def affine(xp: Any, op: str, x: Array, sharing: Sharing, weight: Array | None, bias: Array | None) -> Array:
    """Entries times weight, plus bias; either may be left out.

    Raises:
        EngineError: weight or bias has another shape than the sharing says.
    """
    for name, array in (("weight", weight), ("bias", bias)):
        if array is not None:
            require_shape(op, name, array.shape, sharing.weight_shape)
    if weight is not None:
        x = x * xp.reshape(weight, sharing.weight_view)
    if bias is not None:
        x = x + xp.reshape(bias, sharing.weight_view)
    return x


def to_input(
    xp: Any, op: str, x: Array, grad: Array, sharing: Sharing, statistics: Statistics, weight: Array | None, eps: float
) -> Array:
    """dL/dx, given dL/dy in the shape of `x`.

    With z = (x - mean) / std and g = dL/dy * weight it is (g - mean(g) - z * mean(g * z)) / std where the statistics
    are the input's own, and g / std where they are given.
    """
    apart = xp.reshape(affine(xp, op, grad, sharing, weight, None), sharing.view)
    if statistics.measured:
        z = xp.reshape(standardised(xp, x, sharing, statistics, eps), sharing.view)
        along = xp.mean(apart * z, axis=sharing.pooled, keepdims=True)
        apart = apart - xp.mean(apart, axis=sharing.pooled, keepdims=True) - z * along
    result: Array = xp.reshape(apart / xp.sqrt(statistics.var + eps), sharing.shape)
    return result


def to_weight(xp: Any, x: Array, grad: Array, sharing: Sharing, statistics: Statistics, eps: float) -> Array:
    """dL/dweight, given dL/dy in the shape of `x`."""
    return to_bias(xp, grad * standardised(xp, x, sharing, statistics, eps), sharing)


def to_bias(xp: Any, grad: Array, sharing: Sharing) -> Array:
    """dL/dbias, given dL/dy in the shape of the input."""
    total: Array = xp.reshape(xp.sum(grad, axis=sharing.unweighted), sharing.weight_shape)
    return total
