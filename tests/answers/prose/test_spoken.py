"""Sums in words are sums."""

from __future__ import annotations

import pytest

from grader.answers.prose.spoken import with_signs


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the sum over i and j of dY_ij", r"\sum_{i,j} dY_ij"),
        ("the sum from i=1 to m of x_i", r"\sum_{i=1}^{m} x_i"),
        ("$dY_{ij} X_{ij}$ summed over i and j", r"$\sum_{i,j} dY_{ij} X_{ij}$"),
        ("sum of $x_i$ over all i", r"$\sum_{i} x_i$"),
        ("the sum is 3", "the sum is 3"),
        ("The mean is zero.", "The mean is 0."),
        ("if the mean is zero, then", "if the mean is zero, then"),
        ("Since the mean is zero, it", "Since the mean is zero, it"),
        ("the mean is zero mostly", "the mean is zero mostly"),
        ("we sum over the batch", "we sum over the batch"),
    ],
)
def test_spoken_sums(text: str, expected: str) -> None:
    """With their indices before or behind them."""
    assert with_signs(text)[0] == expected


def test_they_are_on_the_record() -> None:
    """What was read differently is told."""
    assert with_signs("the sum over i of x_i")[1]
    assert with_signs("x_i")[1] == ()
