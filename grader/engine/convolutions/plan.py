"""What there is to compute in a convolution: shapes that fit, and the axes that all its sums run over."""

from __future__ import annotations

import operator
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from math import prod

from grader.engine.geometry.borders import require_border
from grader.engine.geometry.fitting import conv_window, output_shape, transpose_window
from grader.engine.geometry.sizes import Padding, PerAxis
from grader.engine.geometry.window import Window
from grader.errors import EngineError


@dataclass(frozen=True)
class Plan:
    """A convolution of x with a weight to y, many of them side by side.

    A transposed convolution is the same with x and y in each other's place.
    """

    window: Window
    problems: int
    """Independent problems, each with its own weight; 1 where the arrays have no axis for them."""
    batch: int
    groups: int
    channels: int
    """Channels of x in a group."""
    filters: int
    """Channels of y in a group."""
    input_shape: tuple[int, ...]
    """The shape of x, as it is given."""
    weight_shape: tuple[int, ...]
    output_shape: tuple[int, ...]
    """The shape of y, as it is given."""
    mode: str = "zeros"
    """What stands around x, a `PaddingMode`."""

    @cached_property
    def taps(self) -> int:
        """Entries of the kernel."""
        return prod(self.window.kernel)

    @cached_property
    def multiplications(self) -> int:
        """Products of two entries, padded zeros included."""
        return prod(self.weight_view) * self.batch * self.places

    @cached_property
    def regions(self) -> list[tuple[int, tuple[slice, ...]]]:
        """For each tap where it begins along the first spatial axis, and what it meets along the others."""
        found = ((region[1].start, region[2:]) for _, region in self.window.taps())
        return list(found)

    @cached_property
    def starts(self) -> list[int]:
        """For each tap, how far into a padded input that lies in one run its first entry stands."""
        steps = [prod(self.window.padded[number:]) for number in range(1, len(self.window.axes) + 1)]
        taps = product(*(range(0, axis.kernel * axis.dilation, axis.dilation) for axis in self.window.axes))
        return [sum(map(operator.mul, tap, steps)) for tap in taps]

    @property
    def columns(self) -> int:
        """Patches of the input, a group's and a problem's apart."""
        return self.problems * self.groups * self.batch * self.places

    @cached_property
    def is_pointwise(self) -> bool:
        """Whether every entry of y is of one place of x: a matrix product as it stands."""
        return self.taps == 1 and self.window.output == self.window.padded

    @cached_property
    def overlap(self) -> int:
        """At most so many entries of the padded input stand for one entry of the input."""
        if self.mode == "zeros":
            return 1
        return prod(1 + axis.before + axis.after for axis in self.window.axes)

    @cached_property
    def places(self) -> int:
        """Places that the kernel takes in one image."""
        return prod(self.window.output)

    @cached_property
    def x_view(self) -> tuple[int, ...]:
        """The shape of x with all its axes: problems, batch, groups, channels, *size."""
        return (self.problems, self.batch, self.groups, self.channels, *self.window.size)

    @cached_property
    def weight_view(self) -> tuple[int, ...]:
        """The weight as matrices: problems, groups, filters, channels * taps."""
        return (self.problems, self.groups, self.filters, self.channels * self.taps)

    @cached_property
    def y_view(self) -> tuple[int, ...]:
        """Y with all its axes: problems, batch, groups, filters, *output."""
        return (self.problems, self.batch, self.groups, self.filters, *self.window.output)


def conv_plan(
    op: str,
    input_shape: tuple[int, ...],
    weight_shape: tuple[int, ...],
    stride: PerAxis = 1,
    padding: Padding = 0,
    dilation: PerAxis = 1,
    groups: int = 1,
    mode: str = "zeros",
    *,
    many: bool = False,
) -> Plan:
    """The plan of a convolution; with `many` both shapes begin with the count of problems.

    Raises:
        EngineError: shapes that do not fit, an empty output, an unknown padding mode.
    """
    problems, x, weight = _apart(op, input_shape, weight_shape, many=many)
    window = conv_window(op, x, weight, stride, padding, dilation, groups)
    require_border(op, mode, window)
    y = (*input_shape[:many], *output_shape(x, weight, window))
    batch = x[0] if len(x) == len(weight) else 1
    filters = weight[0] // groups
    return Plan(window, problems, batch, groups, weight[1], filters, input_shape, weight_shape, y, mode)


def transpose_plan(
    op: str,
    input_shape: tuple[int, ...],
    weight_shape: tuple[int, ...],
    stride: PerAxis,
    padding: Padding,
    output_padding: PerAxis,
    groups: int,
    dilation: PerAxis,
    output_size: PerAxis | None = None,
    *,
    many: bool = False,
) -> Plan:
    """The plan of the convolution that a transposed convolution undoes: its output is the plan's input.

    Raises:
        EngineError: shapes that do not fit, or an empty output.
    """
    problems, y, weight = _apart(op, input_shape, weight_shape, many=many)
    window = transpose_window(op, y, weight, stride, padding, output_padding, groups, dilation, output_size)
    batched = len(y) == len(weight)
    lead = (*input_shape[:many], *y[:batched])
    x = (*lead, weight[1] * groups, *window.size)
    batch = y[0] if batched else 1
    return Plan(window, problems, batch, groups, weight[1], weight[0] // groups, x, weight_shape, input_shape)


def _apart(
    op: str, input_shape: tuple[int, ...], weight_shape: tuple[int, ...], *, many: bool
) -> tuple[int, tuple[int, ...], tuple[int, ...]]:
    """The count of problems, and the shapes of one of them."""
    if not many:
        return 1, input_shape, weight_shape
    if input_shape[:1] != weight_shape[:1] or not input_shape:
        raise EngineError(
            f"{op}: many problems need input and weight with the same first extent, got shapes {tuple(input_shape)} "
            f"and {tuple(weight_shape)}"
        )
    return input_shape[0], input_shape[1:], weight_shape[1:]
