"""The whole pooling family against PyTorch: values, indices and gradients, over random shapes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from grader.engine import (
    adaptive_avg_pool,
    adaptive_avg_pool_grad,
    adaptive_max_pool,
    adaptive_max_pool_grad,
    avg_pool,
    avg_pool_grad,
    fractional_max_pool,
    fractional_max_pool_grad,
    global_avg_pool,
    global_max_pool,
    max_pool,
    max_pool_grad,
    max_unpool,
    max_unpool_grad,
)

torch: Any = pytest.importorskip("torch", reason="needs the `oracle` extra")
torch.set_num_threads(1)  # the tests already run in parallel
pytestmark = pytest.mark.oracle

SEEDS = range(18)


def function(name: str, axes: int) -> Any:
    """``max_unpool`` and 2 give ``torch.nn.functional.max_unpool2d``."""
    return getattr(torch.nn.functional, f"{name}{axes}d")


def tensor(array: np.ndarray) -> Any:
    """One that asks for its gradient."""
    return torch.tensor(array, requires_grad=True)


def assert_equal(ours: np.ndarray, theirs: Any) -> None:
    """Equal in shape and, to rounding, in value."""
    expected = theirs.detach().numpy()
    assert ours.shape == expected.shape
    np.testing.assert_allclose(ours, expected, rtol=1e-10, atol=1e-12)


def whole(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """Small whole numbers as floats, so that ties abound."""
    return rng.integers(-3, 4, shape).astype(float)


def some(rng: np.random.Generator, low: int, high: int, axes: int) -> tuple[int, ...]:
    """A number from `low` up to, not with, `high` for each axis."""
    return tuple(map(int, rng.integers(low, high, axes)))


@pytest.mark.parametrize("seed", SEEDS)
def test_adaptive_pooling(seed: int) -> None:
    """Outputs smaller and larger than the input, evenly shared out or not; None keeps an axis."""
    rng, axes = np.random.default_rng(seed), 1 + seed % 3
    batch = () if seed % 5 == 4 else (2,)
    size, output = some(rng, 1, 9, axes), some(rng, 1, 7, axes)
    if axes > 1 and seed % 2:
        output = (*output[:-1], None)  # type: ignore[assignment]
    x = whole(rng, *batch, 2, *size)
    for name, pool in (("adaptive_avg_pool", adaptive_avg_pool), ("adaptive_max_pool", adaptive_max_pool)):
        X = tensor(x)
        theirs = function(name, axes)(X, output)
        assert_equal(pool(x, output), theirs)
        g = rng.normal(size=theirs.shape)
        theirs.backward(torch.tensor(g))
        if pool is adaptive_avg_pool:
            assert_equal(adaptive_avg_pool_grad(x.shape, g, output), X.grad)
            continue
        assert_equal(adaptive_max_pool_grad(x, g, output), X.grad)
        _, where = function(name, axes)(X, output, return_indices=True)
        _, indices = adaptive_max_pool(x, output, return_indices=True)
        assert_equal(indices, where)
        assert_equal(adaptive_max_pool_grad(x, g, output, indices=indices), X.grad)


@pytest.mark.parametrize("kind", [np.float32, np.float64])
@pytest.mark.parametrize("seed", SEEDS)
def test_fractional_max_pooling(seed: int, kind: type) -> None:
    """With PyTorch's own samples; they are laid out in the floats of the input."""
    rng, axes = np.random.default_rng(seed), 2 + seed % 2
    kernel, output = some(rng, 1, 4, axes), some(rng, 1, 6, axes)
    # In three dimensions PyTorch asks for one entry more than its windows need.
    size = tuple(k + o + more - (axes == 2) for k, o, more in zip(kernel, output, some(rng, 0, 6, axes), strict=True))
    batch = () if seed % 5 == 4 else (2,)
    x = whole(rng, *batch, 3, *size).astype(kind)
    samples = rng.random((*(batch or (1,)), 3, axes)).astype(kind)
    X = tensor(x)
    theirs, where = function("fractional_max_pool", axes)(
        X, kernel, output_size=output, return_indices=True, _random_samples=torch.tensor(samples)
    )
    values, indices = fractional_max_pool(x, kernel, output, random_samples=samples, return_indices=True)
    assert_equal(values, theirs)
    assert_equal(indices, where)
    g = whole(rng, *theirs.shape).astype(kind)
    theirs.backward(torch.tensor(g))
    assert_equal(fractional_max_pool_grad(x, g, kernel, output, random_samples=samples), X.grad)
    assert_equal(fractional_max_pool_grad(x, g, kernel, output, indices=indices), X.grad)


def test_fractional_pooling_by_ratio() -> None:
    """The output's extents are rounded down."""
    x, samples = np.arange(2 * 7 * 9.0).reshape(1, 2, 7, 9), np.full((1, 2, 2), 0.4)
    theirs = torch.nn.functional.fractional_max_pool2d(
        tensor(x), 2, output_ratio=(0.5, 0.7), _random_samples=torch.tensor(samples)
    )
    assert_equal(fractional_max_pool(x, 2, output_ratio=(0.5, 0.7), random_samples=samples), theirs)


