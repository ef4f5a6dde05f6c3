"""The output of a convolution as networks mean it: the kernel is not flipped."""

from __future__ import annotations

from grader.answers.values import Tensor
from grader.answers.views.tensor import TensorView
from grader.kinds import Kind, Slip
from grader.kinds._convolution import Convolution, turned_around
from grader.kinds._slips import slips


def _reference(given: Convolution) -> Tensor:
    return Tensor(given.output())


def _slips(given: Convolution) -> tuple[Slip, ...]:
    return slips(
        _reference(given),
        *turned_around(given, lambda other: other.output()),
        ("padding-left-out", "the padding was left out", lambda: _reference(given.but(padding=0))),
        ("stride-left-out", "the stride was left out", lambda: _reference(given.but(stride=1))),
        ("dilation-left-out", "the dilation was left out", lambda: _reference(given.but(dilation=1))),
        ("bias-left-out", "the bias was left out", lambda: _reference(given.but(bias=None))),
    )


KIND = Kind(
    Convolution,
    lambda _given: TensorView(),
    _reference,
    slips=_slips,
    names=("output", "result", "feature map", "convolution"),
)
