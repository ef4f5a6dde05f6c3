"""Networks that fit and networks that do not: chains, branches, every operation's shape and weights."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from grader.engine.networks import Add, Concat, Conv, Join, Layer, Linear, Network, Pointwise, operation_from_mapping
from grader.engine.networks.network import parameters
from grader.errors import EngineError

IMAGE = (8, 12, 10)


def test_a_chain_names_no_inputs() -> None:
    """Each layer is on the one before it."""
    network = Network(
        (1, 28, 28),
        (
            Layer("conv", Conv(10, 3, padding=1)),
            Layer("flatten", operation_from_mapping("flatten")),
            Layer("fc", Linear(3)),
        ),
    )
    assert network.shapes == ((10, 28, 28), (7840,), (3,))
    assert network.parameters == (100, 0, 23_523)


def test_branches_meet() -> None:
    """A residual block, and its input behind its output."""
    network = Network(
        (4, 6),
        (
            Layer("conv", Conv(4, 3, padding=1)),
            Layer("sum", Add(), ("conv", "input")),
            Layer("both", Concat(), ("sum", "input")),
        ),
    )
    assert network.shapes == ((4, 6), (4, 6), (8, 6))
    assert [step.inputs for step in network.steps()] == [("input",), ("conv", "input"), ("sum", "input")]


def test_frozen_and_shared_weights() -> None:
    """A frozen weight is a parameter that is not trained; a shared one is counted where it stands first."""
    convolution = Conv(4, 3, padding=1)
    network = Network(
        (4, 6),
        (Layer("a", convolution, frozen=("weight",)), Layer("b", convolution, uncounted=("weight", "bias"))),
    )
    assert network.parameters == (52, 0)
    assert [parameters(step, trainable=True) for step in network.steps()] == [4, 0]


@pytest.mark.parametrize(
    ("sort", "arguments", "shape", "weights"),
    [
        ("conv", {"out_channels": 6, "kernel_size": 3}, (6, 10, 8), {"weight": (6, 8, 3, 3), "bias": (6,)}),
        (
            "conv",
            {"out_channels": 8, "kernel_size": (3, 5), "stride": 2, "padding": "same", "groups": 8, "bias": False},
            (8, 6, 5),
            {"weight": (8, 1, 3, 5)},
        ),
        (
            "conv_transpose",
            {"out_channels": 4, "kernel_size": 3, "stride": 2, "padding": 1, "output_padding": 1},
            (4, 24, 20),
            {"weight": (8, 4, 3, 3), "bias": (4,)},
        ),
        ("pool", {"window": 3, "stride": 2, "ceil_mode": True}, (8, 6, 5), {}),
        ("adaptive_pool", {"output_size": (5, None)}, (8, 5, 10), {}),
        ("gap", {}, (8,), {}),
        ("global_pool", {"function": "max", "keepdim": True}, (8, 1, 1), {}),
        ("batch_norm", {}, IMAGE, {"weight": (8,), "bias": (8,)}),
        ("batch_norm", {"affine": False}, IMAGE, {}),
        ("instance_norm", {}, IMAGE, {}),
        ("group_norm", {"num_groups": 4}, IMAGE, {"weight": (8,), "bias": (8,)}),
        ("layer_norm", {"normalized_shape": [10]}, IMAGE, {"weight": (10,), "bias": (10,)}),
        ("layer_norm", {"bias": False}, IMAGE, {"weight": IMAGE}),
        ("relu", None, IMAGE, {}),
        ("dropout", {"p": 0.5}, IMAGE, {}),
        ("prelu", {"num_parameters": 8}, IMAGE, {"weight": (8,)}),
        ("bias", {"extents": [8, 1, 1]}, IMAGE, {"bias": (8, 1, 1)}),
        ("flatten", {}, (960,), {}),
        ("reshape", {"dims": [4, 240]}, (4, 240), {}),
        ("pad", {"padding": [[1, 2], [-1, 0]]}, (8, 15, 9), {}),
        ("upsample", {"scale_factor": [2, 1.5]}, (8, 24, 15), {}),
        ("upsample", {"size": 7, "mode": "bilinear"}, (8, 7, 7), {}),
    ],
)
def test_shapes_and_weights(sort: str, arguments: Any, shape: tuple[int, ...], weights: dict[str, Any]) -> None:
    """Of every operation on eight channels of twelve by ten."""
    operation = operation_from_mapping(sort, arguments)
    assert not isinstance(operation, Join)
    assert operation.shape(IMAGE) == shape
    assert operation.weights(IMAGE) == weights


@pytest.mark.parametrize("size", [(9,), (9, 9), (9, 9, 9)])
def test_any_number_of_axes(size: tuple[int, ...]) -> None:
    """The input tells how many there are."""
    for sort in ("conv", "conv_transpose"):
        operation = operation_from_mapping(sort, {"out_channels": 5, "kernel_size": 3, "padding": 1})
        assert not isinstance(operation, Join)
        assert operation.shape((2, *size)) == (5, *size)
        assert operation.weights((2, *size))["weight"][2:] == (3,) * len(size)


def chain(sort: str, arguments: Any = None, dims: tuple[int, ...] = IMAGE) -> Network:
    """A network of one layer, called `it`."""
    return Network(dims, (Layer("it", operation_from_mapping(sort, arguments)),))


CONV = {"out_channels": 6, "kernel_size": 3}


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: Network(()), "network: input must have at least one extent"),
        (lambda: Network((3, 0)), "network: input: every extent must be at least 1, got 0"),
        (lambda: Network((3, 5), (Layer("input", Conv(1, 1)),)), "network: layer 'input': needs a name of its own"),
        (lambda: Network((3, 5), (Layer("a", Conv(1, 1)),) * 2), "network: layer 'a': needs a name of its own"),
        (
            lambda: Network((3, 5), (Layer("a", Add(), ("b",)),)),
            "layer 'a': its input 'b' is neither",
        ),
        (
            lambda: Network((3, 5), (Layer("a", Conv(1, 1), ("input", "input")),)),
            "layer 'a': conv takes one input, got input and input",
        ),
        (
            lambda: Network((3, 5), (Layer("a", Conv(1, 1), frozen=("scale",)),)),
            "layer 'a': has no weight 'scale', only weight, bias",
        ),
        (
            lambda: Network((3, 5), (Layer("a", Conv(2, 1)), Layer("b", Add(), ("a", "input")))),
            r"layer 'b': add: inputs must have one shape, or extents of 1, got \(2, 5\) and \(3, 5\)",
        ),
        (
            lambda: Network((3, 5), (Layer("a", Conv(3, 2)), Layer("b", Concat(), ("a", "input")))),
            r"layer 'b': concat: inputs must differ along axis 0 alone, got \(3, 4\) and \(3, 5\)",
        ),
        (lambda: Network((3, 5), (Layer("a", Pointwise("rely")),)), "function must be one of .* got 'rely'"),
        (lambda: chain("conv", CONV, (5,)), r"layer 'it': conv: needs an input with spatial axes, got \(5,\)"),
        (lambda: chain("conv", CONV | {"kernel_size": 13}), r"conv: kernel of size \(13, 13\).*size \(12, 10\)"),
        (lambda: chain("conv", CONV | {"groups": 3}), r"conv: channels must be divisible by groups.*\(8, 12, 10\)"),
        (lambda: chain("conv", CONV | {"groups": 4}), "divisible by groups.*out_channels=6, groups=4"),
        (lambda: chain("conv", CONV | {"in_channels": 3}), r"in_channels=3 expects.*3 channels.*\(8, 12, 10\)"),
        (lambda: chain("conv", CONV | {"out_channels": -1}), "conv: out_channels must be at least 1, got -1"),
        (lambda: chain("conv", CONV | {"kernel_size": 2.5}), "conv: kernel_size must be an integer, got 2.5"),
        (lambda: chain("conv", CONV | {"padding_mode": "full"}), "padding_mode must be one of zeros"),
        (lambda: chain("conv_transpose", CONV | {"padding": "same"}), "must be numbers for a transposed"),
        (lambda: chain("pool", {"window": 11}), r"pool: kernel of size \(11, 11\)"),
        (lambda: chain("pool", {"window": (2, 2, 2)}), "pool: kernel_size needs an integer for each of 2 spatial axes"),
        (lambda: chain("adaptive_pool", {"output_size": [1]}), r"output_size \(1,\) does not fit"),
        (lambda: chain("linear", {"out_features": 3}), r"linear: needs a vector, got shape \(8, 12, 10\)"),
        (lambda: chain("linear", {"out_features": 3, "in_features": 4}, (5,)), r"expects input with 4 channels"),
        (lambda: chain("batch_norm", {"num_features": 4}), "num_features=4 expects input with 4 channels"),
        (lambda: chain("group_norm", {"num_groups": 3}), "channels must be divisible by num_groups=3"),
        (lambda: chain("layer_norm", {"normalized_shape": [8]}), r"\(8,\) must be the last extents of the input"),
        (lambda: chain("prelu", {"num_parameters": 3}), "must be 1 or the number of channels, got 3"),
        (lambda: chain("bias", {"extents": [8]}), r"bias: an array of shape \(8,\) does not fit input of shape"),
        (lambda: chain("reshape", {"dims": [7]}), r"960 entries of shape \(8, 12, 10\) do not make shape \(7,\)"),
        (lambda: chain("pad", {"padding": [[1, 1]]}), "pad: needs .before, after. for each axis"),
        (lambda: chain("pad", {"padding": [[-6, -6], [0, 0]]}), "leaves nothing of input"),
        (lambda: chain("upsample"), "upsample: needs either size or scale_factor"),
        (lambda: chain("upsample", {"scale_factor": 0}), "needs a positive number for each of 2 axes, got 0"),
        (lambda: chain("upsample", {"scale_factor": 0.01}), "leaves nothing of input"),
    ],
)
def test_what_does_not_fit_is_refused(build: Callable[[], object], message: str) -> None:
    """One error type that names the layer and holds the shapes."""
    with pytest.raises(EngineError, match=message):
        build()
