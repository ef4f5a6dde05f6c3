"""What a network comes to, by layer and in total: shapes, parameters, multiplications, memory, receptive fields.

The convention, where tools disagree: a multiply-accumulate (MAC) is one weight times one input entry in a
convolution, a transposed convolution or a fully connected layer, padded zeros included; normalisations, activations
and poolings count none. A MAC is two floating-point operations. Biases count where they are asked for, each
addition of one as one MAC (as torchinfo does, and fvcore does not) and as one floating-point operation.
All counts are for one image.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import prod

from grader.engine.geometry.sizes import integer
from grader.engine.networks.fields import Fields, network_fields
from grader.engine.networks.memory import peak_bytes
from grader.engine.networks.network import Network, Step, parameters
from grader.engine.networks.operations.operation import Dims, Operation
from grader.engine.reasoning.counts import flops


@dataclass(frozen=True, slots=True)
class LayerSummary:
    """What one layer comes to."""

    name: str
    operation: str
    inputs: tuple[str, ...]
    shape: Dims
    """The output's, (channels, *size) or (features,)."""
    parameters: int
    trainable: int
    """Those of the parameters that are trained."""
    macs: int
    flops: int
    activation_bytes: int
    """The output's; 0 where it is the input in another shape."""
    fields: Fields | None
    """What an output entry sees of the network's input along each axis; None where no field describes it."""


@dataclass(frozen=True, slots=True)
class NetworkSummary:
    """What a whole network comes to."""

    input: Dims
    layers: tuple[LayerSummary, ...]
    peak_bytes: int
    """The most that inputs and outputs take at once, where each is dropped behind its last use."""

    @property
    def parameters(self) -> int:
        """Of all layers."""
        return sum(layer.parameters for layer in self.layers)

    @property
    def trainable(self) -> int:
        """Those of the parameters that are trained."""
        return sum(layer.trainable for layer in self.layers)

    @property
    def macs(self) -> int:
        """Of all layers, for one image."""
        return sum(layer.macs for layer in self.layers)

    @property
    def flops(self) -> int:
        """Of all layers, for one image."""
        return sum(layer.flops for layer in self.layers)

    @property
    def activation_bytes(self) -> int:
        """Of all layers' outputs together, as training keeps them; the input is not among them."""
        return sum(layer.activation_bytes for layer in self.layers)


def summarize(network: Network, *, bias: bool = False, itemsize: int = 4) -> NetworkSummary:
    """What `network` comes to, for one image.

    Args:
        network: the layers.
        bias: whether additions of biases count among MACs and FLOPs.
        itemsize: bytes of an entry; 4 for float32.

    Raises:
        EngineError: `itemsize` is below 1.
    """
    integer("summarize", "itemsize", itemsize, 1)
    fields = network_fields(network)
    steps = list(network.steps())
    layers = tuple(_layer(step, seen, itemsize, bias=bias) for step, seen in zip(steps, fields, strict=True))
    return NetworkSummary(network.input, layers, peak_bytes(network, itemsize))


def _layer(step: Step, fields: Fields | None, itemsize: int, *, bias: bool) -> LayerSummary:
    operation = step.layer.operation
    macs = additions = 0
    view = False
    if isinstance(operation, Operation):
        macs, view = operation.multiplications(*step.before), operation.is_view
        additions = operation.bias_additions(*step.before) if bias else 0
    return LayerSummary(
        name=step.layer.name,
        operation=operation.label,
        inputs=step.inputs,
        shape=step.shape,
        parameters=parameters(step),
        trainable=parameters(step, trainable=True),
        macs=macs + additions,
        flops=flops(macs) + additions,
        activation_bytes=0 if view else prod(step.shape) * itemsize,
        fields=fields,
    )
