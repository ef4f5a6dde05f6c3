"""Transposed convolution worked by hand, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from grader.engine import (
    conv_transpose,
    conv_transpose_grad_bias,
    conv_transpose_grad_input,
    conv_transpose_grad_weight,
    conv_transpose_shape,
)
from grader.errors import EngineError


def test_copies_add_up_where_they_meet() -> None:
    """A 2x2 input lays down four copies of a 2x2 kernel on a 3x3 output."""
    found = conv_transpose([[[-1, 2], [3, 1]]], [[[[1, -1], [0, 1]]]])
    assert found.tolist() == [[[-1, 3, -2], [3, -3, 1], [0, 3, 1]]]


def test_stride_sets_the_copies_apart() -> None:
    """With the stride as long as the kernel they do not meet."""
    assert conv_transpose([[1, 2]], [[[3, 4]]], stride=2).tolist() == [[3, 4, 6, 8]]


def test_padding_trims_and_output_padding_extends() -> None:
    """Padding cuts entries off; output padding adds what a strided convolution would not have reached."""
    assert conv_transpose([[1, 2]], [[[3, 4]]], stride=2, padding=1).tolist() == [[4, 6]]
    assert conv_transpose([[1, 2]], [[[3, 4]]], stride=2, padding=((0, 1),)).tolist() == [[3, 4, 6]]
    assert conv_transpose([[1, 2]], [[[3]]], stride=2, output_padding=1).tolist() == [[3, 0, 6, 0]]


def test_bias_and_dilation() -> None:
    """The bias is added everywhere, to what no copy reached as well."""
    assert conv_transpose([[1]], [[[3, 4]]], [10], dilation=2).tolist() == [[13, 10, 14]]


def test_input_channels_come_first_in_the_weight() -> None:
    """Two input channels, one output channel: a sum."""
    assert conv_transpose([[1, 2], [3, 4]], [[[1]], [[10]]]).tolist() == [[31, 42]]
    assert conv_transpose([[1, 2], [3, 4]], [[[1]], [[10]]], groups=2).tolist() == [[1, 2], [30, 40]]


@pytest.mark.parametrize(("wanted", "expected"), [(5, [1, 1, 2, 1, 1]), ((6,), [1, 1, 2, 1, 1, 0])])
def test_the_output_size_says_which_of_several_it_is(wanted: Any, expected: list[int]) -> None:
    """A kernel of three taps takes two places by steps of 2 on 5 entries, and on 6."""
    assert conv_transpose([[1, 1]], [[[1, 1, 1]]], stride=2, output_size=wanted).tolist() == [expected]
    assert conv_transpose_shape((1, 2), (1, 1, 3), stride=2, output_size=wanted) == (1, len(expected))


def test_gradients_by_hand() -> None:
    """Each input entry is paid by the copy that it laid down; each weight by every place that it was laid on."""
    grad = [[[1, 10, 100, 1000]]]
    assert conv_transpose_grad_input((1, 1, 2), [[[3, 4]]], grad, stride=2).tolist() == [[[43, 4300]]]
    assert conv_transpose_grad_weight([[[2, 5]]], (1, 1, 2), grad, stride=2).tolist() == [[[502, 5020]]]
    assert conv_transpose_grad_bias(grad).tolist() == [1111]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: conv_transpose(np.ones((1, 2, 3)), np.ones((3, 1, 2))),
            (
                r"conv_transpose: weight of shape \(3, 1, 2\) expects input with 3 channels, "
                r"got input of shape \(1, 2, 3\)"
            ),
        ),
        (
            lambda: conv_transpose(np.ones((1, 3, 3)), np.ones((3, 1, 2)), groups=2),
            r"conv_transpose: in_channels must be divisible by groups, got weight of shape \(3, 1, 2\)",
        ),
        (lambda: conv_transpose(np.ones((3, 3)), np.ones((3, 1))), "conv_transpose: weight must have shape"),
        (lambda: conv_transpose(np.ones((1, 1, 1, 3)), np.ones((1, 1, 2))), r"expects input of rank 3"),
        (lambda: conv_transpose([[1]], [[[1, 1]]], output_padding=1), "output_padding must be smaller"),
        (lambda: conv_transpose([[1]], [[[1, 1]]], padding=1), r"output of size \(0,\); it would be empty"),
        (lambda: conv_transpose([[1]], [[[1, 1]]], padding="same"), "padding must be numbers"),
        (lambda: conv_transpose([[1]], [[[1, 1]]], [1, 2]), r"bias must have shape \(1,\), got shape \(2,\)"),
        (
            lambda: conv_transpose([[1, 1]], [[[1, 1, 1]]], stride=2, output_size=7),
            r"requested an output size of \(7,\), but valid sizes range from \(5,\) to \(6,\)",
        ),
        (
            lambda: conv_transpose([[1]], [[[1]]], stride=2, output_padding=1, output_size=2),
            r"give output_padding or output_size, not both; got \(1,\) and 2",
        ),
        (lambda: conv_transpose([[1]], [[[1]]], output_size=(1, 1)), r"output_size needs an integer for each of 1"),
        (
            lambda: conv_transpose_grad_input((1, 1, 2), [[[3, 4]]], [[[1, 1]]], stride=2),
            r"conv_transpose_grad_input: grad_output must have shape \(1, 1, 4\), got shape \(1, 1, 2\)",
        ),
        (
            lambda: conv_transpose_grad_weight([[[3, 4]]], (1, 1, 2), [[[1, 1]]]),
            r"conv_transpose_grad_weight: grad_output must have shape \(1, 1, 3\), got shape \(1, 1, 2\)",
        ),
        (lambda: conv_transpose_grad_bias([[1]]), "conv_transpose_grad_bias: grad_output must have shape"),
        (lambda: conv_transpose([[2**62]], [[[2]]]), "may overflow int64"),
    ],
)
def test_what_does_not_fit_is_refused(call: Callable[[], object], message: str) -> None:
    """Each message holds the shapes, in PyTorch's words."""
    with pytest.raises(EngineError, match=message):
        call()
