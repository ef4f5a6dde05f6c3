"""An array that the problem states itself."""

from __future__ import annotations

from grader.answers.values import Tensor
from grader.answers.views.tensor import TensorView
from grader.kinds import Given, Kind
from grader.kinds._arrays import Array


class TensorGiven(Given):
    """An array."""

    value: Array
    """Nested lists of numbers."""


KIND = Kind(
    TensorGiven, lambda _given: TensorView(), lambda given: Tensor(given.value), names=("answer", "result", "output")
)
