"""How much memory a forward pass needs at once, where an output is dropped behind its last use."""

from __future__ import annotations

from math import prod

from grader.engine.networks.network import INPUT, Network
from grader.engine.networks.operations.operation import Operation


def peak_bytes(network: Network, itemsize: int) -> int:
    """The largest sum, over the layers, of the inputs and outputs that are held while one is worked out.

    Layers run in their order and nothing is worked out in place. Outputs that no layer uses are results and stay.

    Args:
        network: the layers.
        itemsize: bytes of an entry.
    """
    steps = list(network.steps())
    owner = {INPUT: INPUT}  # a flattening is its input's memory in another shape
    size, last = {INPUT: prod(network.input)}, {INPUT: 0}
    for number, step in enumerate(steps):
        name, operation = step.layer.name, step.layer.operation
        is_view = isinstance(operation, Operation) and operation.is_view
        owner[name] = owner[step.inputs[0]] if is_view else name
        size.setdefault(owner[name], prod(step.shape))
        last |= {owner[source]: number for source in step.inputs}
    held, peak = {INPUT: size[INPUT]}, size[INPUT]
    for number, step in enumerate(steps):
        held[owner[step.layer.name]] = size[owner[step.layer.name]]
        peak = max(peak, sum(held.values()))
        held = {name: entries for name, entries in held.items() if last.get(name, len(steps)) > number}
    return peak * itemsize
