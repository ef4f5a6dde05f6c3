"""Patches as columns and back, worked by hand and against PyTorch, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from grader.engine import fold, unfold
from grader.errors import EngineError

IMAGE = [[1, 2, 3], [4, 5, 6], [7, 8, 9]]


def test_every_patch_is_a_column(engine: Any) -> None:
    """Four 2x2 patches of a 3x3 image; rows are taps, columns are places."""
    columns = engine.unfold(np.asarray([[IMAGE]]), 2)
    assert columns.tolist() == [[[1, 2, 4, 5], [2, 3, 5, 6], [4, 5, 7, 8], [5, 6, 8, 9]]]


def test_a_convolution_is_a_product_with_the_columns(engine: Any) -> None:
    """The weight as a matrix times the columns, in any number of dimensions."""
    rng = np.random.default_rng(0)
    x, weight = rng.integers(-9, 10, (2, 3, 4, 5, 3)), rng.integers(-9, 10, (4, 3, 2, 3, 2))
    moves: dict[str, Any] = {"stride": (2, 1, 1), "padding": ((1, 0), (0, 2), (1, 1)), "dilation": (1, 2, 1)}
    columns = engine.unfold(x, (2, 3, 2), **moves)
    expected = engine.conv(x, weight, **moves)
    assert (np.matmul(weight.reshape(4, -1), columns).reshape(expected.shape) == expected).all()


def test_patches_add_up_where_they_meet(engine: Any) -> None:
    """Folding columns of ones counts how many patches hold each pixel."""
    counts = engine.fold(np.ones((1, 4, 4), dtype=int), (3, 3), 2)
    assert counts.tolist() == [[[[1, 2, 1], [2, 4, 2], [1, 2, 1]]]]


def test_patches_that_do_not_meet_come_back_whole(engine: Any) -> None:
    """With the stride as long as the kernel, folding undoes unfolding."""
    x = np.arange(2 * 3 * 4 * 6).reshape(2, 3, 4, 6)
    assert (engine.fold(engine.unfold(x, (2, 3), stride=(2, 3)), (4, 6), (2, 3), stride=(2, 3)) == x).all()


def test_any_axes_may_stand_in_front(engine: Any) -> None:
    """None, a batch, or a batch for each of many problems."""
    x = np.arange(2 * 2 * 3 * 5).reshape(2, 2, 3, 5)
    together = engine.unfold(x, (3,))
    assert together.shape == (2, 2, 9, 3)
    assert (together[1, 0] == engine.unfold(x[1, 0], (3,))).all()
    assert engine.fold(together, (5,), 3).shape == x.shape
    assert engine.fold(together[1, 0], 5, (3,)).shape == (3, 5)


@pytest.mark.oracle
@pytest.mark.parametrize("seed", range(12))
def test_against_pytorch(engine: Any, seed: int) -> None:
    """Both ways, in the two dimensions that PyTorch has; its arguments come in the same order."""
    torch: Any = pytest.importorskip("torch", reason="needs the `oracle` extra")
    rng = np.random.default_rng(seed)
    kernel, dilation, stride = (tuple(map(int, rng.integers(1, 4, 2))) for _ in range(3))
    padding = tuple(map(int, rng.integers(0, 3, 2)))
    size = tuple(d * (k - 1) + 1 + int(rng.integers(0, 4)) for d, k in zip(dilation, kernel, strict=True))
    x = rng.integers(-9, 10, (2, 3, *size)).astype(float)
    moves = (kernel, dilation, padding, stride)
    columns = torch.nn.functional.unfold(torch.tensor(x), *moves)
    np.testing.assert_array_equal(engine.unfold(x, *moves), columns.numpy())
    g = rng.integers(-9, 10, tuple(columns.shape)).astype(float)
    folded = torch.nn.functional.fold(torch.tensor(g), size, *moves)
    np.testing.assert_array_equal(engine.fold(g, size, *moves), folded.numpy())


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: unfold([[1, 2]], (3,)), r"unfold: kernel of size \(3,\) .*more than the padded input of size \(2,\)"),
        (lambda: unfold([1, 2], (2,)), r"unfold: expected input of shape \(..., C, \*\(2,\)\), got .* shape \(2,\)"),
        (lambda: unfold([1, 2], (2, 2)), r"unfold: kernel_size \(2, 2\) does not fit input of shape \(2,\)"),
        (lambda: fold(np.ones((1, 3, 4)), (3, 3), 2), r"places expects input of shape \(..., C \* 4, 4\)"),
        (lambda: fold(np.ones((1, 4, 5)), (3, 3), 2), r"takes 2 \* 2 places .* got input of shape \(1, 4, 5\)"),
        (lambda: fold(np.ones(4), (3, 3), 2), r"got input of shape \(4,\)"),
        (lambda: fold(np.ones((1, 4, 4)), 3, 2), "fold: output_size or kernel_size must have an entry for each"),
        (lambda: fold(np.ones((1, 4, 4)), (3, -3), 2), "fold: output_size must be at least 1, got -3"),
        (lambda: fold([[2**62], [2**62]], (2,), 2), "fold: integers this large may overflow int64"),
    ],
)
def test_what_does_not_fit_is_refused(call: Callable[[], object], message: str) -> None:
    """Each message holds the shapes."""
    with pytest.raises(EngineError, match=message):
        call()
