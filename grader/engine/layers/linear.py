"""A fully connected layer and its gradients: a matrix product over the last axis."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod

from grader.engine.arrays.backend import Array, ArrayLike
from grader.engine.arrays.numeric import arrays, lifted, lowered, require_exact
from grader.engine.geometry.fitting import require_shape
from grader.engine.geometry.sizes import Shape, shape
from grader.engine.layers.operands import operands
from grader.errors import EngineError


def linear(x: ArrayLike, weight: ArrayLike, bias: ArrayLike | None = None, *, many: bool = False) -> Array:
    """The affine map x @ weight.T + bias of the last axis.

    Args:
        x: shape (..., in_features).
        weight: shape (out_features, in_features).
        bias: shape (out_features,).
        many: every array has one more axis in front, for independent problems that are worked out together.

    Returns:
        Shape (..., out_features); int64 where all arguments are integers, and then exact.

    Raises:
        EngineError: shapes that do not fit, integers that might overflow int64.
    """
    op = "linear"
    xp, x, weight, bias = operands(op, x=x, weight=weight, bias=bias)
    if weight is None:
        raise EngineError(f"{op}: weight must be an array, got None")
    plan = _plan(op, x.shape, weight.shape, many=many)
    if bias is not None:
        require_shape(op, "bias", bias.shape, weight.shape[:-1])
    bound = require_exact(xp, op, plan.inputs, x, weight, plus=bias)
    rows, matrix = lifted(xp, bound, xp.reshape(x, plan.x_view), xp.matrix_transpose(weight))
    y = lowered(xp, bound, xp.matmul(rows, matrix))
    if bias is not None:
        y = y + xp.expand_dims(bias, axis=-2)
    result: Array = xp.reshape(y, plan.y_shape)
    return result


def linear_grad_input(input_shape: Shape, weight: ArrayLike, grad_output: ArrayLike, *, many: bool = False) -> Array:
    """dL/dx of ``linear(x, weight, ...)``, given dL/dy: dL/dy @ weight.

    Args:
        input_shape: the shape of x, (..., in_features).
        weight: shape (out_features, in_features).
        grad_output: dL/dy, shape (..., out_features).
        many: as in ``linear``.

    Returns:
        Shape `input_shape`; exact int64 where both arrays are integers.

    Raises:
        EngineError: as ``linear``, and where `grad_output` has another shape than the output.
    """
    op = "linear_grad_input"
    xp, weight, grad = arrays(op, weight=weight, grad_output=grad_output)
    plan = _plan(op, shape(op, "input_shape", input_shape), weight.shape, many=many)
    require_shape(op, "grad_output", grad.shape, plan.y_shape)
    bound = require_exact(xp, op, plan.outputs, grad, weight)
    product = xp.matmul(*lifted(xp, bound, xp.reshape(grad, plan.y_view), weight))
    result: Array = xp.reshape(lowered(xp, bound, product), plan.x_shape)
    return result


def linear_grad_weight(x: ArrayLike, grad_output: ArrayLike, *, many: bool = False) -> Array:
    """dL/dweight of ``linear(x, weight, ...)``, given dL/dy: dL/dy.T @ x, summed over all leading axes.

    Args:
        x: shape (..., in_features).
        grad_output: dL/dy, shape (..., out_features).
        many: as in ``linear``.

    Returns:
        Shape (out_features, in_features); exact int64 where both arrays are integers.

    Raises:
        EngineError: as ``linear``, and where the leading axes differ.
    """
    op = "linear_grad_weight"
    xp, x, grad = arrays(op, x=x, grad_output=grad_output)
    _require_features(op, "grad_output", grad.shape, many=many)
    plan = _plan(op, x.shape, (*grad.shape[:many], grad.shape[-1], *x.shape[-1:]), many=many)
    require_shape(op, "grad_output", grad.shape, plan.y_shape)
    bound = require_exact(xp, op, plan.rows, grad, x)
    columns = xp.matrix_transpose(xp.reshape(grad, plan.y_view))
    return lowered(xp, bound, xp.matmul(*lifted(xp, bound, columns, xp.reshape(x, plan.x_view))))


def linear_grad_bias(grad_output: ArrayLike, *, many: bool = False) -> Array:
    """dL/dbias of a linear layer: dL/dy summed over all leading axes.

    Args:
        grad_output: dL/dy, shape (..., out_features).
        many: as in ``linear``.

    Returns:
        Shape (out_features,); (problems, out_features) of many.

    Raises:
        EngineError: no axis for the features, or integers that might overflow int64.
    """
    op = "linear_grad_bias"
    xp, grad = arrays(op, grad_output=grad_output)
    _require_features(op, "grad_output", grad.shape, many=many)
    summed = tuple(range(int(many), grad.ndim - 1))
    require_exact(xp, op, prod(grad.shape[axis] for axis in summed), grad)
    total: Array = xp.sum(grad, axis=summed)
    return total


@dataclass(frozen=True, slots=True)
class _Plan:
    """A matrix product whose shapes fit."""

    x_shape: tuple[int, ...]
    lead: tuple[int, ...]
    """The count of problems, or nothing."""
    rows: int
    """How many vectors go through the layer."""
    inputs: int
    outputs: int

    @property
    def x_view(self) -> tuple[int, ...]:
        return (*self.lead, self.rows, self.inputs)

    @property
    def y_view(self) -> tuple[int, ...]:
        return (*self.lead, self.rows, self.outputs)

    @property
    def y_shape(self) -> tuple[int, ...]:
        return (*self.x_shape[:-1], self.outputs)


def _plan(op: str, input_shape: tuple[int, ...], weight_shape: tuple[int, ...], *, many: bool) -> _Plan:
    if len(weight_shape) != 2 + many:
        layout = "(problems, out_features, in_features)" if many else "(out_features, in_features)"
        raise EngineError(f"{op}: weight must have shape {layout}, got shape {weight_shape}")
    _require_features(op, "input", input_shape, many=many)
    if input_shape[-1] != weight_shape[-1] or input_shape[:many] != weight_shape[:many]:
        problems = f"{weight_shape[0]} problems of " if many else ""
        raise EngineError(
            f"{op}: weight of shape {weight_shape} expects input with {problems}{weight_shape[-1]} features in the "
            f"last axis, got input of shape {input_shape}"
        )
    lead = input_shape[:many]
    return _Plan(input_shape, lead, prod(input_shape[many:-1]), weight_shape[-1], weight_shape[-2])


def _require_features(op: str, name: str, found: tuple[int, ...], *, many: bool) -> None:
    if len(found) < 1 + many:
        layout = "(problems, ..., features)" if many else "(..., features)"
        raise EngineError(f"{op}: {name} must have shape {layout}, got shape {found}")
