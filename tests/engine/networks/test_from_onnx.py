"""Networks read from ONNX models made by hand: every operator against ONNX's own shapes, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.engine.networks import (
    Add,
    Bias,
    Conv,
    Layer,
    Linear,
    Network,
    from_onnx,
    summarize,
)
from grader.engine.networks.from_onnx import network_from_onnx
from grader.errors import EngineError

onnx: Any = pytest.importorskip("onnx", reason="needs the package onnx")
helper, FLOAT, INT64 = onnx.helper, onnx.TensorProto.FLOAT, onnx.TensorProto.INT64


def node(operator: str, inputs: str, output: str = "y", **attributes: Any) -> Any:
    """A node; its inputs are words, and ``-`` leaves one out."""
    names = [name.replace("-", "") for name in inputs.split()]
    return helper.make_node(operator, names, [output], name=f"the {output}", **attributes)


def ints(name: str, *values: int) -> Any:
    """Sizes, as an initialiser."""
    return helper.make_tensor(name, INT64, [len(values)], values)


def floats(name: str, *values: float) -> Any:
    """Scales, as an initialiser."""
    return helper.make_tensor(name, FLOAT, [len(values)], values)


def weight(name: str, *extents: int) -> Any:
    """A weight that is its shape alone."""
    return onnx.TensorProto(name=name, data_type=FLOAT, dims=extents)


def model(nodes: list[Any], *arrays: Any, shape: tuple[Any, ...] = (2, 4, 9, 8), opset: int = 17) -> Any:
    """A model with the input x, whose output is the last node's."""
    start = helper.make_tensor_value_info("x", FLOAT, shape)
    end = helper.make_tensor_value_info(nodes[-1].output[0], FLOAT, None)
    graph = helper.make_graph(nodes, "graph", [start], [end], list(arrays))
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)])


def test_a_residual_block() -> None:
    """Layers are named after their nodes; a bias that stands alone is one."""
    made = model(
        [
            node("Conv", "x w b", "conv", pads=[1, 1, 1, 1]),
            node("Relu", "conv", "relu"),
            node("Add", "relu x", "sum"),
            node("Flatten", "sum", "row"),
            node("MatMul", "row m", "product"),
            node("Add", "product v"),
        ],
        weight("w", 4, 4, 3, 3),
        weight("b", 4),
        weight("m", 288, 5),
        weight("v", 5),
    )
    network = network_from_onnx(made)
    assert [layer.name for layer in network.layers] == [
        "the conv", "the relu", "the sum", "the row", "the product", "the y",
    ]  # fmt: skip
    assert network.layers[0] == Layer(
        "the conv", Conv(4, (3, 3), (1, 1), ((1, 1), (1, 1)), (1, 1), in_channels=4), ("input",)
    )
    assert network.layers[2] == Layer("the sum", Add(), ("the relu", "input"))
    assert network.layers[4].operation == Linear(5, bias=False, in_features=288)
    assert network.layers[5].operation == Bias((5,))
    assert network.parameters == (148, 0, 0, 0, 1440, 5)
    assert summarize(network, bias=True).macs == summarize(network).macs + 4 * 72 + 5


def test_an_initialiser_that_two_layers_use() -> None:
    """Counts once."""
    nodes = [node("Conv", "x w", "a"), node("Conv", "a w")]
    assert network_from_onnx(model(nodes, weight("w", 4, 4, 1, 1))).parameters == (16, 0)


def test_shapes_that_the_graph_works_out() -> None:
    """As exporters write ``x.view(x.size(0), -1)`` and an upsampling to twice the size."""
    nodes = [
        node("Shape", "x", "whole"),
        node("Slice", "whole two four", "size"),
        node("Mul", "size twos", "doubled"),
        node("Slice", "whole zero two", "lead"),
        node("Concat", "lead doubled", "sizes", axis=0),
        node("Resize", "x - - sizes", "large", mode="nearest"),
        node("Gather", "whole zero", "batch", axis=0),
        node("Concat", "batch rest", "flat", axis=0),
        node("Reshape", "large flat"),
    ]
    arrays = [ints("zero", 0), ints("two", 2), ints("four", 4), ints("twos", 2, 2), ints("rest", -1)]
    assert network_from_onnx(model(nodes, *arrays)).shapes == ((4, 18, 16), (1152,))


def test_an_open_batch_and_open_sizes() -> None:
    """The batch may be open; sizes have to be given where they are."""
    made = model([node("Relu", "x")], shape=("N", 3, "H", "W"))
    assert network_from_onnx(made, (3, 5, 6)).shapes == ((3, 5, 6),)
    with pytest.raises(EngineError, match=r"the input 'x' has shape \(0, 3, 0, 0\).*give an input_shape"):
        network_from_onnx(made)
    with pytest.raises(EngineError, match=r"give an input_shape.*that fits, got \(4, 5, 6\)"):
        network_from_onnx(made, (4, 5, 6))


