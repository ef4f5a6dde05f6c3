"""ONNX's nodes as operations: which one a node is, on which tensors, with which initialisers as weights.

Source: the operators of the ONNX specification, with the attributes' defaults there.
"""

from __future__ import annotations

from collections.abc import Callable
from math import prod

from grader.engine.networks.calls import Call
from grader.engine.networks.onnx_node import Node, movement
from grader.engine.networks.onnx_weights import WEIGHTED
from grader.engine.networks.operations.dense import Bias
from grader.engine.networks.operations.joining import Add, Concat, Multiply
from grader.engine.networks.operations.operation import Join
from grader.engine.networks.operations.pointwise import Pointwise
from grader.engine.networks.operations.pooling import GlobalPool, Pool, Pooled
from grader.engine.networks.operations.reshaping import Flatten, Pad, Reshape, Upsample
from grader.errors import EngineError


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


def _pool(function: Pooled) -> Callable[[Node], Call]:
    def read(node: Node) -> Call:
        kernel = tuple(node.attributes["kernel_shape"])
        operation = Pool(kernel, *movement(node, kernel), bool(node.attributes.get("ceil_mode", 0)), function)
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
        if len(tensors) == len(node.inputs) and node.operator != "Div":
            return Call(join(), tensors)
        number = next((number for number, name in enumerate(node.inputs) if name not in node.tensors), 1)
        array, extents = node.array(number)
        if prod(extents) == 1:
            return Call(Pointwise(constant), tensors)
        if join is not Add:
            raise EngineError(f"{node.operator}: by an array of shape {extents}; only biases are read")
        learned = extents[1:] if len(extents) == len(node.tensors[tensors[0]]) + 1 and extents[0] == 1 else extents
        return Call(Bias(learned), tensors, {"bias": array})

    return read


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
    **WEIGHTED,
    "Add": _join(Add, "shift"),
    "AveragePool": _pool("avg"),
    "Concat": _concat,
    "Div": _join(Multiply, "scale"),
    "Flatten": _flatten,
    "GlobalAveragePool": _global("avg"),
    "GlobalLpPool": _global("lp"),
    "GlobalMaxPool": _global("max"),
    "LpPool": _pool("lp"),
    "MaxPool": _pool("max"),
    "Mul": _join(Multiply, "scale"),
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
