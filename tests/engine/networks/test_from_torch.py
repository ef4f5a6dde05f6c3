"""Networks read from PyTorch modules: names, branches, weights that are shared or frozen, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from grader.engine.networks import (
    Add,
    Concat,
    Conv,
    GlobalPool,
    Layer,
    Linear,
    Network,
    Pad,
    Pointwise,
    summarize,
)
from grader.engine.networks.from_torch import network_from_torch
from grader.errors import EngineError

torch: Any = pytest.importorskip("torch", reason="needs the `oracle` extra")
pytestmark = pytest.mark.oracle
nn, F = torch.nn, torch.nn.functional


class Module(nn.Module):  # type: ignore[name-defined, misc]
    """Parts by name, and a forward pass over them."""

    def __init__(self, forward: Callable[[Any, Any], Any], **parts: Any) -> None:
        super().__init__()
        self.run = forward
        for name, part in parts.items():
            setattr(self, name, part)

    def forward(self, x: Any) -> Any:
        """What was given."""
        return self.run(self, x)


def test_modules_and_functions_between_them() -> None:
    """A residual block whose sum and concatenation are plain code."""

    def forward(self: Any, x: Any) -> Any:
        y = F.relu(self.conv(x)) + x
        return self.head(torch.cat([y, x], dim=1).mean((2, 3)))

    module = Module(forward, conv=nn.Conv2d(2, 2, 3, padding=1), head=nn.Sequential(nn.Linear(4, 5)))
    assert network_from_torch(module, (2, 8, 8)) == Network(
        (2, 8, 8),
        (
            Layer("conv", Conv(2, (3, 3), (1, 1), (1, 1), (1, 1), in_channels=2), ("input",)),
            Layer("relu", Pointwise("relu"), ("conv",)),
            Layer("add", Add(), ("relu", "input")),
            Layer("cat", Concat(), ("add", "input")),
            Layer("mean", GlobalPool(), ("cat",)),
            Layer("head.0", Linear(5, in_features=4), ("mean",)),
        ),
    )


def test_a_module_that_is_used_twice() -> None:
    """Its second call has a name of its own, and its weights count once."""
    module = Module(lambda self, x: self.conv(self.conv(x)), conv=nn.Conv1d(3, 3, 1))
    network = network_from_torch(module, (3, 9))
    assert [layer.name for layer in network.layers] == ["conv", "conv@2"]
    assert network.layers[1].uncounted == ("weight", "bias")
    assert network.parameters == (12, 0)


def test_weights_of_one_module_that_another_shares() -> None:
    """A weight that is tied counts once, the bias beside it by itself."""
    one, other = nn.Linear(4, 4), nn.Linear(4, 4)
    other.weight = one.weight
    assert network_from_torch(nn.Sequential(one, other), (4,)).parameters == (20, 4)


def test_frozen_weights() -> None:
    """They are parameters, and not trained."""
    module = nn.Sequential(nn.Conv2d(1, 4, 3), nn.BatchNorm2d(4))
    module[0].weight.requires_grad_(requires_grad=False)
    summary = summarize(network_from_torch(module, (1, 5, 5)))
    assert [(layer.parameters, layer.trainable) for layer in summary.layers] == [(40, 4), (8, 8)]


def test_a_buffer_as_a_weight_is_no_parameter() -> None:
    """A fixed blur."""
    module = Module(lambda self, x: F.conv2d(x, self.blur))
    module.register_buffer("blur", torch.ones(1, 1, 3, 3))
    network = network_from_torch(module, (1, 5, 5))
    assert network.shapes == ((1, 3, 3),)
    assert network.parameters == (0,)


def test_work_in_place() -> None:
    """What is written over is what later layers read."""

    def forward(self: Any, x: Any) -> Any:
        y = self.conv(x)
        y += x
        F.relu(y, inplace=True)
        return y.view(y.size(0), -1)

    network = network_from_torch(Module(forward, conv=nn.Conv1d(1, 1, 1)), (1, 6))
    assert [(layer.name, layer.inputs) for layer in network.layers] == [
        ("conv", ("input",)),
        ("add", ("conv", "input")),
        ("relu", ("add",)),
        ("view", ("relu",)),
    ]


def test_cropping_by_slices() -> None:
    """As U-Nets cut what is skipped."""
    module = Module(lambda _, x: x[:, :, 1:-2, 3:])
    network = network_from_torch(module, (2, 9, 9))
    assert network.layers[0].operation == Pad(((-1, -2), (-3, 0)))
    assert network.shapes == ((2, 6, 6),)


def test_the_module_stays_as_it_was() -> None:
    """Its modes, its hooks, its parameters and their values."""
    module = nn.Sequential(nn.Conv2d(1, 4, 3), nn.BatchNorm2d(4), nn.Sequential(nn.Dropout()).eval())
    before = {name: (value, value.clone()) for name, value in module.state_dict(keep_vars=True).items()}
    network_from_torch(module, (1, 5, 5))
    assert [part.training for part in module.modules()] == [True, True, True, False, False]
    assert not any(part._forward_hooks or part._forward_pre_hooks for part in module.modules())
    for name, value in module.state_dict(keep_vars=True).items():
        assert value is before[name][0]
        assert torch.equal(value, before[name][1])


def test_nothing_is_computed() -> None:
    """Ten billion weights, and an image of a hundred gigabytes."""
    with torch.device("meta"):
        module = nn.Sequential(nn.AdaptiveAvgPool2d(100), nn.Flatten(), nn.Linear(10**4, 10**6))
    summary = summarize(network_from_torch(module, (1, 10**5, 10**5)))
    assert summary.macs == 10**10


PARTS = [
    (nn.Conv1d(4, 6, 3, stride=2, padding=1, dilation=2, groups=2), (4, 20)),
    (nn.Conv2d(4, 6, (3, 2), padding="same", dilation=2, bias=False), (4, 9, 8)),
    (nn.Conv2d(4, 4, 3, padding=1, padding_mode="circular"), (4, 9, 8)),
    (nn.Conv3d(2, 3, (1, 2, 3), padding=(0, 1, 2)), (2, 5, 6, 7)),
    (nn.ConvTranspose1d(4, 6, 3, stride=2, output_padding=1, groups=2), (4, 9)),
    (nn.ConvTranspose2d(4, 6, 3, stride=(2, 3), padding=1, dilation=2), (4, 5, 6)),
    (nn.ConvTranspose3d(2, 2, 2, stride=2), (2, 3, 3, 3)),
    (nn.MaxPool1d(3, 2, ceil_mode=True), (2, 10)),
    (nn.MaxPool2d(3, padding=1, dilation=2), (2, 12, 11)),
    (nn.MaxPool3d(2), (2, 5, 6, 7)),
    (nn.AvgPool1d(3, 2, padding=1), (2, 10)),
    (nn.AvgPool2d((2, 3), ceil_mode=True, count_include_pad=False), (2, 9, 10)),
    (nn.AvgPool3d(2), (2, 5, 6, 7)),
    (nn.LPPool2d(2, 2), (2, 6, 6)),
    (nn.AdaptiveAvgPool1d(4), (2, 10)),
    (nn.AdaptiveAvgPool2d((None, 3)), (2, 8, 9)),
    (nn.AdaptiveMaxPool2d(5), (2, 8, 9)),
    (nn.AdaptiveAvgPool3d(1), (2, 4, 4, 4)),
    (nn.BatchNorm1d(4), (4,)),
    (nn.BatchNorm2d(4, affine=False), (4, 5, 5)),
    (nn.BatchNorm3d(4), (4, 3, 3, 3)),
    (nn.InstanceNorm2d(4, affine=True), (4, 5, 5)),
    (nn.GroupNorm(2, 4), (4, 5, 5)),
    (nn.LayerNorm((5, 6)), (4, 5, 6)),
    (nn.LayerNorm(6, bias=False), (6,)),
    (nn.LocalResponseNorm(3), (4, 5, 5)),
    (nn.PReLU(4), (4, 5, 5)),
    (nn.ReLU6(), (3, 4)),
    (nn.GELU(), (3, 4)),
    (nn.SiLU(inplace=True), (3, 4)),
    (nn.Hardswish(), (3, 4)),
    (nn.LeakyReLU(), (3, 4)),
    (nn.Sigmoid(), (3, 4)),
    (nn.Tanh(), (3, 4)),
    (nn.Softmax(dim=1), (7,)),
    (nn.LogSoftmax(dim=1), (7,)),
    (nn.Dropout2d(), (3, 4, 4)),
    (nn.Flatten(), (3, 4, 4)),
    (nn.Unflatten(1, (2, 3)), (6, 5)),
    (nn.ZeroPad2d((1, 2, 3, 4)), (2, 5, 5)),
    (nn.ReflectionPad1d(2), (2, 5)),
    (nn.Upsample(scale_factor=2.5), (2, 5, 7)),
    (nn.Upsample(size=(9, 11), mode="bilinear"), (2, 5, 7)),
    (nn.Upsample(scale_factor=(2, 3), mode="bilinear"), (2, 5, 7)),
]


@pytest.mark.parametrize(("module", "shape"), PARTS, ids=lambda value: str(value)[:30])
def test_parts(module: Any, shape: tuple[int, ...]) -> None:
    """The reader itself holds each shape against PyTorch's; parameters are those of the module."""
    network = network_from_torch(nn.Sequential(module), shape)
    with torch.no_grad():
        assert network.shapes[-1] == tuple(module.eval()(torch.zeros(1, *shape)).shape[1:])
    assert sum(network.parameters) == sum(value.numel() for value in module.parameters())
    assert network.layers[-1].name == "0"


