"""ONNX's nodes as operations: which one a node is, on which tensors, with which initialisers as weights.

Source: the operators of the ONNX specification, with the attributes' defaults there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import prod
from typing import Any

from grader.engine.networks.calls import Call
from grader.engine.networks.onnx_numbers import Numbers
from grader.engine.networks.operations.convolving import Conv, ConvTranspose
from grader.engine.networks.operations.dense import Bias, Linear
from grader.engine.networks.operations.joining import Add, Concat, Multiply
from grader.engine.networks.operations.norms import BatchNorm, GroupNorm, InstanceNorm, LayerNorm
from grader.engine.networks.operations.operation import Dims, Join
from grader.engine.networks.operations.pointwise import Pointwise, PReLU
from grader.engine.networks.operations.pooling import GlobalPool, Pool, Pooled
from grader.engine.networks.operations.reshaping import Flatten, Pad, Reshape, Upsample
from grader.errors import EngineError


@dataclass(frozen=True, slots=True)
class Node:
    """A node with what is known of its inputs; an input that is left out has an empty name."""

    operator: str
    attributes: Mapping[str, Any]
    inputs: tuple[str, ...]
    tensors: Mapping[str, Dims]
    """The shapes, without the batch, of those of its inputs that layers make."""
    arrays: Mapping[str, Dims]
    """The shapes of those that are initialisers or constants."""
    numbers: Mapping[str, Numbers]
    """Those of them that are small enough to be sizes, with their values."""
    batch: int

    @property
    def dims(self) -> Dims:
        """The shape of its first input."""
        return self.tensors[self._named(0)]

    @property
    def axes(self) -> int:
        """How many spatial axes that has."""
        return len(self.dims) - 1

    def _named(self, number: int) -> str:
        return self.inputs[number] if number < len(self.inputs) else ""

    def tensor(self, number: int = 0) -> str:
        """The name of input `number`, which a layer makes."""
        if self._named(number) not in self.tensors:
            raise EngineError(f"{self.operator}: input {number} is made by no layer")
        return self._named(number)

    def array(self, number: int) -> tuple[str, Dims]:
        """The name and the shape of input `number`, an initialiser."""
        if self._named(number) not in self.arrays:
            raise EngineError(f"{self.operator}: input {number} is no initialiser, so its shape is not known")
        return self._named(number), self.arrays[self._named(number)]

    def kernel(self) -> tuple[str, Dims]:
        """Input 1 as a convolution's weight."""
        name, extents = self.array(1)
        if len(extents) != self.axes + 2:
            raise EngineError(f"{self.operator}: a weight of shape {extents} for {self.axes} spatial axes")
        return name, extents

    def optional(self, number: int) -> str | None:
        """The name of input `number`, an initialiser, where there is one."""
        return self.array(number)[0] if self._named(number) else None

    def values(self, attribute: str, number: int) -> list[Any] | None:
        """Numbers that are an attribute in some versions of ONNX and input `number` in others."""
        if attribute in self.attributes:
            return list(self.attributes[attribute])
        name = self._named(number)
        if name and name not in self.numbers:
            raise EngineError(f"{self.operator}: its {attribute} is no constant")
        found: list[Any] | None = self.numbers[name].reshape(-1).tolist() if name else None
        return found or None


def read_node(node: Node) -> Call:
    """What `node` does.

    Raises:
        EngineError: the operator is not among those known, or its inputs are none that a layer can have.
    """
    if node.operator in _POINTWISE:
        return Call(Pointwise(_POINTWISE[node.operator]), (node.tensor(),))
    if node.operator not in _READERS:
        raise EngineError(f"there is no layer for the operator {node.operator}")
    return _READERS[node.operator](node)


