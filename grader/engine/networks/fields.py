"""Receptive fields along a network: windows one after the other, and the hull of branches where they meet.

What no window describes (interpolation, bins of several sizes, means over the whole image amid a network, branches
that look on in different steps) has no field here, and neither has what follows it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from grader.engine.networks.network import INPUT, Network, Step
from grader.engine.networks.operations.joining import Concat
from grader.engine.networks.operations.operation import Dims, Join
from grader.engine.reasoning.kernel_layers import KernelLayer
from grader.engine.reasoning.node_fields import NodeField, joined

Fields: TypeAlias = tuple[NodeField, ...]
"""One for each spatial axis of the input."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the entries of one output see."""

    fields: Fields | None
    places: Dims
    """How many entries there are along each axis; a flattening keeps them."""


def network_fields(network: Network) -> tuple[Fields | None, ...]:
    """For each layer what its output sees of the input, along each spatial axis; None where no field describes it.

    Behind a flattening the fields are those of the entries before it, and a fully connected layer sees them all.
    """
    axes = len(network.input) - 1
    seen = {INPUT: _Seen((NodeField(),) * axes, network.input[1:])}
    for step in network.steps():
        seen[step.layer.name] = _behind(step, [seen[name] for name in step.inputs])
    return tuple(seen[layer.name].fields for layer in network.layers)


def _behind(step: Step, inputs: Sequence[_Seen]) -> _Seen:
    operation, places = step.layer.operation, step.shape[1:] if len(step.shape) > 1 else inputs[0].places
    if isinstance(operation, Join):
        moved = isinstance(operation, Concat) and operation.axis > 0
        return _Seen(None if moved else _hull(step.layer.name, inputs), places)
    (before,) = inputs
    reach = operation.reach(*step.before)
    if reach == "same":
        return _Seen(before.fields, places)
    if reach == "irregular" or before.fields is None:
        return _Seen(None, places)
    if reach == "whole":
        reach, places = tuple(KernelLayer(n) for n in before.places), (1,) * len(before.places)
    if len(reach) != len(before.fields):  # behind a reshaping the axes are no longer the input's
        return _Seen(None, places)
    return _Seen(tuple(field.through(layer) for field, layer in zip(before.fields, reach, strict=True)), places)


def _hull(name: str, inputs: Sequence[_Seen]) -> Fields | None:
    """From the first entry that any branch sees to the last."""
    branches = [seen.fields for seen in inputs if seen.fields is not None]
    if len(branches) < len(inputs) or len({seen.places for seen in inputs}) > 1:
        return None
    axes = list(zip(*branches, strict=True))
    if any(len({field.jump for field in axis}) > 1 for axis in axes):
        return None
    return tuple(joined(name, axis) for axis in axes)
