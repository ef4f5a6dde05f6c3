"""Described networks against computed ones: whatever the chain, arrays have the shapes and weights that it says."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from grader.engine import avg_pool, conv, conv_transpose, max_pool
from grader.engine.networks import Conv, ConvTranspose, Layer, Network, Operation, Pool, summarize
from grader.errors import EngineError


@dataclass(frozen=True)
class Chain:
    """Operations on an input of `dims`."""

    dims: tuple[int, ...]
    operations: tuple[Operation, ...]

    @property
    def network(self) -> Network:
        """The operations by their numbers."""
        return Network(self.dims, tuple(Layer(str(n), operation) for n, operation in enumerate(self.operations)))


@st.composite
def chains(draw: st.DrawFn) -> Chain:
    """Up to four operations that fit one another, in one to three dimensions."""
    axes = draw(st.integers(1, 3))
    dims = (2 * draw(st.integers(1, 2)), *(draw(st.integers(4, 9)) for _ in range(axes)))
    small, each = st.integers(1, 2), lambda low, high: st.tuples(*[st.integers(low, high)] * axes)
    movement = {"kernel_size": each(1, 3), "stride": each(1, 2), "padding": each(0, 1), "dilation": small}
    channels = {"out_channels": small.map(lambda n: 2 * n), "groups": small, "bias": st.booleans()}
    kinds = st.one_of(
        st.builds(Conv, **channels, **movement),
        st.builds(ConvTranspose, **channels, **movement),
        st.builds(Pool, **{**movement, "padding": st.just(0)}, function=st.sampled_from(["max", "avg"])),
    )
    chain = Chain(dims, tuple(draw(st.lists(kinds, min_size=1, max_size=4))))
    try:
        shapes = chain.network.shapes
    except EngineError:
        assume(condition=False)
    assume(max(map(prod, shapes)) < 50_000)
    return chain


def computed(operation: Any, x: np.ndarray, weights: dict[str, np.ndarray]) -> np.ndarray:
    """What the engine's functions make of `x`."""
    moves = {"stride": operation.stride, "padding": operation.padding, "dilation": operation.dilation}
    if isinstance(operation, Pool):
        return (max_pool if operation.function == "max" else avg_pool)(x, operation.kernel_size, **moves)
    apply = conv if isinstance(operation, Conv) else conv_transpose
    return apply(x, **weights, groups=operation.groups, **moves)


@given(chains())
@settings(deadline=None, max_examples=60)
def test_arrays_have_the_shapes_that_are_described(chain: Chain) -> None:
    """With weights of the shapes that are described, whose entries are the parameters."""
    network = chain.network
    x = np.zeros((1, *chain.dims))
    for step, layer in zip(network.steps(), summarize(network).layers, strict=True):
        weights = {name: np.zeros(shape) for name, shape in step.weights.items()}
        x = computed(step.layer.operation, x, weights)
        assert x.shape == (1, *step.shape) == (1, *layer.shape)
        assert layer.parameters == sum(array.size for array in weights.values())


@given(chains())
@settings(deadline=None, max_examples=60)
def test_receptive_fields_hold_what_matters(chain: Chain) -> None:
    """A one through weights of ones reaches no output but those whose regions hold it."""
    operations = [operation for operation in chain.operations if getattr(operation, "function", "avg") == "avg"]
    assume(operations)
    dims = chain.dims
    network = Chain(dims, tuple(operations)).network
    fields = summarize(network).layers[-1].fields
    assert fields is not None
    x = np.zeros((1, *dims))
    x[(0, slice(None), *(n // 2 for n in dims[1:]))] = 1
    for step in network.steps():
        x = computed(step.layer.operation, x, {n: np.ones(s) * (n == "weight") for n, s in step.weights.items()})
    for axis, field in enumerate(fields):
        others = tuple(a for a in range(x.ndim) if a != axis + 2)
        for index, reached in enumerate(x.any(axis=others)):
            region = field.region(index)
            inside = region is not None and region[0] <= dims[1 + axis] // 2 <= region[1]
            assert inside or not reached
