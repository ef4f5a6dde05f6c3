"""Gradients through a pooling."""

from __future__ import annotations

from typing import Any

IMAGE = [[1, 2, 0, 1], [3, 0, 4, 0]]


def test_max_sends_it_to_the_maximum(ask: Any) -> None:
    """Each window's gradient goes to its largest entry alone."""
    grad = ask("pool-grad", input=IMAGE, window=2, grad_output=[[8, 4]])
    assert grad.reference.array.tolist() == [[0, 0, 0, 0], [8, 0, 4, 0]]
    assert grad.slips["shared-out"].array.tolist() == [[2, 2, 1, 1], [2, 2, 1, 1]]


def test_average_shares_it_out(ask: Any) -> None:
    """Each entry gets the gradient over the window's size."""
    grad = ask("pool-grad", input=IMAGE, window=2, grad_output="ones", mode="average")
    assert grad.reference.array.tolist() == [[0.25] * 4] * 2
    assert grad.slips["not-divided"].array.tolist() == [[1] * 4] * 2
    assert grad.slips["sent-to-maximum"].array.tolist() == [[0, 0, 0, 0], [1, 0, 1, 0]]


def test_lp(ask: Any) -> None:
    """For p = 2 each entry over the norm of its window."""
    grad = ask("pool-grad", input=[3, 4], window=2, grad_output=[10], mode="lp", norm=2)
    assert grad.reference.array.tolist() == [6, 8]