FUNCTIONS: list[tuple[Callable[[Any], Any], tuple[int, ...]]] = [
    (lambda x: x.flatten(1), (4, 6)),
    (lambda x: x.reshape(x.shape[0], -1), (4, 6)),
    (lambda x: x.amax(dim=(-1, -2), keepdim=True), (4, 6, 6)),
    (lambda x: F.interpolate(x, size=x.shape[2] * 2), (4, 6)),
    (lambda x: F.pad(x, (1, -1)), (4, 6, 6)),
    (lambda x: (x * 2 + 1 - 0.5) / 3, (4, 6)),
    (lambda x: 1 - x, (4, 6)),
    (lambda x: x.clamp(min=0).contiguous(), (4, 6)),
    (lambda x: x.unsqueeze(2).squeeze(2), (4, 6)),
    (lambda x: x * torch.sigmoid(x.mean((2, 3), keepdim=True)), (4, 6, 6)),
    (lambda x: torch.cat((x, x), dim=-1), (4, 6)),
]


@pytest.mark.parametrize(("function", "shape"), FUNCTIONS)
def test_functions(function: Callable[[Any], Any], shape: tuple[int, ...]) -> None:
    """Plain code gives layers too."""
    network = network_from_torch(Module(lambda _, x: function(x)), shape)
    assert network.shapes[-1] == tuple(function(torch.zeros(1, *shape)).shape[1:])
    assert sum(network.parameters) == 0


