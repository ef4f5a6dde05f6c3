"""Arrays that the problem states."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError


def test_integers_stay_integers(ask: Any) -> None:
    """An array of integers is int64; one decimal makes it float64."""
    assert ask("tensor", value=[[1, 2], [3, 4]]).reference.array.dtype == np.int64
    assert ask("tensor", value=[0, 0.8, 0]).reference.array.dtype == np.float64


def test_arrays_are_frozen(ask: Any) -> None:
    """What is given cannot be written to."""
    with pytest.raises(ValueError, match="read-only"):
        ask("tensor", value=[1, 2]).given.value[0] = 5


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ([[1, 2], [3]], "rows that differ in length"),
        ([[1, 2], 3], "rows that differ in length"),
        ([], "an empty list"),
        (3, "expected nested lists"),
        ([1, "x"], "the entry 'x'"),
        ([True], "the entry True"),
        ([float("inf")], "the entry inf"),
        ([2**64], "the entry 18446744073709551616"),
    ],
)
def test_what_is_no_array(value: Any, message: str, ask: Any) -> None:
    """What does not make an array is named."""
    with pytest.raises(ValidationError, match=message):
        ask("tensor", value=value)
