"""The gradient to a convolution's weight, given the gradient to its output."""

from __future__ import annotations

from typing import Any

import numpy as np
from pydantic import model_validator

from grader import engine
from grader.answers.values import Tensor
from grader.answers.views.tensor import TensorView
from grader.kinds import Kind, Slip
from grader.kinds._arrays import Array, Count, Gradient, Sizes, per_axis
from grader.kinds._convolution import Numbers, Sliding, swapped
from grader.kinds._slips import slips


class ConvGradWeight(Sliding):
    """An input and the gradient that comes back.

    An input of rank 1 or 2 is one channel of one image, and the gradient to the output has its rank. Any other
    input is (N, C, *size), as in PyTorch, and the gradient (N, O, *output).
    """

    input: Array
    kernel_size: Sizes
    grad_output: Gradient
    """In the output's shape: nested lists, or ``ones`` where there are no channels."""
    groups: Count = 1

    @model_validator(mode="after")
    def _ranks_fit(self) -> ConvGradWeight:
        if isinstance(self.grad_output, str):
            if not self.is_plain:
                raise ValueError(
                    "found grad_output 'ones' with channels, expected it in full: it tells how many there are"
                )
        elif self.grad_output.ndim != self.input.ndim:
            raise ValueError(
                f"found a grad_output of rank {self.grad_output.ndim}, expected rank {self.input.ndim} as the input's"
            )
        return self

    @property
    def is_plain(self) -> bool:
        """Whether arrays are written without batch and channels."""
        return self.input.ndim <= 2

    @property
    def x(self) -> Numbers:
        """The input as (N, C, *size)."""
        return self.input[None, None] if self.is_plain else self.input

    def gradient(self) -> Numbers:
        """The gradient: the kernel alone, or (O, C / groups, *kernel).

        Raises:
            EngineError: shapes that do not fit.
        """
        kernel = per_axis(self.kernel_size, self.x.ndim - 2)
        options: dict[str, Any] = {
            "stride": self.stride,
            "padding": self.padding,
            "dilation": self.dilation,
            "groups": self.groups,
        }
        if isinstance(self.grad_output, str):
            back = np.ones(engine.conv_shape(self.x.shape, (1, 1, *kernel), **options), dtype=np.int64)
        else:
            back = self.grad_output[None, None] if self.is_plain else self.grad_output
        shape = (back.shape[1], self.x.shape[1] // self.groups, *kernel)
        gradient = engine.conv_grad_weight(self.x, shape, back, **options)
        return gradient[0, 0] if self.is_plain else gradient


def _reference(given: ConvGradWeight) -> Tensor:
    return Tensor(given.gradient())


def _slips(given: ConvGradWeight) -> tuple[Slip, ...]:
    right = given.gradient()
    spatial = right.ndim if given.is_plain else right.ndim - 2
    return slips(
        Tensor(right),
        (
            "flipped-result",
            "the gradient stands the other way round: nothing is flipped here",
            lambda: Tensor(engine.flip(right, spatial)),
        ),
        ("transposed-result", "rows and columns are exchanged", lambda: Tensor(swapped(right, right))),
    )


KIND = Kind(
    ConvGradWeight,
    lambda _given: TensorView(),
    _reference,
    slips=_slips,
    names=("gradient", "weight gradient", "dw", "dW"),
)
