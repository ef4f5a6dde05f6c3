"""Laws that hold for every shape, stride, padding, dilation and number of groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.engine import (
    avg_pool,
    avg_pool_grad,
    conv,
    conv_grad_input,
    conv_grad_weight,
    conv_shape,
    conv_size,
    conv_transpose,
    conv_transpose_shape,
    max_pool,
    max_pool_grad,
    pool_shape,
)

laws = settings(deadline=None, max_examples=100)


@dataclass(frozen=True)
class Convolution:
    """Integer operands of a convolution whose shapes fit, and how its kernel moves."""

    x: np.ndarray
    weight: np.ndarray
    movement: dict[str, Any]


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
def convolutions(draw: st.DrawFn) -> Convolution:
    """Batched or not, in one to three dimensions, grouped or not."""
    kernel, groups = draw(kernels()), draw(st.integers(1, 2))
    channels, filters = groups * draw(st.integers(1, 2)), groups * draw(st.integers(1, 2))
    batch = draw(st.sampled_from([(), (1,), (2,)]))
    seed = draw(st.integers(0, 2**32 - 1))
    movement = {name: kernel[name] for name in ("stride", "padding", "dilation")}
    return Convolution(
        integers(seed, (*batch, channels, *kernel["size"])),
        integers(seed + 1, (filters, channels // groups, *kernel["kernel"])),
        {**movement, "groups": groups},
    )


@given(convolutions())
@laws
def test_the_shape_is_the_one_foretold(case: Convolution) -> None:
    """``conv_shape`` without the arrays, ``conv`` with them."""
    assert conv(case.x, case.weight, **case.movement).shape == conv_shape(
        case.x.shape, case.weight.shape, **case.movement
    )


@given(convolutions(), st.integers(0, 2**32 - 1))
@laws
def test_gradients_are_adjoint(case: Convolution, seed: int) -> None:
    """<conv(x, w), y> = <x, grad_input(w, y)> = <w, grad_weight(x, y)>, to the last digit on integers."""
    output = conv(case.x, case.weight, **case.movement)
    y = integers(seed, output.shape)
    to_input = conv_grad_input(case.x.shape, case.weight, y, **case.movement)
    to_weight = conv_grad_weight(case.x, case.weight.shape, y, **case.movement)
    assert (output * y).sum() == (case.x * to_input).sum() == (case.weight * to_weight).sum()


@given(convolutions(), st.integers(0, 2**32 - 1))
@laws
def test_transposed_convolution_is_the_adjoint(case: Convolution, seed: int) -> None:
    """<conv(x, w), y> = <x, conv_transpose(y, w)>; output padding makes up for what the stride left out."""
    output = conv(case.x, case.weight, **case.movement)
    y = integers(seed, output.shape)
    axes = case.weight.ndim - 2
    rest = tuple(
        (n + sum(pad) - d * (k - 1) - 1) % s
        for n, k, s, d, pad in zip(
            case.x.shape[-axes:],
            case.weight.shape[-axes:],
            *(case.movement[name] for name in ("stride", "dilation", "padding")),
            strict=True,
        )
    )
    back = conv_transpose(y, case.weight, output_padding=rest, **case.movement)
    assert back.shape == case.x.shape
    assert back.shape == conv_transpose_shape(y.shape, case.weight.shape, output_padding=rest, **case.movement)
    assert (output * y).sum() == (case.x * back).sum()


@given(convolutions())
@laws
def test_floats_agree_with_integers(case: Convolution) -> None:
    """Integer-valued floats come out exact."""
    found = conv(case.x.astype(float), case.weight.astype(float), **case.movement)
    assert found.dtype == np.float64
    assert (found == conv(case.x, case.weight, **case.movement)).all()


@given(convolutions(), st.integers(-5, 5), st.integers(0, 2**32 - 1))
@laws
def test_convolution_is_linear(case: Convolution, factor: int, seed: int) -> None:
    """Of a sum the sum, of a multiple the multiple."""
    other = integers(seed, case.x.shape)
    together = conv(case.x + factor * other, case.weight, **case.movement)
    apart = conv(case.x, case.weight, **case.movement) + factor * conv(other, case.weight, **case.movement)
    assert (together == apart).all()


@given(st.integers(1, 9), st.integers(1, 4), st.integers(0, 5))
@laws
def test_a_shifted_input_shifts_the_output(length: int, kernel: int, shift: int) -> None:
    """With stride 1, and away from the edges."""
    x, weight = integers(length, (1, length + kernel)), integers(kernel, (1, 1, kernel))
    shifted = np.pad(x, ((0, 0), (shift, 0)))
    assert (conv(shifted, weight)[:, shift:] == conv(x, weight)).all()


@given(st.integers(1, 20), st.integers(1, 5), st.integers(1, 4), st.integers(1, 3))
@laws
def test_same_padding_keeps_the_size(size: int, kernel: int, stride: int, dilation: int) -> None:
    """ceil(size / stride), whatever the kernel."""
    assert conv_size(size, kernel, stride, "same", dilation) == -(-size // stride)


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
