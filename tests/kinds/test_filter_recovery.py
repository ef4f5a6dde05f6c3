"""Filters from their inputs and outputs."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from grader import engine, kinds


def test_by_hand(ask: Any) -> None:
    """Three equations settle three entries; the size follows from the data."""
    found = ask("filter-recovery", input=[1, 4, 0, -2, 3], output=[-2, 2, 11])
    assert found.reference.array.tolist() == [2, -1, 3]
    assert found.slips["flipped-filter"].array.tolist() == [3, -1, 2]


def test_several_pairs(ask: Any) -> None:
    """What one pair leaves open another may settle."""
    pairs = [{"input": [1, 0], "output": [5]}, {"input": [0, 1], "output": [-2]}]
    assert ask("filter-recovery", pairs=pairs).reference.array.tolist() == [5, -2]


def test_data_that_leave_it_open(ask: Any) -> None:
    """A filter that the data do not settle is the author's error, not the student's."""
    with pytest.raises(ValueError, match="1 of the filter's entries stay free"):
        _ = ask("filter-recovery", input=[1, 2], output=[3]).reference


def test_data_that_contradict_each_other(ask: Any) -> None:
    """So are data that no filter fits."""
    with pytest.raises(ValueError, match="no filter maps"):
        _ = ask("filter-recovery", input=[1, 1, 2], output=[1, 2, 3]).reference


def test_sizes_that_do_not_fit(ask: Any) -> None:
    """The size can only be worked out where the windows fit."""
    with pytest.raises(ValueError, match="no kernel fits an input of 3 to an output of 4"):
        _ = ask("filter-recovery", input=[1, 2, 3], output=[1, 2, 3, 4]).reference


def test_either_one_pair_or_many(ask: Any) -> None:
    """A half-stated pair is refused."""
    with pytest.raises(ValidationError, match="state either"):
        ask("filter-recovery", input=[1, 2])


@settings(deadline=None, max_examples=30)
@given(weight=st.lists(st.integers(-5, 5), min_size=1, max_size=3), padding=st.integers(0, 2))
def test_recovers_what_made_the_data(weight: list[int], padding: int) -> None:
    """conv, then recovery, gives the filter back."""
    x = [3, -1, 4, 1, -5, 9, 2]
    y = engine.conv([[x]], [[weight]], padding=padding).tolist()[0][0]
    kind = kinds.load("filter-recovery")
    found = kind.reference(kind.given.model_validate({"input": x, "output": y, "padding": padding}))
    assert found.array.tolist() == weight
