"""The fully connected layer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from grader.engine.geometry.sizes import integer
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
