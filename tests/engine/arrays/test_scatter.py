"""Values written by index: NumPy, which writes, and the others, which look up, agree to the last bit."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.engine.arrays import scatter
from grader.engine.arrays.scatter import last_at, sums_at, taken_at

VALUES = np.asarray([[1.0, 2.0, 4.0], [8.0, 16.0, 32.0]])
INDICES = np.asarray([[2, 0, 2], [3, 3, 3]])


def test_by_hand(library: Any) -> None:
    """Each row by itself; sums add up, and of several the last one stays."""
    xp = np if library.name == "numpy" else pytest.importorskip("array_api_compat").array_namespace
    values, indices = library.asarray(VALUES), library.asarray(INDICES)
    xp = xp if xp is np else xp(values)
    assert library.numpy(sums_at(xp, values, indices, 4)).tolist() == [[2, 0, 5, 0], [0, 0, 0, 56]]
    assert library.numpy(last_at(xp, values, indices, 4)).tolist() == [[2, 0, 4, 0], [0, 0, 0, 32]]
    assert library.numpy(taken_at(xp, values, indices % 3)).tolist() == [[4, 1, 4], [8, 8, 8]]


@given(st.integers(0, 4), st.integers(0, 9), st.integers(1, 6), st.sampled_from(["i8", "f4", "f8"]), st.integers(0, 99))
@settings(deadline=None, max_examples=60)
def test_the_two_ways_are_one(rows: int, count: int, size: int, kind: str, seed: int) -> None:
    """Rounding included, as both add in the order of the values; so do NumPy's blocks."""
    strict = pytest.importorskip("array_api_strict")
    rng = np.random.default_rng(seed)
    values, indices = rng.normal(0, 9, (rows, count)).astype(kind), rng.integers(0, size, (rows, count))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scatter, "BLOCK", 5)
        written = [at(np, values, indices, size) for at in (sums_at, last_at)]
    others = [at(strict, strict.asarray(values), strict.asarray(indices), size) for at in (sums_at, last_at)]
    for ours, theirs in zip(written, others, strict=True):
        back = np.from_dlpack(theirs)
        assert ours.dtype == back.dtype
        np.testing.assert_array_equal(ours, back)
