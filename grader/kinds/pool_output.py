"""The output of a pooling: maximum, average or p-norm of each window."""

from __future__ import annotations

from grader.answers.values import Tensor
from grader.answers.views.tensor import TensorView
from grader.kinds import Kind, Slip
from grader.kinds._pooling import Pooling
from grader.kinds._slips import slips


def _reference(given: Pooling) -> Tensor:
    return Tensor(given.output())


def _slips(given: Pooling) -> tuple[Slip, ...]:
    return slips(
        _reference(given),
        ("max-pooled", "the windows were max-pooled", lambda: _reference(given.in_mode("max"))),
        ("average-pooled", "the windows were averaged", lambda: _reference(given.in_mode("average"))),
        (
            "windows-set-apart",
            "the windows were set side by side; look at the stride",
            lambda: _reference(given.model_copy(update={"stride": None})),
        ),
        (
            "stride-left-out",
            "the windows were moved by one; look at the stride",
            lambda: _reference(given.model_copy(update={"stride": 1})),
        ),
    )


KIND = Kind(
    Pooling,
    lambda _given: TensorView(),
    _reference,
    slips=_slips,
    names=("output", "result", "pooled output", "feature map"),
)
