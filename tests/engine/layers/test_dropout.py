"""Dropout by a given mask."""

from __future__ import annotations

from collections.abc import Callable
from math import inf

import numpy as np
import pytest

from grader.engine import dropout, dropout_grad
from grader.errors import EngineError


def test_what_is_kept_is_scaled() -> None:
    """Over 1 - p, so that its mean stays; what is dropped is 0, were it infinite."""
    assert dropout([1, 2, inf], [True, True, False], 0.75).tolist() == [4, 8, 0]
    assert dropout([1, 2, 3], [1, 0, 1]).tolist() == [2, 0, 6]


def test_whole_channels() -> None:
    """A mask of (N, C, 1) is stretched."""
    x = np.ones((1, 2, 3))
    assert dropout(x, [[[1], [0]]]).tolist() == [[[2, 2, 2], [0, 0, 0]]]
    assert dropout_grad(x, x, [[[1], [0]]]).tolist() == [[[2, 2, 2], [0, 0, 0]]]


def test_the_ends() -> None:
    """At 0 nothing is scaled, at 1 nothing is left."""
    assert dropout([1.5, 2.5], [1, 1], 0).tolist() == [1.5, 2.5]
    assert dropout([1.5, 2.5], [1, 1], 1).tolist() == [0, 0]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: dropout([1.0], [1, 1]), r"dropout: mask of shape \(2,\) does not broadcast to shape \(1,\)"),
        (lambda: dropout([1.0], [2]), "dropout: mask must hold True and False, or 1 and 0"),
        (lambda: dropout([1.0], [[1], [1, 2]]), "dropout: mask is ragged"),
        (lambda: dropout([1.0], [1], 1.5), "dropout: p must be at most 1, got 1.5"),
        (lambda: dropout([1.0], [1], -0.5), "dropout: p must be at least 0, got -0.5"),
        (lambda: dropout_grad([1.0], [1.0, 2.0], [1]), r"dropout_grad: grad_output must have shape \(1,\)"),
    ],
)
def test_what_does_not_fit_is_refused(call: Callable[[], object], message: str) -> None:
    """Each message holds the shapes or the value."""
    with pytest.raises(EngineError, match=message):
        call()