def _pads(node: Node, kernel: Dims, strides: list[int], dilations: list[int]) -> Any:
    """All befores and then all afters as pairs; ``SAME_LOWER`` with the odd one first."""
    automatic = node.attributes.get("auto_pad", b"NOTSET")
    if automatic in {b"NOTSET", b"VALID"}:
        pads = node.attributes.get("pads", [0] * 2 * len(kernel)) if automatic == b"NOTSET" else [0] * 2 * len(kernel)
        return tuple(zip(pads[: len(kernel)], pads[len(kernel) :], strict=True))
    if automatic == b"SAME_UPPER":
        return "same"
    moves = zip(node.dims[1:], kernel, strides, dilations, strict=True)
    totals = [max((-(-n // s) - 1) * s + d * (k - 1) + 1 - n, 0) for n, k, s, d in moves]
    return tuple((total - total // 2, total // 2) for total in totals)


def _movement(node: Node, kernel: Dims) -> tuple[Any, Any, Any]:
    """Stride, padding and dilation."""
    strides = list(node.attributes.get("strides", [1] * len(kernel)))
    dilations = list(node.attributes.get("dilations", [1] * len(kernel)))
    return tuple(strides), _pads(node, kernel, strides, dilations), tuple(dilations)


def _conv(node: Node) -> Call:
    weight, extents = node.kernel()
    bias, groups = node.optional(2), node.attributes.get("group", 1)
    moves = _movement(node, extents[2:])
    operation = Conv(extents[0], extents[2:], *moves, groups, bias is not None, extents[1] * groups)
    return Call(operation, (node.tensor(),), {"weight": weight, "bias": bias})


def _conv_transpose(node: Node) -> Call:
    if "output_shape" in node.attributes or node.attributes.get("auto_pad", b"NOTSET") != b"NOTSET":
        raise EngineError("ConvTranspose: output_shape and auto_pad are not read; give pads and output_padding")
    weight, extents = node.kernel()
    bias, groups = node.optional(2), node.attributes.get("group", 1)
    moves, extra = _movement(node, extents[2:]), tuple(node.attributes.get("output_padding", (0,) * node.axes))
    filters, has_bias = extents[1] * groups, bias is not None
    operation = ConvTranspose(filters, extents[2:], *moves, groups, has_bias, extents[0], extra)
    return Call(operation, (node.tensor(),), {"weight": weight, "bias": bias})


def _gemm(node: Node) -> Call:
    weight, extents = node.array(1)
    if node.attributes.get("transA", 0) or len(extents) != 2:
        raise EngineError(f"Gemm: no fully connected layer, with transA or a weight of shape {extents}")
    outputs, inputs = extents if node.attributes.get("transB", 0) else extents[::-1]
    bias = node.optional(2)
    if bias is not None and prod(node.arrays[bias]) != outputs:
        raise EngineError(f"Gemm: bias of shape {node.arrays[bias]} for {outputs} outputs")
    return Call(Linear(outputs, bias is not None, inputs), (node.tensor(),), {"weight": weight, "bias": bias})


def _matmul(node: Node) -> Call:
    weight, extents = node.array(1)
    if len(extents) != 2:
        raise EngineError(f"MatMul: no fully connected layer, with a weight of shape {extents}")
    return Call(Linear(extents[1], bias=False, in_features=extents[0]), (node.tensor(),), {"weight": weight})


def _batch_norm(node: Node) -> Call:
    (weight, extents), (bias, _) = node.array(1), node.array(2)
    return Call(BatchNorm(num_features=prod(extents)), (node.tensor(),), {"weight": weight, "bias": bias})


def _instance_norm(node: Node) -> Call:
    (weight, extents), (bias, _) = node.array(1), node.array(2)
    return Call(InstanceNorm(True, prod(extents)), (node.tensor(),), {"weight": weight, "bias": bias})


def _group_norm(node: Node) -> Call:
    (weight, _), (bias, _) = node.array(1), node.array(2)
    operation = GroupNorm(node.attributes["num_groups"])
    return Call(operation, (node.tensor(),), {"weight": weight, "bias": bias})


def _layer_norm(node: Node) -> Call:
    (weight, extents), bias = node.array(1), node.optional(2)
    return Call(LayerNorm(extents, bias=bias is not None), (node.tensor(),), {"weight": weight, "bias": bias})


def _prelu(node: Node) -> Call:
    slope, extents = node.array(1)
    return Call(PReLU(prod(extents)), (node.tensor(),), {"weight": slope})


def _pool(function: Pooled) -> Callable[[Node], Call]:
    def read(node: Node) -> Call:
        kernel = tuple(node.attributes["kernel_shape"])
        operation = Pool(kernel, *_movement(node, kernel), bool(node.attributes.get("ceil_mode", 0)), function)
        return Call(operation, (node.tensor(),))

    return read


def _global(function: Pooled) -> Callable[[Node], Call]:
    return lambda node: Call(GlobalPool(function, keepdim=True), (node.tensor(),))


def _reduce(function: Pooled) -> Callable[[Node], Call]:
    def read(node: Node) -> Call:
        asked = node.values("axes", 1) or []
        if sorted(axis % (node.axes + 2) for axis in asked) != list(range(2, node.axes + 2)):
            raise EngineError(f"{node.operator}: over the axes {asked}, no pooling of all spatial axes")
        return Call(GlobalPool(function, bool(node.attributes.get("keepdims", 1))), (node.tensor(),))

    return read


def _join(join: type[Join], constant: str) -> Callable[[Node], Call]:
    """Of several tensors, of a tensor and a number, or of a tensor and a learned array."""

    def read(node: Node) -> Call:
        tensors = tuple(name for name in node.inputs if name in node.tensors)
        if len(tensors) == len(node.inputs):
            return Call(join(), tensors)
        number = next(number for number, name in enumerate(node.inputs) if name not in node.tensors)
        array, extents = node.array(number)
        if prod(extents) == 1:
            return Call(Pointwise(constant), tensors)
        if join is not Add:
            raise EngineError(f"{node.operator}: by an array of shape {extents}; only biases are read")
        learned = extents[1:] if len(extents) == node_rank(node, tensors[0]) and extents[0] == 1 else extents
        return Call(Bias(learned), tensors, {"bias": array})

    return read


def node_rank(node: Node, tensor: str) -> int:
    """The rank of `tensor` in the graph, with its batch."""
    return len(node.tensors[tensor]) + 1


def _concat(node: Node) -> Call:
    axis = node.attributes["axis"] % (len(node.dims) + 1)
    if axis == 0:
        raise EngineError("Concat: joins images of the batch, which no layer does")
    return Call(Concat(axis - 1), tuple(node.tensor(number) for number in range(len(node.inputs))))


def _flatten(node: Node) -> Call:
    if node.attributes.get("axis", 1) % (len(node.dims) + 1) != 1:
        raise EngineError("Flatten: only from the axis behind the batch on")
    return Call(Flatten(), (node.tensor(),))


def _to_shape(node: Node, whole: list[int]) -> Call:
    if not whole or whole[0] != node.batch:
        raise EngineError(f"{node.operator}: to {tuple(whole)} from {(node.batch, *node.dims)} mixes images of a batch")
    return Call(Flatten() if len(whole) == 2 else Reshape(tuple(whole[1:])), (node.tensor(),))


def _reshape(node: Node) -> Call:
    before = (node.batch, *node.dims)
    asked = node.values("shape", 1) or []
    if not node.attributes.get("allowzero", 0):
        asked = [before[axis] if n == 0 and axis < len(before) else n for axis, n in enumerate(asked)]
    rest = prod(n for n in asked if n != -1)
    return _to_shape(node, [prod(before) // max(rest, 1) if n == -1 else n for n in asked])


def _squeeze(node: Node) -> Call:
    before = [node.batch, *node.dims]
    asked = node.values("axes", 1)
    dropped = range(1, len(before)) if asked is None else [axis % len(before) for axis in asked]
    return _to_shape(node, [n for axis, n in enumerate(before) if axis not in dropped or n != 1])


def _unsqueeze(node: Node) -> Call:
    whole = [node.batch, *node.dims]
    asked = node.values("axes", 1) or []
    for axis in sorted(axis % (len(whole) + len(asked)) for axis in asked):
        whole.insert(axis, 1)
    return _to_shape(node, whole)


def _pad(node: Node) -> Call:
    pads = node.values("pads", 1) or []
    axes = node.axes + 2
    if len(pads) != 2 * axes or any(pads[:2]) or any(pads[axes : axes + 2]):
        raise EngineError(f"Pad: adds channels or images, got pads {tuple(pads)}; only spatial axes are read")
    return Call(Pad(tuple(zip(pads[2:axes], pads[axes + 2 :], strict=True))), (node.tensor(),))


def _slice(node: Node) -> Call:
    """Cut off in front and at the end, as a padding by less than nothing."""
    whole = [node.batch, *node.dims]
    starts, ends = node.values("starts", 1) or [], node.values("ends", 2) or []
    along = node.values("axes", 3) or list(range(len(starts)))
    steps = node.values("steps", 4) or [1] * len(starts)
    cuts = [(0, 0)] * len(whole)
    for axis, start, end, step in zip(along, starts, ends, steps, strict=True):
        first, last, _ = slice(start, end).indices(whole[axis])
        cuts[axis] = (-first, last - whole[axis])
        if step != 1 or (axis % len(whole) < 2 and any(cuts[axis])):
            raise EngineError(f"Slice: along axis {axis} with step {step}; only ranges of the spatial axes are read")
    return Call(Pad(tuple(cuts[2:])), (node.tensor(),))


def _resize(node: Node) -> Call:
    mode = node.attributes.get("mode", b"nearest").decode()
    scales = node.values("scales", 1 if node.operator == "Upsample" or len(node.inputs) == 2 else 2)
    sizes = None if scales else node.values("sizes", 3)
    asked = scales or sizes or []
    if len(asked) != node.axes + 2 or (scales and scales[:2] != [1, 1]):
        raise EngineError(f"{node.operator}: to {asked}, which is no resizing of the spatial axes alone")
    spatial = tuple(asked[2:])
    return Call(Upsample(None, spatial, mode) if scales else Upsample(spatial, None, mode), (node.tensor(),))


_POINTWISE = {
    "Celu": "celu",
    "Clip": "clip",
    "Dropout": "dropout",
    "Elu": "elu",
    "Exp": "exp",
    "Gelu": "gelu",
    "HardSigmoid": "hardsigmoid",
    "HardSwish": "hardswish",
    "Identity": "identity",
    "LRN": "local_response_norm",
    "LeakyRelu": "leaky_relu",
    "LogSoftmax": "log_softmax",
    "Mish": "mish",
    "Relu": "relu",
    "Selu": "selu",
    "Sigmoid": "sigmoid",
    "Softmax": "softmax",
    "Softplus": "softplus",
    "Softsign": "softsign",
    "Tanh": "tanh",
}
_READERS: dict[str, Callable[[Node], Call]] = {
    "Add": _join(Add, "shift"),
    "AveragePool": _pool("avg"),
    "BatchNormalization": _batch_norm,
    "Concat": _concat,
    "Conv": _conv,
    "ConvTranspose": _conv_transpose,
    "Div": _join(Multiply, "scale"),
    "Flatten": _flatten,
    "Gemm": _gemm,
    "GlobalAveragePool": _global("avg"),
    "GlobalLpPool": _global("lp"),
    "GlobalMaxPool": _global("max"),
    "GroupNormalization": _group_norm,
    "InstanceNormalization": _instance_norm,
    "LayerNormalization": _layer_norm,
    "LpPool": _pool("lp"),
    "MatMul": _matmul,
    "MaxPool": _pool("max"),
    "Mul": _join(Multiply, "scale"),
    "PRelu": _prelu,
    "Pad": _pad,
    "ReduceMax": _reduce("max"),
    "ReduceMean": _reduce("avg"),
    "Reshape": _reshape,
    "Resize": _resize,
    "Slice": _slice,
    "Squeeze": _squeeze,
    "Sub": _join(Add, "shift"),
    "Sum": _join(Add, "shift"),
    "Unsqueeze": _unsqueeze,
    "Upsample": _resize,
}
