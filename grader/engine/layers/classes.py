"""Classes as targets: an index for each example, or a share for each class."""

from __future__ import annotations

from typing import Any

from grader.engine.arrays.backend import Array, device
from grader.engine.arrays.numeric import is_floating
from grader.engine.geometry.fitting import require_shape
from grader.errors import EngineError


def class_axis(op: str, shape: tuple[int, ...], *, many: bool) -> int:
    """Which axis of scores (N, C, *size), or (C,) without a batch, is that of the classes.

    Raises:
        EngineError: there is none, or it is empty.
    """
    axes = len(shape) - many
    axis = many + (axes > 1)
    if axes < 1 or not shape[axis]:
        lead = "problems, " if many else ""
        raise EngineError(f"{op}: input must have shape ({lead}N, C, *size) or ({lead}C), got shape {tuple(shape)}")
    return axis


def without(shape: tuple[int, ...], axis: int) -> tuple[int, ...]:
    """`shape` less the axis of the classes."""
    return (*shape[:axis], *shape[axis + 1 :])


def chosen(xp: Any, op: str, x: Array, target: Array, axis: int, ignore_index: int | None) -> Array:
    """Whether each entry of `x` belongs to the class that its example has; none does where that is `ignore_index`.

    Args:
        xp: the arrays' library.
        op: the caller's name.
        x: scores.
        target: class indices, the shape of `x` less the axis of the classes.
        axis: that axis.
        ignore_index: a target that is left out.

    Raises:
        EngineError: another shape, no integers, or an index that no class has.
    """
    classes = x.shape[axis]
    require_shape(op, "target", tuple(target.shape), without(x.shape, axis))
    if is_floating(xp, target):
        raise EngineError(f"{op}: target of shape {tuple(target.shape)} must hold class indices, integers")
    strange = (target < 0) | (target >= classes)
    if ignore_index is not None:
        strange = strange & (target != ignore_index)
    if bool(xp.any(strange)):
        found = xp.where(strange, target, xp.zeros_like(target))
        example = int(xp.min(found)) or int(xp.max(found))
        raise EngineError(f"{op}: target {example} is out of bounds for {classes} classes")
    index = xp.reshape(xp.arange(classes, dtype=xp.int64, device=device(x)), _view(x.ndim, axis, classes))
    hits: Array = xp.expand_dims(target, axis=axis) == index
    if ignore_index is not None:
        hits = hits & xp.expand_dims(target != ignore_index, axis=axis)
    return hits


def weight_column(xp: Any, op: str, weight: Array, shape: tuple[int, ...], axis: int, *, many: bool) -> Array:
    """`weight`, an entry for each class, in the shape that multiplies scores of `shape`.

    Raises:
        EngineError: it has another shape than (C,), or (problems, C) of many.
    """
    require_shape(op, "weight", tuple(weight.shape), (*shape[:many], shape[axis]))
    column: Array = xp.reshape(weight, (*shape[:many], *_view(len(shape) - many, axis - many, shape[axis])))
    return column


def _view(axes: int, axis: int, extent: int) -> tuple[int, ...]:
    return tuple(extent if number == axis else 1 for number in range(axes))
