"""Local response normalisation: each entry over a sum of squares in neighbouring channels, and its gradient.

Source: Krizhevsky, Sutskever & Hinton, "ImageNet classification with deep convolutional neural networks", section
3.3; arguments as in ``torch.nn.functional.local_response_norm``, which takes the mean of the squares.
"""

from __future__ import annotations

from typing import Any

from grader.engine.arrays.backend import Array, ArrayLike, device
from grader.engine.geometry.sizes import integer
from grader.engine.layers.operands import floats, flowing_floats, number
from grader.errors import EngineError


def local_response_norm(
    x: ArrayLike, size: int, alpha: float = 1e-4, beta: float = 0.75, k: float = 1.0, *, many: bool = False
) -> Array:
    """Each entry as x / (k + alpha / size * sum of x ** 2 over the channels around it) ** beta.

    Args:
        x: shape (N, C, *size), with at least three axes.
        size: how many channels are summed, size // 2 of them before the entry's own; beyond the ends are zeros.
            ONNX has the odd one of an even size after it.
        alpha: the weight of the mean square.
        beta: the exponent.
        k: what is added to it.
        many: `x` has one more axis in front, for independent problems that are worked out together.

    Returns:
        The shape of `x`; floats keep their type, integers give float64.

    Raises:
        EngineError: too few axes, or an argument out of range.
    """
    op = "local_response_norm"
    xp, x = floats(op, x=x)
    alpha, beta, k = _numbers(op, alpha, beta, k)
    y: Array = x * _scale(xp, op, x, size, alpha, k, many=many) ** -beta
    return y


def local_response_norm_grad(
    x: ArrayLike,
    grad_output: ArrayLike,
    size: int,
    alpha: float = 1e-4,
    beta: float = 0.75,
    k: float = 1.0,
    *,
    many: bool = False,
) -> Array:
    """dL/dx of ``local_response_norm(x, ...)``, given dL/dy.

    With s the sum that is raised to -beta and g = dL/dy it is
    g * s ** -beta - 2 * alpha * beta / size * x * (sum of g * x * s ** (-beta - 1) over the channels that saw x).

    Args:
        x: shape (N, C, *size).
        grad_output: dL/dy, in the shape of `x`.
        size: as in ``local_response_norm``, like all that follow.
        alpha: as in ``local_response_norm``.
        beta: as in ``local_response_norm``.
        k: as in ``local_response_norm``.
        many: as in ``local_response_norm``.

    Returns:
        The shape of `x`, floating.

    Raises:
        EngineError: as ``local_response_norm``, and where `grad_output` has another shape than `x`.
    """
    op = "local_response_norm_grad"
    xp, x, grad = flowing_floats(op, x, grad_output)
    alpha, beta, k = _numbers(op, alpha, beta, k)
    scale = _scale(xp, op, x, size, alpha, k, many=many)
    # A channel is seen by those before it where it sees those after it.
    seen = _sum_around(xp, grad * x * scale ** (-beta - 1), (size - 1) // 2, size, 1 + many)
    result: Array = grad * scale**-beta - (2 * alpha * beta / size) * x * seen
    return result


def _numbers(op: str, alpha: float, beta: float, k: float) -> tuple[float, float, float]:
    return number(op, "alpha", alpha), number(op, "beta", beta), number(op, "k", k)


def _scale(xp: Any, op: str, x: Array, size: int, alpha: float, k: float, *, many: bool) -> Array:
    """What is raised to beta: k + alpha / size * sum of x ** 2 over the channels around."""
    if x.ndim < 3 + many:
        layout = "(problems, N, C, *size)" if many else "(N, C, *size)"
        raise EngineError(f"{op}: input must have shape {layout}, got shape {tuple(x.shape)}")
    count = integer(op, "size", size, 1)
    return k + (alpha / count) * _sum_around(xp, x**2, count // 2, count, 1 + many)


def _sum_around(xp: Any, x: Array, before: int, count: int, axis: int) -> Array:
    """For each entry the sum of `count` neighbours along `axis`, the first of them `before` entries before it."""
    extent, zeros = x.shape[axis], []
    for more in (before, count - 1 - before):
        shape = (*x.shape[:axis], more, *x.shape[axis + 1 :])
        zeros.append(xp.zeros(shape, dtype=x.dtype, device=device(x)))
    padded = xp.concat([zeros[0], x, zeros[1]], axis=axis)
    shifts = [(slice(None),) * axis + (slice(shift, shift + extent), ...) for shift in range(count)]
    total: Array = padded[shifts[0]]
    for shift in shifts[1:]:
        total = total + padded[shift]
    return total
