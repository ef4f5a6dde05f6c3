"""Output sizes against worked examples, and arguments that make none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from grader.engine import conv_shape, conv_size, conv_transpose_shape, conv_transpose_size, pool_shape
from grader.errors import EngineError


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ({"size": 5, "kernel_size": 3}, 3),
        ({"size": 28, "kernel_size": 3, "padding": 1}, 28),
        ({"size": 32, "kernel_size": 4, "stride": 2}, 15),
        ({"size": 224, "kernel_size": 7, "stride": 2, "padding": 3}, 112),
        ({"size": 7, "kernel_size": 3, "dilation": 2}, 3),
        ({"size": 4, "kernel_size": 2, "padding": (1, 0)}, 4),
        ({"size": 5, "kernel_size": 4, "padding": "same"}, 5),
        ({"size": 5, "kernel_size": 3, "stride": 2, "padding": "same"}, 3),
        ({"size": 5, "kernel_size": 3, "padding": "valid"}, 3),
        ({"size": 5, "kernel_size": 4, "stride": 2, "padding": "same_lower"}, 3),
        ({"size": 4, "kernel_size": 3, "stride": 2}, 1),
        ({"size": 4, "kernel_size": 3, "stride": 2, "ceil_mode": True}, 2),
        ({"size": 2, "kernel_size": 1, "stride": 2, "ceil_mode": True}, 1),
    ],
)
def test_conv_size(arguments: dict[str, Any], expected: int) -> None:
    """Layers from well-known networks, and the corner cases of padding and rounding."""
    assert conv_size(**arguments) == expected


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ({"size": 2, "kernel_size": 2}, 3),
        ({"size": 4, "kernel_size": 4, "stride": 2, "padding": 1}, 8),
        ({"size": 3, "kernel_size": 3, "stride": 2, "padding": 1, "output_padding": 1}, 6),
        ({"size": 3, "kernel_size": 2, "dilation": 2}, 5),
        ({"size": 3, "kernel_size": 3, "padding": (1, 0)}, 4),
    ],
)
def test_conv_transpose_size(arguments: dict[str, Any], expected: int) -> None:
    """What undoes a convolution's size, with the remainder given by output_padding."""
    assert conv_transpose_size(**arguments) == expected


def test_whole_shapes() -> None:
    """The batch axis stays, the channels come from the weight, the rest is counted axis by axis."""
    assert conv_shape((10, 3, 32, 32), (64, 3, 3, 3), padding=1) == (10, 64, 32, 32)
    assert conv_shape([10, 205, 205], [96, 10, 10, 10], stride=3) == (96, 66, 66)
    assert conv_shape((1, 4, 9), (8, 2, 3), groups=2) == (1, 8, 7)
    assert conv_transpose_shape((2, 4, 5, 6), (4, 3, 2, 2), stride=(1, 2), groups=2) == (2, 6, 6, 12)
    assert conv_transpose_shape((4, 5), (4, 3, 2)) == (3, 6)
    assert pool_shape((10, 64, 32, 32), 2) == (10, 64, 16, 16)
    assert pool_shape((5, 7), (2, 2), stride=1) == (4, 6)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: conv_size(0, 3), "conv_size: size must be at least 1, got 0"),
        (lambda: conv_size(-5, 3), "conv_size: size must be at least 1, got -5"),
        (lambda: conv_size(5, 0), "conv_size: kernel_size must be at least 1, got 0"),
        (lambda: conv_size(5, 3, stride=0), "conv_size: stride must be at least 1, got 0"),
        (lambda: conv_size(5, 3, dilation=-1), "conv_size: dilation must be at least 1, got -1"),
        (lambda: conv_size(5, 3, padding=-1), "conv_size: padding must be at least 0, got -1"),
        (
            lambda: conv_size(5, 3, padding="full"),
            "conv_size: padding must be 'valid', 'same', 'same_lower' or numbers",
        ),
        (lambda: conv_size(5, 2.5), "conv_size: kernel_size must be an integer, got 2.5"),
        (lambda: conv_size(5, 3, True), "conv_size: stride must be an integer, got True"),
        (lambda: conv_size(5, 7), r"conv_size: kernel of size \(7,\).*spans \(7,\), more than.*size \(5,\)"),
        (lambda: conv_size(5, 3, dilation=3), r"spans \(7,\), more than the padded input of size \(5,\)"),
        (
            lambda: conv_size(5, 3, padding=(1, 2, 3)),
            r"must be an integer or \(before, after\), got \(1, 2, 3\)",
        ),
        (
            lambda: conv_transpose_size(3, 3, 2, output_padding=2),
            "output_padding must be smaller than stride",
        ),
        (lambda: conv_transpose_size(2, 2, padding=2), r"input of size \(2,\) gives output of size \(-1,\)"),
        (lambda: conv_transpose_size(2, 2, padding="same"), "an integer or .before, after., got 'same'"),
        (
            lambda: conv_shape((1, 3, 5, 5), (4, 3, 3, 3), stride=(1, 2, 1)),
            r"each of 2 spatial axes, got \(1, 2, 1\)",
        ),
        (lambda: conv_shape((1, 3, 5), (4, 3, 3), padding=(1, 2)), "pair for each of 1 spatial axis"),
        (lambda: conv_shape(5, (4, 3, 3)), "input_shape must be a sequence of extents"),
        (lambda: conv_shape((1, 3, -5), (4, 3, 3)), "input_shape must be at least 0, got -5"),
        (lambda: conv_shape((1, 3, 0), (4, 3, 3)), r"every spatial size must be at least 1, got \(0,\)"),
        (
            lambda: conv_shape((1, 0, 5), (4, 0, 3)),
            r"extent of the weight must be at least 1, got shape \(4, 0, 3\)",
        ),
        (lambda: pool_shape((4, 4), 2), r"kernel_size 2 does not fit input of shape \(4, 4\)"),
        (lambda: pool_shape((4,), (2, 2)), r"kernel_size \(2, 2\) does not fit input of shape \(4,\)"),
    ],
)
def test_what_gives_no_shape_is_refused(call: Callable[[], object], message: str) -> None:
    """One error type; its message begins with the function and holds the sizes."""
    with pytest.raises(EngineError, match=message):
        call()
