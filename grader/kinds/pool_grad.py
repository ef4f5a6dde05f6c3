"""The gradient to a pooling's input, given the gradient to its output."""

from __future__ import annotations

import numpy as np

from grader.answers.values import Tensor
from grader.answers.views.tensor import TensorView
from grader.kinds import Kind, Slip
from grader.kinds._arrays import Gradient
from grader.kinds._convolution import Numbers
from grader.kinds._pooling import Pooling
from grader.kinds._slips import slips


class PoolGrad(Pooling):
    """A pooling and the gradient that comes back to it."""

    grad_output: Gradient
    """In the output's shape: nested lists, or ``ones``."""

    @property
    def backward(self) -> Numbers:
        """The gradient to the output."""
        if isinstance(self.grad_output, str):
            return np.ones(self.output().shape, dtype=np.int64)
        return self.grad_output


def _reference(given: PoolGrad) -> Tensor:
    return Tensor(given.gradient(given.backward))


def _slips(given: PoolGrad) -> tuple[Slip, ...]:
    back = given.backward
    window = int(np.prod(given.options["kernel_size"]))
    return slips(
        _reference(given),
        (
            "shared-out",
            "the gradient was shared out over each window",
            lambda: Tensor(given.in_mode("average").gradient(back)),
        ),
        (
            "sent-to-maximum",
            "the gradient was sent to the largest entry of each window",
            lambda: Tensor(given.in_mode("max").gradient(back)),
        ),
        (
            "not-divided",
            "each entry of a window was given the whole gradient",
            lambda: Tensor(given.in_mode("average").gradient(back * window)),
        ),
    )


KIND = Kind(
    PoolGrad, lambda _given: TensorView(), _reference, slips=_slips, names=("gradient", "input gradient", "dx", "dX")
)
