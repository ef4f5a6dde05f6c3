"""Poolings as layers: over windows, onto a given size, over everything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal, TypeAlias

from grader.engine.geometry.fitting import pool_window
from grader.engine.geometry.sizes import Padding, PerAxis, integer, per_axis
from grader.engine.geometry.window import Window
from grader.engine.networks.operations.operation import Dims, Operation, Reach, spatial, windows
from grader.engine.reasoning.kernel_layers import KernelLayer
from grader.errors import EngineError

Pooled: TypeAlias = Literal["max", "avg", "lp"]
"""What becomes of the entries of a window."""


@dataclass(frozen=True, slots=True)
class Pool(Operation):
    """A pooling over windows, as ``max_pool``, ``avg_pool`` and ``lp_pool`` compute it."""

    sort: ClassVar[str] = "pool"
    kernel_size: PerAxis
    stride: PerAxis | None = None
    """Left out, the kernel's size."""
    padding: Padding = 0
    dilation: PerAxis = 1
    ceil_mode: bool = False
    function: Pooled = "max"

    @property
    def label(self) -> str:
        """``max_pool``."""
        return f"{self.function}_pool"

    def shape(self, dims: Dims) -> Dims:
        """(channels, *output)."""
        return dims[0], *self._window(dims).output

    def reach(self, dims: Dims) -> Reach:
        """The window."""
        return windows(self._window(dims))

    def _window(self, dims: Dims) -> Window:
        kernel = per_axis(self.sort, "kernel_size", self.kernel_size, len(spatial(self.sort, dims)), 1)
        return pool_window(self.sort, dims, kernel, self.stride, self.padding, self.dilation, ceil_mode=self.ceil_mode)


@dataclass(frozen=True, slots=True)
class AdaptivePool(Operation):
    """A pooling onto a given size: place i of m holds entries floor(i n / m) to ceil((i + 1) n / m) - 1 of n."""

    sort: ClassVar[str] = "adaptive_pool"
    output_size: int | Sequence[int | None]
    """One size for every spatial axis, or one for each; None leaves an axis as it is."""
    function: Pooled = "avg"

    @property
    def label(self) -> str:
        """``adaptive_avg_pool``."""
        return f"adaptive_{self.function}_pool"

    def shape(self, dims: Dims) -> Dims:
        """(channels, *output_size)."""
        size = spatial(self.sort, dims)
        asked = self.output_size if isinstance(self.output_size, Sequence) else (self.output_size,) * len(size)
        if len(asked) != len(size):
            raise EngineError(f"{self.sort}: output_size {tuple(asked)} does not fit input of shape {dims}")
        given = (n if m is None else integer(self.sort, "output_size", m, 1) for n, m in zip(size, asked, strict=True))
        return dims[0], *given

    def reach(self, dims: Dims) -> Reach:
        """Windows where the sizes divide, which do not overlap; else they differ from place to place."""
        axes = list(zip(dims[1:], self.shape(dims)[1:], strict=True))
        if any(n % m for n, m in axes):
            return "irregular"
        return tuple(KernelLayer(n // m, n // m) for n, m in axes)


@dataclass(frozen=True, slots=True)
class GlobalPool(Operation):
    """One number for each channel."""

    sort: ClassVar[str] = "global_pool"
    function: Pooled = "avg"
    keepdim: bool = False
    """Whether the spatial axes stay, with extent 1."""

    @property
    def label(self) -> str:
        """``global_avg_pool``."""
        return f"global_{self.function}_pool"

    def shape(self, dims: Dims) -> Dims:
        """(channels,), or (channels, 1, ...)."""
        axes = len(spatial(self.sort, dims))
        return (dims[0], *(1,) * axes) if self.keepdim else dims[:1]

    def reach(self, dims: Dims) -> Reach:  # noqa: ARG002
        """Everything."""
        return "whole"
