"""Laws that hold for every shape, stride, padding, dilation, border and number of groups, under every library."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.engine import avg_pool, avg_pool_grad, conv_size, max_pool, max_pool_grad, pool_shape

laws = settings(deadline=None, max_examples=100)
each_library = settings(deadline=None, max_examples=60)
seeds = st.integers(0, 2**32 - 1)


@dataclass(frozen=True)
class Convolution:
    """Integer operands of a convolution whose shapes fit, and how its kernel moves."""

    x: np.ndarray
    weight: np.ndarray
    movement: dict[str, Any]

    @property
    def axes(self) -> int:
        """How many of the last axes are spatial."""
        return self.weight.ndim - 2


def integers(seed: int, shape: tuple[int, ...]) -> np.ndarray:
    """Small integers, so that every sum is exact."""
    return np.random.default_rng(seed).integers(-9, 10, shape)


@st.composite
def kernels(draw: st.DrawFn) -> dict[str, tuple[Any, ...]]:
    """Kernel, stride, dilation, padding pairs and an input size that holds the kernel, axis by axis."""
    axes = draw(st.integers(1, 3))
    each = {
        "kernel": st.integers(1, 3),
        "stride": st.integers(1, 3),
        "dilation": st.integers(1, 2),
        "padding": st.tuples(st.integers(0, 2), st.integers(0, 2)),
        "extra": st.integers(0, 4),
    }
    drawn = {name: tuple(draw(one) for _ in range(axes)) for name, one in each.items()}
    spans = [d * (k - 1) + 1 for k, d in zip(drawn["kernel"], drawn["dilation"], strict=True)]
    sizes = (max(1, n - sum(pad)) for n, pad in zip(spans, drawn["padding"], strict=True))
    return {**drawn, "size": tuple(n + more for n, more in zip(sizes, drawn["extra"], strict=True))}


@st.composite
def convolutions(draw: st.DrawFn, *, borders: bool = True) -> Convolution:
    """Batched or not, in one to three dimensions, grouped or not, with any border that fits."""
    kernel, groups = draw(kernels()), draw(st.integers(1, 2))
    channels, filters = groups * draw(st.integers(1, 2)), groups * draw(st.integers(1, 2))
    batch = draw(st.sampled_from([(), (1,), (2,)]))
    seed = draw(st.integers(0, 2**32 - 1))
    movement = {name: kernel[name] for name in ("stride", "padding", "dilation")} | {"groups": groups}
    if borders:
        room = min(n - max(pad) for n, pad in zip(kernel["size"], kernel["padding"], strict=True))
        least = {"zeros": -9, "replicate": -9, "circular": 0, "reflect": 1}
        movement["padding_mode"] = draw(st.sampled_from([mode for mode, needed in least.items() if room >= needed]))
    return Convolution(
        integers(seed, (*batch, channels, *kernel["size"])),
        integers(seed + 1, (filters, channels // groups, *kernel["kernel"])),
        movement,
    )


@given(convolutions(borders=False))
@each_library
def test_the_shape_is_the_one_foretold(engine: Any, case: Convolution) -> None:
    """``conv_shape`` and ``conv_transpose_shape`` without the arrays, ``conv`` and ``conv_transpose`` with them."""
    y = engine.conv(case.x, case.weight, **case.movement)
    assert y.shape == engine.conv_shape(case.x.shape, case.weight.shape, **case.movement)
    size = case.x.shape[-case.axes :]
    back = engine.conv_transpose(y, case.weight, output_size=size, **case.movement)
    assert back.shape == case.x.shape
    assert back.shape == engine.conv_transpose_shape(y.shape, case.weight.shape, output_size=size, **case.movement)


@given(convolutions(), seeds)
@each_library
def test_gradients_are_adjoint(engine: Any, case: Convolution, seed: int) -> None:
    """<conv(x, w), y> = <x, grad_input(w, y)> = <w, grad_weight(x, y)>, to the last digit on integers."""
    output = engine.conv(case.x, case.weight, **case.movement)
    y = integers(seed, output.shape)
    to_input = engine.conv_grad_input(case.x.shape, case.weight, y, **case.movement)
    to_weight = engine.conv_grad_weight(case.x, case.weight.shape, y, **case.movement)
    assert (output * y).sum() == (case.x * to_input).sum() == (case.weight * to_weight).sum()


@given(convolutions(borders=False), seeds)
@each_library
def test_transposed_convolution_is_the_adjoint(engine: Any, case: Convolution, seed: int) -> None:
    """<conv(x, w), y> = <x, conv_transpose(y, w)>, and its gradients are the convolution's own sums."""
    output = engine.conv(case.x, case.weight, **case.movement)
    y = integers(seed, output.shape)
    moves = {**case.movement, "output_size": case.x.shape[-case.axes :]}
    back = engine.conv_transpose(y, case.weight, **moves)
    assert (output * y).sum() == (case.x * back).sum()
    assert (engine.conv_transpose_grad_input(y.shape, case.weight, case.x, **moves) == output).all()
    to_weight = engine.conv_transpose_grad_weight(y, case.weight.shape, case.x, **moves)
    assert (to_weight == engine.conv_grad_weight(case.x, case.weight.shape, y, **case.movement)).all()


