"""ONNX's nodes with weights: convolutions, fully connected layers, normalisations.

Source: the operators of the ONNX specification, with the attributes' defaults there.
"""

from __future__ import annotations

from collections.abc import Callable
from math import prod

from grader.engine.networks.calls import Call
from grader.engine.networks.onnx_node import Node, movement
from grader.engine.networks.operations.convolving import Conv, ConvTranspose
from grader.engine.networks.operations.dense import Linear
from grader.engine.networks.operations.norms import BatchNorm, GroupNorm, InstanceNorm, LayerNorm
from grader.engine.networks.operations.pointwise import PReLU
from grader.errors import EngineError


def _conv(node: Node) -> Call:
    weight, extents = node.kernel()
    bias, groups = node.optional(2), node.attributes.get("group", 1)
    moves = movement(node, extents[2:])
    operation = Conv(extents[0], extents[2:], *moves, groups, bias is not None, extents[1] * groups)
    return Call(operation, (node.tensor(),), {"weight": weight, "bias": bias})


def _conv_transpose(node: Node) -> Call:
    if "output_shape" in node.attributes or node.attributes.get("auto_pad", b"NOTSET") != b"NOTSET":
        raise EngineError("ConvTranspose: output_shape and auto_pad are not read; give pads and output_padding")
    weight, extents = node.kernel()
    bias, groups = node.optional(2), node.attributes.get("group", 1)
    moves, extra = movement(node, extents[2:]), tuple(node.attributes.get("output_padding", (0,) * node.axes))
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


WEIGHTED: dict[str, Callable[[Node], Call]] = {
    "BatchNormalization": _batch_norm,
    "Conv": _conv,
    "ConvTranspose": _conv_transpose,
    "Gemm": _gemm,
    "GroupNormalization": _group_norm,
    "InstanceNormalization": _instance_norm,
    "LayerNormalization": _layer_norm,
    "MatMul": _matmul,
    "PRelu": _prelu,
}
"""What reads each operator."""