def part(forward: Callable[[Any, Any], Any], shape: tuple[int, ...] = (4, 6, 6)) -> Callable[[], object]:
    """Reads a module with a convolution and a scale that runs `forward`."""
    scale = nn.Parameter(torch.ones(4, 1, 1))
    module = Module(forward, conv=nn.Conv2d(4, 4, 3), scale=scale)
    return lambda: network_from_torch(module, shape)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: network_from_torch(torch.relu, (3,)), "network_from_torch: expected a torch.nn.Module, got builtin"),
        (lambda: network_from_torch(nn.ReLU(), 3), "network_from_torch: input_shape must be a sequence"),
        (part(lambda self, x: self.conv(x), (3, 6, 6)), r"cannot take 2 images of shape \(3, 6, 6\): "),
        (part(lambda self, x: self.missing(x)), "cannot take 2 images .*: .*has no attribute 'missing'"),
        (part(lambda _, x: torch.fft.fft(x)), "in 'the module': there is no layer for the function fft_fft"),
        (part(lambda _, x: x.chunk(2, dim=1)[0]), "there is no layer for the function chunk"),
        (part(lambda self, x: x * self.scale), r"multiply takes a parameter or buffer of shape \(4, 1, 1\)"),
        (
            part(lambda _, x: x + torch.ones(6, device=x.device)),
            r"add takes a tensor that no layer made, of shape \(6,\)",
        ),
        (part(lambda self, x: F.conv2d(x, self.conv.weight * 2)), "its weight is computed, not a parameter"),
        (part(lambda _, x: x.reshape(-1, 6)), r"reshaping of \(2, 4, 6, 6\) to \(48, 6\) mixes images"),
        (part(lambda _, x: torch.cat([x, x])), "cat: joins images of the batch"),
        (part(lambda _, x: x.mean()), "over the axes None is no pooling of all spatial axes"),
        (part(lambda _, x: x.mean(1)), "over the axes 1 is no pooling of all spatial axes"),
        (part(lambda _, x: x[0]), "is cut by 0; only ranges of the spatial axes are read"),
        (part(lambda _, x: x[:, 1:]), "only ranges of the spatial axes are read"),
        (part(lambda self, x: x.clamp(min=self.scale)), r"clip takes a tensor more, of shape \(4, 1, 1\)"),
        (part(lambda _, x: x / x), "a division by a tensor is no layer"),
        (part(lambda _, x: F.pad(x, (0, 0, 0, 0, 1, 1))), "pad: adds channels or images"),
        (lambda: network_from_torch(nn.Linear(6, 2), (4, 6)), r"layer 'linear': linear: needs a vector, got shape"),
    ],
)
def test_what_is_no_network_is_refused(call: Callable[[], object], message: str) -> None:
    """The message says where in the module, and what was found."""
    with pytest.raises(EngineError, match=message):
        call()
