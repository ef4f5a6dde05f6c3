"""Layer normalisation: a mean and a variance over the last axes, a weight and a bias for each of their entries.

Source: Ba, Kiros & Hinton, "Layer normalization"; arguments as in ``torch.nn.functional.layer_norm``.
"""

from __future__ import annotations

from grader.engine.arrays.backend import Array, ArrayLike
from grader.engine.geometry.fitting import require_shape
from grader.engine.geometry.sizes import Shape
from grader.engine.geometry.sizes import shape as extents
from grader.engine.layers.operands import floats, number
from grader.engine.layers.standardising import (
    Sharing,
    affine,
    measured,
    standardised,
    to_bias,
    to_input,
    to_weight,
)
from grader.errors import EngineError


def layer_norm(
    x: ArrayLike,
    normalized_shape: Shape | int,
    weight: ArrayLike | None = None,
    bias: ArrayLike | None = None,
    eps: float = 1e-5,
    *,
    many: bool = False,
) -> Array:
    """(x - mean) / sqrt(var + eps) * weight + bias, with a mean and a variance over the last axes.

    Args:
        x: shape (..., *normalized_shape).
        normalized_shape: the extents of the axes that go together, (C,) for tokens, (C, H, W) for images.
        weight: shape `normalized_shape`, by default ones.
        bias: shape `normalized_shape`, by default zeros.
        eps: added to the (biased) variance, so that it can be divided by.
        many: every array has one more axis in front, for independent problems that are worked out together.

    Returns:
        The shape of `x`; floats keep their type, integers give float64.

    Raises:
        EngineError: shapes that do not fit.
    """
    op = "layer_norm"
    xp, x, weight, bias = floats(op, x=x, weight=weight, bias=bias)
    sharing = _sharing(op, "input", x.shape, normalized_shape, many=many)
    z = standardised(xp, x, sharing, measured(xp, x, sharing), number(op, "eps", eps, least=0))
    return affine(xp, op, z, sharing, weight, bias)


def layer_norm_grad_input(
    x: ArrayLike,
    grad_output: ArrayLike,
    normalized_shape: Shape | int,
    weight: ArrayLike | None = None,
    eps: float = 1e-5,
    *,
    many: bool = False,
) -> Array:
    """dL/dx of ``layer_norm(x, ...)``, given dL/dy; it flows through mean and variance as well.

    Args:
        x: shape (..., *normalized_shape).
        grad_output: dL/dy, in the shape of `x`.
        normalized_shape: as in ``layer_norm``, like all that follow.
        weight: as in ``layer_norm``.
        eps: as in ``layer_norm``.
        many: as in ``layer_norm``.

    Returns:
        The shape of `x`, floating.

    Raises:
        EngineError: as ``layer_norm``, and where `grad_output` has another shape than `x`.
    """
    op = "layer_norm_grad_input"
    xp, x, grad, weight = floats(op, x=x, grad_output=grad_output, weight=weight)
    require_shape(op, "grad_output", grad.shape, x.shape)
    sharing = _sharing(op, "input", x.shape, normalized_shape, many=many)
    return to_input(xp, op, x, grad, sharing, measured(xp, x, sharing), weight, number(op, "eps", eps, least=0))


def layer_norm_grad_weight(
    x: ArrayLike, grad_output: ArrayLike, normalized_shape: Shape | int, eps: float = 1e-5, *, many: bool = False
) -> Array:
    """dL/dweight of ``layer_norm(x, ...)``, given dL/dy: dL/dy * (x - mean) / std, summed over the leading axes.

    Args:
        x: shape (..., *normalized_shape).
        grad_output: dL/dy, in the shape of `x`.
        normalized_shape: as in ``layer_norm``.
        eps: as in ``layer_norm``.
        many: as in ``layer_norm``.

    Returns:
        Shape `normalized_shape`; (problems, *normalized_shape) of many; floating.

    Raises:
        EngineError: as ``layer_norm_grad_input``.
    """
    op = "layer_norm_grad_weight"
    xp, x, grad = floats(op, x=x, grad_output=grad_output)
    require_shape(op, "grad_output", grad.shape, x.shape)
    sharing = _sharing(op, "input", x.shape, normalized_shape, many=many)
    return to_weight(xp, x, grad, sharing, measured(xp, x, sharing), number(op, "eps", eps, least=0))


def layer_norm_grad_bias(grad_output: ArrayLike, normalized_shape: Shape | int, *, many: bool = False) -> Array:
    """dL/dbias of ``layer_norm``: dL/dy summed over the leading axes.

    Args:
        grad_output: dL/dy, shape (..., *normalized_shape).
        normalized_shape: as in ``layer_norm``.
        many: as in ``layer_norm``.

    Returns:
        Shape `normalized_shape`; (problems, *normalized_shape) of many; floating.

    Raises:
        EngineError: shapes that do not fit.
    """
    op = "layer_norm_grad_bias"
    xp, grad = floats(op, grad_output=grad_output)
    return to_bias(xp, grad, _sharing(op, "grad_output", grad.shape, normalized_shape, many=many))


def _sharing(op: str, name: str, shape: tuple[int, ...], normalized_shape: Shape | int, *, many: bool) -> Sharing:
    last = extents(
        op, "normalized_shape", (normalized_shape,) if isinstance(normalized_shape, int) else normalized_shape
    )
    axes = len(last)
    if not axes or 0 in last:
        raise EngineError(f"{op}: normalized_shape needs one extent of at least 1 or more of them, got {last}")
    if len(shape) < axes + many or tuple(shape[-axes:]) != last:
        lead = "problems, " if many else ""
        raise EngineError(
            f"{op}: normalized_shape {last} expects {name} of shape "
            f"({lead}..., {', '.join(map(str, last))}), got shape {tuple(shape)}"
        )
    first = len(shape) - axes
    pooled = tuple(range(first, len(shape)))
    weight_shape = (*shape[:many], *last)
    return Sharing(shape, shape, pooled, weight_shape, (*shape[:many], *(1,) * (first - many), *last))
