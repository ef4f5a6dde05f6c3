"""The shape of a convolution's output, in the layout of the statement."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from grader import engine
from grader.answers.values import Shape
from grader.answers.views.shape import ShapeView
from grader.kinds import Kind, Slip
from grader.kinds._arrays import Count, Extents, Sizes, per_axis
from grader.kinds._convolution import Sliding
from grader.kinds._layout import Layout, arranged, extent_of, in_words, require_extents, spatial
from grader.kinds._shape_mistakes import conv_mistakes, other_order
from grader.kinds._slips import slips


class ConvShape(Sliding):
    """An input's shape and the convolution that it goes through."""

    input: Extents
    """In the order of `layout`."""
    layout: Layout
    """One letter for each axis: ``NCHW``, ``HWC``, ``HW``, ``L``."""
    out_channels: Count | None = None
    """Where the layout has channels, and only there."""
    kernel_size: Sizes
    transposed: bool = False
    output_padding: Annotated[int, Field(strict=True, ge=0)] = 0
    """Extent added at the end of a transposed convolution's output."""
    singletons: bool = False
    """Whether axes of extent 1 more or less are accepted."""

    @model_validator(mode="after")
    def _fits(self) -> ConvShape:
        require_extents(self.input, self.layout)
        if ("C" in self.layout) != (self.out_channels is not None):
            raise ValueError(
                f"found the layout {self.layout} and out_channels {self.out_channels}, expected both with channels "
                "or both without"
            )
        if self.output_padding and not self.transposed:
            raise ValueError("found output_padding of an ordinary convolution, expected it with transposed: true")
        return self

    @property
    def size(self) -> tuple[int, ...]:
        """The input's spatial extents."""
        return spatial(self.input, self.layout)

    @property
    def in_channels(self) -> int:
        """The input's channels, 1 where the layout has none."""
        return extent_of("C", self.input, self.layout, 1)

    def output(self) -> tuple[int, ...]:
        """The output's shape, in the order of `layout`.

        Raises:
            EngineError: the kernel does not fit.
        """
        kernel = per_axis(self.kernel_size, len(self.size))
        outputs = self.out_channels or 1
        start = (self.in_channels, *self.size)
        if self.transposed:
            weight = (self.in_channels, outputs, *kernel)
            shape = engine.conv_transpose_shape(
                start, weight, self.stride, self.padding, self.output_padding, dilation=self.dilation
            )
        else:
            weight = (outputs, self.in_channels, *kernel)
            shape = engine.conv_shape(start, weight, self.stride, self.padding, self.dilation)
        return arranged(extent_of("N", self.input, self.layout, 1), outputs, shape[1:], self.layout)


def _reference(given: ConvShape) -> Shape:
    return Shape(given.output())


def _slips(given: ConvShape) -> tuple[Slip, ...]:
    def changed(**values: object) -> Shape:
        return _reference(given.model_copy(update=values))

    return slips(
        _reference(given),
        *conv_mistakes(changed, given.padding, len(given.size), given.in_channels),
        (
            "ordinary-convolution",
            "this is the size of an ordinary convolution, not of a transposed one",
            lambda: changed(transposed=False),
        ),
        other_order(given.output(), given.layout),
    )


KIND = Kind(
    ConvShape,
    lambda given: ShapeView(in_words(given.layout), singletons=given.singletons),
    _reference,
    slips=_slips,
    names=("output size", "output shape", "output dimension", "dimension", "dimensionality", "shape", "size"),
)
