"""A value that a student's program left in a name, understood as the kind of part that it answers understands text."""

from __future__ import annotations

from fractions import Fraction
from math import isfinite
from typing import Any

import numpy as np

from grader.answers.claims import Claim
from grader.answers.values import Number, Shape, Tensor, Value
from grader.answers.view import View
from grader.kinds._code.agreement import RTOL_SINGLE
from grader.model import Where
from grader.sandbox import Opaque

_INT64 = 2**63
_LARGEST = 1e300
"""Numbers beyond it are no answers, and their quotients no floats."""
_MOST_AXES = 32


def understood(value: Any, reference: Value, view: View[Any]) -> Value | str:
    """`value` as something that compares with `reference`, or why it is none.

    Args:
        value: whatever was left: an array, a number, a tuple, a text.
        reference: the right answer, whose sort says what is looked for.
        view: reads a text, which is as good as the same text in an answer.
    """
    if isinstance(value, str):
        reading = view.read(Claim(value, Where("", 1)))
        found: Value | None = reading.value
        return found or reading.reason
    if isinstance(value, np.generic):
        value = value.item()
    match reference:
        case Number():
            found = _number(value)
        case Shape():
            found = _shape(value)
        case Tensor():
            found = _tensor(value)
        case _:
            return "is no text, and a text is what answers this"
    return found or f"is {_kind(value)}, expected {_expected(reference)}"


def _number(value: Any) -> Number | None:
    if isinstance(value, np.ndarray) and value.size == 1:
        value = value.item()
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > _LARGEST:
        return None
    if isinstance(value, int) or (isfinite(value) and value == int(value)):
        return Number(Fraction(value))
    return Number(value)


def _shape(value: Any) -> Shape | None:
    if isinstance(value, np.ndarray) and value.ndim == 1 and value.size <= _MOST_AXES:
        value = value.tolist()
    if isinstance(value, int):
        value = (value,)
    if not isinstance(value, tuple | list) or len(value) > _MOST_AXES:
        return None
    extents = [_number(extent) for extent in value]
    whole = [int(one.value) for one in extents if one is not None and isinstance(one.value, Fraction)]
    return Shape(tuple(whole)) if len(whole) == len(value) else None


def _tensor(value: Any) -> Tensor | None:
    if not isinstance(value, np.ndarray | int | float | list | tuple):
        return None
    try:
        array = np.asarray(value)
    except ValueError:  # rows of different lengths
        return None
    match array.dtype.kind:
        case "b" | "i" | "u" if array.size == 0 or int(array.max()) < _INT64:
            return Tensor(array.astype(np.int64))
        case "f":
            single = array.dtype != np.float64
            exact = array.astype(np.float64)
            return Tensor(exact, np.abs(exact) * RTOL_SINGLE if single else None)
    return None


def _kind(value: Any) -> str:
    match value:
        case Opaque(type=name):
            return f"of type {name}"
        case np.ndarray():
            return f"an array of {value.dtype}"
    return f"of type {type(value).__name__}"


def _expected(reference: Value) -> str:
    return {"Number": "a number", "Shape": "a tuple of integers"}.get(type(reference).__name__, "an array of numbers")
