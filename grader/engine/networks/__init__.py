"""Whole networks: a description of layers, what it comes to, and readers that make one.

Not imported by ``grader.engine``: its classes take milliseconds to make, which only those pay who ask for networks.
The readers of other libraries' models, ``from_torch`` and ``from_onnx``, are imported by their own names.
"""

from __future__ import annotations

from grader.engine.networks.from_mapping import network_from_mapping, operation_from_mapping
from grader.engine.networks.network import Layer, Network
from grader.engine.networks.operations.convolving import Conv, ConvTranspose
from grader.engine.networks.operations.dense import Bias, Linear
from grader.engine.networks.operations.joining import Add, Concat, Multiply
from grader.engine.networks.operations.norms import BatchNorm, GroupNorm, InstanceNorm, LayerNorm
from grader.engine.networks.operations.operation import Join, Operation
from grader.engine.networks.operations.pointwise import Pointwise, PReLU
from grader.engine.networks.operations.pooling import AdaptivePool, GlobalPool, Pool
from grader.engine.networks.operations.reshaping import Flatten, Pad, Reshape, Upsample
from grader.engine.networks.summary import LayerSummary, NetworkSummary, summarize
from grader.engine.networks.table import table

__all__ = [
    "AdaptivePool",
    "Add",
    "BatchNorm",
    "Bias",
    "Concat",
    "Conv",
    "ConvTranspose",
    "Flatten",
    "GlobalPool",
    "GroupNorm",
    "InstanceNorm",
    "Join",
    "Layer",
    "LayerNorm",
    "LayerSummary",
    "Linear",
    "Multiply",
    "Network",
    "NetworkSummary",
    "Operation",
    "PReLU",
    "Pad",
    "Pointwise",
    "Pool",
    "Reshape",
    "Upsample",
    "network_from_mapping",
    "operation_from_mapping",
    "summarize",
    "table",
]
