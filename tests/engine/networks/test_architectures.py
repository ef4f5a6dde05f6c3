"""Well-known networks through both readers: against published totals, torchinfo, fvcore and ONNX's own shapes."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import prod
from pathlib import Path
from runpy import run_path
from typing import Any

import pytest

from grader.engine.networks import LayerSummary, Network, NetworkSummary, summarize
from grader.engine.networks.from_onnx import network_from_onnx
from grader.engine.networks.from_torch import network_from_torch

torch: Any = pytest.importorskip("torch", reason="needs the `oracle` extra")
torch.set_num_threads(1)  # the tests already run in parallel
pytestmark = pytest.mark.oracle


@dataclass(frozen=True)
class Architecture:
    """A network, and what is published of it."""

    file: str
    build: str
    input_shape: tuple[int, ...]
    parameters: int
    gmacs: float
    """Multiply-accumulates, in billions, with two digits behind the point."""
    small: tuple[int, ...]
    """The input for tools that compute on it."""
    sized: bool = False
    """Whether it is built for the size of its images, because it flattens them."""

    def module(self, shape: tuple[int, ...]) -> Any:
        """Without data, for images of `shape`, in evaluation mode."""
        path = Path(__file__).parent / "architectures" / f"{self.file}.py"
        build: Callable[..., Any] = run_path(str(path))[self.build]
        with torch.device("meta"):
            return (build(shape[1]) if self.sized else build()).eval()


ARCHITECTURES = {
    "ResNet-18": Architecture("resnet", "resnet18", (3, 224, 224), 11_689_512, 1.81, (3, 64, 64)),
    "ResNet-50": Architecture("resnet", "resnet50", (3, 224, 224), 25_557_032, 4.09, (3, 64, 64)),
    "VGG-16": Architecture("plain", "vgg16", (3, 224, 224), 138_357_544, 15.47, (3, 32, 32), sized=True),
    "AlexNet": Architecture("plain", "alexnet", (3, 224, 224), 61_100_840, 0.71, (3, 96, 96), sized=True),
    "MobileNetV2": Architecture("mobilenet", "MobileNetV2", (3, 224, 224), 3_504_872, 0.30, (3, 64, 64)),
    "Inception-v3": Architecture("inception", "inception_v3", (3, 299, 299), 23_834_568, 5.71, (3, 107, 107)),
    "U-Net": Architecture("unet", "UNet", (1, 572, 572), 31_030_658, 0, (1, 188, 188)),
}
PUBLISHED = [name for name in ARCHITECTURES if name != "U-Net"]
"""The classifiers, whose totals stand in many tables."""
names = pytest.mark.parametrize("name", ARCHITECTURES)


@cache
def network_of(name: str, *, small: bool) -> Network:
    """What the torch reader makes of it."""
    shape = ARCHITECTURES[name].small if small else ARCHITECTURES[name].input_shape
    return network_from_torch(ARCHITECTURES[name].module(shape), shape)


def summary_of(name: str, *, small: bool = False, bias: bool = False) -> NetworkSummary:
    """The table of its layers."""
    return summarize(network_of(name, small=small), bias=bias)


@pytest.mark.parametrize("name", PUBLISHED)
def test_published_totals(name: str) -> None:
    """Parameters to the last one; multiplications as the tables round them."""
    summary = summary_of(name)
    assert summary.parameters == summary.trainable == ARCHITECTURES[name].parameters
    assert round(summary.macs / 1e9, 2) == ARCHITECTURES[name].gmacs
    assert summary.layers[-1].shape == (1000,)


def test_published_receptive_fields() -> None:
    """Behind the last pooling of AlexNet and VGG-16 and the last block of Inception-v3, with the effective stride.

    Source: Araujo, Norris and Sim, "Computing Receptive Fields of Convolutional Neural Networks", Distill 2019.
    """
    published = {("AlexNet", "12"): (195, 32), ("VGG-16", "30"): (212, 32), ("Inception-v3", "17"): (1311, 32)}
    for (name, last), expected in published.items():
        fields = [layer.fields for layer in summary_of(name).layers if layer.name.split(".")[0] == last][-1]
        assert [(field.size, field.jump) for field in fields or ()] == [expected] * 2


def test_unet() -> None:
    """Sizes as in the figure, parameters by hand; what its last layer sees differs from place to place."""
    summary = summary_of("U-Net")
    shapes = {layer.name: layer.shape for layer in summary.layers}
    assert [shapes[f"down.{level}.2"] for level in range(5)] == [
        *((64, 568, 568), (128, 280, 280), (256, 136, 136), (512, 64, 64), (1024, 28, 28)),
    ]
    assert [shapes[f"beside.{level}.2"][1] for level in range(4)] == [52, 100, 196, 388]
    assert shapes["last"] == (2, 388, 388)
    widths = [1, 64, 128, 256, 512, 1024]
    down = sum(9 * b * (a + b) + 2 * b for a, b in pairwise(widths))
    up = sum(4 * 2 * b * b + b + 9 * b * (2 * b + b) + 2 * b for b in widths[1:-1])
    assert summary.parameters == down + up + 64 * 2 + 2 == 31_030_658
    across, down = summary.layers[-1].fields or ()
    assert across == down
    assert (across.size, across.jump) == (204, 1)
    assert {last - first + 1 for first, last in filter(None, across.regions)} == {188, 204}


@names
def test_torchinfo(name: str) -> None:
    """Parameters, output shapes and mult-adds by module and in total, in torchinfo's convention."""
    torchinfo = pytest.importorskip("torchinfo", reason="torchinfo is not installed")
    shape = ARCHITECTURES[name].input_shape
    module = ARCHITECTURES[name].module(shape)
    paths = {id(part): path for path, part in module.named_modules()}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = torchinfo.summary(module, (1, *shape), device="meta", verbose=0, depth=9)
    ours = {layer.name: layer for layer in summary_of(name, bias=True).layers}
    compared = set()
    for info in theirs.summary_list:
        if info.is_leaf_layer and not info.is_recursive and (path := paths[id(info.module)]) in ours:
            layer = ours[path]
            assert (tuple(info.output_size[1:]), info.num_params) == (layer.shape, layer.parameters)
            assert info.macs == mult_adds(layer), path
            compared.add(path)
    assert {path for path, layer in ours.items() if layer.parameters} <= compared
    total = summary_of(name)
    assert (theirs.total_params, theirs.trainable_params) == (total.parameters, total.trainable)
    assert theirs.total_mult_adds == sum(map(mult_adds, ours.values()))