def test_where_a_model_comes_from(tmp_path: Path) -> None:
    """A file, its bytes, or a model in memory."""
    made = model([node("Relu", "x")])
    path = tmp_path / "relu.onnx"
    path.write_bytes(made.SerializeToString())
    assert network_from_onnx(path) == network_from_onnx(str(path)) == network_from_onnx(made.SerializeToString())
    assert network_from_onnx(made) == network_from_onnx(path)


NODES: list[tuple[Any, list[Any]]] = [
    (node("Conv", "x w", strides=[2, 3], dilations=[2, 1], pads=[0, 1, 2, 3]), [weight("w", 6, 4, 3, 2)]),
    (node("Conv", "x w", group=2, auto_pad="SAME_UPPER", strides=[2, 2]), [weight("w", 6, 2, 3, 3)]),
    (node("Conv", "x w", auto_pad="SAME_LOWER", dilations=[2, 2]), [weight("w", 6, 4, 2, 3)]),
    (node("Conv", "x w", auto_pad="VALID"), [weight("w", 6, 4, 2, 3)]),
    (
        node("ConvTranspose", "x w", strides=[2, 2], output_padding=[1, 0], pads=[1, 0, 1, 0], group=2),
        [weight("w", 4, 3, 3, 3)],
    ),
    (node("MaxPool", "x", kernel_shape=[3, 2], strides=[2, 2], ceil_mode=1), []),
    (node("MaxPool", "x", kernel_shape=[3, 3], strides=[2, 2], auto_pad="SAME_LOWER"), []),
    (node("AveragePool", "x", kernel_shape=[2, 2], pads=[1, 0, 0, 1]), []),
    (node("LpPool", "x", kernel_shape=[2, 2]), []),
    (node("GlobalAveragePool", "x"), []),
    (node("GlobalMaxPool", "x"), []),
    (node("ReduceMean", "x", axes=[2, 3], keepdims=0), []),
    (node("ReduceMean", "x", axes=[-1, -2]), []),
    (node("BatchNormalization", "x a b c d"), [weight(name, 4) for name in "abcd"]),
    (node("InstanceNormalization", "x a b"), [weight(name, 4) for name in "ab"]),
    (node("LayerNormalization", "x a b"), [weight(name, 8) for name in "ab"]),
    (node("PRelu", "x a"), [weight("a", 4, 1, 1)]),
    (node("Clip", "x a b"), [floats("a", 0), floats("b", 6)]),
    (node("Dropout", "x"), []),
    (node("Softmax", "x", axis=1), []),
    (node("Identity", "x"), []),
    (node("Mul", "x a"), [floats("a", 2)]),
    (node("Sub", "a x"), [floats("a", 1)]),
    (node("Sum", "x x x"), []),
    (node("Add", "x a"), [weight("a", 1, 4, 1, 1)]),
    (node("Concat", "x x", axis=-1), []),
    (node("Flatten", "x"), []),
    (node("Reshape", "x a"), [ints("a", 0, 0, -1)]),
    (node("Unsqueeze", "x a"), [ints("a", 2)]),
    (node("Slice", "x a b c"), [ints("a", 1, 2), ints("b", -1, 2**62), ints("c", 2, 3)]),
    (node("Pad", "x a"), [ints("a", 0, 0, 1, 2, 0, 0, 3, 0)]),
    (node("Resize", "x - a", mode="linear"), [floats("a", 1, 1, 2, 1.5)]),
    (node("Resize", "x - - a"), [ints("a", 2, 4, 11, 13)]),
]


@pytest.mark.parametrize(("one", "arrays"), NODES, ids=[f"{made.op_type}-{n}" for n, (made, _) in enumerate(NODES)])
def test_shapes_are_those_that_onnx_infers(one: Any, arrays: list[Any]) -> None:
    """Of each operator alone."""
    made = model([one], *arrays)
    inferred = onnx.shape_inference.infer_shapes(made, strict_mode=True, data_prop=True)
    (axes,) = [value.type.tensor_type.shape.dim for value in inferred.graph.output]
    (shape,) = network_from_onnx(made).shapes
    assert (2, *shape) == tuple(axis.dim_value for axis in axes)


def outside() -> Any:
    """A weight in another file."""
    tensor = weight("w", 4, 4, 1, 1)
    tensor.data_location = onnx.TensorProto.EXTERNAL
    tensor.external_data.add(key="location", value="../secret")
    return model([node("Conv", "x w")], tensor)


def two_inputs() -> Any:
    """A model with an input more."""
    made = model([node("Add", "x z")])
    made.graph.input.append(helper.make_tensor_value_info("z", FLOAT, [1]))
    return made


def sparse() -> Any:
    """A model with a sparse weight."""
    made = model([node("Relu", "x")])
    made.graph.sparse_initializer.add()
    return made


