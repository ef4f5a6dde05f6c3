"""The engine against PyTorch, over random shapes and movements in one to three dimensions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from grader.engine import avg_pool, avg_pool_grad, lp_pool, lp_pool_grad, max_pool, max_pool_grad

torch: Any = pytest.importorskip("torch", reason="needs the `oracle` extra")
torch.set_num_threads(1)  # the tests already run in parallel
pytestmark = pytest.mark.oracle

SEEDS = range(24)


@dataclass(frozen=True)
class Sizes:
    """A random kernel and a random input that holds it."""

    rng: np.random.Generator
    axes: int
    batch: tuple[int, ...]
    kernel: tuple[int, ...]
    stride: tuple[int, ...]
    dilation: tuple[int, ...]
    padding: tuple[int, ...]
    size: tuple[int, ...]

    def normal(self, *shape: int) -> np.ndarray:
        """Normally distributed entries."""
        return self.rng.normal(size=shape)


def sizes(seed: int) -> Sizes:
    """Kernels of 1 to 3, strides and dilations of 1 to 3, padding up to half the kernel."""
    rng = np.random.default_rng(seed)
    axes = 1 + seed % 3
    kernel, stride, dilation = (tuple(map(int, rng.integers(1, 4, axes))) for _ in range(3))
    padding = tuple(int(rng.integers(0, k // 2 + 1)) for k in kernel)
    size = tuple(d * (k - 1) + 1 + int(rng.integers(0, 4)) for d, k in zip(dilation, kernel, strict=True))
    batch = () if seed % 5 == 4 else (int(rng.integers(1, 3)),)
    return Sizes(rng, axes, batch, kernel, stride, dilation, padding, size)


def function(name: str, axes: int) -> Any:
    """``conv`` and 2 give ``torch.nn.functional.conv2d``."""
    return getattr(torch.nn.functional, f"{name}{axes}d")


def tensor(array: np.ndarray) -> Any:
    """A double that asks for its gradient."""
    return torch.tensor(array, requires_grad=True)


def assert_equal(ours: np.ndarray, theirs: Any) -> None:
    """Equal in shape and, to rounding, in value."""
    expected = theirs.detach().numpy()
    assert ours.shape == expected.shape
    np.testing.assert_allclose(ours, expected, rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("seed", SEEDS)
def test_convolution_and_its_gradients(engine: Any, seed: int) -> None:
    """Forward, to the input, to the weight, to the bias."""
    draw = sizes(seed)
    groups = 1 + seed // 3 % 3
    channels, filters = groups * (1 + seed % 2), groups * (1 + seed // 2 % 2)
    x = draw.normal(*draw.batch, channels, *draw.size)
    weight, bias = draw.normal(filters, channels // groups, *draw.kernel), draw.normal(filters)
    moves = {"stride": draw.stride, "padding": draw.padding, "dilation": draw.dilation, "groups": groups}
    X, W, B = tensor(x), tensor(weight), tensor(bias)
    theirs = function("conv", draw.axes)(X, W, B, **moves)
    assert_equal(engine.conv(x, weight, bias, **moves), theirs)
    g = draw.normal(*theirs.shape)
    theirs.backward(torch.tensor(g))
    assert_equal(engine.conv_grad_input(x.shape, weight, g, **moves), X.grad)
    assert_equal(engine.conv_grad_weight(x, weight.shape, g, **moves), W.grad)
    assert_equal(engine.conv_grad_bias(g, batched=bool(draw.batch)), B.grad)


@pytest.mark.parametrize("mode", ["reflect", "replicate", "circular", "constant"])
@pytest.mark.parametrize("seed", range(12))
def test_borders(engine: Any, seed: int, mode: str) -> None:
    """``torch.nn.functional.pad`` and a convolution, forward and all gradients, every side padded by itself."""
    draw = sizes(seed)
    size = tuple(n + 3 for n in draw.size)
    pads = [(int(draw.rng.integers(0, 4)), int(draw.rng.integers(0, 4))) for _ in size]
    x, weight = draw.normal(2, 2, *size), draw.normal(3, 2, *draw.kernel)
    moves: dict[str, Any] = {"stride": draw.stride, "dilation": draw.dilation}
    X, W = tensor(x), tensor(weight)
    # PyTorch's pairs begin with the last axis.
    padded = torch.nn.functional.pad(X, [n for pair in reversed(pads) for n in pair], mode=mode)
    theirs = function("conv", draw.axes)(padded, W, **moves)
    moves |= {"padding": pads, "padding_mode": "zeros" if mode == "constant" else mode}
    assert_equal(engine.conv(x, weight, **moves), theirs)
    g = draw.normal(*theirs.shape)
    theirs.backward(torch.tensor(g))
    assert_equal(engine.conv_grad_input(x.shape, weight, g, **moves), X.grad)
    assert_equal(engine.conv_grad_weight(x, weight.shape, g, **moves), W.grad)


@pytest.mark.parametrize("mode", ["zeros", "reflect", "replicate", "circular"])
@pytest.mark.parametrize("padding", [2, "same"])
def test_the_layer_itself(engine: Any, mode: str, padding: Any) -> None:
    """``torch.nn.Conv2d`` with its `padding_mode`: the same words for the same border."""
    torch.manual_seed(0)
    layer = torch.nn.Conv2d(2, 3, 3, padding=padding, padding_mode=mode, dtype=torch.float64)
    x = np.random.default_rng(0).normal(size=(2, 2, 5, 6))
    weight, bias = (parameter.detach().numpy() for parameter in layer.parameters())
    found = engine.conv(x, weight, bias, padding=padding, padding_mode=mode)
    assert_equal(found, layer(torch.tensor(x)))


@pytest.mark.parametrize("seed", range(6))
def test_same_padding(engine: Any, seed: int) -> None:
    """With stride 1, where PyTorch has it; PyTorch warns that an even kernel costs it a copy."""
    draw = sizes(seed)
    x, weight = draw.normal(2, 2, *draw.size), draw.normal(3, 2, *(k | 1 for k in draw.kernel))
    theirs = function("conv", draw.axes)(tensor(x), tensor(weight), padding="same", dilation=draw.dilation)
    assert_equal(engine.conv(x, weight, padding="same", dilation=draw.dilation), theirs)
    assert_equal(engine.conv(x, weight, padding="same_lower", dilation=draw.dilation), theirs)


@pytest.mark.filterwarnings("ignore:Using padding='same' with even kernel lengths")
def test_same_padding_of_an_even_kernel(engine: Any) -> None:
    """The odd zero stands at the end."""
    x, weight = np.arange(5.0).reshape(1, 1, 5), np.ones((1, 1, 4))
    theirs = torch.nn.functional.conv1d(tensor(x), tensor(weight), padding="same")
    assert_equal(engine.conv(x, weight, padding="same"), theirs)


@pytest.mark.parametrize("seed", SEEDS)
def test_transposed_convolution_and_its_gradients(engine: Any, seed: int) -> None:
    """With groups, bias and the output padding that stride and dilation allow, or the size that it gives."""
    draw = sizes(seed)
    groups = 1 + seed // 3 % 3
    channels = groups * (1 + seed % 2)
    extra = tuple(int(draw.rng.integers(0, limit)) for limit in map(max, draw.stride, draw.dilation))
    moves: dict[str, Any] = {
        "stride": draw.stride,
        "padding": draw.padding,
        "groups": groups,
        "dilation": draw.dilation,
    }
    x, weight = draw.normal(*draw.batch, channels, *draw.size), draw.normal(channels, 2, *draw.kernel)
    bias = draw.normal(2 * groups)
    X, W, B = tensor(x), tensor(weight), tensor(bias)
    theirs = function("conv_transpose", draw.axes)(X, W, B, output_padding=extra, **moves)
    g = draw.normal(*theirs.shape)
    theirs.backward(torch.tensor(g))
    for ending in ({"output_padding": extra}, {"output_size": theirs.shape[-draw.axes :]}):
        assert_equal(engine.conv_transpose(x, weight, bias, **moves, **ending), theirs)
        assert_equal(engine.conv_transpose_grad_input(x.shape, weight, g, **moves, **ending), X.grad)
        assert_equal(engine.conv_transpose_grad_weight(x, weight.shape, g, **moves, **ending), W.grad)
    assert_equal(engine.conv_transpose_grad_bias(g, batched=bool(draw.batch)), B.grad)


@pytest.mark.parametrize("ceil_mode", [False, True])
@pytest.mark.parametrize("seed", SEEDS)
def test_max_pooling(seed: int, ceil_mode: bool) -> None:
    """Values, indices and the gradient; entries repeat, so ties are broken as PyTorch breaks them."""
    draw = sizes(seed)
    x = draw.rng.integers(-2, 3, (*draw.batch, 2, *draw.size)).astype(float)
    dilation = tuple(1 if p else d for p, d in zip(draw.padding, draw.dilation, strict=True))
    window: dict[str, Any] = {
        "kernel_size": draw.kernel,
        "stride": draw.stride,
        "padding": draw.padding,
        "dilation": dilation,
        "ceil_mode": ceil_mode,
    }
    X = tensor(x)
    theirs, where = function("max_pool", draw.axes)(X, **window, return_indices=True)
    values, indices = max_pool(x, **window, return_indices=True)
    assert_equal(values, theirs)
    assert_equal(max_pool(x, **window), theirs)
    assert_equal(indices, where)
    g = draw.normal(*theirs.shape)
    theirs.backward(torch.tensor(g))
    assert_equal(max_pool_grad(x, g, **window), X.grad)


@pytest.mark.parametrize("count_include_pad", [False, True])
@pytest.mark.parametrize("ceil_mode", [False, True])
@pytest.mark.parametrize("seed", SEEDS)
def test_average_pooling(seed: int, ceil_mode: bool, count_include_pad: bool) -> None:
    """Values and the gradient, for both ways to count."""
    draw = sizes(seed)
    x = draw.normal(*draw.batch, 2, *draw.size)
    window: dict[str, Any] = {
        "kernel_size": draw.kernel,
        "stride": draw.stride,
        "padding": draw.padding,
        "ceil_mode": ceil_mode,
        "count_include_pad": count_include_pad,
    }
    X = tensor(x)
    theirs = function("avg_pool", draw.axes)(X, **window)
    assert_equal(avg_pool(x, **window), theirs)
    g = draw.normal(*theirs.shape)
    theirs.backward(torch.tensor(g))
    assert_equal(avg_pool_grad(x.shape, g, **window), X.grad)


@pytest.mark.parametrize("norm_type", [1, 2, 3])
@pytest.mark.parametrize("seed", SEEDS)
def test_lp_pooling(seed: int, norm_type: float) -> None:
    """On positive entries: PyTorch takes no magnitudes. Its ``lp_pool1d`` takes no tuples."""
    draw = sizes(seed)
    x = draw.rng.uniform(0.5, 2, (*draw.batch, 2, *draw.size))
    X = tensor(x)
    window = (draw.kernel, draw.stride) if draw.axes > 1 else (*draw.kernel, *draw.stride)
    theirs = function("lp_pool", draw.axes)(X, norm_type, *window)
    assert_equal(lp_pool(x, norm_type, draw.kernel, draw.stride), theirs)
    g = draw.normal(*theirs.shape)
    theirs.backward(torch.tensor(g))
    assert_equal(lp_pool_grad(x, g, norm_type, draw.kernel, draw.stride), X.grad)


def test_nan_in_max_pooling() -> None:
    """Of two NaNs in one place the index is the later one's."""
    x = np.asarray([[[1.0, np.nan, np.nan, 2.0]]])
    theirs, where = torch.nn.functional.max_pool1d(tensor(x), 4, return_indices=True)
    values, indices = max_pool(x, 4, return_indices=True)
    assert_equal(values, theirs)
    assert_equal(indices, where)