def mult_adds(layer: LayerSummary) -> int:
    """What torchinfo counts where we count the additions of biases.

    A batch normalisation has its weights once an image, not once a place; a transposed convolution has all of its
    weights at each place of the output, not of the input.
    """
    if layer.operation == "batch_norm":
        return layer.parameters
    return layer.parameters * prod(layer.shape[1:]) if layer.operation == "conv_transpose" else layer.macs


@names
def test_fvcore(name: str) -> None:
    """Its flops are our MACs, biases left out, by module and in total; a batch normalisation has two an entry."""
    fvcore = pytest.importorskip("fvcore.nn", reason="fvcore is not installed")
    module = computing(name)
    analysis = fvcore.FlopCountAnalysis(module, torch.zeros(1, *ARCHITECTURES[name].small))
    analysis.unsupported_ops_warnings(False).uncalled_modules_warnings(False).tracer_warnings("none")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs, total = analysis.by_module_and_operator(), analysis.by_operator()
    summary = summary_of(name, small=True)
    for layer in summary.layers:
        if layer.macs:
            assert sum(theirs[layer.name].values()) == layer.macs, layer.name
        if layer.operation == "batch_norm":
            assert theirs[layer.name]["batch_norm"] == 2 * prod(layer.shape), layer.name
    assert total["conv"] + total["linear"] == summary.macs
    normed = sum(prod(layer.shape) for layer in summary.layers if layer.operation == "batch_norm")
    assert total["batch_norm"] == 2 * normed


@names
def test_onnx(name: str) -> None:
    """Exported, it has the same weighted layers in the same order, with the shapes that ONNX infers."""
    onnx = pytest.importorskip("onnx", reason="onnx is not installed")
    model = exported(onnx, name)
    network = network_from_onnx(model)
    assert weighted(summarize(network)) == weighted(summary_of(name, small=True))
    inferred = {
        value.name: tuple(axis.dim_value for axis in value.type.tensor_type.shape.dim)
        for graph in [onnx.shape_inference.infer_shapes(model, data_prop=True).graph]
        for value in (*graph.value_info, *graph.output)
    }
    outputs = {node.name: node.output[0] for node in model.graph.node}
    for layer, shape in zip(network.layers, network.shapes, strict=True):
        theirs = inferred[outputs[layer.name]]  # 0 where ONNX cannot tell
        assert all(b in {0, a} for a, b in zip((1, *shape), theirs, strict=True)), layer.name


def weighted(summary: NetworkSummary) -> list[tuple[Any, ...]]:
    """The layers that learn."""
    return [
        (layer.operation, layer.shape, layer.parameters, layer.macs) for layer in summary.layers if layer.parameters
    ]


def computing(name: str) -> Any:
    """The module with memory but without values: tools that trace run it once."""
    return ARCHITECTURES[name].module(ARCHITECTURES[name].small).to_empty(device="cpu")


def exported(onnx: Any, name: str) -> Any:
    """The module as an ONNX model whose initialisers are shapes without data."""
    file, image = io.BytesIO(), torch.zeros(1, *ARCHITECTURES[name].small)
    as_is = torch.onnx.TrainingMode.PRESERVE  # else batch normalisations melt into convolutions
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            computing(name), image, file, dynamo=False, training=as_is, do_constant_folding=False, export_params=False
        )
    model = onnx.load_model_from_string(file.getvalue())
    for value in model.graph.input[1:]:
        kind = value.type.tensor_type
        dims = [axis.dim_value for axis in kind.shape.dim]
        model.graph.initializer.append(onnx.TensorProto(name=value.name, data_type=kind.elem_type, dims=dims))
    return model
