"""Receptive fields of networks with branches, by formula and by experiment."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.engine import (
    KernelLayer,
    Node,
    NodeField,
    TransposedLayer,
    avg_pool_grad,
    conv,
    conv_grad_input,
    graph_receptive_fields,
    receptive_field,
)
from grader.errors import EngineError


def test_a_residual_block() -> None:
    """Two 3x3 convolutions beside a shortcut: as wide as the convolutions, and aligned."""
    nodes = [
        Node("conv1", ("input",), KernelLayer(3, padding=1)),
        Node("relu", ("conv1",)),
        Node("conv2", ("relu",), KernelLayer(3, padding=1)),
        Node("add", ("conv2", "input")),
    ]
    fields = graph_receptive_fields(nodes, axes=2)
    assert list(fields) == ["conv1", "relu", "conv2", "add"]
    field, same = fields["add"]
    assert field == same
    assert (field.size, field.jump, field.start, field.center) == (5, 1, -2, 0)
    assert field.uniform
    assert field.aligned


def test_branches_that_look_to_one_side() -> None:
    """The hull of what both see; their middles differ."""
    nodes = [Node("left", ("input",), KernelLayer(2, padding=(1, 0))), Node("cat", ("left", "input"), None)]
    nodes.append(Node("right", ("input",), KernelLayer(4)))
    nodes.append(Node("all", ("cat", "right")))
    field = graph_receptive_fields(nodes)["all"][0]
    assert field.region(5) == (4, 8)
    assert not field.aligned


def test_a_u_shape() -> None:
    """Down by 2 and up by 2: entries see pairs of inputs, or a pair and the shortcut of their own."""
    nodes = [
        Node("down", ("input",), KernelLayer(2, 2)),
        Node("middle", ("down",), KernelLayer(3, padding=1)),
        Node("up", ("middle",), TransposedLayer(2, 2)),
        Node("cat", ("up", "input")),
    ]
    fields = graph_receptive_fields(nodes)
    assert fields["up"][0].jump == 1
    assert not fields["up"][0].uniform
    assert [fields["up"][0].region(index) for index in range(3)] == [(-2, 3), (-2, 3), (0, 5)]
    assert fields["cat"][0].size == 6
    assert fields["down"][0] == NodeField(((0, 1),), 2, Fraction(1, 2))


def test_gaps_that_a_transposed_convolution_leaves() -> None:
    """With a stride above the kernel some outputs are laid down by no input."""
    field = graph_receptive_fields([Node("up", ("input",), TransposedLayer(1, 3))])["up"][0]
    assert [field.region(index) for index in range(4)] == [(0, 0), None, None, (1, 1)]
    assert field.jump == Fraction(1, 3)


def test_axes_of_their_own() -> None:
    """A 1x7 kernel widens one axis and not the other."""
    nodes = [Node("wide", ("input",), (None, KernelLayer(7, 2, 3)))]
    tall, wide = graph_receptive_fields(nodes, axes=2)["wide"]
    assert (tall.size, tall.jump, wide.size, wide.jump) == (1, 1, 7, 2)


chain = st.lists(
    st.builds(KernelLayer, st.integers(1, 4), st.integers(1, 3), st.integers(0, 2), st.integers(1, 2)), max_size=5
)


@given(chain)
@settings(deadline=None, max_examples=50)
def test_a_chain_is_a_network_too(layers: list[KernelLayer]) -> None:
    """The same by the recurrences of the article and tap by tap."""
    field, expected = NodeField(), receptive_field(layers)
    for layer in layers:
        field = field.through(layer)
    assert (field.size, field.jump, field.start) == (expected.size, expected.jump, expected.start)
    assert field.center == expected.center
    assert field.uniform


@st.composite
def blocks(draw: st.DrawFn) -> list[list[Any]]:
    """Branches with the same product of strides."""
    spans = {"kernel_size": st.integers(1, 3), "padding": st.integers(0, 2), "dilation": st.integers(1, 2)}
    stride = draw(st.integers(1, 2))
    straight = st.builds(KernelLayer, stride=st.just(stride), **spans).map(lambda layer: [layer])
    up = st.builds(TransposedLayer, stride=st.just(2), **spans)
    down = st.builds(KernelLayer, stride=st.just(2 * stride), **spans)
    bow = st.tuples(down, up).map(list) | st.tuples(up, down).map(list)
    return draw(
        st.lists(straight | bow | st.just([None] * (stride == 1) or [KernelLayer(1, stride)]), min_size=1, max_size=3)
    )


def network(parts: list[list[list[Any]]]) -> list[Node]:
    """The blocks one behind the other; the branches of each meet in a sum."""
    nodes, last = [], "input"
    for number, branches in enumerate(parts):
        ends = []
        for branch, layers in enumerate(branches):
            name = last
            for depth, layer in enumerate(layers):
                nodes.append(Node(f"{number}.{branch}.{depth}", (name,), layer))
                name = nodes[-1].name
            ends.append(name)
        last = f"{number}.sum"
        nodes.append(Node(last, tuple(ends)))
    return nodes


def sizes_of(nodes: list[Node], size: int) -> dict[str, int]:
    """The length of every node; a sum is as long as its shortest summand."""
    sizes = {"input": size}
    for node in nodes:
        shortest = min(sizes[one] for one in node.inputs)
        layer: Any = node.layer
        sizes[node.name] = layer.output_size(shortest) if layer else shortest
    return sizes


def backwards(layer: Any, grad: np.ndarray, size: int, rng: np.random.Generator) -> np.ndarray:
    """The gradient to the input of a layer with random positive weights; every third one is a mean."""
    if layer is None:
        return grad
    weight = rng.integers(1, 9, (1, 1, layer.kernel_size)).astype(float)
    pads = (layer.padding,)
    if isinstance(layer, TransposedLayer):
        return conv(grad[None], weight, None, layer.stride, pads, layer.dilation)[0]
    if rng.integers(3) == 0:
        return avg_pool_grad((size,), grad, (layer.kernel_size,), layer.stride, pads, layer.dilation)
    return conv_grad_input((1, size), weight, grad[None], layer.stride, pads, layer.dilation)[0]


def support(nodes: list[Node], sizes: dict[str, int], index: int, seed: int) -> tuple[int, int] | None:
    """The first and the last input that entry `index` of the last node has a gradient to."""
    rng = np.random.default_rng(seed)
    grads = {name: np.zeros(size) for name, size in sizes.items()}
    grads[nodes[-1].name][index] = 1
    for node in reversed(nodes):
        shortest = min(sizes[one] for one in node.inputs)
        grad = backwards(node.layer, grads[node.name], shortest, rng)
        for one in node.inputs:
            grads[one][:shortest] += grad
    (found,) = np.nonzero(grads["input"])
    return (int(found[0]), int(found[-1])) if found.size else None


@given(st.lists(blocks(), min_size=1, max_size=3), st.integers(0, 2**32 - 1))
@settings(deadline=None, max_examples=60)
def test_gradients_reach_as_far_as_the_field(parts: list[list[list[Any]]], seed: int) -> None:
    """Away from the edges, in networks with branches, dilation, down- and upsampling, and positive weights."""
    nodes = network(parts)
    (field,) = graph_receptive_fields(nodes)[nodes[-1].name]
    sizes = sizes_of(nodes, 300)
    middle = sizes[nodes[-1].name] // 2
    for index in range(middle, middle + len(field.regions) + 1):
        assert support(nodes, sizes, index, seed) == field.region(index)


def test_two_dimensions_by_experiment() -> None:
    """A residual block with a pooling behind it, another stride and kernel along each axis."""
    nodes = [
        Node("conv", ("input",), (KernelLayer(3, padding=1), KernelLayer(5, padding=2))),
        Node("add", ("conv", "input")),
        Node("pool", ("add",), (KernelLayer(2, 2), KernelLayer(3, 1))),
    ]
    tall, wide = graph_receptive_fields(nodes, axes=2)["pool"]
    grad = np.zeros((1, 10, 18))
    grad[0, 4, 7] = 1
    pooled = avg_pool_grad((1, 20, 20), grad, (2, 3), (2, 1))
    back = pooled + conv_grad_input((1, 20, 20), np.ones((1, 1, 3, 5)), pooled, padding=(1, 2))
    _, rows, columns = np.nonzero(back)
    assert tall.region(4) == (rows.min(), rows.max())
    assert wide.region(7) == (columns.min(), columns.max())


INPUT = ("input",)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: graph_receptive_fields([Node("half", INPUT, KernelLayer(1, 2)), Node("sum", ("half", "input"))]),
            "the inputs of sum look on in steps of 2, 1 positions",
        ),
        (lambda: graph_receptive_fields([Node("a", INPUT), Node("a", INPUT)]), "two nodes are called a"),
        (lambda: graph_receptive_fields([Node("input", INPUT)]), "two nodes are called input"),
        (lambda: graph_receptive_fields([Node("a", ("b",))]), "a takes b, and no node is called so"),
        (lambda: graph_receptive_fields([Node("a", ())]), "a has no input"),
        (lambda: graph_receptive_fields([Node("a", ("b",)), Node("b", ("a",))]), "runs in a circle: "),
        (lambda: graph_receptive_fields([Node("a", INPUT, (None,))], axes=2), "a has layers for 1 axes"),
        (lambda: TransposedLayer(2, 2, output_padding=2), "output_padding must be smaller than stride"),
    ],
)
def test_networks_that_cannot_be_are_refused(call: Callable[[], object], message: str) -> None:
    """The message names the node."""
    with pytest.raises(EngineError, match=f"receptive_fields: .*{message}|receptive_fields: {message}"):
        call()
