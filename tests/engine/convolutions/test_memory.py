"""What a convolution of a layer's size takes beside its result: the padded input and 16 MB at most."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from grader.engine import conv, conv_grad_input, conv_grad_weight

X = np.ones((8, 64, 56, 56), dtype=np.float32)
WEIGHT = np.ones((64, 64, 3, 3), dtype=np.float32)
LARGE, KERNEL = np.ones((1, 4, 512, 512)), np.ones((4, 4, 11, 11))
PADDED = 8 * 64 * 58 * 58 * 4
MORE = 16 * 2**20


@pytest.mark.parametrize(
    "work",
    [
        lambda: conv(X, WEIGHT, padding=1),
        lambda: conv_grad_weight(X, WEIGHT.shape, X, padding=1),
        lambda: conv_grad_input(X.shape, WEIGHT, X, padding=1),
        lambda: conv(X[:, :, ::2], WEIGHT, padding=1, padding_mode="reflect"),
        lambda: conv(LARGE, KERNEL),
        lambda: conv(X, WEIGHT[:, :1], padding=1, groups=64),
        lambda: conv(LARGE, KERNEL[:, :1, :3, :3], groups=4),
    ],
    ids=["forward", "to the weight", "to the input", "reflected", "a large kernel", "depthwise", "large and depthwise"],
)
def test_columns_are_never_all_there(work: Callable[[], Any]) -> None:
    """All of them would be nine times the input, and 121 times for the large kernel."""
    tracemalloc.start()
    try:
        result = work()
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak <= result.nbytes + PADDED + MORE
