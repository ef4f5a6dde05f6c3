"""Every pooling gives the same, in value, type and library, for the arrays of every library."""

from __future__ import annotations

from collections.abc import Callable
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
    global_avg_pool_grad,
    global_lp_pool,
    global_lp_pool_grad,
    global_max_pool,
    global_max_pool_grad,
    lp_pool,
    lp_pool_grad,
    max_pool,
    max_pool_grad,
    max_unpool,
    max_unpool_grad,
)
from grader.errors import EngineError

RNG = np.random.default_rng(0)
X = RNG.integers(-4, 5, (2, 3, 7, 6))
G = RNG.integers(-4, 5, (2, 3, 4, 3))
ONE = RNG.integers(-4, 5, (2, 3, 1, 1))
SMALL = RNG.integers(-4, 5, (2, 3, 3, 4))
SAMPLES = RNG.random((2, 3, 2))
MOVES: dict[str, Any] = {"kernel_size": 3, "stride": 2, "padding": 1}
_, AT = max_pool(X, **MOVES, return_indices=True)

OPERATIONS: dict[str, tuple[Callable[..., Any], list[np.ndarray]]] = {
    "max": (lambda x: max_pool(x, **MOVES), [X]),
    "max of nothing": (lambda x: max_pool(x, 1), [X]),
    "max with indices": (lambda x: max_pool(x, **MOVES, return_indices=True), [X]),
    "max of a large kernel": (lambda x: max_pool(x, (7, 6), padding=(3, 3), return_indices=True), [X]),
    "max to the input": (lambda x, g: max_pool_grad(x, g, **MOVES), [X, G]),
    "max to the input by indices": (lambda x, g, at: max_pool_grad(x, g, **MOVES, indices=at), [X, G, AT]),
    "average": (lambda x: avg_pool(x, **MOVES, count_include_pad=False), [X]),
    "average to the input": (lambda g: avg_pool_grad(X.shape, g, **MOVES), [G]),
    "norm": (lambda x: lp_pool(x, 3, **MOVES), [X]),
    "norm to the input": (lambda x, g: lp_pool_grad(x, g, 3, **MOVES), [X, G]),
    "unpooling": (lambda y, at: max_unpool(y, at, 3, 2, 1, (7, 6)), [G, AT]),
    "unpooling to the input": (lambda g, at: max_unpool_grad(g, at, 3, 2, 1, (7, 6)), [X, AT]),
    "adaptive average": (lambda x: adaptive_avg_pool(x, (3, 4)), [X]),
    "adaptive average to the input": (lambda g: adaptive_avg_pool_grad(X.shape, g, (3, 4)), [SMALL]),
    "adaptive max": (lambda x: adaptive_max_pool(x, (3, 4), return_indices=True), [X]),
    "adaptive max to the input": (lambda x, g: adaptive_max_pool_grad(x, g, (3, 4)), [X, SMALL]),
    "fractional": (lambda x: fractional_max_pool(x, 2, (3, 4), u=0.3, return_indices=True), [X]),
    "fractional by samples": (lambda x, s: fractional_max_pool(x, 2, (3, 4), random_samples=s), [X, SAMPLES]),
    "fractional to the input": (lambda x, g: fractional_max_pool_grad(x, g, 2, (3, 4), u=(0.3, 0.9)), [X, SMALL]),
    "global average": (global_avg_pool, [X]),
    "global average to the input": (lambda g: global_avg_pool_grad(X.shape, g), [ONE]),
    "global max": (lambda x: global_max_pool(x, return_indices=True), [X]),
    "global max to the input": (global_max_pool_grad, [X, ONE]),
    "global norm": (global_lp_pool, [X]),
    "global norm to the input": (global_lp_pool_grad, [X, ONE]),
}


@pytest.mark.parametrize("kind", [np.int64, np.float32, np.float64])
@pytest.mark.parametrize("name", OPERATIONS)
def test_as_with_numpy(library: Any, name: str, kind: type) -> None:
    """The shape, the type and, to rounding, the values; indices, samples and integers to the last bit."""
    operation, given = OPERATIONS[name]
    given = [x if x is AT or x is SAMPLES else x.astype(kind) for x in given]
    expected = operation(*given)
    found = operation(*map(library.asarray, given))
    for ours, theirs in zip(*((one if isinstance(one, tuple) else (one,)) for one in (found, expected)), strict=True):
        assert type(ours) is type(library.asarray(given[0]))
        back = library.numpy(ours)
        assert back.dtype == theirs.dtype
        assert back.shape == theirs.shape
        np.testing.assert_allclose(back, theirs, rtol=1e-5 if kind is np.float32 else 1e-12, atol=1e-6)


def test_nan_and_the_lowest_win_alike(library: Any) -> None:
    """The last NaN of a place, and of minus infinities the first that is not padding."""
    x = np.asarray([[[np.nan, 1, np.nan, 2, -np.inf, -np.inf]]])
    values, indices = max_pool(library.asarray(x), 4, 2, 2, return_indices=True)
    np.testing.assert_array_equal(library.numpy(values), [[[np.nan, np.nan, np.nan, -np.inf]]])
    assert library.numpy(indices).tolist() == [[[0, 2, 2, 4]]]
    values, indices = global_max_pool(library.asarray(x), return_indices=True)
    assert library.numpy(indices).tolist() == [[[2]]]


def test_indices_may_be_a_list(library: Any) -> None:
    """They go where the values are."""
    found = max_unpool(library.asarray(np.asarray([[[3, 5]]])), [[[1, 2]]], 2)
    assert library.numpy(found).tolist() == [[[0, 3, 5, 0]]]


def test_arrays_of_two_libraries_do_not_mix(library: Any) -> None:
    """Indices have to live where the values do."""
    other = pytest.importorskip("array_api_strict").asarray(AT)
    if library.name == "strict":
        other = AT
    with pytest.raises(EngineError, match="max_pool_grad: expected arrays of one library"):
        max_pool_grad(library.asarray(X), library.asarray(G), **MOVES, indices=other)
