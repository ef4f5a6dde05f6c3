"""Finds the filter that maps given inputs to given outputs, and says whether the data settle it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod, sqrt
from typing import Any

import numpy as np

from grader.engine.arrays.backend import Array, ArrayLike, namespace
from grader.engine.arrays.numeric import LARGEST_INTEGER, arrays, magnitude
from grader.engine.geometry.fitting import require_shape
from grader.engine.geometry.sizes import Padding, PerAxis
from grader.engine.geometry.sliding import slide
from grader.engine.geometry.window import Window
from grader.errors import EngineError

_OP = "recover_filter"


@dataclass(frozen=True, slots=True, eq=False)
class RecoveredFilter:
    """The least-squares filter of smallest norm, and how far the data settle it."""

    weight: Array
    """Shape `kernel_size`; int64 where the data are integers and so is every entry, else float64."""
    residual: float
    """Euclidean norm of output - conv(input, weight); exactly 0 where integer data fit."""
    null_space_dimension: int
    """How many independent filters map every input to zero; each may be added to `weight` unseen."""

    @property
    def unique(self) -> bool:
        """Whether no other filter fits the data as well."""
        return self.null_space_dimension == 0


def recover_filter(
    inputs: ArrayLike,
    outputs: ArrayLike,
    kernel_size: PerAxis,
    stride: PerAxis = 1,
    padding: Padding = 0,
    dilation: PerAxis = 1,
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

    Raises:
        EngineError: inputs and outputs that do not pair up, do not fit the kernel, or are not finite.
    """
    axes = len(kernel_size) if isinstance(kernel_size, Sequence) else _depth(inputs)
    equations = [_equations(*pair, kernel_size, stride, padding, dilation) for pair in _pairs(inputs, outputs, axes)]
    kernel = equations[0][2].kernel
    xp = namespace(equations[0][0])
    matrix = xp.concatenate([rows for rows, _, _ in equations])
    right = xp.concatenate([values for _, values, _ in equations])
    if _whole(xp, matrix) and _whole(xp, right):
        return _exact(xp, matrix, right, kernel)
    weight, _, rank, _ = xp.linalg.lstsq(matrix, right, rcond=None)
    residual = float(xp.linalg.norm(matrix @ weight - right))
    return RecoveredFilter(weight.reshape(kernel), residual, prod(kernel) - int(rank))


def _depth(value: object) -> int:
    """How many axes an array or nested sequence has."""
    if isinstance(value, Sequence):
        return 1 + (_depth(value[0]) if value else 0)
    return int(getattr(value, "ndim", 0))


def _pairs(inputs: ArrayLike, outputs: ArrayLike, axes: int) -> list[tuple[ArrayLike, ArrayLike]]:
    """Each input with its output."""
    depths = _depth(inputs), _depth(outputs)
    if depths == (axes, axes) and axes:
        return [(inputs, outputs)]
    if depths != (axes + 1, axes + 1) or not axes:
        raise EngineError(
            f"{_OP}: a filter with {axes} axes needs inputs and outputs of rank {axes}, or sequences of "
            f"them, got ranks {depths[0]} and {depths[1]}"
        )
    if len(inputs) != len(outputs) or not len(inputs):
        raise EngineError(f"{_OP}: every input needs one output, got {len(inputs)} inputs and {len(outputs)} outputs")
    return list(zip(inputs, outputs, strict=True))


def _equations(
    x: ArrayLike, y: ArrayLike, kernel_size: PerAxis, stride: PerAxis, padding: Padding, dilation: PerAxis
) -> tuple[Array, Array, Window]:
    """A linear equation in the filter's entries for each output entry: rows, right-hand sides, window."""
    xp, x, y = arrays(_OP, inputs=x, outputs=y)
    window = slide(_OP, x.shape, kernel_size, stride, padding, dilation)
    require_shape(_OP, "outputs", y.shape, window.output)
    if not (xp.isfinite(x).all() and xp.isfinite(y).all()):
        raise EngineError(
            f"{_OP}: inputs and outputs must be finite, got NaN or infinity in shapes {x.shape} or {y.shape}"
        )
    padded = window.pad(xp, x)
    return xp.stack([padded[region].ravel() for _, region in window.taps()], axis=1), y.ravel(), window


def _whole(xp: Any, values: Array) -> bool:
    """Whether every entry is an integer that its type holds exactly."""
    return values.dtype.kind == "i" or bool(xp.all((values == xp.rint(values)) & (xp.abs(values) < 2**53)))


def _exact(xp: Any, matrix: Array, right: Array, kernel: tuple[int, ...]) -> RecoveredFilter:
    """Least squares of smallest norm, from the normal equations G w = b with G = A'A and b = A'y.

    Of many solutions the smallest is the one in the row space of A, w = G v, where v solves G G v = b. What
    is missed is |y - A w|^2 = y'y - w'b.
    """
    from grader.engine.reasoning.rational import solve

    A, y = _integers(xp, matrix, right)
    gram, b = _unlimited(A.T @ A), _unlimited(A.T @ y)
    solution, rank = solve(gram.tolist(), b.tolist())
    if rank < len(solution):
        solution = gram @ np.asarray(solve((gram @ gram).tolist(), b.tolist())[0], dtype=object)
    w = np.asarray(solution, dtype=object)
    whole = all(entry.denominator == 1 and abs(entry) <= LARGEST_INTEGER for entry in w)
    weight = xp.asarray([int(entry) if whole else float(entry) for entry in w])
    return RecoveredFilter(weight.reshape(kernel), sqrt(int(y @ y) - w @ b), w.size - rank)


def _integers(xp: Any, matrix: Array, right: Array) -> tuple[Array, Array]:
    """Both as int64 where their products stay within it, else as Python integers."""
    A, y = matrix.astype(xp.int64), right.astype(xp.int64)
    if len(y) * max(magnitude(np, A), magnitude(np, y)) ** 2 <= LARGEST_INTEGER:
        return A, y
    return _unlimited(A), _unlimited(y)


def _unlimited(values: Array) -> Array:
    """The same integers as Python's, which know no largest."""
    return np.asarray(values.tolist(), dtype=object)
