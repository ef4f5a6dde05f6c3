"""A network: named layers in order, each on the layer before it or on those that it names.

A chain names nothing. Branches are layers that name the same input; they meet in a layer that joins several.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import prod

from grader.engine.geometry.sizes import integer
from grader.engine.networks.operations.operation import Dims, Join, Operation
from grader.errors import EngineError

INPUT = "input"
"""The name of what goes into a network; no layer has it."""


@dataclass(frozen=True, slots=True)
class Layer:
    """An operation in its place."""

    name: str
    """Unique in the network."""
    operation: Operation | Join
    inputs: tuple[str, ...] = ()
    """The layers, all of them earlier, or ``"input"``; where none is named, the layer before."""
    frozen: tuple[str, ...] = ()
    """Those of its weights, by name, that are not trained."""
    uncounted: tuple[str, ...] = ()
    """Those of its weights that are no parameters of its own: an earlier layer's, or constants."""


@dataclass(frozen=True, slots=True)
class Step:
    """A layer with all shapes around it."""

    layer: Layer
    inputs: tuple[str, ...]
    """Where its inputs come from, by name."""
    before: tuple[Dims, ...]
    """Their shapes."""
    shape: Dims
    """Its output's shape."""
    weights: dict[str, Dims]
    """The shape of each array that it uses as a weight."""


@dataclass(frozen=True, slots=True)
class Network:
    """An input and layers that fit it.

    Raises:
        EngineError: a name stands twice, an input is no earlier layer, or a layer does not fit; the message begins
            with ``network: layer 'conv2'``.
    """

    input: Dims
    """(channels, *size), or (features,), of one image."""
    layers: tuple[Layer, ...] = ()

    def __post_init__(self) -> None:
        if not self.input:
            raise EngineError("network: input must have at least one extent, got ()")
        for extent in self.input:
            integer("network: input", "every extent", extent, 1)
        for _ in self.steps():
            pass

    def steps(self) -> Iterator[Step]:
        """The layers in order, with the shapes around each."""
        shapes, previous = {INPUT: self.input}, INPUT
        for layer in self.layers:
            inputs = _inputs(layer, shapes, previous)
            step = _step(layer, inputs, tuple(shapes[name] for name in inputs))
            shapes[layer.name] = step.shape
            yield step
            previous = layer.name

    @property
    def shapes(self) -> tuple[Dims, ...]:
        """The output's shape of each layer."""
        return tuple(step.shape for step in self.steps())

    @property
    def parameters(self) -> tuple[int, ...]:
        """How many parameters each layer has, trained or not."""
        return tuple(parameters(step) for step in self.steps())


def parameters(step: Step, *, trainable: bool = False) -> int:
    """How many parameters a layer has: all that are its own, or those that are trained."""
    left_out = {*step.layer.uncounted, *(step.layer.frozen if trainable else ())}
    return sum(prod(shape) for name, shape in step.weights.items() if name not in left_out)


def _inputs(layer: Layer, shapes: dict[str, Dims], previous: str) -> tuple[str, ...]:
    if layer.name in shapes:
        raise EngineError(f"network: layer {layer.name!r}: needs a name of its own, other than {INPUT!r}")
    inputs = layer.inputs or (previous,)
    for name in inputs:
        if name not in shapes:
            raise EngineError(
                f"network: layer {layer.name!r}: its input {name!r} is neither {INPUT!r} nor a layer before"
            )
    if isinstance(layer.operation, Operation) and len(inputs) > 1:
        raise EngineError(
            f"network: layer {layer.name!r}: {layer.operation.label} takes one input, got {' and '.join(inputs)}"
        )
    return inputs


def _step(layer: Layer, inputs: tuple[str, ...], before: tuple[Dims, ...]) -> Step:
    operation = layer.operation
    try:
        if isinstance(operation, Join):
            step = Step(layer, inputs, before, operation.shape_of(before), {})
        else:
            step = Step(layer, inputs, before, operation.shape(*before), operation.weights(*before))
    except EngineError as error:
        raise EngineError(f"network: layer {layer.name!r}: {error}") from None
    for name in (*layer.frozen, *layer.uncounted):
        if name not in step.weights:
            raise EngineError(
                f"network: layer {layer.name!r}: has no weight {name!r}, only {', '.join(step.weights) or 'none'}"
            )
    return step
