"""The fully connected layer, and a bias that stands alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod
from typing import ClassVar

from grader.engine.geometry.sizes import integer, shape
from grader.engine.networks.operations.operation import Dims, Operation, Reach, require_channels
from grader.engine.reasoning.counts import linear_multiplications
from grader.errors import EngineError


@dataclass(frozen=True, slots=True)
class Linear(Operation):
    """A fully connected layer on a vector."""

    sort: ClassVar[str] = "linear"
    out_features: int
    bias: bool = True
    in_features: int | None = None
    """Checked where it is stated; the input tells it anyway."""

    def shape(self, dims: Dims) -> Dims:
        """(out_features,)."""
        if len(dims) != 1:
            raise EngineError(f"linear: needs a vector, got shape {dims}; put a flatten or gap before it")
        require_channels(self.sort, "in_features", self.in_features, dims)
        return (integer(self.sort, "out_features", self.out_features, 1),)

    def weights(self, dims: Dims) -> dict[str, Dims]:
        """(out_features, in_features), and a bias for each output."""
        weight = {"weight": (*self.shape(dims), *dims)}
        return {**weight, "bias": self.shape(dims)} if self.bias else weight

    def multiplications(self, dims: Dims) -> int:
        """in_features * out_features."""
        return linear_multiplications(*dims, *self.shape(dims))

    def bias_additions(self, dims: Dims) -> int:
        """One for each output."""
        return self.shape(dims)[0] if self.bias else 0

    def reach(self, dims: Dims) -> Reach:  # noqa: ARG002
        """Everything."""
        return "whole"


@dataclass(frozen=True, slots=True)
class Bias(Operation):
    """A learned array added to every image; extents of 1 are repeated."""

    sort: ClassVar[str] = "bias"
    extents: Sequence[int]
    """The array's shape."""

    def shape(self, dims: Dims) -> Dims:
        """The shape stays."""
        pairs = zip(reversed(self._extents), reversed(dims), strict=False)
        if len(self._extents) > len(dims) or not all(n in {1, m} for n, m in pairs):
            raise EngineError(f"{self.sort}: an array of shape {self._extents} does not fit input of shape {dims}")
        return dims

    def weights(self, dims: Dims) -> dict[str, Dims]:
        """The array."""
        self.shape(dims)
        return {"bias": self._extents}

    def bias_additions(self, dims: Dims) -> int:
        """One for each entry."""
        return prod(dims)

    @property
    def _extents(self) -> Dims:
        return shape(self.sort, "extents", self.extents)
