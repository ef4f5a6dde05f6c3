"""Finds the filter, or the layer, that maps given inputs to given outputs, and says whether the data settle it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import prod
from typing import Any

from grader.engine.arrays.backend import Array, ArrayLike, device
from grader.engine.arrays.numeric import arrays
from grader.engine.geometry.borders import PaddingMode
from grader.engine.geometry.fitting import require_shape
from grader.engine.geometry.sizes import Padding, PerAxis
from grader.engine.geometry.sliding import slide
from grader.engine.reasoning.equations import below, coefficients, depth, pairs, require_finite
from grader.engine.reasoning.least_squares import Solution, least_squares
from grader.errors import EngineError


@dataclass(frozen=True, slots=True, eq=False)
class RecoveredFilter:
    """The least-squares filter of smallest norm, and how far the data settle it."""

    weight: Array
    """Shape `kernel_size`; int64 where the data are integers and so is every entry, else float64."""
    residual: float
    """Euclidean norm of output - conv(input, weight); exactly 0 where integer data fit."""
    null_space: Array
    """Shape (free, *kernel_size): a basis of the filters that map every input to zero.

    Coprime integers where the data are integers, else orthonormal.
    """
    exact: tuple[Fraction, ...] | None = None
    """The entries of `weight` in row order as fractions, where the data are integers."""

    @property
    def null_space_dimension(self) -> int:
        """How many independent filters map every input to zero; each may be added to `weight` unseen."""
        return int(self.null_space.shape[0])

    @property
    def unique(self) -> bool:
        """Whether no other filter fits the data as well."""
        return self.null_space_dimension == 0

    def general(self, coefficients: ArrayLike) -> Array:
        """`weight` plus `coefficients`, one for each filter of `null_space`: any filter that fits as well.

        Raises:
            EngineError: another count of coefficients.
        """
        return _moved(self.weight, self.null_space, coefficients)


@dataclass(frozen=True, slots=True, eq=False)
class RecoveredLayer:
    """The least-squares weight and bias of smallest norm, and how far the data settle them."""

    weight: Array
    """Shape (O, C, *kernel_size); int64 where the data are integers and so is every entry, else float64."""
    bias: Array | None
    """Shape (O,), where one was asked for."""
    residual: float
    """Euclidean norm of output - conv(input, weight, bias); exactly 0 where integer data fit."""
    null_weight: Array
    """Shape (free, C, *kernel_size): what may be added to the weight of any output channel unseen ..."""
    null_bias: Array | None
    """... if as much of this, shape (free,), is added to its bias."""

    @property
    def null_space_dimension(self) -> int:
        """How many numbers stay free in each output channel."""
        return int(self.null_weight.shape[0])

    @property
    def unique(self) -> bool:
        """Whether no other layer fits the data as well."""
        return self.null_space_dimension == 0


def recover_filter(
    inputs: ArrayLike,
    outputs: ArrayLike,
    kernel_size: PerAxis,
    stride: PerAxis = 1,
    padding: Padding = 0,
    dilation: PerAxis = 1,
    *,
    padding_mode: PaddingMode = "zeros",
) -> RecoveredFilter:
    """The filter, one channel to one channel and without bias or flip, that best maps `inputs` to `outputs`.

    Integer data (whole floats too) are solved in exact arithmetic, others by singular values. The cost grows
    with the cube of the filter's entries: an 11 x 11 filter takes seconds.

    Args:
        inputs: one input of shape `size`, or a sequence of inputs, of equal size or not.
        outputs: the output of each input, in the same arrangement.
        kernel_size: the filter's shape; an integer is read as that size along every axis of one input.
        stride: as in ``conv``, like all that follow.
        padding: as in ``conv``.
        dilation: as in ``conv``.
        padding_mode: as in ``conv``.

    Raises:
        EngineError: inputs and outputs that do not pair up, do not fit the kernel, or are not finite.
    """
    op = "recover_filter"
    axes = len(kernel_size) if isinstance(kernel_size, Sequence) else depth(inputs)
    lefts, rights = [], []
    for one, other in pairs(op, inputs, outputs, axes):
        xp, x, y = arrays(op, inputs=one, outputs=other)
        window = slide(op, x.shape, kernel_size, stride, padding, dilation)
        require_shape(op, "outputs", y.shape, window.output)
        require_finite(xp, op, x, y)
        lefts.append(coefficients(xp, op, xp.reshape(x, (1, 1, *x.shape)), window, padding_mode))
        rights.append(xp.reshape(y, (-1, 1)))
    found = least_squares(xp, below(xp, lefts), below(xp, rights))
    free = found.null_space.shape[0]
    return RecoveredFilter(
        xp.reshape(found.values, window.kernel),
        found.residual,
        xp.reshape(found.null_space, (free, *window.kernel)),
        None if found.exact is None else found.exact[0],
    )


def recover_layer(
    x: ArrayLike,
    y: ArrayLike,
    kernel_size: Sequence[int],
    stride: PerAxis = 1,
    padding: Padding = 0,
    dilation: PerAxis = 1,
    *,
    bias: bool = False,
    padding_mode: PaddingMode = "zeros",
) -> RecoveredLayer:
    """The weight, and the bias where asked for, with which ``conv`` best maps `x` to `y`.

    Args:
        x: shape (N, C, *size).
        y: shape (N, O, *output).
        kernel_size: one entry for each spatial axis.
        stride: as in ``conv``, like all that follow.
        padding: as in ``conv``.
        dilation: as in ``conv``.
        bias: whether there is one.
        padding_mode: as in ``conv``.

    Raises:
        EngineError: arrays that do not fit one another or the kernel, or are not finite.
    """
    op = "recover_layer"
    xp, x, y = arrays(op, x=x, y=y)
    axes = len(kernel_size)
    if x.ndim != axes + 2 or y.ndim != axes + 2:
        raise EngineError(
            f"{op}: a kernel of {axes} axes needs x of shape (N, C, *size) and y of shape (N, O, *output), got shapes "
            f"{tuple(x.shape)} and {tuple(y.shape)}"
        )
    window = slide(op, x.shape[2:], kernel_size, stride, padding, dilation)
    require_shape(op, "y", y.shape, (x.shape[0], y.shape[1], *window.output))
    require_finite(xp, op, x, y)
    rows = coefficients(xp, op, x, window, padding_mode)
    if bias:
        rows = xp.concat([rows, xp.ones((rows.shape[0], 1), dtype=rows.dtype, device=device(rows))], axis=1)
    right = xp.reshape(xp.permute_dims(y, (0, *range(2, y.ndim), 1)), (-1, y.shape[1]))
    return _layer(xp, least_squares(xp, rows, right), (x.shape[1], *window.kernel), bias=bias)


def _layer(xp: Any, found: Solution, shape: tuple[int, ...], *, bias: bool) -> RecoveredLayer:
    """Unknowns in a row as a weight and a bias."""
    entries = prod(shape)

    def weights(values: Array) -> Array:
        result: Array = xp.reshape(values[:, :entries], (values.shape[0], *shape))
        return result

    return RecoveredLayer(
        weights(found.values),
        found.values[:, entries] if bias else None,
        found.residual,
        weights(found.null_space),
        found.null_space[:, entries] if bias else None,
    )


def _moved(weight: Array, basis: Array, factors: ArrayLike) -> Array:
    xp, weight, basis, factors = arrays("general", weight=weight, null_space=basis, coefficients=factors)
    require_shape("general", "coefficients", factors.shape, basis.shape[:1])
    column = xp.reshape(factors, (-1, *(1,) * weight.ndim))
    moved: Array = weight + xp.sum(column * basis, axis=0)
    return moved
