"""Columns copied by whole lines: the same sums as by columns, whatever the sizes, borders and groups."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.engine.convolutions import by_columns, by_lines
from grader.engine.convolutions.plan import Plan, conv_plan

AXIS = st.tuples(st.integers(1, 7), st.integers(1, 3), st.integers(0, 2), st.integers(1, 2))


def arrays(plan: Plan, seed: int = 0) -> tuple[Any, Any, Any]:
    """Integers as floats, in the views that the sums take: input, weight, output."""
    rng = np.random.default_rng(seed)
    shapes = plan.x_view, plan.weight_view, (*plan.y_view[:4], plan.places)
    x, weight, y = (rng.integers(-9, 10, shape).astype(np.float64) for shape in shapes)
    return x, weight, y


def check(plan: Plan) -> None:
    """Both ways give the same, exactly."""
    x, weight, y = arrays(plan)
    found = by_lines.to_output(np, x, weight, plan)
    assert np.array_equal(found.reshape(y.shape), by_columns.to_output(np, x, weight, plan))
    assert np.array_equal(by_lines.to_weight(np, x, y, plan), by_columns.to_weight(np, x, y, plan))


@given(
    axes=st.lists(
        st.tuples(*[st.integers(1, 7), st.integers(1, 3), st.integers(0, 2), st.integers(1, 2)]), min_size=1, max_size=3
    ),
    batch=st.integers(1, 3),
    groups=st.integers(1, 2),
    channels=st.integers(1, 3),
    filters=st.integers(1, 3),
)
@settings(deadline=None, max_examples=60)
def test_the_same_sums(axes: list[tuple[int, ...]], batch: int, groups: int, channels: int, filters: int) -> None:
    """One to three axes, each with size, kernel, padding and dilation."""
    size, kernel, padding, dilation = zip(*axes, strict=True)
    if any(s + 2 * p < d * (k - 1) + 1 for s, k, p, d in axes):
        return
    x, weight = (batch, channels * groups, *size), (filters * groups, channels, *kernel)
    check(conv_plan("conv", x, weight, padding=padding, dilation=dilation, groups=groups))


@pytest.mark.parametrize("mode", ["zeros", "reflect", "replicate", "circular"])
def test_every_border(mode: str) -> None:
    """The border is part of the lines."""
    check(conv_plan("conv", (2, 3, 6, 5), (4, 3, 3, 3), padding=((1, 2), (0, 1)), mode=mode))


def test_blocks_of_lines() -> None:
    """Where not all lines fit the buffer, they are taken in turns."""
    check(conv_plan("conv", (1, 96, 40, 40), (8, 96, 3, 3), padding=1))


def test_integers_stay_exact() -> None:
    """What is dropped at the ends of lines does not matter, be it never so large."""
    plan = conv_plan("conv", (1, 1, 3, 3), (1, 1, 2, 2))
    x, weight, _ = (array.astype(np.int64) for array in arrays(plan))
    assert by_lines.to_output(np, x, weight, plan).dtype == np.int64


def test_what_it_is_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stride 1, a kernel of several taps, few ends of lines, BLAS with threads and work for them."""
    monkeypatch.setattr(by_lines, "is_shared_out", lambda _multiplications: True)
    monkeypatch.setattr(by_lines, "thread_count", lambda *_: 1)
    x, weight = (1, 64, 28, 28), (64, 64, 3, 3)
    assert by_lines.is_for(np, conv_plan("conv", x, weight, padding=1))
    assert not by_lines.is_for(np, conv_plan("conv", x, weight, stride=2))
    assert not by_lines.is_for(np, conv_plan("conv", x, (64, 64, 1, 1)))
    assert not by_lines.is_for(np, conv_plan("conv", (1, 64, 28, 4), (64, 64, 3, 3)))
    assert not by_lines.is_for(object(), conv_plan("conv", x, weight))
