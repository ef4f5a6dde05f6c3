"""Sizes as formulas against sizes as numbers, for all parameters."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.engine import (
    KernelLayer,
    TransposedLayer,
    as_text,
    conv_shape,
    conv_shape_formula,
    conv_size,
    conv_size_formula,
    conv_transpose_shape,
    conv_transpose_shape_formula,
    conv_transpose_size,
    conv_transpose_size_formula,
    pool_shape,
    pool_shape_formula,
    size_formulas,
    symbol,
)
from grader.errors import EngineError

laws = settings(deadline=None, max_examples=150)
N, C, H, W, F, K = (symbol(name) for name in "NCHWFK")
pairs = st.tuples(st.integers(0, 5), st.integers(0, 5))


def number(size: Callable[[], int]) -> int:
    """The size, or 0 where there would be none."""
    try:
        return size()
    except EngineError:
        return 0


@given(
    size=st.integers(1, 40),
    kernel=st.integers(1, 5),
    stride=st.integers(1, 5),
    padding=st.integers(0, 4) | pairs | st.sampled_from(["same", "valid"]),
    dilation=st.integers(1, 3),
    ceil_mode=st.booleans(),
)
@laws
def test_convolutions_and_poolings(
    size: int, kernel: int, stride: int, padding: Any, dilation: int, ceil_mode: bool
) -> None:
    """The size named, the rest in numbers."""
    found = conv_size_formula(W, kernel, stride, padding, dilation, ceil_mode=ceil_mode).value({"W": size})
    assert max(found, 0) == number(lambda: conv_size(size, kernel, stride, padding, dilation, ceil_mode=ceil_mode))


@given(
    size=st.integers(1, 40),
    kernel=st.integers(1, 5),
    stride=st.integers(1, 5),
    padding=st.tuples(st.integers(0, 4), st.integers(0, 4)),
    dilation=st.integers(1, 3),
    ceil_mode=st.booleans(),
)
@laws
def test_everything_named(
    size: int, kernel: int, stride: int, padding: tuple[int, int], dilation: int, ceil_mode: bool
) -> None:
    """One formula for all numbers; rounded up as long as the kernel spans the padding behind the input."""
    names = {"W": size, "K": kernel, "S": stride, "D": dilation, "P": padding[0], "Q": padding[1]}
    w, k, s, d, p, q = (symbol(name) for name in names)
    if ceil_mode and padding[1] > dilation * (kernel - 1) + 1:
        return
    found = conv_size_formula(w, k, s, (p, q), d, ceil_mode=ceil_mode).value(names)
    assert max(found, 0) == number(lambda: conv_size(size, kernel, stride, padding, dilation, ceil_mode=ceil_mode))


@given(
    size=st.integers(1, 20),
    kernel=st.integers(1, 5),
    stride=st.integers(1, 4),
    padding=st.integers(0, 4) | pairs,
    dilation=st.integers(1, 3),
)
@laws
def test_transposed_convolutions(size: int, kernel: int, stride: int, padding: Any, dilation: int) -> None:
    """With the most output padding that there may be."""
    extra = max(stride, dilation) - 1
    found = conv_transpose_size_formula(W, kernel, stride, padding, extra, dilation).value({"W": size})
    assert max(found, 0) == number(lambda: conv_transpose_size(size, kernel, stride, padding, extra, dilation))


kernels = st.builds(
    KernelLayer, st.integers(1, 4), st.integers(1, 3), st.integers(0, 1) | pairs, st.integers(1, 2), st.booleans()
)
transposed = st.builds(TransposedLayer, st.integers(1, 4), st.integers(1, 3), st.integers(0, 1))


@given(st.lists(kernels | transposed, max_size=5), st.integers(1, 60))
@laws
def test_chains(layers: list[KernelLayer | TransposedLayer], size: int) -> None:
    """After every layer, floors of floors made one on the way."""
    formulas = size_formulas(W, layers)
    assert len(formulas) == len(layers)
    current = size
    for layer, formula in zip(layers, formulas, strict=True):
        current = number(lambda layer=layer, current=current: layer.output_size(current))  # type: ignore[misc]
        if not current:
            assert formula.value({"W": size}) < 1
            return
        assert formula.value({"W": size}) == current


def test_a_network_of_five_halvings() -> None:
    """ResNet's stages: one ceiling for all of them."""
    stem = [KernelLayer(7, 2, 3), KernelLayer(3, 2, 1)]
    stages = [KernelLayer(3, 2, 1)] * 3
    assert as_text(size_formulas(W, [*stem, *stages])[-1]) == "ceil(W/32)"


def test_the_general_formula() -> None:
    """As the homework asks for it: F filters of size K x K, padding P, stride S, dilation D."""
    shape = conv_shape_formula((N, C, H, W), F, K, symbol("S"), symbol("P"), symbol("D"))
    assert [as_text(extent) for extent in shape[:3]] == ["N", "F", "floor((D + H + 2*P - D*K - 1)/S) + 1"]


def test_whole_shapes() -> None:
    """Arguments for every axis or one for each, as the operations take them."""
    names = {"N": 2, "C": 3, "H": 21, "W": 12}
    movement: dict[str, Any] = {"stride": (4, 3), "padding": ((1, 0), 2), "dilation": 2}
    found = conv_shape_formula((N, C, H, W), 8, (4, 3), **movement)
    assert tuple(e.value(names) for e in found) == conv_shape((2, 3, 21, 12), (8, 3, 4, 3), **movement)
    assert tuple(e.value(names) for e in conv_shape_formula((C, H, W), 8, (4, 3))) == (8, 18, 10)
    wide = conv_transpose_shape_formula((N, C, H, W), 8, (4, 3), 2, (1, 0), output_padding=1)
    expected = conv_transpose_shape((2, 3, 21, 12), (3, 8, 4, 3), 2, (1, 0), output_padding=1)
    assert tuple(e.value(names) for e in wide) == expected
    pooled = pool_shape_formula((N, C, H, W), 3, 2, 1, ceil_mode=True)
    assert tuple(e.value(names) for e in pooled) == pool_shape((2, 3, 21, 12), 3, 2, 1, ceil_mode=True)
    assert [as_text(e) for e in pool_shape_formula((N, C, H, W), 2)] == ["N", "C", "floor(H/2)", "floor(W/2)"]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: conv_size_formula(W, 0), "conv_size_formula: kernel_size must be at least 1, got 0"),
        (lambda: conv_size_formula(W, 3, padding=-1), "conv_size_formula: padding must be at least 0, got -1"),
        (lambda: conv_size_formula(W, 3, padding="full"), "padding must be 'valid', 'same'"),
        (lambda: conv_size_formula(W, 3, stride=1.5), "stride must be an integer, got 1.5"),  # type: ignore[arg-type]
        (lambda: conv_shape_formula((H, W), 8, (3, 3)), "conv_shape_formula: input_shape needs an extent for the"),
        (lambda: conv_shape_formula((N, C, H, W), 8, 3, (1, 2, 3)), "one value for each of 2 spatial axes, got 3"),
        (lambda: pool_shape_formula((H, W), 2), "for 0 spatial axes does not fit an input of 2 axes"),
        (lambda: conv_transpose_size_formula(0, 2), "size must be at least 1, got 0"),
    ],
)
def test_what_does_not_fit_is_refused(call: Callable[[], object], message: str) -> None:
    """In the words of the operations."""
    with pytest.raises(EngineError, match=message):
        call()
