"""Pooling against its definition, one place and one tap after the other, where PyTorch has no such windows."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.engine import avg_pool, avg_pool_grad, lp_pool, max_pool, max_pool_grad, pool_shape
from grader.errors import EngineError

ENTRIES = np.asarray([-np.inf, -2.0, -1.0, 0.0, 1.0, 2.0, np.nan])


@st.composite
def windows(draw: st.DrawFn) -> tuple[tuple[int, ...], dict[str, Any]]:
    """A size and a window over it: padding to one side, dilation and ceil mode in any combination."""
    axes = draw(st.integers(1, 3))
    kernel, stride, dilation, size = (
        tuple(draw(st.integers(1, most)) for _ in range(axes)) for most in (3, 3, 2, 7 if axes < 3 else 5)
    )
    padding = tuple((draw(st.integers(0, k - 1)), draw(st.integers(0, k - 1))) for k in kernel)
    moves = {"kernel_size": kernel, "stride": stride, "padding": padding, "dilation": dilation}
    return size, {**moves, "ceil_mode": draw(st.booleans())}


def places(size: tuple[int, ...], window: dict[str, Any]) -> dict[tuple[int, ...], list[tuple[int, ...]]]:
    """For each place what it meets of the input, in row order."""
    names = ("kernel_size", "stride", "padding", "dilation")
    axes = list(zip(size, *(window[name] for name in names), strict=True))
    return {
        place: list(product(*(entries(p, *axis) for p, axis in zip(place, axes, strict=True))))
        for place in product(*map(range, pool_shape(size, **window)))
    }


def entries(place: int, size: int, kernel: int, stride: int, padding: tuple[int, int], dilation: int) -> list[int]:
    """What a place meets along one axis."""
    stands = (place * stride + tap * dilation - padding[0] for tap in range(kernel))
    return [stand for stand in stands if 0 <= stand < size]


def winner(x: np.ndarray, met: list[tuple[int, ...]]) -> tuple[int, ...]:
    """The last NaN, else the first of the largest."""
    spoiled = [at for at in met if np.isnan(x[at])]
    return spoiled[-1] if spoiled else max(met, key=lambda at: x[at])


@given(windows(), st.integers(0, 2**32 - 1))
@settings(deadline=None, max_examples=200)
def test_every_place(case: tuple[tuple[int, ...], dict[str, Any]], seed: int) -> None:
    """Maxima, their indices and their gradient; sums, means and theirs."""
    size, window = case
    rng = np.random.default_rng(seed)
    try:
        pool_shape(size, **window)
    except EngineError:
        return  # the kernel does not fit
    met = places(size, window)
    x, g = rng.choice(ENTRIES, size), rng.normal(size=pool_shape(size, **window))
    if not all(met.values()):
        with pytest.raises(EngineError, match="leaves a place with padding alone"):
            max_pool(x, **window)
        return
    winners = {place: winner(x, held) for place, held in met.items()}
    values, indices = max_pool(x, **window, return_indices=True)
    sent = np.zeros(size)
    for place, at in winners.items():
        sent[at] += g[place]
        np.testing.assert_array_equal(values[place], x[at])
        assert indices[place] == np.ravel_multi_index(at, size)
    np.testing.assert_array_equal(max_pool(x, **window), values)
    np.testing.assert_allclose(max_pool_grad(x, g, **window), sent, atol=1e-12)
    x, shared = rng.normal(size=size), np.zeros(size)
    means, norms = avg_pool(x, **window, count_include_pad=False), lp_pool(x, 2, **window)
    for place, held in met.items():
        there = np.asarray([x[at] for at in held])
        np.testing.assert_allclose(means[place], there.mean(), atol=1e-12)
        np.testing.assert_allclose(norms[place], np.sqrt((there**2).sum()))
        for at in held:
            shared[at] += g[place] / len(held)
    np.testing.assert_allclose(avg_pool_grad(size, g, **window, count_include_pad=False), shared, atol=1e-12)
