"""Receptive fields of networks with branches: residual blocks, inception blocks, U-shapes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import TypeAlias

from grader.engine.geometry.sizes import integer
from grader.engine.reasoning.kernel_layers import KernelLayer, TransposedLayer
from grader.engine.reasoning.node_fields import NodeField, joined
from grader.errors import EngineError

Layer: TypeAlias = KernelLayer | TransposedLayer | None
"""None works on each entry by itself: an activation, a norm, a sum, a concatenation of channels."""

_OP = "receptive_fields"


@dataclass(frozen=True, slots=True)
class Node:
    """A layer of a network and where its inputs come from."""

    name: str
    inputs: tuple[str, ...]
    """Names of nodes, or of the network's input; several are added up or concatenated, entry by entry."""
    layer: Layer | tuple[Layer, ...] = None
    """What slides along every axis, or one for each."""


def graph_receptive_fields(
    nodes: Iterable[Node], axes: int = 1, source: str = "input"
) -> dict[str, tuple[NodeField, ...]]:
    """What the entries of each node see of the input, for each of `axes` axes.

    The hull over all paths to the input, in the nodes' order, which may be any.

    Args:
        nodes: the network.
        axes: how many spatial axes there are.
        source: the name of the network's input.

    Raises:
        EngineError: two nodes of one name, an unknown input, a cycle, layers for another count of axes, or branches
            that meet with different jumps.
    """
    known = _by_name(nodes, source)
    count = integer(_OP, "axes", axes, 1)
    fields = {source: (NodeField(),) * count}
    for name in _ordered(known):
        if name in known:
            fields[name] = _seen(known[name], [fields[one] for one in known[name].inputs], count)
    return {name: fields[name] for name in known}


def _seen(node: Node, inputs: Sequence[tuple[NodeField, ...]], axes: int) -> tuple[NodeField, ...]:
    layers = node.layer if isinstance(node.layer, tuple) else (node.layer,) * axes
    if len(layers) != axes:
        raise EngineError(f"{_OP}: {node.name} has layers for {len(layers)} axes, expected one for each of {axes}")
    along = zip(layers, zip(*inputs, strict=True), strict=True)
    return tuple(joined(node.name, fields).through(layer) for layer, fields in along)


def _by_name(nodes: Iterable[Node], source: str) -> dict[str, Node]:
    known: dict[str, Node] = {}
    for node in nodes:
        if node.name in known or node.name == source:
            raise EngineError(f"{_OP}: two nodes are called {node.name}; every node needs a name of its own")
        if not node.inputs:
            raise EngineError(f"{_OP}: {node.name} has no input")
        known[node.name] = node
    for node in known.values():
        if strangers := [one for one in node.inputs if one not in known and one != source]:
            raise EngineError(f"{_OP}: {node.name} takes {', '.join(strangers)}, and no node is called so")
    return known


def _ordered(known: dict[str, Node]) -> list[str]:
    """Every node behind its inputs."""
    try:
        return list(TopologicalSorter({name: node.inputs for name, node in known.items()}).static_order())
    except CycleError as error:
        raise EngineError(f"{_OP}: the network runs in a circle: {' -> '.join(error.args[1])}") from None