REFUSED: list[tuple[Callable[[], Any], str]] = [
    (lambda: 3, "network_from_onnx: expected a path, bytes or a ModelProto, got int"),
    (lambda: "no/such/file", "no/such/file is no file"),
    (lambda: b"no model", "this is no ONNX model"),
    (outside, "'w' lies in another file; save the model with its weights inside"),
    (two_inputs, r"expected one input, got \['x', 'z'\]"),
    (sparse, "sparse initialisers are not read"),
    (lambda: model([node("Einsum", "x")]), "node 'the y': there is no layer for the operator Einsum"),
    (lambda: model([node("Relu", "x", domain="mine")]), "there is no layer for the operator mine.Relu"),
    (lambda: model([node("Conv", "x x")]), "node 'the y': Conv: input 1 is no initialiser"),
    (lambda: model([node("Conv", "x w")], weight("w", 4)), r"Conv: a weight of shape \(4,\) for 2 spatial axes"),
    (lambda: model([node("Conv", "x w")], weight("w", 4, 3, 1, 1)), "in_channels=3 expects input with 3 channels"),
    (lambda: model([node("Conv", "x w b")], weight("w", 4, 4, 1, 1), weight("b", 3)), "weights have .*'bias': 3"),
    (lambda: model([node("MaxPool", "x")]), "MaxPool is not as ONNX has it .KeyError: 'kernel_shape'"),
    (lambda: model([node("Relu", "q")]), "Relu of q comes from no layer"),
    (lambda: model([node("Concat", "x x", axis=0)]), "Concat: joins images of the batch"),
    (lambda: model([node("Reshape", "x a")], ints("a", 8, -1)), r"to \(8, 72\) .* mixes images of a batch"),
    (lambda: model([node("Reshape", "x x")]), "Reshape: its shape is no constant"),
    (lambda: model([node("Mul", "x a")], weight("a", 4, 1, 1)), "only biases are read"),
    (lambda: model([node("Div", "x x")]), "Div: input 1 is no initialiser"),
    (lambda: model([node("Relu", "x", "z"), node("Clip", "x z")]), "Clip: z is an input more than a layer takes"),
    (lambda: model([node("Flatten", "x", axis=2)]), "Flatten: only from the axis behind the batch on"),
    (lambda: model([node("Slice", "x a b a")], ints("a", 1), ints("b", 2)), "only ranges of the spatial axes"),
    (lambda: model([node("Pad", "x a")], ints("a", 0, 1, 0, 0, 0, 0, 0, 0)), "Pad: adds channels or images"),
    (lambda: model([node("ReduceMean", "x", axes=[1])]), "no pooling of all spatial axes"),
    (lambda: model([node("Gemm", "x w", transA=1)], weight("w", 4, 4)), "Gemm: no fully connected layer"),
    (
        lambda: model([node("ConvTranspose", "x w", auto_pad="SAME_UPPER")], weight("w", 4, 4, 2, 2)),
        "output_shape and auto_pad are not read",
    ),
]


@pytest.mark.parametrize(("made", "message"), REFUSED)
def test_what_is_no_network_is_refused(made: Callable[[], Any], message: str) -> None:
    """The message names the node."""
    with pytest.raises(EngineError, match=message):
        network_from_onnx(made())


def test_size_is_bounded(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """In bytes, before anything is read, and in nodes."""
    made = model([node("Relu", "x", "a"), node("Relu", "a")])
    path = tmp_path / "two.onnx"
    path.write_bytes(made.SerializeToString())
    monkeypatch.setattr(from_onnx, "MOST_BYTES", 10)
    for source in (path, path.read_bytes()):
        with pytest.raises(EngineError, match="bytes are more than 10"):
            network_from_onnx(source)
    monkeypatch.setattr(from_onnx, "MOST_NODES", 1)
    with pytest.raises(EngineError, match="2 nodes are more than 1"):
        network_from_onnx(made)


BYTES = model(
    [
        node("Conv", "x w", "conv", pads=[1, 1, 1, 1], strides=[2, 2]),
        node("MaxPool", "conv", "pool", kernel_shape=[2, 2]),
        node("Reshape", "pool a", "row"),
        node("Gemm", "row m", transB=1),
    ],
    weight("w", 3, 4, 3, 3),
    ints("a", 0, -1),
    weight("m", 5, 12),
).SerializeToString()


@given(st.lists(st.tuples(st.integers(0, len(BYTES) - 1), st.integers(0, 255)), min_size=1, max_size=4))
@settings(deadline=None, max_examples=200)
def test_a_damaged_file_is_read_or_refused(changes: list[tuple[int, int]]) -> None:
    """Nothing else is raised, whatever the bytes."""
    damaged = bytearray(BYTES)
    for place, value in changes:
        damaged[place] = value
    with suppress(EngineError):
        assert isinstance(network_from_onnx(bytes(damaged)), Network)
