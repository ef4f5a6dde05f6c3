"""Group and instance normalisation: a mean and a variance for each image and group of channels, or each channel.

Source: Wu & He, "Group normalization"; Ulyanov, Vedaldi & Lempitsky, "Instance normalization: the missing ingredient
for fast stylization"; arguments as in ``torch.nn.functional``.
"""

from __future__ import annotations

from grader.engine.arrays.backend import Array, ArrayLike
from grader.engine.geometry.fitting import require_shape
from grader.engine.geometry.sizes import integer
from grader.engine.layers.operands import floats, number
from grader.engine.layers.standardising import (
    Sharing,
    affine,
    measured,
    require_channels,
    standardised,
    to_bias,
    to_input,
    to_weight,
)
from grader.errors import EngineError


def group_norm(
    x: ArrayLike,
    num_groups: int,
    weight: ArrayLike | None = None,
    bias: ArrayLike | None = None,
    eps: float = 1e-5,
    *,
    many: bool = False,
) -> Array:
    """(x - mean) / sqrt(var + eps) * weight + bias, with a mean and a variance for each image and group.

    Args:
        x: shape (N, C, *size).
        num_groups: into how many groups of neighbours the channels fall.
        weight: shape (C,), by default ones.
        bias: shape (C,), by default zeros.
        eps: added to the (biased) variance, so that it can be divided by.
        many: every array has one more axis in front, for independent problems that are worked out together.

    Returns:
        The shape of `x`; floats keep their type, integers give float64.

    Raises:
        EngineError: shapes that do not fit, groups that do not divide the channels, one value a group.
    """
    return _forward("group_norm", x, num_groups, weight, bias, eps, many=many)


def group_norm_grad_input(
    x: ArrayLike,
    grad_output: ArrayLike,
    num_groups: int,
    weight: ArrayLike | None = None,
    eps: float = 1e-5,
    *,
    many: bool = False,
) -> Array:
    """dL/dx of ``group_norm(x, ...)``, given dL/dy; it flows through mean and variance as well.

    Args:
        x: shape (N, C, *size).
        grad_output: dL/dy, in the shape of `x`.
        num_groups: as in ``group_norm``, like all that follow.
        weight: as in ``group_norm``.
        eps: as in ``group_norm``.
        many: as in ``group_norm``.

    Returns:
        The shape of `x`, floating.

    Raises:
        EngineError: as ``group_norm``, and where `grad_output` has another shape than `x`.
    """
    return _to_input("group_norm_grad_input", x, grad_output, num_groups, weight, eps, many=many)


def group_norm_grad_weight(
    x: ArrayLike, grad_output: ArrayLike, num_groups: int, eps: float = 1e-5, *, many: bool = False
) -> Array:
    """dL/dweight of ``group_norm(x, ...)``, given dL/dy: for each channel the sum of dL/dy * (x - mean) / std.

    Args:
        x: shape (N, C, *size).
        grad_output: dL/dy, in the shape of `x`.
        num_groups: as in ``group_norm``.
        eps: as in ``group_norm``.
        many: as in ``group_norm``.

    Returns:
        Shape (C,); (problems, C) of many; floating.

    Raises:
        EngineError: as ``group_norm_grad_input``.
    """
    return _to_weight("group_norm_grad_weight", x, grad_output, num_groups, eps, many=many)


def group_norm_grad_bias(grad_output: ArrayLike, *, many: bool = False) -> Array:
    """dL/dbias of ``group_norm``: dL/dy summed over everything but the channel.

    Args:
        grad_output: dL/dy, shape (N, C, *size).
        many: as in ``group_norm``.

    Returns:
        Shape (C,); (problems, C) of many; floating.

    Raises:
        EngineError: too few axes.
    """
    return _to_bias("group_norm_grad_bias", grad_output, many=many)


def instance_norm(
    x: ArrayLike,
    *,
    weight: ArrayLike | None = None,
    bias: ArrayLike | None = None,
    eps: float = 1e-5,
    many: bool = False,
) -> Array:
    """(x - mean) / sqrt(var + eps) * weight + bias, with a mean and a variance for each image and channel.

    With statistics that are given it is ``batch_norm`` in inference.

    Args:
        x: shape (N, C, *size).
        weight: shape (C,), by default ones.
        bias: shape (C,), by default zeros.
        eps: added to the (biased) variance, so that it can be divided by.
        many: as in ``group_norm``.

    Returns:
        The shape of `x`; floats keep their type, integers give float64.

    Raises:
        EngineError: shapes that do not fit, or one value a channel.
    """
    return _forward("instance_norm", x, None, weight, bias, eps, many=many)


