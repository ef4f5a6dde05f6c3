"""A table of layers: a row for the input and for each layer, a column for parameters and for the shape behind it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Field

from grader.answers.views.prose import ProseView
from grader.kinds import Kind, SubPart
from grader.kinds._network import Layer, Network

Column: TypeAlias = Literal["params", "shape"]

_COLUMN_NAMES: dict[Column, tuple[str, ...]] = {
    "params": (
        "number of parameters",
        "# parameters",
        "#parameters",
        "parameters",
        "# params",
        "#params",
        "params",
        "number of weights",
        "weights",
    ),
    "shape": (
        "output dimension",
        "output dimensions",
        "output shape",
        "output size",
        "output volume",
        "activation volume",
        "activation dimensions",
        "dimension",
        "dimensions",
        "shape",
        "size",
        "volume",
        "activation",
        "output",
    ),
}
_ROW_NAMES = {
    "input": ("input",),
    "conv": ("conv", "convolution"),
    "pool": ("pool", "pooling", "max pool", "maxpool", "max pooling", "average pool", "avg pool", "avgpool"),
    "relu": ("relu", "activation"),
    "sigmoid": ("sigmoid", "activation"),
    "softmax": ("softmax", "activation"),
    "dropout": ("dropout",),
    "batch_norm": ("batch norm", "batchnorm", "bn"),
    "flatten": ("flatten", "flattening"),
    "gap": ("gap", "global average pooling", "global pooling"),
    "linear": ("fc", "linear", "fully connected", "dense"),
}


class LayerTable(Network):
    """A network and what is asked of each row."""

    layers: Annotated[tuple[Layer, ...], Field(min_length=1)]
    columns: Annotated[
        Mapping[Column, Annotated[float, Field(strict=True, ge=0, allow_inf_nan=False)]], Field(min_length=1)
    ] = {"params": 1.0, "shape": 1.0}
    """The columns, in order, with the weight of a cell of each: points are shared out by it."""
    singletons: bool = False
    """Whether a vector may be written with axes of extent 1: ``1 x 1 x 10`` for ``10``."""


def _expand(given: LayerTable) -> list[SubPart]:
    given.parameters()  # a chain that does not fit is refused here, once for the whole table
    return [
        _cell(given, row, column, weight)
        for row in range(len(given.layers) + 1)
        for column, weight in given.columns.items()
    ]


def _cell(given: LayerTable, row: int, column: Column, weight: float) -> SubPart:
    """The cell of `column` in the row of layer `row`, counted from 1; row 0 is the input's."""
    layers = [layer.model_dump(exclude_unset=True) for layer in given.layers[:row]]
    stated: dict[str, Any] = {"input": list(given.input), "layout": given.layout, "layers": layers}
    if column == "shape":
        stated["singletons"] = given.singletons
    name, titles = ("input", ()) if not row else _named(given.layers[row - 1])
    sort = "input" if not row else given.layers[row - 1].sort
    return SubPart(
        id=f"{name}.{column}",
        kind=f"layer-{column}",
        given=stated,
        points=weight,
        row=row,
        row_names=(*titles, *_ROW_NAMES[sort]),
        column_names=_COLUMN_NAMES[column],
    )


def _named(layer: Layer) -> tuple[str, tuple[str, ...]]:
    return layer.name, tuple(filter(None, (layer.title, layer.name)))


KIND = Kind(LayerTable, lambda _given: ProseView(), lambda _given: None, expand=_expand)
