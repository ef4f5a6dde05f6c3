"""Receptive fields along a network: windows one after the other, and the hull of branches where they meet.

Source: Araujo, Norris and Sim, "Computing Receptive Fields of Convolutional Neural Networks", Distill 2019, where
branches of one effective stride join. What has no such description (upsampling, bins of several sizes, means over
the whole image amid a network) has none here, and neither has what follows it, up to a layer that sees everything.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from grader.engine.networks.network import INPUT, Network, Step
from grader.engine.networks.operations.joining import Concat
from grader.engine.networks.operations.operation import Dims, Join
from grader.engine.reasoning.receptive_fields import KernelLayer, ReceptiveField

Fields: TypeAlias = tuple[ReceptiveField, ...]
"""One for each spatial axis of the input."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the entries of one output see."""

    fields: Fields | None
    """What entry 0 along each axis sees, and how far on the others look; None where that differs."""
    places: Dims
    """How many entries there are along each axis; a flattening keeps them."""


def network_fields(network: Network) -> tuple[Fields | None, ...]:
    """For each layer what its output sees of the input, along each spatial axis; None where no field describes it.

    Behind a flattening the fields are those of the entries before it, and a fully connected layer sees them all.
    """
    axes = len(network.input) - 1
    seen = {INPUT: _Seen((ReceptiveField(),) * axes, network.input[1:])}
    for step in network.steps():
        seen[step.layer.name] = _behind(step, [seen[name] for name in step.inputs])
    return tuple(seen[layer.name].fields for layer in network.layers)


def _behind(step: Step, inputs: Sequence[_Seen]) -> _Seen:
    operation = step.layer.operation
    places = step.shape[1:] if len(step.shape) > 1 else inputs[0].places
    if isinstance(operation, Join):
        moved = isinstance(operation, Concat) and operation.axis > 0
        return _Seen(None if moved else _hull(inputs), places)
    (before,) = inputs
    reach = operation.reach(*step.before)
    if reach == "same":
        return _Seen(before.fields, places)
    if reach == "irregular" or before.fields is None:
        return _Seen(None, places)
    if reach == "whole":
        return _Seen(_through(before.fields, [KernelLayer(n) for n in before.places]), (1,) * len(before.places))
    return _Seen(_through(before.fields, reach), places) if len(reach) == len(before.fields) else _Seen(None, places)


def _through(fields: Fields, layers: Sequence[KernelLayer]) -> Fields:
    return tuple(field.through(layer) for field, layer in zip(fields, layers, strict=True))


def _hull(inputs: Sequence[_Seen]) -> Fields | None:
    """From the first entry that any branch sees to the last."""
    branches = [seen.fields for seen in inputs if seen.fields is not None]
    if len(branches) < len(inputs) or len({seen.places for seen in inputs}) > 1:
        return None
    axes = list(zip(*branches, strict=True))
    if any(len({field.jump for field in axis}) > 1 for axis in axes):
        return None
    return tuple(_spanned(axis) for axis in axes)


def _spanned(fields: Sequence[ReceptiveField]) -> ReceptiveField:
    start = min(field.start for field in fields)
    end = max(field.start + field.size for field in fields)
    return ReceptiveField(end - start, fields[0].jump, start)
