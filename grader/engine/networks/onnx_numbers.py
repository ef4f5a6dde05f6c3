"""Small arrays of numbers that an ONNX graph works out beside its tensors: shapes to reshape to, sizes, scales."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np

from grader.errors import EngineError

Numbers: TypeAlias = "np.ndarray[Any, np.dtype[Any]]"

MOST_NUMBERS = 64
"""No shape has as many; larger arrays are weights."""


def work_out(operator: str, attributes: Mapping[str, Any], operands: Sequence[Numbers]) -> Numbers:
    """The result of a node whose inputs are all numbers.

    Args:
        operator: as ONNX calls it.
        attributes: of the node.
        operands: its inputs.

    Raises:
        EngineError: the operator is not among those known, its operands do not fit, or there are too many numbers.
    """
    if operator not in _OPERATORS:
        raise EngineError(f"{operator} of numbers is not read; known are {', '.join(sorted(_OPERATORS))}")
    try:
        result = np.asarray(_OPERATORS[operator](attributes, *operands))
    except (TypeError, ValueError, IndexError, KeyError, ArithmeticError) as error:
        raise EngineError(f"{operator} of numbers: {error}") from None
    if result.size > MOST_NUMBERS:
        raise EngineError(f"{operator} gives {result.size} numbers, more than the {MOST_NUMBERS} that a shape can have")
    return result


def _axes(attributes: Mapping[str, Any], axes: Numbers | None) -> tuple[int, ...]:
    """An attribute before opset 13, an input from then on."""
    given = attributes.get("axes") if axes is None else axes.tolist()
    return tuple(given or ())


def _slice(
    attributes: Mapping[str, Any],
    data: Numbers,
    starts: Numbers | None = None,
    ends: Numbers | None = None,
    axes: Numbers | None = None,
    steps: Numbers | None = None,
) -> Numbers:
    first = attributes["starts"] if starts is None else starts.tolist()
    last = attributes["ends"] if ends is None else ends.tolist()
    along = attributes.get("axes", range(len(first))) if axes is None else axes.tolist()
    by = [1] * len(first) if steps is None else steps.tolist()
    key = [slice(None)] * data.ndim
    for axis, start, stop, step in zip(along, first, last, by, strict=True):
        key[axis] = slice(start, stop, step)
    return data[tuple(key)]


def _unsqueeze(attributes: Mapping[str, Any], data: Numbers, axes: Numbers | None = None) -> Numbers:
    return np.expand_dims(data, _axes(attributes, axes))


def _squeeze(attributes: Mapping[str, Any], data: Numbers, axes: Numbers | None = None) -> Numbers:
    return np.squeeze(data, _axes(attributes, axes) or None)


_OPERATORS: dict[str, Callable[..., Any]] = {
    "Add": lambda _, a, b: a + b,
    "Sub": lambda _, a, b: a - b,
    "Mul": lambda _, a, b: a * b,
    "Div": lambda _, a, b: a // b if a.dtype.kind == "i" else a / b,
    "Cast": lambda attributes, a: a.astype(np.float64 if attributes["to"] in {1, 10, 11} else np.int64),
    "Ceil": lambda _, a: np.ceil(a),
    "Floor": lambda _, a: np.floor(a),
    "Concat": lambda attributes, *parts: np.concatenate(parts, axis=attributes["axis"]),
    "Gather": lambda attributes, a, index: np.take(a, index, axis=attributes.get("axis", 0)),
    "Identity": lambda _, a: a,
    "ReduceProd": lambda attributes, a: np.prod(a, keepdims=bool(attributes.get("keepdims", 1))),
    "Slice": _slice,
    "Squeeze": _squeeze,
    "Unsqueeze": _unsqueeze,
}
