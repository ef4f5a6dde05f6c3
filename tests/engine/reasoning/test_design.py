"""Layers from sizes, against every layer tried one by one."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.engine import (
    KernelLayer,
    TransposedLayer,
    conv_designs,
    conv_size,
    conv_transpose_designs,
    conv_transpose_size,
)
from grader.errors import EngineError


def test_the_homeworks_layer() -> None:
    """205 to 66 with stride 3 and no padding, windows that fit exactly: a kernel of 10."""
    assert list(conv_designs(205, 66, strides=[3], paddings=[0], exact=True)) == [KernelLayer(10, 3)]
    kernels = [layer.kernel_size for layer in conv_designs(205, 66, strides=[3], paddings=[0])]
    assert kernels == [8, 9, 10]


def test_in_the_order_stated() -> None:
    """Kernel size first, then stride, padding, dilation."""
    found = [*islice(conv_designs(32, 16, dilations=(1, 2)), 4)]
    assert found[:2] == [KernelLayer(1, 2), KernelLayer(1, 2, dilation=2)]
    assert found[2:] == [KernelLayer(2, 2), KernelLayer(2, 2, 1, 2)]


def test_one_layer_for_several_axes() -> None:
    """A square kernel on a wide image."""
    found = conv_designs((32, 48), (16, 24), kernel_sizes=[3], strides=[1, 2], paddings=range(3))
    assert list(found) == [KernelLayer(3, 2, 1)]


def test_doubling() -> None:
    """The usual ways up: kernel 2 and stride 2, kernel 4 with padding 1, kernel 3 with output padding."""
    found = list(conv_transpose_designs(16, 32, range(2, 5), [2], [0, 1], [0, 1]))
    assert found == [TransposedLayer(2, 2), TransposedLayer(3, 2, 1, 1), TransposedLayer(4, 2, 1)]


def number(size: Callable[[], int]) -> int:
    """The size, or 0 where there would be none."""
    try:
        return size()
    except EngineError:
        return 0


RANGES = (range(1, 5), range(1, 4), range(3), range(1, 3))


@given(st.integers(1, 20), st.integers(1, 20))
@settings(deadline=None, max_examples=30)
def test_all_and_no_others(size: int, output: int) -> None:
    """Every combination within the ranges."""
    expected = [
        KernelLayer(*arguments)
        for arguments in product(*RANGES)
        if number(lambda a=arguments: conv_size(size, *a)) == output  # type: ignore[misc]
    ]
    assert list(conv_designs(size, output, *RANGES)) == expected
    ranges = (*RANGES[:3], range(2), RANGES[3])
    up = [
        TransposedLayer(*arguments)
        for arguments in product(*ranges)
        if number(lambda a=arguments: conv_transpose_size(size, *a)) == output  # type: ignore[misc]
    ]
    assert list(conv_transpose_designs(size, output, *ranges)) == up


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: conv_designs(0, 1), "conv_designs: size must be at least 1, got 0"),
        (lambda: conv_designs(5, 3, kernel_sizes=range(3)), "conv_designs: kernel_sizes must be at least 1, got 0"),
        (lambda: conv_designs(5, (3, 3)), r"size and output need as many axes, got \(5,\) and \(3, 3\)"),
        (lambda: conv_transpose_designs(5, 9, paddings=[-1]), "paddings must be at least 0, got -1"),
    ],
)
def test_ranges_without_layers_are_refused(call: Callable[[], object], message: str) -> None:
    """At once, not when the first layer is asked for."""
    with pytest.raises(EngineError, match=message):
        call()
