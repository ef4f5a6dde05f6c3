"""Convolutions as matrices, against ``conv`` and against the structure that they should have."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.engine import conv, conv_matrix, conv_transpose
from grader.errors import EngineError

MODES = st.sampled_from(["zeros", "reflect", "replicate", "circular"])


def test_a_toeplitz_matrix() -> None:
    """Each row is the one above it, moved on."""
    assert conv_matrix([[[2, -1, 3]]], (1, 5)).tolist() == [[2, -1, 3, 0, 0], [0, 2, -1, 3, 0], [0, 0, 2, -1, 3]]


def test_a_stride_moves_on_by_more() -> None:
    """And padding lets the first row begin with its second tap."""
    assert conv_matrix([[[1, 2, 3]]], (1, 4), stride=2, padding=1).tolist() == [[2, 3, 0, 0], [0, 1, 2, 3]]


def test_circular_padding_makes_a_circulant() -> None:
    """Every row is the one above it, turned around."""
    found = conv_matrix([[[1, 2, 3]]], (1, 5), padding=1, padding_mode="circular")
    assert found[0].tolist() == [2, 3, 0, 0, 1]
    for row in range(5):
        assert (found[row] == np.roll(found[0], row)).all()


def test_doubly_block_circulant() -> None:
    """Blocks turn around as a whole, and each within itself."""
    weight = np.arange(1, 10).reshape(1, 1, 3, 3)
    found = conv_matrix(weight, (1, 4, 5), padding=1, padding_mode="circular")
    blocks = found.reshape(4, 5, 4, 5)
    for i, k in np.ndindex(4, 5):
        assert (blocks[i, k] == np.roll(blocks[0, 0], (i, k), (0, 1))).all()


def test_doubly_block_toeplitz() -> None:
    """Equal along both diagonals."""
    blocks = conv_matrix(np.arange(1, 7).reshape(1, 1, 2, 3), (1, 4, 5)).reshape(3, 3, 4, 5)
    assert (blocks[1:, :, 1:] == blocks[:-1, :, :-1]).all()
    assert (blocks[:, 1:, :, 1:] == blocks[:, :-1, :, :-1]).all()


@st.composite
def movements(draw: st.DrawFn) -> dict[str, Any]:
    """Kernel, size, stride, padding pairs, dilation and groups that fit, in one or two dimensions."""
    axes = draw(st.integers(1, 2))
    each = {
        "kernel": st.integers(1, 3),
        "stride": st.integers(1, 2),
        "padding": st.tuples(st.integers(0, 2), st.integers(0, 2)),
        "dilation": st.integers(1, 2),
        "size": st.integers(5, 7),
    }
    drawn: dict[str, Any] = {name: tuple(draw(one) for _ in range(axes)) for name, one in each.items()}
    return {**drawn, "groups": draw(st.integers(1, 2)), "seed": draw(st.integers(0, 2**32 - 1))}


@given(movements(), MODES)
@settings(deadline=None, max_examples=80)
def test_the_matrix_convolves(case: dict[str, Any], mode: Any) -> None:
    """To the last digit, for every movement, border and number of groups."""
    rng, groups = np.random.default_rng(case["seed"]), case["groups"]
    x = rng.integers(-9, 10, (2 * groups, *case["size"]))
    weight = rng.integers(-9, 10, (3 * groups, 2, *case["kernel"]))
    arguments: dict[str, Any] = {name: case[name] for name in ("stride", "padding", "dilation", "groups")}
    output = conv(x, weight, **arguments, padding_mode=mode)
    found = conv_matrix(weight, x.shape, **arguments, padding_mode=mode)
    assert found.dtype == np.int64
    assert ((found @ x.ravel()).reshape(output.shape) == output).all()


@given(movements())
@settings(deadline=None, max_examples=40)
def test_the_transpose_is_the_transposed_convolution(case: dict[str, Any]) -> None:
    """With the output padding that makes up for what the stride left out."""
    rng, groups = np.random.default_rng(case["seed"]), case["groups"]
    weight = rng.integers(-9, 10, (3 * groups, 2, *case["kernel"]))
    arguments: dict[str, Any] = {name: case[name] for name in ("stride", "padding", "dilation", "groups")}
    shape = (2 * groups, *case["size"])
    output = conv(np.zeros(shape, dtype=int), weight, **arguments).shape
    rest = tuple(
        (n + sum(p) - d * (k - 1) - 1) % s
        for n, p, d, k, s in zip(
            *(case[name] for name in ("size", "padding", "dilation", "kernel", "stride")), strict=True
        )
    )
    y = rng.integers(-9, 10, output)
    back = conv_matrix(weight, shape, **arguments).T @ y.ravel()
    assert (back.reshape(shape) == conv_transpose(y, weight, output_padding=rest, **arguments)).all()


@pytest.mark.parametrize("kind", [np.int64, np.float32])
def test_under_every_library(library: Any, kind: type) -> None:
    """Many problems at once, and in the type of the weight."""
    weight = np.arange(24).reshape(2, 2, 1, 2, 3).astype(kind)
    found = library.numpy(conv_matrix(library.asarray(weight), (2, 3, 4), padding=1, groups=2, many=True))
    assert found.dtype == kind
    assert found.shape == (2, 2 * 4 * 4, 2 * 3 * 4)
    x = np.arange(24).reshape(2, 3, 4).astype(kind)
    for one, matrix in zip(weight, found, strict=True):
        assert (matrix @ x.ravel() == conv(x, one, padding=1, groups=2).ravel()).all()


def test_large_integers_stay_exact() -> None:
    """Beyond the doubles."""
    assert conv_matrix([[[2**60 + 1]]], (1, 1)).tolist() == [[2**60 + 1]]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: conv_matrix([[[1, 2]]], (1, 1, 5)), r"input_shape must be \(channels, \*size\) of one image"),
        (lambda: conv_matrix([[[1, 2]]], (2, 5)), "expects input with 1 channels"),
        (lambda: conv_matrix([[[1, 2]]], (1, 1)), "the output would be empty"),
        (lambda: conv_matrix([[[1, 2]]], (1, 5), padding_mode="mirror"), "padding_mode must be one of zeros"),  # type: ignore[arg-type]
        (lambda: conv_matrix([[[2**62, 1]]], (1, 5)), "may overflow int64"),
    ],
)
def test_what_does_not_fit_is_refused(call: Callable[[], object], message: str) -> None:
    """As ``conv`` refuses it."""
    with pytest.raises(EngineError, match=f"conv_matrix: .*{message}"):
        call()
