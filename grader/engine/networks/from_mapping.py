"""A network out of a mapping, as a problem file or any YAML or JSON gives it.

input: [28, 28, 1]
layout: HWC
layers:
  - {name: conv1, conv: {out_channels: 10, kernel_size: 3, padding: 1}}
  - {name: relu1, relu: {}}
  - {name: conv2, conv: {out_channels: 10, kernel_size: 3, padding: 1}}
  - {name: sum, add: {}, inputs: [relu1, conv2]}
  - {name: pool, pool: {window: 2}}
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import MISSING, Field, fields
from functools import partial
from typing import Any

from grader.engine.geometry.sizes import shape
from grader.engine.networks.network import Layer, Network
from grader.engine.networks.operations.convolving import Conv, ConvTranspose
from grader.engine.networks.operations.dense import Bias, Linear
from grader.engine.networks.operations.joining import Add, Concat, Multiply
from grader.engine.networks.operations.norms import BatchNorm, GroupNorm, InstanceNorm, LayerNorm
from grader.engine.networks.operations.operation import Dims, Join, Operation
from grader.engine.networks.operations.pointwise import FUNCTIONS, Pointwise, PReLU
from grader.engine.networks.operations.pooling import AdaptivePool, GlobalPool, Pool
from grader.engine.networks.operations.reshaping import Flatten, Pad, Reshape, Upsample
from grader.errors import EngineError

_CLASSES: tuple[type[Operation | Join], ...] = (
    *(Conv, ConvTranspose, Linear, Bias, Pool, AdaptivePool, GlobalPool, PReLU, Flatten, Reshape, Pad, Upsample),
    *(BatchNorm, InstanceNorm, GroupNorm, LayerNorm, Add, Multiply, Concat),
)
_OTHER_NAMES = {"gap": "global_pool"}
"""Operations as homework calls them."""
_KEYS = frozenset({"name", "title", "inputs", "frozen", "uncounted"})
"""What a layer may say beside its operation; a `title` is for people."""


def network_from_mapping(mapping: Mapping[str, Any]) -> Network:
    """The network that `mapping` describes.

    Args:
        mapping: `input`, its extents; `layout`, the order of these, such as ``HWC`` or ``NCHW`` (by default channels
            first and no batch); `layers`, a list of mappings with a `name`, one operation by its key with its
            arguments, and where it is no chain the `inputs` by name. Any other key is refused.

    Raises:
        EngineError: something is missing, unknown or does not fit; the message names the layer.
    """
    op = "network_from_mapping"
    _require_keys(op, mapping, {"input", "layout", "layers"}, {"input", "layers"})
    extents = shape(op, "input", mapping["input"])
    layers = mapping["layers"]
    if not isinstance(layers, Sequence) or isinstance(layers, str):
        raise EngineError(f"{op}: layers must be a list, got {layers!r}")
    start = channels_first(op, extents, mapping["layout"]) if "layout" in mapping else extents
    return Network(start, tuple(_layer(f"{op}: layer {number}", layer) for number, layer in enumerate(layers, 1)))


def operation_from_mapping(sort: str, arguments: Mapping[str, Any] | None = None) -> Operation | Join:
    """The operation with the key `sort`: ``("conv", {"out_channels": 10, "kernel_size": 3})``.

    Raises:
        EngineError: there is no such operation, or an argument is missing or unknown.
    """
    given = {} if arguments is None else arguments
    name = _OTHER_NAMES.get(sort, sort)
    if not isinstance(given, Mapping):
        raise EngineError(f"{sort}: expected its arguments as a mapping, got {given!r}")
    if name in FUNCTIONS:
        _require_keys(sort, given, {"p"} if name == "dropout" else set(), set())
        return Pointwise(name)
    found = next((one for one in _CLASSES if one.sort == name), None)
    if found is None:
        raise EngineError(f"{sort}: there is no such operation; known are {', '.join(sorts())}")
    named = {_ARGUMENTS.get((name, key), key): _frozen(value) for key, value in given.items()}
    required = {field.name for field in fields(found) if _is_required(field)}
    _require_keys(sort, named, {field.name for field in fields(found)}, required)
    return partial(found, **named)()


_ARGUMENTS = {("pool", "window"): "kernel_size"}
"""Arguments as homework calls them."""


def sorts() -> list[str]:
    """The keys of all operations."""
    return sorted({*(one.sort for one in _CLASSES), *_OTHER_NAMES, *FUNCTIONS})


def channels_first(op: str, extents: Dims, layout: object) -> Dims:
    """`extents` in the order of `layout` as (channels, *size), without the batch.

    Raises:
        EngineError: `layout` has no C, or another number of letters than there are extents.
    """
    if not isinstance(layout, str) or layout.count("C") != 1 or len(set(layout)) != len(extents):
        raise EngineError(f"{op}: layout must have a letter for each extent of {extents}, C among them, got {layout!r}")
    named = dict(zip(layout, extents, strict=True))
    return named.pop("C"), *(extent for axis, extent in named.items() if axis != "N")


def _layer(where: str, layer: object) -> Layer:
    if not isinstance(layer, Mapping) or not isinstance(layer.get("name"), str):
        raise EngineError(f"{where}: expected a mapping with a name, got {layer!r}")
    where = f"network: layer {layer['name']!r}"
    stated = [key for key in layer if key not in _KEYS]
    if len(stated) != 1:
        raise EngineError(f"{where}: found {' and '.join(map(str, stated)) or 'none'}, expected exactly one operation")
    try:
        operation = operation_from_mapping(stated[0], layer[stated[0]])
    except EngineError as error:
        raise EngineError(f"{where}: {error}") from None
    lists = {key: _names(where, key, layer[key]) for key in ("inputs", "frozen", "uncounted") if key in layer}
    return Layer(layer["name"], operation, **lists)


def _names(where: str, key: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, Sequence) or isinstance(value, str) or not all(isinstance(name, str) for name in value):
        raise EngineError(f"{where}: {key} must be a list of names, got {value!r}")
    return tuple(value)


def _require_keys(where: str, mapping: object, known: set[str], required: set[str]) -> None:
    if not isinstance(mapping, Mapping):
        raise EngineError(f"{where}: expected a mapping, got {mapping!r}")
    if unknown := [str(key) for key in mapping if key not in known]:
        raise EngineError(f"{where}: unknown {' and '.join(unknown)}; known are {', '.join(sorted(known)) or 'none'}")
    if missing := sorted(required - set(mapping)):
        raise EngineError(f"{where}: {' and '.join(missing)} is missing")


def _is_required(field: Field[Any]) -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def _frozen(value: Any) -> Any:
    """Lists as tuples, so that the operation can be hashed and compared."""
    return tuple(map(_frozen, value)) if isinstance(value, list | tuple) else value
