"""Operations that move entries or repeat them: flattening, reshaping, padding, upsampling."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, isfinite, prod
from typing import ClassVar

from grader.engine.geometry.sizes import PerAxis, per_axis, shape
from grader.engine.networks.operations.operation import Dims, Operation, Reach, spatial
from grader.engine.reasoning.kernel_layers import KernelLayer, TransposedLayer
from grader.errors import EngineError


@dataclass(frozen=True, slots=True)
class Flatten(Operation):
    """All entries in one row."""

    sort: ClassVar[str] = "flatten"
    is_view: ClassVar[bool] = True

    def shape(self, dims: Dims) -> Dims:
        """(features,)."""
        return (prod(dims),)


@dataclass(frozen=True, slots=True)
class Reshape(Operation):
    """The same entries in another shape."""

    sort: ClassVar[str] = "reshape"
    is_view: ClassVar[bool] = True
    dims: Sequence[int]

    def shape(self, dims: Dims) -> Dims:
        """What is asked for, with as many entries."""
        asked = shape(self.sort, "dims", self.dims)
        if prod(asked) != prod(dims):
            raise EngineError(f"{self.sort}: {prod(dims)} entries of shape {dims} do not make shape {asked}")
        return asked

    def reach(self, dims: Dims) -> Reach:
        """Entries stay beside their neighbours only where the spatial axes stay."""
        return "same" if self.shape(dims)[1:] == dims[1:] else "irregular"


@dataclass(frozen=True, slots=True)
class Pad(Operation):
    """Entries added around an image; negative numbers cut off."""

    sort: ClassVar[str] = "pad"
    padding: Sequence[tuple[int, int]]
    """(before, after) for each spatial axis."""

    def shape(self, dims: Dims) -> Dims:
        """(channels, *size), each size with what is added."""
        size = spatial(self.sort, dims)
        if len(self.padding) != len(size):
            raise EngineError(f"{self.sort}: needs (before, after) for each axis of {size}, got {self.padding}")
        padded = tuple(n + before + after for n, (before, after) in zip(size, self.padding, strict=True))
        if min(padded) < 1:
            raise EngineError(f"{self.sort}: padding {self.padding} leaves nothing of input of shape {dims}")
        return dims[0], *padded

    def reach(self, dims: Dims) -> Reach:
        """One entry, so many places before its own; what is cut off moves it on."""
        spatial(self.sort, dims)
        return tuple(
            KernelLayer(1, padding=(before, 0)) if before >= 0 else TransposedLayer(1, padding=(-before, 0))
            for before, _ in self.padding
        )


@dataclass(frozen=True, slots=True)
class Upsample(Operation):
    """An image made larger, by repeating entries or by interpolating: to a size, or by a factor."""

    sort: ClassVar[str] = "upsample"
    size: PerAxis | None = None
    scale_factor: float | Sequence[float] | None = None
    """One for every spatial axis, or one for each; sizes are rounded down."""
    mode: str = "nearest"

    def shape(self, dims: Dims) -> Dims:
        """(channels, *size)."""
        old = spatial(self.sort, dims)
        if (self.size is None) == (self.scale_factor is None):
            raise EngineError(f"{self.sort}: needs either size or scale_factor, got {self.size}, {self.scale_factor}")
        if self.size is not None:
            return dims[0], *per_axis(self.sort, "size", self.size, len(old), 1)
        new = tuple(floor(n * factor) for n, factor in zip(old, self._factors(len(old)), strict=True))
        if min(new) < 1:
            raise EngineError(f"{self.sort}: scale_factor {self.scale_factor} leaves nothing of input of shape {dims}")
        return dims[0], *new

    def reach(self, dims: Dims) -> Reach:
        """Each entry so many times, where nothing is interpolated and the factors are whole."""
        axes = list(zip(dims[1:], self.shape(dims)[1:], strict=True))
        if self.mode != "nearest" or any(m % n for n, m in axes):
            return "irregular"
        return tuple(TransposedLayer(m // n, m // n) for n, m in axes)

    def _factors(self, axes: int) -> Sequence[float]:
        given = self.scale_factor if isinstance(self.scale_factor, Sequence) else (self.scale_factor,) * axes
        numbers = [f for f in given if isinstance(f, int | float) and not isinstance(f, bool) and isfinite(f) and f > 0]
        if len(numbers) != len(given) or len(given) != axes:
            raise EngineError(
                f"{self.sort}: scale_factor needs a positive number for each of {axes} axes, got {self.scale_factor!r}"
            )
        return numbers
