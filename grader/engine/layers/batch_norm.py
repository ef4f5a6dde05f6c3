"""Batch normalisation: a mean and a variance for each channel, of the batch at hand or given.

Source: Ioffe & Szegedy, "Batch normalization: accelerating deep network training by reducing internal covariate
shift"; arguments as in ``torch.nn.functional.batch_norm``.
"""

from __future__ import annotations

from typing import Any

from grader.engine.arrays.backend import Array, ArrayLike
from grader.engine.geometry.fitting import require_shape
from grader.engine.layers.operands import floats, number
from grader.engine.layers.standardising import (
    Sharing,
    Statistics,
    affine,
    measured,
    require_channels,
    standardised,
    to_bias,
    to_input,
    to_weight,
)
from grader.errors import EngineError


def batch_norm(
    x: ArrayLike,
    running_mean: ArrayLike | None = None,
    running_var: ArrayLike | None = None,
    weight: ArrayLike | None = None,
    bias: ArrayLike | None = None,
    *,
    training: bool = False,
    eps: float = 1e-5,
    many: bool = False,
) -> Array:
    """(x - mean) / sqrt(var + eps) * weight + bias, with a mean and a variance for each channel.

    Nothing is updated: `batch_norm_statistics` gives the running statistics after a batch.

    Args:
        x: shape (N, C, *size); *size may be empty.
        running_mean: shape (C,), the mean to take where not `training`; in training it is not looked at.
        running_var: shape (C,), the variance to take, as `running_mean`.
        weight: shape (C,), by default ones.
        bias: shape (C,), by default zeros.
        training: takes mean and (biased) variance of the batch itself, over N and *size.
        eps: added to the variance, so that it can be divided by.
        many: every array has one more axis in front, for independent problems that are worked out together.

    Returns:
        The shape of `x`; floats keep their type, integers give float64.

    Raises:
        EngineError: shapes that do not fit, one value a channel in training, no statistics in inference.
    """
    op = "batch_norm"
    xp, x, mean, var, weight, bias = floats(
        op, x=x, running_mean=running_mean, running_var=running_var, weight=weight, bias=bias
    )
    sharing = _sharing(op, x.shape, many=many)
    statistics = _statistics(xp, op, x, sharing, mean, var, training=training)
    return affine(xp, op, standardised(xp, x, sharing, statistics, _eps(op, eps)), sharing, weight, bias)


def batch_norm_statistics(
    x: ArrayLike,
    running_mean: ArrayLike,
    running_var: ArrayLike,
    momentum: float = 0.1,
    *,
    unbiased: bool = True,
    many: bool = False,
) -> tuple[Array, Array]:
    """The running mean and variance after the training batch `x`: (1 - momentum) * running + momentum * batch.

    Args:
        x: shape (N, C, *size).
        running_mean: shape (C,), the mean before.
        running_var: shape (C,), the variance before.
        momentum: the weight of the batch, in [0, 1]; ONNX calls 1 - momentum so.
        unbiased: the batch's variance has its count less 1 as divisor, as in PyTorch; ONNX has the count.
        many: as in ``batch_norm``.

    Returns:
        Both in shape (C,).

    Raises:
        EngineError: shapes that do not fit, one value a channel, a `momentum` out of range.
    """
    op = "batch_norm_statistics"
    xp, x, mean, var = floats(op, x=x, running_mean=running_mean, running_var=running_var)
    share = number(op, "momentum", momentum, least=0, most=1)
    sharing = _sharing(op, x.shape, many=many)
    batch = _statistics(xp, op, x, sharing, None, None, training=True)
    for name, array in (("running_mean", mean), ("running_var", var)):
        require_shape(op, name, array.shape, sharing.weight_shape)
    spread = batch.var * (sharing.count / (sharing.count - 1)) if unbiased else batch.var
    return (
        mean + share * (xp.reshape(batch.mean, sharing.weight_shape) - mean),
        var + share * (xp.reshape(spread, sharing.weight_shape) - var),
    )


