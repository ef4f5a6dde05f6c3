"""The gradient to a convolution's input, given the gradient to its output."""

from __future__ import annotations

import numpy as np
from pydantic import model_validator

from grader import engine
from grader.answers.values import Tensor
from grader.answers.views.tensor import TensorView
from grader.kinds import Kind, Slip
from grader.kinds._arrays import Array, Extents, Gradient
from grader.kinds._convolution import Numbers, Weighted, require_ranks, turned_around, with_channels, without_channels
from grader.kinds._slips import slips


class ConvGradInput(Weighted):
    """A convolution and the gradient that comes back to it."""

    grad_output: Gradient
    """In the output's shape: nested lists, or ``ones``."""
    input_shape: Extents | None = None
    """The input's shape, written as the weight is: without batch and channels where it has none."""
    input: Array | None = None
    """The input itself, in place of its shape; its values do not matter."""

    @model_validator(mode="after")
    def _shape_is_stated(self) -> ConvGradInput:
        if (self.input is None) == (self.input_shape is None):
            raise ValueError("found both or neither of input and input_shape, expected one of them")
        require_ranks(len(self.shape), self.weight)
        return self

    @property
    def shape(self) -> tuple[int, ...]:
        """The input's shape."""
        return self.input_shape or (() if self.input is None else self.input.shape)

    def gradient(self) -> Numbers:
        """The gradient, in the input's shape.

        Raises:
            EngineError: shapes that do not fit.
        """
        plain = self.is_plain
        shape = (1, 1, *self.shape) if plain else self.shape
        weight = with_channels(self.weight, plain=plain)
        if isinstance(self.grad_output, str):
            back = np.ones(engine.conv_shape(shape, weight.shape, **self.options), dtype=np.int64)
        else:
            back = with_channels(self.grad_output, plain=plain)
        return without_channels(engine.conv_grad_input(shape, weight, back, **self.options), plain=plain)


def _reference(given: ConvGradInput) -> Tensor:
    return Tensor(given.gradient())


def _slips(given: ConvGradInput) -> tuple[Slip, ...]:
    return slips(_reference(given), *turned_around(given, lambda other: other.gradient()))


KIND = Kind(
    ConvGradInput,
    lambda _given: TensorView(),
    _reference,
    slips=_slips,
    names=("gradient", "input gradient", "dx", "dX"),
)
