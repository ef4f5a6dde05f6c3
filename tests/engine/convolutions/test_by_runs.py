"""Depthwise convolutions by runs of memory are the same convolutions."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from grader.engine import conv
from grader.engine.convolutions import by_runs
from grader.engine.convolutions.plan import conv_plan

CASES = [
    pytest.param((3, 4, 5, 6), (4, 1, 3, 3), {"padding": 1}, id="2d"),
    pytest.param((3, 4, 5, 6), (4, 1, 3, 2), {"padding": "same", "dilation": (2, 3)}, id="dilated"),
    pytest.param((2, 3, 4, 5), (3, 1, 1, 4), {"padding": ((0, 1), (3, 0))}, id="a line"),
    pytest.param((2, 3, 4, 3, 5), (3, 1, 2, 3, 2), {"padding": ((0, 2), (1, 1), (2, 0))}, id="3d"),
    pytest.param((5, 6, 6), (5, 1, 6, 6), {}, id="one place, no batch"),
    pytest.param((0, 2, 4, 4), (2, 1, 3, 3), {"padding": 1}, id="no images"),
]


@pytest.mark.parametrize("runs", [1, 2_000, by_runs.RUNS])
@pytest.mark.parametrize(("input_shape", "weight_shape", "moves"), CASES)
def test_as_channel_by_channel(
    monkeypatch: pytest.MonkeyPatch,
    library: Any,
    input_shape: tuple[int, ...],
    weight_shape: tuple[int, ...],
    moves: dict[str, Any],
    runs: int,
) -> None:
    """Each channel convolved by itself gives its output; a group at a time, some, or all at once."""
    monkeypatch.setattr(by_runs, "RUNS", runs)
    channel = len(input_shape) - len(weight_shape) + 1
    groups = input_shape[channel]
    assert by_runs.is_for(conv_plan("conv", input_shape, weight_shape, groups=groups, **moves))
    rng = np.random.default_rng(0)
    x, weight = rng.integers(-9, 10, input_shape).astype(float), rng.integers(-9, 10, weight_shape).astype(float)
    alone = zip(np.split(x, groups, axis=channel), np.split(weight, groups), strict=True)
    expected = np.concatenate([conv(image, kernel, **moves) for image, kernel in alone], axis=channel)
    found = conv(library.asarray(x), library.asarray(weight), groups=groups, **moves)
    np.testing.assert_array_equal(library.numpy(found), expected)


def test_the_ends_of_the_lines_do_not_leak() -> None:
    """An infinity stays within its patches, though runs go on from line to line."""
    x = np.ones((1, 2, 4, 4))
    x[0, 0, 1, 3] = np.inf
    found = conv(x, np.ones((2, 1, 3, 3)), padding=1, groups=2)
    assert np.argwhere(np.isinf(found)).tolist() == [[0, 0, row, column] for row in (0, 1, 2) for column in (2, 3)]


def test_shared_among_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each thread has images of its own."""
    x, weight = np.arange(5 * 3 * 36.0).reshape(5, 3, 6, 6), np.arange(27.0).reshape(3, 1, 3, 3)
    expected = conv(x, weight, groups=3)
    monkeypatch.setattr(by_runs, "thread_count", lambda *_: 2)
    np.testing.assert_array_equal(conv(x, weight, groups=3), expected)
