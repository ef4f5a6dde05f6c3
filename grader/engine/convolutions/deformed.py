"""What there is to compute in a deformable convolution: shapes that fit, and where its taps are sent."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import Any

from grader.engine.arrays.backend import Array, device
from grader.engine.convolutions.sampling import Samples
from grader.engine.geometry.fitting import conv_window, output_shape, require_shape
from grader.engine.geometry.sizes import Padding, PerAxis
from grader.engine.geometry.window import Window
from grader.errors import EngineError


@dataclass(frozen=True, slots=True)
class Deformed:
    """A deformable convolution, many of them side by side."""

    window: Window
    problems: int
    batch: int
    """Images of each problem."""
    groups: int
    offset_groups: int
    """Blocks of channels that share their offsets."""
    input_shape: tuple[int, ...]
    output_shape: tuple[int, ...]

    @property
    def channels(self) -> int:
        """Channels of x."""
        return self.input_shape[-len(self.window.axes) - 1]

    @property
    def columns_shape(self) -> tuple[int, ...]:
        """Columns with all their axes: problems, batch, groups, channels / groups * taps, places."""
        taps, places = prod(self.window.kernel), prod(self.window.output)
        return (self.problems, self.batch, self.groups, self.channels // self.groups * taps, places)

    @property
    def weight_view(self) -> tuple[int, ...]:
        """The weight as matrices: problems, 1, groups, filters / groups, channels / groups * taps."""
        filters = self.output_shape[-len(self.window.axes) - 1] // self.groups
        return (self.problems, 1, self.groups, filters, self.columns_shape[3])

    @property
    def output_view(self) -> tuple[int, ...]:
        """Y with all its axes: problems, batch, groups, filters / groups, places."""
        return (self.problems, self.batch, self.groups, self.weight_view[3], prod(self.window.output))

    @property
    def mask_shape(self) -> tuple[int, ...]:
        """The shape of a mask."""
        lead = self.output_shape[: -len(self.window.axes) - 1]
        return (*lead, self.offset_groups * prod(self.window.kernel), *self.window.output)

    def images(self, xp: Any, x: Array) -> Array:
        """X as a stack of images that share their offsets, (problems * batch * offset groups, channels, *size)."""
        images: Array = xp.reshape(x, (self._stack, self.channels // self.offset_groups, *self.window.size))
        return images

    def samples(self, xp: Any, offset: Array) -> Samples:
        """Where the taps fall: their place in the grid, and the offset."""
        axes, kernel, output = len(self.window.axes), self.window.kernel, self.window.output
        taps = prod(kernel)
        moved = xp.reshape(offset, (self._stack, taps, axes, *output))
        positions = []
        for number, axis in enumerate(self.window.axes):
            tap = _along(xp, offset, 2 * axes, number, axis.kernel) * axis.dilation
            place = _along(xp, offset, 2 * axes, axes + number, axis.places) * axis.stride - axis.before
            grid = xp.reshape(xp.broadcast_to(tap + place, (*kernel, *output)), (taps, *output))
            positions.append(xp.reshape(moved[:, :, number, ...] + grid, (self._stack, taps * prod(output))))
        return Samples(xp, tuple(positions), self.window.size)

    def offsets(self, xp: Any, along: list[Array], offset_shape: tuple[int, ...]) -> Array:
        """One array of shape (stack, taps * places) for each axis, in the shape of an offset."""
        taps = prod(self.window.kernel)
        apart = [xp.reshape(one, (self._stack, taps, prod(self.window.output))) for one in along]
        offsets: Array = xp.reshape(xp.stack(apart, axis=2), offset_shape)
        return offsets

    def columns(self, xp: Any, sampled: Array) -> Array:
        """(stack, taps * places, channels) as columns."""
        columns: Array = xp.reshape(xp.matrix_transpose(sampled), self.columns_shape)
        return columns

    def sampled(self, xp: Any, columns: Array) -> Array:
        """The adjoint of `columns`."""
        samples = prod(self.window.kernel) * prod(self.window.output)
        stacked = xp.reshape(columns, (self._stack, self.channels // self.offset_groups, samples))
        sampled: Array = xp.matrix_transpose(stacked)
        return sampled

    def weights(self, xp: Any, mask: Array) -> Array:
        """What the samples are multiplied by, (stack, taps * places, 1)."""
        weights: Array = xp.reshape(mask, (self._stack, prod(self.window.kernel) * prod(self.window.output), 1))
        return weights

    @property
    def _stack(self) -> int:
        return self.problems * self.batch * self.offset_groups


def _along(xp: Any, like: Array, axes: int, number: int, count: int) -> Array:
    """0, 1, ... along axis `number` of `axes`."""
    extents = tuple(count if axis == number else 1 for axis in range(axes))
    steps: Array = xp.reshape(xp.arange(count, dtype=like.dtype, device=device(like)), extents)
    return steps


def deformed(
    op: str,
    input_shape: tuple[int, ...],
    offset_shape: tuple[int, ...],
    weight_shape: tuple[int, ...],
    mask: Array | None,
    stride: PerAxis,
    padding: Padding,
    dilation: PerAxis,
    *,
    many: bool,
) -> Deformed:
    """The deformable convolution whose shapes fit; with `many` all of them begin with the count of problems.

    Raises:
        EngineError: shapes that do not fit, or an empty output.
    """
    input_shape, offset_shape, weight_shape = tuple(input_shape), tuple(offset_shape), tuple(weight_shape)
    problems = input_shape[:many]
    if weight_shape[:many] != problems or (many and not problems):
        raise EngineError(
            f"{op}: many problems need input and weight with the same first extent, got shapes {input_shape} and "
            f"{weight_shape}"
        )
    x, weight = input_shape[many:], weight_shape[many:]
    groups = _groups(x, weight)
    window = conv_window(op, x, weight, stride, padding, dilation, groups)
    lead = (*problems, *window.lead(x)[:-1])
    taps, axes, channels = prod(window.kernel), len(window.axes), weight[1] * groups
    shares = max(offset_shape[-axes - 1] // (axes * taps), 1) if len(offset_shape) > axes else 1
    if channels % shares:
        raise EngineError(
            f"{op}: in_channels must be divisible by the offset's groups, got input of shape {input_shape} and offset "
            f"of shape {offset_shape} for {shares} groups of {axes * taps}"
        )
    require_shape(op, "offset", offset_shape, (*lead, shares * axes * taps, *window.output))
    y = (*problems, *output_shape(x, weight, window))
    batch = x[0] if len(x) == len(weight) else 1
    plan = Deformed(window, prod(problems), batch, groups, shares, input_shape, y)
    if mask is not None:
        require_shape(op, "mask", mask.shape, plan.mask_shape)
    return plan


def _groups(x: tuple[int, ...], weight: tuple[int, ...]) -> int:
    """How many groups the channels tell; 1 where they fit none, which is then refused with the shapes."""
    axes = len(weight) - 2
    if axes < 1 or len(x) <= axes or not weight[1] or x[-axes - 1] % weight[1]:
        return 1
    return max(x[-axes - 1] // weight[1], 1)
