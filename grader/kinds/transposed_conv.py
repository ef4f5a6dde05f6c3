"""The output of a transposed convolution: a copy of the kernel for every input entry, added up."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from grader.answers.values import Tensor
from grader.answers.views.tensor import TensorView
from grader.kinds import Kind, Slip
from grader.kinds._convolution import Convolution, Numbers, turned_around
from grader.kinds._slips import slips


class TransposedConv(Convolution):
    """An input and a kernel; a weight with channels is (C, O / groups, *kernel)."""

    output_padding: Annotated[int, Field(strict=True, ge=0)] = 0
    """Extent added at the output's end."""

    def output(self) -> Numbers:
        """The output, written as the input is."""
        return self.transposed(output_padding=self.output_padding)


def _reference(given: Convolution) -> Tensor:
    return Tensor(given.output())


def _slips(given: TransposedConv) -> tuple[Slip, ...]:
    return slips(
        _reference(given),
        *turned_around(given, lambda other: other.output()),
        ("padding-left-out", "the padding was left out: it trims the output", lambda: _reference(given.but(padding=0))),
        ("stride-left-out", "the stride was left out", lambda: _reference(given.but(stride=1))),
        ("bias-left-out", "the bias was left out", lambda: _reference(given.but(bias=None))),
        (
            "ordinary-convolution",
            "this is the ordinary convolution, not the transposed one",
            lambda: Tensor(Convolution.output(given)),
        ),
    )


KIND = Kind(
    TransposedConv,
    lambda _given: TensorView(),
    _reference,
    slips=_slips,
    names=("output", "result", "feature map", "transposed convolution"),
)