def instance_norm_grad_input(
    x: ArrayLike,
    grad_output: ArrayLike,
    *,
    weight: ArrayLike | None = None,
    eps: float = 1e-5,
    many: bool = False,
) -> Array:
    """dL/dx of ``instance_norm(x, ...)``, given dL/dy; it flows through mean and variance as well.

    Args:
        x: shape (N, C, *size).
        grad_output: dL/dy, in the shape of `x`.
        weight: as in ``instance_norm``, like all that follow.
        eps: as in ``instance_norm``.
        many: as in ``instance_norm``.

    Returns:
        The shape of `x`, floating.

    Raises:
        EngineError: as ``instance_norm``, and where `grad_output` has another shape than `x`.
    """
    return _to_input("instance_norm_grad_input", x, grad_output, None, weight, eps, many=many)


def instance_norm_grad_weight(x: ArrayLike, grad_output: ArrayLike, *, eps: float = 1e-5, many: bool = False) -> Array:
    """dL/dweight of ``instance_norm(x, ...)``, given dL/dy: for each channel the sum of dL/dy * (x - mean) / std.

    Args:
        x: shape (N, C, *size).
        grad_output: dL/dy, in the shape of `x`.
        eps: as in ``instance_norm``.
        many: as in ``instance_norm``.

    Returns:
        Shape (C,); (problems, C) of many; floating.

    Raises:
        EngineError: as ``instance_norm_grad_input``.
    """
    return _to_weight("instance_norm_grad_weight", x, grad_output, None, eps, many=many)


def instance_norm_grad_bias(grad_output: ArrayLike, *, many: bool = False) -> Array:
    """dL/dbias of ``instance_norm``: dL/dy summed over everything but the channel.

    Args:
        grad_output: dL/dy, shape (N, C, *size).
        many: as in ``instance_norm``.

    Returns:
        Shape (C,); (problems, C) of many; floating.

    Raises:
        EngineError: too few axes.
    """
    return _to_bias("instance_norm_grad_bias", grad_output, many=many)


def _forward(
    op: str,
    x: ArrayLike,
    groups: int | None,
    weight: ArrayLike | None,
    bias: ArrayLike | None,
    eps: float,
    *,
    many: bool,
) -> Array:
    xp, x, weight, bias = floats(op, x=x, weight=weight, bias=bias)
    sharing = _sharing(op, x.shape, groups, many=many)
    z = standardised(xp, x, sharing, measured(xp, x, sharing), number(op, "eps", eps, least=0))
    return affine(xp, op, z, sharing, weight, bias)


def _to_input(
    op: str,
    x: ArrayLike,
    grad_output: ArrayLike,
    groups: int | None,
    weight: ArrayLike | None,
    eps: float,
    *,
    many: bool,
) -> Array:
    xp, x, grad, weight = floats(op, x=x, grad_output=grad_output, weight=weight)
    require_shape(op, "grad_output", grad.shape, x.shape)
    sharing = _sharing(op, x.shape, groups, many=many)
    return to_input(xp, op, x, grad, sharing, measured(xp, x, sharing), weight, number(op, "eps", eps, least=0))


def _to_weight(op: str, x: ArrayLike, grad_output: ArrayLike, groups: int | None, eps: float, *, many: bool) -> Array:
    xp, x, grad = floats(op, x=x, grad_output=grad_output)
    require_shape(op, "grad_output", grad.shape, x.shape)
    sharing = _sharing(op, x.shape, groups, many=many)
    return to_weight(xp, x, grad, sharing, measured(xp, x, sharing), number(op, "eps", eps, least=0))


def _to_bias(op: str, grad_output: ArrayLike, *, many: bool) -> Array:
    xp, grad = floats(op, grad_output=grad_output)
    require_channels(op, grad.shape, many=many)
    return to_bias(xp, grad, _grouped(grad.shape, 1, many=many))


def _sharing(op: str, shape: tuple[int, ...], groups: int | None, *, many: bool) -> Sharing:
    """For each of `groups` groups of channels, or, where that is None, for each channel."""
    require_channels(op, shape, many=many)
    channels = shape[1 + many]
    count = channels if groups is None else integer(op, "num_groups", groups, 1)
    if count and channels % count:
        raise EngineError(
            f"{op}: number of channels must be divisible by num_groups, got input of shape {tuple(shape)} with "
            f"num_groups={count}"
        )
    sharing = _grouped(shape, count, many=many)
    if sharing.count < 2:
        each = "channel" if groups is None else "group"
        raise EngineError(f"{op}: expected more than 1 value per {each}, got input of shape {tuple(shape)}")
    return sharing


def _grouped(shape: tuple[int, ...], groups: int, *, many: bool) -> Sharing:
    first = 1 + many
    channels, size = shape[first], shape[first + 1 :]
    view = (*shape[:first], groups, channels // max(groups, 1), *size)
    pooled = tuple(range(first + 1, len(view)))
    weight_view = (*shape[:many], 1, channels, *(1,) * len(size))
    return Sharing(shape, view, pooled, (*shape[:many], channels), weight_view)