@given(kernels(), st.booleans(), seeds)
@each_library
def test_folding_is_the_adjoint_of_unfolding(engine: Any, kernel: dict[str, Any], batched: bool, seed: int) -> None:
    """<unfold(x), y> = <x, fold(y)>, and folding ones counts the patches over each entry."""
    moves = {name: kernel[name] for name in ("stride", "padding", "dilation")}
    x = integers(seed, (*(2,) * batched, 2, *kernel["size"]))
    columns = engine.unfold(x, kernel["kernel"], **moves)
    y = integers(seed + 1, columns.shape)
    folded = engine.fold(y, kernel["size"], kernel["kernel"], **moves)
    assert folded.shape == x.shape
    assert (columns * y).sum() == (x * folded).sum()


@given(convolutions(borders=False))
@each_library
def test_a_convolution_is_a_product_with_the_columns(engine: Any, case: Convolution) -> None:
    """Group by group, the weight as a matrix times the unfolded input."""
    moves = {name: case.movement[name] for name in ("stride", "padding", "dilation")}
    groups, batch = case.movement["groups"], case.x.shape[: -case.axes - 1]
    columns = engine.unfold(case.x, case.weight.shape[2:], **moves)
    matrices = case.weight.reshape(groups, -1, case.weight[0].size)
    product = matrices @ columns.reshape(*batch, groups, case.weight[0].size, -1)
    y = engine.conv(case.x, case.weight, **case.movement)
    assert (product.reshape(y.shape) == y).all()


@given(convolutions())
@each_library
def test_floats_agree_with_integers(engine: Any, case: Convolution) -> None:
    """Integer-valued floats come out exact."""
    found = engine.conv(case.x.astype(float), case.weight.astype(float), **case.movement)
    assert found.dtype == np.float64
    assert (found == engine.conv(case.x, case.weight, **case.movement)).all()


@given(convolutions(), st.integers(-5, 5), seeds)
@each_library
def test_convolution_is_linear_in_each_factor(engine: Any, case: Convolution, factor: int, seed: int) -> None:
    """Of a sum the sum, of a multiple the multiple; the bias is added to all places of its channel."""
    other, change = integers(seed, case.x.shape), integers(seed + 1, case.weight.shape)
    bias = integers(seed + 2, case.weight.shape[:1])
    y = engine.conv(case.x, case.weight, **case.movement)
    moved = engine.conv(case.x + factor * other, case.weight, **case.movement)
    assert (moved == y + factor * engine.conv(other, case.weight, **case.movement)).all()
    changed = engine.conv(case.x, case.weight + factor * change, **case.movement)
    assert (changed == y + factor * engine.conv(case.x, change, **case.movement)).all()
    raised = engine.conv(case.x, case.weight, bias, **case.movement)
    assert (raised == y + bias.reshape(-1, *(1,) * case.axes)).all()


@given(convolutions(), st.integers(2, 3))
@each_library
def test_many_problems_are_each_their_own(engine: Any, case: Convolution, count: int) -> None:
    """One call with a weight for each is as many calls."""
    x, weight = (np.stack([array + n for n in range(count)]) for array in (case.x, case.weight))
    together = engine.conv(x, weight, **case.movement, many=True)
    apart = [engine.conv(one, kernel, **case.movement) for one, kernel in zip(x, weight, strict=True)]
    assert (together == np.stack(apart)).all()


@given(convolutions())
@each_library
def test_groups_are_convolutions_side_by_side(engine: Any, case: Convolution) -> None:
    """Each group of channels under its own part of the weight."""
    axis, groups = -case.axes - 1, case.movement["groups"]
    parts = zip(np.split(case.x, groups, axis), np.split(case.weight, groups), strict=True)
    apart = [engine.conv(x, weight, **{**case.movement, "groups": 1}) for x, weight in parts]
    assert (np.concatenate(apart, axis) == engine.conv(case.x, case.weight, **case.movement)).all()


@given(convolutions(), st.integers(1, 3), seeds)
@each_library
def test_a_convolution_of_size_one_mixes_channels(engine: Any, case: Convolution, mixed: int, seed: int) -> None:
    """After another convolution it is one convolution, of the mixed weights."""
    mixing = integers(seed, (mixed, case.weight.shape[0]))
    each = {**case.movement, "groups": 1}
    x, weight = case.x, np.concatenate([case.weight] * case.movement["groups"], axis=1)
    after = engine.conv(engine.conv(x, weight, **each), mixing.reshape(*mixing.shape, *(1,) * case.axes))
    assert (after == engine.conv(x, np.tensordot(mixing, weight, 1), **each)).all()


