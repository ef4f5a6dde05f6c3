"""How many input positions, along one axis, an output entry of a chain of layers sees."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from pydantic import Field

from grader import engine
from grader.answers.values import Number
from grader.answers.views.number import NumberView
from grader.kinds import Given, Kind, Slip
from grader.kinds._arrays import Count
from grader.kinds._counts import integer
from grader.kinds._slips import slips


class Window(Given):
    """A convolution or pooling along one axis."""

    kernel_size: Count
    stride: Count = 1
    dilation: Count = 1

    @property
    def layer(self) -> engine.KernelLayer:
        """The same for the engine."""
        return engine.KernelLayer(self.kernel_size, self.stride, dilation=self.dilation)


class ReceptiveField(Given):
    """A chain of layers."""

    layers: Annotated[tuple[Window, ...], Field(min_length=1)]
    """The first one first."""


def _size(layers: Iterable[Window]) -> Number:
    return integer(engine.receptive_field(window.layer for window in layers).size)


def _with(layers: Iterable[Window], **changed: int) -> list[Window]:
    return [window.model_copy(update=changed) for window in layers]


def _slips(given: ReceptiveField) -> tuple[Slip, ...]:
    layers = given.layers
    return slips(
        _size(layers),
        ("dilation-left-out", "the dilation was left out", lambda: _size(_with(layers, dilation=1))),
        ("stride-left-out", "the stride of the layers before was left out", lambda: _size(_with(layers, stride=1))),
        ("last-layer-alone", "this is what the last layer sees of the one before it", lambda: _size(layers[-1:])),
        (
            "kernels-added-up",
            "neighbouring kernels overlap: their sizes do not simply add up",
            lambda: integer(sum(window.dilation * (window.kernel_size - 1) + 1 for window in layers)),
        ),
    )


KIND = Kind(
    ReceptiveField,
    lambda _given: NumberView(square=True),
    lambda given: _size(given.layers),
    slips=_slips,
    names=("receptive field", "receptive field size", "rf"),
)
