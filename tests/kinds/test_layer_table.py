"""Tables of layers."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from grader import kinds
from grader.answers.values import Number, Shape
from grader.errors import EngineError
from grader.model import Verdict

NETWORK = {
    "input": [28, 28, 1],
    "layout": "HWC",
    "layers": [
        {"name": "conv1", "title": "Conv3-10", "conv": {"out_channels": 10, "kernel_size": 3, "padding": 1}},
        {"name": "relu1", "relu": {}},
        {"name": "pool1", "title": "Pool-2", "pool": {"window": 2}},
        {"name": "flatten", "flatten": {}},
        {"name": "fc", "linear": {"out_features": 3}},
    ],
}


def cells(table: Any) -> dict[str, Any]:
    """The reference of each cell by its id."""
    found = {}
    for part in table.kind.expand(table.given):
        kind = kinds.load(part.kind)
        value = kind.reference(kind.given.model_validate(part.given))
        found[part.id] = value.extents if isinstance(value, Shape) else int(value.value)
        assert isinstance(value, Shape | Number)
    return found


def test_every_cell(ask: Any) -> None:
    """A row for the input and for each layer, in order, a cell for each column."""
    assert list(cells(ask("layer-table", **NETWORK)).items()) == [
        ("input.params", 0),
        ("input.shape", (28, 28, 1)),
        ("conv1.params", 100),
        ("conv1.shape", (28, 28, 10)),
        ("relu1.params", 0),
        ("relu1.shape", (28, 28, 10)),
        ("pool1.params", 0),
        ("pool1.shape", (14, 14, 10)),
        ("flatten.params", 0),
        ("flatten.shape", (1960,)),
        ("fc.params", 5883),
        ("fc.shape", (3,)),
    ]


def test_the_layout_of_the_statement(ask: Any) -> None:
    """Channels first, with a batch: the batch stays in front."""
    table = ask("layer-table", **{**NETWORK, "input": [8, 1, 28, 28], "layout": "NCHW", "columns": {"shape": 1}})
    assert list(cells(table).values()) == [
        (8, 1, 28, 28),
        (8, 10, 28, 28),
        (8, 10, 28, 28),
        (8, 10, 14, 14),
        (8, 1960),
        (8, 3),
    ]


def test_rows_and_columns_are_named(ask: Any) -> None:
    """Each cell knows how students head its row and its column, and what it weighs."""
    table = ask("layer-table", **NETWORK, columns={"shape": 2, "params": 0.5})
    first, second, third, *_ = table.kind.expand(table.given)
    assert (first.id, first.points, second.id, second.points) == ("input.shape", 2, "input.params", 0.5)
    assert (third.row, third.row_names[:3]) == (1, ("Conv3-10", "conv1", "conv"))
    assert "output shape" in first.column_names
    assert "# parameters" in second.column_names


@pytest.mark.parametrize(
    ("layers", "message"),
    [
        ([{"name": "a", "relu": {}}, {"name": "a", "relu": {}}], "the layer name 'a'"),
        ([{"name": "input", "relu": {}}], "the layer name 'input'"),
        ([{"name": "a"}], "found none in the layer 'a', expected exactly one of conv, pool"),
        ([{"name": "a", "relu": {}, "flatten": {}}], "found relu and flatten"),
        ([{"name": "a b", "relu": {}}], "match pattern"),
        ([], "at least 1 item"),
    ],
)
def test_bad_layers(layers: list[Any], message: str, ask: Any) -> None:
    """Each layer has a name of its own and does one thing."""
    with pytest.raises(ValidationError, match=message):
        ask("layer-table", **{**NETWORK, "layers": layers})


def test_a_network_has_channels(ask: Any) -> None:
    """Its layout says which axis they are."""
    with pytest.raises(ValidationError, match=r"expected one with channels \(C\)"):
        ask("layer-table", **{**NETWORK, "input": [28, 28], "layout": "HW"})


@pytest.mark.parametrize(
    ("layers", "message"),
    [
        ([{"name": "fc", "linear": {"out_features": 3}}], "put a flatten or gap before it"),
        ([{"name": "f", "flatten": {}}, {"name": "p", "pool": {"window": 2}}], "put it before the flattening"),
        ([{"name": "p", "pool": {"window": 29}}], "the output would be empty"),
    ],
)
def test_layers_that_do_not_fit(layers: list[Any], message: str, ask: Any) -> None:
    """A chain that does not fit is the author's error."""
    table = ask("layer-table", **{**NETWORK, "layers": layers})
    with pytest.raises(EngineError, match=message):
        table.kind.expand(table.given)


def test_slips_of_a_count(ask: Any) -> None:
    """The mistakes of a convolution's or a linear layer's count."""
    conv = ask("layer-params", **{**NETWORK, "layers": NETWORK["layers"][:1]})
    assert {name: int(number.value) for name, number in conv.slips.items()} == {"bias-left-out": 90, "one-bias": 91}
    linear = ask("layer-params", **NETWORK)
    assert {name: int(number.value) for name, number in linear.slips.items()} == {
        "bias-left-out": 5880,
        "one-bias": 5881,
        "bias-per-input": 7840,
    }


def test_slips_of_a_shape(ask: Any) -> None:
    """The mistakes of a window's shape."""
    conv = ask("layer-shape", **{**NETWORK, "layers": NETWORK["layers"][:1]})
    assert {name: shape.extents for name, shape in conv.slips.items()} == {
        "padding-once": (27, 27, 10),
        "padding-left-out": (26, 26, 10),
        "channels-kept": (28, 28, 1),
    }
    pool = ask("layer-shape", **{**NETWORK, "layers": NETWORK["layers"][:3]})
    assert {name: shape.extents for name, shape in pool.slips.items()} == {"stride-left-out": (27, 27, 10)}
    assert ask("layer-shape", **NETWORK).slips == {}
    assert ask("layer-shape", **{**NETWORK, "layers": []}).slips == {}


def test_vectors_may_have_singleton_axes(ask: Any) -> None:
    """Only vectors, and only where the problem says so."""
    assert ask("layer-shape", **NETWORK, singletons=True).mark("1x1x3").verdict is Verdict.CORRECT
    assert ask("layer-shape", **NETWORK).mark("1x1x3").verdict is Verdict.INCORRECT
    start = ask("layer-shape", **{**NETWORK, "layers": []}, singletons=True)
    assert start.mark("28x28").verdict is Verdict.INCORRECT


def test_global_average(ask: Any) -> None:
    """One number for each channel is left."""
    layers = [NETWORK["layers"][0], {"name": "gap", "gap": {}}]
    assert ask("layer-shape", **{**NETWORK, "layers": layers}).reference == Shape((10,))
