"""A network out of an ONNX model: shapes are worked out by our own arithmetic, and weights looked at by shape alone.

Nothing is run. A file is refused where it is larger than `MOST_BYTES`, has more nodes than `MOST_NODES`, or keeps
weights in other files. The package onnx is imported here alone.
"""

from __future__ import annotations

from importlib import import_module
from math import prod
from pathlib import Path
from typing import Any

import numpy as np

from grader.engine.geometry.sizes import Shape, shape
from grader.engine.networks.network import INPUT, Layer, Network
from grader.engine.networks.onnx_node import Node
from grader.engine.networks.onnx_nodes import read_node
from grader.engine.networks.onnx_numbers import MOST_NUMBERS, Numbers, work_out
from grader.engine.networks.operations.operation import Dims, Join
from grader.errors import EngineError

_OP = "network_from_onnx"

MOST_BYTES = 2**30
"""VGG-16 in float32 takes half of it."""
MOST_NODES = 20_000
"""ResNet-152 has some 500."""


def network_from_onnx(model: Any, input_shape: Shape | None = None) -> Network:
    """The layers of an ONNX model.

    Layers have the names of the nodes, or of their outputs. All initialisers that layers use as weights count as
    trained, each once; a batch normalisation's running statistics are none.

    Args:
        model: a path, the bytes of a file, or an ``onnx.ModelProto``.
        input_shape: of one image, (channels, *size), without the batch; by default what the model says.

    Raises:
        EngineError: onnx is not installed, the file is too large or none, weights lie in other files, or a node is no
            layer; the message names the node.
    """
    try:
        onnx = import_module("onnx")
    except ImportError:
        raise EngineError(f"{_OP}: needs the package onnx; install it with the extra `onnx`") from None
    graph = _loaded(onnx, model).graph
    if len(graph.node) > MOST_NODES:
        raise EngineError(f"{_OP}: {len(graph.node)} nodes are more than {MOST_NODES}")
    reader = _Reader(onnx, graph, input_shape)
    for node in graph.node:
        reader.read(node)
    return Network(reader.input, tuple(reader.layers))


def _loaded(onnx: Any, model: Any) -> Any:
    if isinstance(model, onnx.ModelProto):
        return model
    if isinstance(model, str | Path):
        path = Path(model)
        if not path.is_file():
            raise EngineError(f"{_OP}: {path} is no file")
        _require_size(path.stat().st_size)
        model = path.read_bytes()
    if not isinstance(model, bytes):
        raise EngineError(f"{_OP}: expected a path, bytes or a ModelProto, got {type(model).__name__}")
    _require_size(len(model))
    try:
        return onnx.load_model_from_string(model)
    except Exception as error:  # protobuf's errors are not onnx's to name
        raise EngineError(f"{_OP}: this is no ONNX model: {error}") from error


def _require_size(size: int) -> None:
    if size > MOST_BYTES:
        raise EngineError(f"{_OP}: {size} bytes are more than {MOST_BYTES}")


