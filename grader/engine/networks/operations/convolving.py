"""Convolution and transposed convolution as layers."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from math import prod
from typing import ClassVar

from grader.engine.geometry.borders import require_border
from grader.engine.geometry.fitting import conv_window, transpose_window
from grader.engine.geometry.sizes import Padding, PerAxis, integer, per_axis
from grader.engine.geometry.window import Window
from grader.engine.networks.operations.operation import (
    Dims,
    Operation,
    Reach,
    require_channels,
    spatial,
    windows,
)
from grader.engine.reasoning.counts import conv_multiplications, conv_transpose_multiplications
from grader.engine.reasoning.kernel_layers import TransposedLayer
from grader.errors import EngineError


@dataclass(frozen=True, slots=True)
class _Convolving(Operation, ABC):
    """What both have."""

    out_channels: int
    kernel_size: PerAxis
    stride: PerAxis = 1
    padding: Padding = 0
    dilation: PerAxis = 1
    groups: int = 1
    bias: bool = True
    in_channels: int | None = None
    """Checked where it is stated; the input tells it anyway."""

    def kernel(self, dims: Dims) -> Dims:
        """The kernel's extents on an input of shape `dims`."""
        return per_axis(self.sort, "kernel_size", self.kernel_size, len(spatial(self.sort, dims)), 1)

    @abstractmethod
    def weight_shape(self, dims: Dims) -> Dims:
        """The shape of the weight on an input of shape `dims`."""

    def weights(self, dims: Dims) -> dict[str, Dims]:
        """A kernel for each pair of channels in a group, and a bias for each output channel."""
        weight = {"weight": self.weight_shape(dims)}
        return {**weight, "bias": (self.out_channels,)} if self.bias else weight

    def bias_additions(self, dims: Dims) -> int:
        """One for each entry of the output."""
        return prod(self.shape(dims)) if self.bias else 0

    def _channels(self, dims: Dims) -> Dims:
        """Input and output channels, which the groups divide."""
        integer(self.sort, "out_channels", self.out_channels, 1)
        integer(self.sort, "groups", self.groups, 1)
        require_channels(self.sort, "in_channels", self.in_channels, dims)
        if dims[0] % self.groups or self.out_channels % self.groups:
            raise EngineError(
                f"{self.sort}: channels must be divisible by groups, got input of shape {dims}, "
                f"out_channels={self.out_channels}, groups={self.groups}"
            )
        return dims[0], self.out_channels


@dataclass(frozen=True, slots=True)
class Conv(_Convolving):
    """A convolution, as ``conv`` computes it."""

    sort: ClassVar[str] = "conv"
    padding_mode: str = "zeros"

    def weight_shape(self, dims: Dims) -> Dims:
        """(O, C / groups, *kernel)."""
        channels, filters = self._channels(dims)
        return filters, channels // self.groups, *self.kernel(dims)

    def shape(self, dims: Dims) -> Dims:
        """(out_channels, *output)."""
        return self.out_channels, *self._window(dims).output

    def multiplications(self, dims: Dims) -> int:
        """The output's entries times C / groups * prod(kernel)."""
        weight = self.weight_shape(dims)
        return conv_multiplications(dims, weight, self.stride, self.padding, self.dilation, self.groups)

    def reach(self, dims: Dims) -> Reach:
        """The kernel."""
        return windows(self._window(dims))

    def _window(self, dims: Dims) -> Window:
        weight = self.weight_shape(dims)
        window = conv_window(self.sort, dims, weight, self.stride, self.padding, self.dilation, self.groups)
        require_border(self.sort, self.padding_mode, window)
        return window


@dataclass(frozen=True, slots=True)
class ConvTranspose(_Convolving):
    """A transposed convolution, as ``conv_transpose`` computes it."""

    sort: ClassVar[str] = "conv_transpose"
    output_padding: PerAxis = 0

    def weight_shape(self, dims: Dims) -> Dims:
        """(C, O / groups, *kernel)."""
        channels, filters = self._channels(dims)
        return channels, filters // self.groups, *self.kernel(dims)

    def shape(self, dims: Dims) -> Dims:
        """(out_channels, *output)."""
        return self.out_channels, *self._window(dims).size

    def multiplications(self, dims: Dims) -> int:
        """The input's entries times O / groups * prod(kernel)."""
        return conv_transpose_multiplications(dims, self.weight_shape(dims), self.groups)

    def reach(self, dims: Dims) -> Reach:
        """The kernel, the other way round."""
        return tuple(
            TransposedLayer(axis.kernel, axis.stride, (axis.before, axis.after), dilation=axis.dilation)
            for axis in self._window(dims).axes
        )

    def _window(self, dims: Dims) -> Window:
        weight, moves = self.weight_shape(dims), (self.stride, self.padding, self.output_padding)
        return transpose_window(self.sort, dims, weight, *moves, self.groups, self.dilation)
