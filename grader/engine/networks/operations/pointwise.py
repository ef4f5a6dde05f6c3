"""Operations that leave every shape as it is: activations, dropout, local response normalisation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from grader.engine.geometry.sizes import integer
from grader.engine.networks.operations.operation import Dims, Operation
from grader.errors import EngineError

FUNCTIONS = frozenset(
    """celu clip dropout elu exp gelu hardsigmoid hardswish hardtanh identity leaky_relu local_response_norm
    log_softmax logsigmoid mish relu relu6 scale selu shift sigmoid silu softmax softplus softsign tanh""".split()
)
"""The names of ``torch.nn.functional``; `shift` and `scale` are by a constant."""


@dataclass(frozen=True, slots=True)
class Pointwise(Operation):
    """A function of each entry, or of the channels of each place, without weights."""

    sort: ClassVar[str] = "pointwise"
    function: str

    @property
    def label(self) -> str:
        """The function's name."""
        return self.function

    def shape(self, dims: Dims) -> Dims:
        """The shape stays."""
        if self.function not in FUNCTIONS:
            raise EngineError(
                f"{self.sort}: function must be one of {', '.join(sorted(FUNCTIONS))}, got {self.function!r}"
            )
        return dims


@dataclass(frozen=True, slots=True)
class PReLU(Operation):
    """ReLU with a learned slope, one for all channels or one for each."""

    sort: ClassVar[str] = "prelu"
    num_parameters: int = 1

    def shape(self, dims: Dims) -> Dims:
        """The shape stays."""
        if integer(self.sort, "num_parameters", self.num_parameters, 1) not in {1, dims[0]}:
            raise EngineError(
                f"{self.sort}: num_parameters must be 1 or the number of channels, "
                f"got {self.num_parameters} for input of shape {dims}"
            )
        return dims

    def weights(self, dims: Dims) -> dict[str, Dims]:  # noqa: ARG002
        """The slopes."""
        return {"weight": (self.num_parameters,)}
