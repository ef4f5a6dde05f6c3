"""How many multiplications a convolution takes, or floating-point operations where the problem says so."""

from __future__ import annotations

from math import prod
from typing import Literal

from pydantic import model_validator

from grader import engine
from grader.answers.values import Number
from grader.answers.views.number import NumberView
from grader.kinds import Kind, Slip
from grader.kinds._arrays import Count, Sizes, per_axis
from grader.kinds._convolution import Sliding
from grader.kinds._counts import integer
from grader.kinds._slips import slips


class Multiplications(Sliding):
    """A convolution and the size of its input or output."""

    in_channels: Count
    out_channels: Count
    kernel_size: Sizes
    groups: Count = 1
    input: Sizes | None = None
    """The input's spatial size."""
    output: Sizes | None = None
    """The output's, in its place; stride, padding and dilation then say nothing."""
    convention: Literal["macs", "flops"] = "macs"
    """Whether a multiplication and its addition count as one or as two; biases count in neither."""
    rounded: bool = True
    """Whether a number written as rounded is right as rounded."""

    @model_validator(mode="after")
    def _size_is_stated(self) -> Multiplications:
        if (self.input is None) == (self.output is None):
            raise ValueError("found both or neither of input and output, expected the size of one of them")
        return self

    @property
    def axes(self) -> int:
        """How many spatial axes: what a list tells, else 2."""
        lists = [len(sizes) for sizes in (self.kernel_size, self.input, self.output) if isinstance(sizes, tuple)]
        return lists[0] if lists else 2

    @property
    def places(self) -> int:
        """How many places each filter takes.

        Raises:
            EngineError: the kernel does not fit.
        """
        if self.output is not None:
            return prod(per_axis(self.output, self.axes))
        size, kernel = per_axis(self.input or 1, self.axes), per_axis(self.kernel_size, self.axes)
        shape = engine.conv_shape((1, *size), (1, 1, *kernel), self.stride, self.padding, self.dilation)
        return prod(shape)

    def count(self, places: int | None = None) -> int:
        """Multiplications, or operations, over `places` places, by default its own."""
        kernel = per_axis(self.kernel_size, self.axes)
        weights = engine.conv_parameters(self.in_channels, self.out_channels, kernel, self.groups, bias=False)
        macs = weights * (self.places if places is None else places)
        return engine.flops(macs) if self.convention == "flops" else macs


def _reference(given: Multiplications) -> Number:
    return integer(given.count())


def _slips(given: Multiplications) -> tuple[Slip, ...]:
    right, places = given.count(), given.places
    other = given.model_copy(update={"convention": "macs" if given.convention == "flops" else "flops"})
    alone = given.model_copy(update={"in_channels": 1, "groups": 1})
    said = {
        "macs": "additions were counted too: the question asks for multiplications alone",
        "flops": "the question asks for additions too, not for multiplications alone",
    }
    mistakes = [
        ("other-convention", said[given.convention], lambda: integer(other.count())),
        ("bias-counted", "adding a bias multiplies nothing", lambda: integer(right + places * given.out_channels)),
        ("one-place", "this is the count for one place of the kernel", lambda: integer(given.count(1))),
        (
            "input-channels-left-out",
            "a filter reaches through all channels of its input",
            lambda: integer(alone.count()),
        ),
    ]
    if given.input is not None:
        size = prod(per_axis(given.input, given.axes))
        mistakes.append(
            (
                "places-of-the-input",
                "count the places of the kernel, not the input's pixels",
                lambda: integer(given.count(size)),
            )
        )
    return slips(integer(right), *mistakes)


KIND = Kind(
    Multiplications,
    lambda given: NumberView(given.rounded),
    _reference,
    slips=_slips,
    names=("multiplication", "number of multiplications", "operation", "mac", "flop"),
)
