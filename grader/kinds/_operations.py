"""The layers of a network, as a problem states them. What they do to a shape and what they learn is the engine's."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from grader.kinds._arrays import Count, Padding, Sizes


class Plain(BaseModel):
    """An operation without settings: an activation, a dropout, a flattening."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Conv(Plain):
    """A convolution."""

    out_channels: Count
    kernel_size: Sizes
    stride: Sizes = 1
    padding: Padding = 0
    dilation: Sizes = 1
    groups: Count = 1
    bias: bool = True


class Pool(Plain):
    """A max, average or other pooling."""

    window: Sizes
    stride: Sizes | None = None
    """Left out, the window's."""
    padding: Padding = 0
    ceil_mode: bool = False


class Linear(Plain):
    """A fully connected layer."""

    out_features: Count
    bias: bool = True