@given(st.integers(1, 4), st.integers(1, 4), st.integers(0, 5), seeds)
@each_library
def test_two_convolutions_are_one(engine: Any, first: int, second: int, more: int, seed: int) -> None:
    """Their kernel is the convolution of both, the mathematician's, as long as both less one."""
    x = integers(seed, (1, first + second - 1 + more))
    f, g = integers(seed + 1, (1, 1, first)), integers(seed + 2, (1, 1, second))
    both = engine.conv(f, engine.flip(g), padding=second - 1)
    assert both.ravel().tolist() == np.convolve(f.ravel(), g.ravel()).tolist()
    assert (engine.conv(engine.conv(x, f), g) == engine.conv(x, both)).all()


@given(convolutions(borders=False))
@each_library
def test_transposed_convolution_is_one_with_the_flipped_weight(engine: Any, case: Convolution) -> None:
    """With stride 1, the input in zeros up to the kernel's span, input and output channels in each other's place."""
    dilation = case.movement["dilation"]
    weight = np.concatenate([case.weight] * case.movement["groups"], axis=1)
    spans = [d * (k - 1) for k, d in zip(weight.shape[2:], dilation, strict=True)]
    forwards = engine.conv(case.x, engine.flip(weight), padding=spans, dilation=dilation)
    assert (engine.conv_transpose(case.x, weight.swapaxes(0, 1), dilation=dilation) == forwards).all()


@given(kernels(), st.integers(0, 5), seeds)
@each_library
def test_a_shift_around_a_circle_shifts_the_output(engine: Any, kernel: dict[str, Any], shift: int, seed: int) -> None:
    """With circular padding that keeps the size, exactly and for every shift: equivariance without an edge."""
    spans = [d * (k - 1) for k, d in zip(kernel["kernel"], kernel["dilation"], strict=True)]
    x = integers(seed, (2, *(n + span for n, span in zip(kernel["size"], spans, strict=True))))
    weight = integers(seed + 1, (1, 2, *kernel["kernel"]))
    moves = {"padding": [(0, span) for span in spans], "dilation": kernel["dilation"], "padding_mode": "circular"}
    axes = tuple(range(1, x.ndim))
    shifted = engine.conv(np.roll(x, (shift,) * len(axes), axes), weight, **moves)
    assert (shifted == np.roll(engine.conv(x, weight, **moves), (shift,) * len(axes), axes)).all()


@given(st.integers(1, 9), st.integers(1, 4), st.integers(0, 5))
@each_library
def test_a_shifted_input_shifts_the_output(engine: Any, length: int, kernel: int, shift: int) -> None:
    """With stride 1, and away from the edges."""
    x, weight = integers(length, (1, length + kernel)), integers(kernel, (1, 1, kernel))
    shifted = np.pad(x, ((0, 0), (shift, 0)))
    assert (engine.conv(shifted, weight)[:, shift:] == engine.conv(x, weight)).all()


@given(
    st.integers(1, 20), st.integers(1, 5), st.integers(1, 4), st.integers(1, 3), st.sampled_from(["same", "same_lower"])
)
@laws
def test_same_padding_keeps_the_size(size: int, kernel: int, stride: int, dilation: int, padding: str) -> None:
    """ceil(size / stride), whatever the kernel."""
    assert conv_size(size, kernel, stride, padding, dilation) == -(-size // stride)


@given(convolutions(borders=False))
@each_library
def test_same_lower_is_same_of_the_mirrored(engine: Any, case: Convolution) -> None:
    """With stride 1 input, weight and output read backwards."""
    moves = {"dilation": case.movement["dilation"], "groups": case.movement["groups"]}
    upper = engine.conv(case.x, case.weight, padding="same", **moves)
    mirrored = engine.conv(engine.flip(case.x, case.axes), engine.flip(case.weight), padding="same_lower", **moves)
    assert (engine.flip(mirrored, case.axes) == upper).all()


@given(kernels(), st.booleans(), st.integers(0, 2**32 - 1))
@laws
def test_pooling(kernel: dict[str, Any], ceil_mode: bool, seed: int) -> None:
    """The shape foretold; the mean's gradient is its adjoint; the maximum's gradient is paid out whole."""
    # Padding of at most half the kernel, PyTorch's rule, so that every place meets the input.
    padding = tuple((min(pad) % 2 * (k > 1), 0) for pad, k in zip(kernel["padding"], kernel["kernel"], strict=True))
    window = (kernel["kernel"], kernel["stride"], padding, 1)
    x = integers(seed, (2, *(n + 2 for n in kernel["size"])))
    mean, largest = (pool(x, *window, ceil_mode=ceil_mode) for pool in (avg_pool, max_pool))
    assert mean.shape == largest.shape == pool_shape(x.shape, *window, ceil_mode=ceil_mode)
    y = integers(seed + 1, mean.shape)
    shared = avg_pool_grad(x.shape, y, *window, ceil_mode=ceil_mode)
    np.testing.assert_allclose((mean * y).sum(), (x * shared).sum(), atol=1e-9)
    paid = max_pool_grad(x, y, *window, ceil_mode=ceil_mode)
    assert paid.sum() == y.sum()
    assert (paid * x).sum() == (largest * y).sum()
