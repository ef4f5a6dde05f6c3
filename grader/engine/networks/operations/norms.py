"""Normalisations as layers: which scales and shifts they learn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from grader.engine.geometry.sizes import integer, shape
from grader.engine.networks.operations.operation import Dims, Operation, Reach, require_channels
from grader.errors import EngineError


@dataclass(frozen=True, slots=True)
class BatchNorm(Operation):
    """A scale and a shift for each channel; running means and variances are kept, not learned."""

    sort: ClassVar[str] = "batch_norm"
    affine: bool = True
    num_features: int | None = None
    """Checked where it is stated; the input tells it anyway."""

    def shape(self, dims: Dims) -> Dims:
        """The shape stays."""
        require_channels(self.sort, "num_features", self.num_features, dims)
        return dims

    def weights(self, dims: Dims) -> dict[str, Dims]:
        """One of each for each channel."""
        return {"weight": dims[:1], "bias": dims[:1]} if self.affine else {}


@dataclass(frozen=True, slots=True)
class InstanceNorm(BatchNorm):
    """Each channel of each image by itself; by default it learns nothing, as in PyTorch."""

    sort: ClassVar[str] = "instance_norm"
    affine: bool = False

    def reach(self, dims: Dims) -> Reach:  # noqa: ARG002
        """Mean and variance are taken over the whole image, so every entry sees all of it."""
        return "irregular"


@dataclass(frozen=True, slots=True)
class GroupNorm(Operation):
    """Channels in groups, over the whole image; a scale and a shift for each channel."""

    sort: ClassVar[str] = "group_norm"
    num_groups: int
    affine: bool = True

    def shape(self, dims: Dims) -> Dims:
        """The shape stays."""
        if dims[0] % integer(self.sort, "num_groups", self.num_groups, 1):
            raise EngineError(
                f"{self.sort}: channels must be divisible by num_groups={self.num_groups}, got input of shape {dims}"
            )
        return dims

    def weights(self, dims: Dims) -> dict[str, Dims]:
        """One of each for each channel."""
        return {"weight": dims[:1], "bias": dims[:1]} if self.affine else {}

    def reach(self, dims: Dims) -> Reach:  # noqa: ARG002
        """As for ``InstanceNorm``."""
        return "irregular"


@dataclass(frozen=True, slots=True)
class LayerNorm(Operation):
    """The last axes together, by default all; a scale and a shift for each of their entries."""

    sort: ClassVar[str] = "layer_norm"
    normalized_shape: Sequence[int] | None = None
    affine: bool = True
    bias: bool = True

    def shape(self, dims: Dims) -> Dims:
        """The shape stays."""
        normalized = self._normalized(dims)
        if not normalized or dims[len(dims) - len(normalized) :] != normalized:
            raise EngineError(
                f"{self.sort}: normalized_shape={normalized} must be the last extents of the input, got shape {dims}"
            )
        return dims

    def weights(self, dims: Dims) -> dict[str, Dims]:
        """One of each for each entry that is normalised together."""
        names = ("weight", "bias") if self.bias else ("weight",)
        return dict.fromkeys(names, self._normalized(dims)) if self.affine else {}

    def reach(self, dims: Dims) -> Reach:
        """As for ``InstanceNorm``; over a vector everything is seen anyway."""
        return "whole" if len(dims) == 1 else "irregular"

    def _normalized(self, dims: Dims) -> Dims:
        if self.normalized_shape is None:
            return dims
        return shape(self.sort, "normalized_shape", self.normalized_shape)