class _Reader:
    """What is known of the graph so far."""

    def __init__(self, onnx: Any, graph: Any, input_shape: Shape | None) -> None:
        self.layers: list[Layer] = []
        self._onnx = onnx
        self._arrays: dict[str, Dims] = {}
        self._numbers: dict[str, Numbers] = {}
        self._tensors: dict[str, Dims] = {}
        self._origins: dict[str, str] = {}
        """Which layer makes a tensor."""
        self._used: set[str] = set()
        if graph.sparse_initializer:
            raise EngineError(f"{_OP}: sparse initialisers are not read")
        for tensor in graph.initializer:
            self._keep(tensor.name, tensor)
        name, self._batch, self.input = self._start(graph, input_shape)
        self._tensors[name], self._origins[name] = self.input, INPUT

    def _start(self, graph: Any, input_shape: Shape | None) -> tuple[str, int, Dims]:
        inputs = [value for value in graph.input if value.name not in self._arrays]
        if len(inputs) != 1:
            raise EngineError(f"{_OP}: expected one input, got {[value.name for value in inputs]}")
        stated = [axis.dim_value for axis in inputs[0].type.tensor_type.shape.dim]
        given = stated[1:] if input_shape is None else list(shape(_OP, "input_shape", input_shape))
        if min(given, default=0) < 1 or any(a and a != b for a, b in zip(stated[1:], given, strict=False)):
            raise EngineError(
                f"{_OP}: the input {inputs[0].name!r} has shape {tuple(stated)}, 0 where it is open; "
                f"give an input_shape (channels, *size) that fits, got {input_shape}"
            )
        return inputs[0].name, max((stated or [1])[0], 1), tuple(given)

    def _keep(self, name: str, tensor: Any) -> None:
        """An initialiser or a constant: its shape, and its values where they may be sizes."""
        if tensor.data_location == self._onnx.TensorProto.EXTERNAL or tensor.external_data:
            raise EngineError(f"{_OP}: {name!r} lies in another file; save the model with its weights inside")
        self._arrays[name] = tuple(tensor.dims)
        if len(tensor.dims) <= 1 and sum(tensor.dims) <= MOST_NUMBERS and tensor.data_type in self._readable():
            try:
                self._numbers[name] = self._onnx.numpy_helper.to_array(tensor)
            except ValueError:
                return  # without its data it is a shape, and enough where it is a weight

    def _readable(self) -> set[int]:
        kinds = self._onnx.TensorProto
        return {kinds.FLOAT, kinds.DOUBLE, kinds.INT32, kinds.INT64}

    def read(self, proto: Any) -> None:
        """One more node."""
        where = proto.name or next(iter(proto.output), proto.op_type)
        try:
            self._read(proto, where)
        except EngineError as error:
            raise EngineError(f"{_OP}: node {where!r}: {error}") from None
        except (KeyError, IndexError, TypeError, ValueError, ArithmeticError) as error:
            said = f"{type(error).__name__}: {error}"
            raise EngineError(f"{_OP}: node {where!r}: {proto.op_type} is not as ONNX has it ({said})") from error

    def _read(self, proto: Any, where: str) -> None:
        if proto.domain not in {"", "ai.onnx"}:
            raise EngineError(f"there is no layer for the operator {proto.domain}.{proto.op_type}")
        attributes = {one.name: self._onnx.helper.get_attribute_value(one) for one in proto.attribute}
        inputs, output = tuple(proto.input), next(iter(proto.output), "")
        if proto.op_type == "Constant":
            self._constant(output, attributes)
        elif proto.op_type == "Shape" and inputs[0] in self._tensors:
            whole = np.asarray((self._batch, *self._tensors[inputs[0]]), dtype=np.int64)
            self._number(output, whole[attributes.get("start", 0) : attributes.get("end")])
        elif any(name in self._tensors for name in inputs):
            node = Node(
                proto.op_type, attributes, inputs, self._tensors, self._arrays, self._numbers, batch=self._batch
            )
            self._layer(node, where, output)
        elif proto.op_type == "Identity" and inputs[0] in self._arrays:
            self._arrays[output] = self._arrays[inputs[0]]
        elif all(name in self._numbers for name in inputs if name):
            operands = [self._numbers[name] for name in inputs if name]
            self._number(output, work_out(proto.op_type, attributes, operands))
        else:
            raise EngineError(f"{proto.op_type} of {' and '.join(inputs) or 'nothing'} comes from no layer")

    def _constant(self, output: str, attributes: dict[str, Any]) -> None:
        (kind, value), *_ = [*attributes.items(), ("", None)]
        if kind == "value":
            self._keep(output, value)
        elif kind in {"value_int", "value_ints", "value_float", "value_floats"}:
            self._number(output, np.asarray(value))
        else:
            raise EngineError(f"a constant given by {kind or 'nothing'} is not read")

    def _number(self, output: str, value: Numbers) -> None:
        self._numbers[output], self._arrays[output] = value, value.shape

    def _layer(self, node: Node, where: str, output: str) -> None:
        call = read_node(node)
        if more := [name for name in node.inputs if name in self._tensors and name not in call.inputs]:
            raise EngineError(f"{node.operator}: {more[0]} is an input more than a layer takes")
        operation, before = call.operation, tuple(self._tensors[name] for name in call.inputs)
        dims = operation.shape_of(before) if isinstance(operation, Join) else operation.shape(*before)
        weights = {key: name for key, name in call.weights.items() if name is not None}
        uncounted = tuple(key for key, name in weights.items() if name in self._used)
        self._used |= set(weights.values())
        self._require_extents(operation, before, weights)
        sources = tuple(self._origins[name] for name in call.inputs)
        self.layers.append(Layer(where, operation, sources, uncounted=uncounted))
        self._tensors[output], self._origins[output] = dims, where

    def _require_extents(self, operation: Any, before: tuple[Dims, ...], weights: dict[str, str]) -> None:
        """Weights must have as many entries as the layer takes; ONNX writes some in other shapes than PyTorch."""
        if isinstance(operation, Join):
            return
        expected = {key: prod(extents) for key, extents in operation.weights(*before).items()}
        found = {key: prod(self._arrays[name]) for key, name in weights.items()}
        if expected != found:
            raise EngineError(f"{operation.label}: weights have {found} entries, expected {expected}")