def batch_norm_grad_input(
    x: ArrayLike,
    grad_output: ArrayLike,
    running_mean: ArrayLike | None = None,
    running_var: ArrayLike | None = None,
    weight: ArrayLike | None = None,
    *,
    training: bool = False,
    eps: float = 1e-5,
    many: bool = False,
) -> Array:
    """dL/dx of ``batch_norm(x, ...)``, given dL/dy; in training it flows through mean and variance as well.

    Args:
        x: shape (N, C, *size).
        grad_output: dL/dy, in the shape of `x`.
        running_mean: as in ``batch_norm``, like all that follow.
        running_var: as in ``batch_norm``.
        weight: as in ``batch_norm``.
        training: as in ``batch_norm``.
        eps: as in ``batch_norm``.
        many: as in ``batch_norm``.

    Returns:
        The shape of `x`, floating.

    Raises:
        EngineError: as ``batch_norm``, and where `grad_output` has another shape than `x`.
    """
    op = "batch_norm_grad_input"
    xp, x, grad, mean, var, weight = floats(
        op, x=x, grad_output=grad_output, running_mean=running_mean, running_var=running_var, weight=weight
    )
    require_shape(op, "grad_output", grad.shape, x.shape)
    sharing = _sharing(op, x.shape, many=many)
    statistics = _statistics(xp, op, x, sharing, mean, var, training=training)
    return to_input(xp, op, x, grad, sharing, statistics, weight, _eps(op, eps))


def batch_norm_grad_weight(
    x: ArrayLike,
    grad_output: ArrayLike,
    running_mean: ArrayLike | None = None,
    running_var: ArrayLike | None = None,
    *,
    training: bool = False,
    eps: float = 1e-5,
    many: bool = False,
) -> Array:
    """dL/dweight of ``batch_norm(x, ...)``, given dL/dy: for each channel the sum of dL/dy * (x - mean) / std.

    Args:
        x: shape (N, C, *size).
        grad_output: dL/dy, in the shape of `x`.
        running_mean: as in ``batch_norm``, like all that follow.
        running_var: as in ``batch_norm``.
        training: as in ``batch_norm``.
        eps: as in ``batch_norm``.
        many: as in ``batch_norm``.

    Returns:
        Shape (C,); (problems, C) of many; floating.

    Raises:
        EngineError: as ``batch_norm_grad_input``.
    """
    op = "batch_norm_grad_weight"
    xp, x, grad, mean, var = floats(
        op, x=x, grad_output=grad_output, running_mean=running_mean, running_var=running_var
    )
    require_shape(op, "grad_output", grad.shape, x.shape)
    sharing = _sharing(op, x.shape, many=many)
    statistics = _statistics(xp, op, x, sharing, mean, var, training=training)
    return to_weight(xp, x, grad, sharing, statistics, _eps(op, eps))


def batch_norm_grad_bias(grad_output: ArrayLike, *, many: bool = False) -> Array:
    """dL/dbias of ``batch_norm``: dL/dy summed over everything but the channel.

    Args:
        grad_output: dL/dy, shape (N, C, *size).
        many: as in ``batch_norm``.

    Returns:
        Shape (C,); (problems, C) of many; floating.

    Raises:
        EngineError: too few axes.
    """
    op = "batch_norm_grad_bias"
    xp, grad = floats(op, grad_output=grad_output)
    return to_bias(xp, grad, _sharing(op, grad.shape, many=many))


def _sharing(op: str, shape: tuple[int, ...], *, many: bool) -> Sharing:
    require_channels(op, shape, many=many)
    pooled = (int(many), *range(2 + many, len(shape)))
    view = tuple(1 if axis in pooled else extent for axis, extent in enumerate(shape))
    return Sharing(shape, shape, pooled, (*shape[:many], shape[1 + many]), view)


def _statistics(
    xp: Any, op: str, x: Array, sharing: Sharing, mean: Array | None, var: Array | None, *, training: bool
) -> Statistics:
    if training:
        if sharing.count < 2:
            raise EngineError(
                f"{op}: expected more than 1 value per channel when training, got input of shape {x.shape}"
            )
        return measured(xp, x, sharing)
    if mean is None or var is None:
        raise EngineError(f"{op}: expected running_mean and running_var to be given when training=False")
    for name, array in (("running_mean", mean), ("running_var", var)):
        require_shape(op, name, array.shape, sharing.weight_shape)
    view = sharing.statistics_view
    return Statistics(xp.reshape(mean, view), xp.reshape(var, view), measured=False)


def _eps(op: str, eps: float) -> float:
    return number(op, "eps", eps, least=0)
