"""Networks read from mappings, as YAML gives them."""

from __future__ import annotations

from typing import Any

import pytest

from grader.engine.networks import (
    Add,
    Conv,
    Layer,
    Network,
    Pointwise,
    Pool,
    network_from_mapping,
    operation_from_mapping,
)
from grader.engine.networks.from_mapping import sorts
from grader.errors import EngineError

CONV = {"out_channels": 10, "kernel_size": [3, 3], "padding": 1}


def test_a_chain() -> None:
    """The shape of the table problems; a title is for people."""
    layers = [
        {"name": "conv1", "title": "Conv3-10", "conv": CONV},
        {"name": "relu1", "relu": {}},
        {"name": "pool1", "pool": {"window": 2}},
    ]
    assert network_from_mapping({"input": [28, 26, 1], "layout": "HWC", "layers": layers}) == Network(
        (1, 28, 26),
        (
            Layer("conv1", Conv(10, (3, 3), padding=1)),
            Layer("relu1", Pointwise("relu")),
            Layer("pool1", Pool(2)),
        ),
    )


def test_branches() -> None:
    """Layers that name their inputs."""
    layers = [
        {"name": "conv", "conv": {**CONV, "out_channels": 2}, "frozen": ["bias"]},
        {"name": "sum", "add": {}, "inputs": ["conv", "input"]},
    ]
    network = network_from_mapping({"input": [2, 5, 5], "layers": layers})
    assert network.layers[0].frozen == ("bias",)
    assert network.layers[1] == Layer("sum", Add(), ("conv", "input"))


@pytest.mark.parametrize(
    ("layout", "extents"), [("CHW", [3, 4, 5]), ("NHWC", [9, 4, 5, 3]), ("NCHW", [9, 3, 4, 5]), ("HCW", [4, 3, 5])]
)
def test_layouts(layout: str, extents: list[int]) -> None:
    """The batch goes, the channels come first, the others keep their order."""
    assert network_from_mapping({"input": extents, "layout": layout, "layers": []}).input == (3, 4, 5)


def test_every_operation_has_a_key() -> None:
    """Activations by their name, ``gap`` as homework says it."""
    assert {"conv", "gap", "relu", "concat", "upsample", "layer_norm", "prelu"} <= set(sorts())
    assert operation_from_mapping("gap") == operation_from_mapping("global_pool", {"function": "avg"})


def layer(**keys: Any) -> dict[str, Any]:
    """A network of one layer."""
    return {"input": [3, 8, 8], "layers": [keys]}


@pytest.mark.parametrize(
    ("mapping", "message"),
    [
        ([], r"network_from_mapping: expected a mapping, got \[\]"),
        ({"input": [1]}, "network_from_mapping: layers is missing"),
        ({"input": [1], "layers": [], "depth": 3}, "unknown depth; known are input, layers, layout"),
        ({"input": 3, "layers": []}, "input must be a sequence of extents"),
        ({"input": [3], "layers": "conv"}, "layers must be a list, got 'conv'"),
        ({"input": [3, 4], "layout": "HW", "layers": []}, r"a letter for each extent of \(3, 4\), C among them"),
        ({"input": [3, 4], "layout": "CHW", "layers": []}, "layout must have a letter for each extent"),
        ({"input": [3], "layers": ["conv"]}, "layer 1: expected a mapping with a name, got 'conv'"),
        (layer(name="a"), "layer 'a': found none, expected exactly one operation"),
        (layer(name="a", relu={}, flatten={}), "layer 'a': found relu and flatten, expected exactly one"),
        (layer(name="a", dense={}), "layer 'a': dense: there is no such operation; known are adaptive_pool, add"),
        (layer(name="a", relu={"slope": 1}), "layer 'a': relu: unknown slope; known are none"),
        (layer(name="a", conv={**CONV, "size": 3}), "layer 'a': conv: unknown size; known are bias, dilation"),
        (layer(name="a", conv={}), "layer 'a': conv: kernel_size and out_channels is missing"),
        (layer(name="a", conv=3), "layer 'a': conv: expected its arguments as a mapping, got 3"),
        (layer(name="a", relu={}, inputs="input"), "layer 'a': inputs must be a list of names, got 'input'"),
        (layer(name="a", conv={**CONV, "stride": 0}), "layer 'a': conv: stride must be at least 1, got 0"),
    ],
)
def test_what_is_no_network_is_refused(mapping: Any, message: str) -> None:
    """The message says which layer, what was found and what there could be."""
    with pytest.raises(EngineError, match=message):
        network_from_mapping(mapping)