@pytest.mark.parametrize("seed", SEEDS)
def test_max_unpooling(seed: int) -> None:
    """Without overlap, so that no two maxima are one entry's; the output as large as the input was."""
    rng, axes = np.random.default_rng(seed), 1 + seed % 3
    kernel = some(rng, 1, 4, axes)
    padding = tuple(int(rng.integers(0, k // 2 + 1)) for k in kernel)
    size = tuple(k + int(rng.integers(0, 6)) for k in kernel)
    x = rng.normal(size=(2, 2, *size))
    pooled, where = max_pool(x, kernel, padding=padding, return_indices=True)
    X = tensor(pooled)
    window: dict[str, Any] = {"kernel_size": kernel, "padding": padding, "output_size": size}
    theirs = function("max_unpool", axes)(X, torch.tensor(where), stride=kernel, **window)
    assert_equal(max_unpool(pooled, where, **window), theirs)
    g = rng.normal(size=theirs.shape)
    theirs.backward(torch.tensor(g))
    assert_equal(max_unpool_grad(g, where, **window), X.grad)


@pytest.mark.parametrize("seed", SEEDS)
def test_divisor_override(seed: int) -> None:
    """Values and the gradient, whatever counts."""
    rng, axes = np.random.default_rng(seed), 2 + seed % 2
    kernel = some(rng, 1, 4, axes)
    window: dict[str, Any] = {
        "kernel_size": kernel,
        "stride": some(rng, 1, 4, axes),
        "padding": tuple(k // 2 for k in kernel),
        "ceil_mode": bool(seed % 2),
        "count_include_pad": seed % 3 > 0,
        "divisor_override": 1 + seed,
    }
    x = rng.normal(size=(2, 2, *(k + n for k, n in zip(kernel, some(rng, 0, 5, axes), strict=True))))
    X = tensor(x)
    theirs = function("avg_pool", axes)(X, **window)
    assert_equal(avg_pool(x, **window), theirs)
    g = rng.normal(size=theirs.shape)
    theirs.backward(torch.tensor(g))
    assert_equal(avg_pool_grad(x.shape, g, **window), X.grad)


def test_more_than_one_block() -> None:
    """Large enough that NumPy works in several blocks; the last one is not full."""
    rng = np.random.default_rng(0)
    x = whole(rng, 5, 7, 64, 66)
    X = tensor(x)
    theirs, where = torch.nn.functional.max_pool2d(X, 3, 2, 1, return_indices=True)
    values, indices = max_pool(x, 3, 2, 1, return_indices=True)
    assert_equal(values, theirs)
    assert_equal(indices, where)
    assert_equal(max_pool(x, 3, 2, 1), theirs)
    g = whole(rng, *theirs.shape)
    theirs.backward(torch.tensor(g))
    assert_equal(max_pool_grad(x, g, 3, 2, 1), X.grad)
    assert_equal(max_pool_grad(x, g, 3, 2, 1, indices=indices), X.grad)
    assert_equal(global_avg_pool(x), torch.nn.functional.adaptive_avg_pool2d(X, 1))
    assert_equal(global_max_pool(x), torch.nn.functional.adaptive_max_pool2d(X, 1))


@pytest.mark.parametrize("seed", SEEDS)
def test_nan_anywhere(seed: int) -> None:
    """A place that holds NaNs gives one, and the index of the last of them in row order."""
    rng = np.random.default_rng(seed)
    x = whole(rng, 1, 2, 6, 7)
    x[rng.random(x.shape) < 0.2] = np.nan
    x[rng.random(x.shape) < 0.3] = -np.inf
    for arguments in ((3, 2, 1), (2, 1, 0), ((6, 7), 1, (3, 3)), ((2, 3), (1, 2), 0, 2)):
        theirs, where = torch.nn.functional.max_pool2d(tensor(x), *arguments, return_indices=True)
        values, indices = max_pool(x, *arguments, return_indices=True)
        assert_equal(values, theirs)
        assert_equal(max_pool(x, *arguments), theirs)
        assert_equal(indices, where)
    theirs, where = torch.nn.functional.adaptive_max_pool2d(tensor(x), (4, 3), return_indices=True)
    values, indices = adaptive_max_pool(x, (4, 3), return_indices=True)
    assert_equal(values, theirs)
    assert_equal(indices, where)


@pytest.mark.parametrize("kernel", [(16, 16), (17, 16), (1, 300), (30, 2)])
def test_kernels_of_many_taps(kernel: tuple[int, ...]) -> None:
    """Up to 256 taps are numbered in bytes, more of them are not."""
    x = np.random.default_rng(0).normal(size=(1, 2, kernel[0] + 5, kernel[1] + 4))
    padding = tuple(k // 2 for k in kernel)
    theirs, where = torch.nn.functional.max_pool2d(tensor(x), kernel, 1, padding, return_indices=True)
    values, indices = max_pool(x, kernel, 1, padding, return_indices=True)
    assert_equal(values, theirs)
    assert_equal(indices, where)
