"""The filter that maps given inputs to given outputs: one channel, no bias, no flip."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from pydantic import model_validator

from grader import engine
from grader.answers.values import Tensor
from grader.answers.views.tensor import TensorView
from grader.kinds import Given, Kind, Slip
from grader.kinds._arrays import Array, Sizes, per_axis
from grader.kinds._convolution import Sliding
from grader.kinds._exact_fit import exact_kernel
from grader.kinds._slips import slips

_CLOSE = 1e-9


class Pair(Given):
    """An input and its output."""

    input: Array
    output: Array


Pairs: TypeAlias = tuple[Pair, ...]


class FilterRecovery(Sliding):
    """What goes in and what comes out."""

    input: Array | None = None
    output: Array | None = None
    pairs: Pairs = ()
    """Several inputs with their outputs, in place of one."""
    kernel_size: Sizes | None = None
    """Left out, the size whose windows fit exactly."""

    @model_validator(mode="after")
    def _either(self) -> FilterRecovery:
        single = (self.input is not None, self.output is not None)
        if single not in {(True, True), (False, False)} or any(single) == bool(self.pairs):
            raise ValueError("found neither one input and output nor pairs, or both; state either")
        return self

    @property
    def data(self) -> Pairs:
        """All inputs with their outputs."""
        if self.input is None or self.output is None:
            return self.pairs
        return (Pair(input=self.input, output=self.output),)

    @property
    def kernel(self) -> tuple[int, ...]:
        """The filter's shape.

        Raises:
            ValueError: no size fits the first pair exactly.
        """
        first = self.data[0]
        axes = first.input.ndim
        if self.kernel_size is not None:
            return per_axis(self.kernel_size, axes)
        if first.output.ndim != axes:
            raise ValueError(f"an output of rank {first.output.ndim} does not go with an input of rank {axes}")
        return exact_kernel(first.input.shape, first.output.shape, self.stride, self.padding, self.dilation)


def _reference(given: FilterRecovery) -> Tensor:
    inputs, outputs = [pair.input for pair in given.data], [pair.output for pair in given.data]
    found = engine.recover_filter(
        inputs, outputs, given.kernel, stride=given.stride, padding=given.padding, dilation=given.dilation
    )
    if not found.unique:
        raise ValueError(f"{found.null_space_dimension} of the filter's entries stay free; more data settle them")
    largest = max(float(np.abs(output).max()) for output in outputs)
    if found.residual > _CLOSE * max(largest, 1.0):
        raise ValueError("no filter maps every input to its output")
    return Tensor(found.weight)


def _slips(given: FilterRecovery) -> tuple[Slip, ...]:
    right = _reference(given)
    feedback = "the filter stands the other way round: a layer slides it without flipping"
    return slips(right, ("flipped-filter", feedback, lambda: Tensor(engine.flip(right.array, right.array.ndim))))


KIND = Kind(
    FilterRecovery,
    lambda _given: TensorView(),
    _reference,
    slips=_slips,
    names=("filter", "kernel", "weight"),
)
