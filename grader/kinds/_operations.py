"""The layers of a network: what each does to a shape, and how many parameters it has.

Shapes are (channels, *size) without a batch, or (features,) behind a flattening.
"""

from __future__ import annotations

from math import prod
from typing import Protocol, TypeAlias

from pydantic import BaseModel, ConfigDict

from grader import engine
from grader.errors import EngineError
from grader.kinds._arrays import Count, Padding, Sizes, per_axis

Dims: TypeAlias = tuple[int, ...]


class Operation(Protocol):
    """What every layer answers."""

    def shape(self, dims: Dims) -> Dims:
        """The output's shape; an `EngineError` where the input does not fit."""

    def parameters(self, dims: Dims) -> int:
        """How many weights and biases it has on an input of shape `dims`."""


class _Layer(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    def shape(self, dims: Dims) -> Dims:
        """The shape stays."""
        return dims

    def parameters(self, dims: Dims) -> int:  # noqa: ARG002 - as every layer is asked
        """None."""
        return 0


class Elementwise(_Layer):
    """An activation, a dropout: each entry by itself."""


class Conv(_Layer):
    """A convolution."""

    out_channels: Count
    kernel_size: Sizes
    stride: Sizes = 1
    padding: Padding = 0
    dilation: Sizes = 1
    groups: Count = 1
    bias: bool = True

    def kernel(self, dims: Dims) -> Dims:
        """The kernel's extents on an input of shape `dims`."""
        return per_axis(self.kernel_size, len(_spatial("conv", dims)))

    def shape(self, dims: Dims) -> Dims:
        """(out_channels, *output)."""
        weight = (self.out_channels, dims[0] // self.groups, *self.kernel(dims))
        return engine.conv_shape(dims, weight, self.stride, self.padding, self.dilation, self.groups)

    def parameters(self, dims: Dims) -> int:
        """Weights, and a bias for each output channel."""
        return engine.conv_parameters(dims[0], self.out_channels, self.kernel(dims), self.groups, bias=self.bias)


class Pool(_Layer):
    """A max, average or other pooling."""

    window: Sizes
    stride: Sizes | None = None
    """Left out, the window's."""
    padding: Padding = 0
    ceil_mode: bool = False

    def shape(self, dims: Dims) -> Dims:
        """(channels, *output)."""
        kernel = per_axis(self.window, len(_spatial("pool", dims)))
        return engine.pool_shape(dims, kernel, self.stride, self.padding, ceil_mode=self.ceil_mode)


class BatchNorm(_Layer):
    """A batch normalisation with a scale and a shift for each channel."""

    def parameters(self, dims: Dims) -> int:
        """Two for each channel; running means and variances are not learned."""
        return 2 * dims[0]


class Flatten(_Layer):
    """All entries in one row."""

    def shape(self, dims: Dims) -> Dims:
        """(features,)."""
        return (prod(dims),)


class GlobalAverage(_Layer):
    """The mean of each channel."""

    def shape(self, dims: Dims) -> Dims:
        """(channels,)."""
        _spatial("gap", dims)
        return dims[:1]


class Linear(_Layer):
    """A fully connected layer."""

    out_features: Count
    bias: bool = True

    def shape(self, dims: Dims) -> Dims:
        """(out_features,)."""
        _require_vector(dims)
        return (self.out_features,)

    def parameters(self, dims: Dims) -> int:
        """Weights, and a bias for each output."""
        _require_vector(dims)
        return engine.linear_parameters(dims[0], self.out_features, bias=self.bias)


def _spatial(op: str, dims: Dims) -> Dims:
    if len(dims) < 2:
        raise EngineError(f"{op}: needs an input with spatial axes, got {dims}; put it before the flattening")
    return dims[1:]


def _require_vector(dims: Dims) -> None:
    if len(dims) != 1:
        raise EngineError(f"linear: needs a vector, got shape {dims}; put a flatten or gap before it")
