"""Sets and intervals behind a sign of membership."""

from __future__ import annotations

import numpy as np
import pytest

from grader.answers.formulas.pointwise import holds
from grader.answers.syntax.parse import parse
from grader.answers.syntax.unread import Unread

GRID = np.arange(-3, 7, dtype=np.float64)


def members(text: str) -> set[int]:
    """The integers from -3 to 6 that are in the set."""
    found = holds(parse(f"k {text}", frozenset({"k"})), {"k": GRID}, len(GRID))
    return {int(k) for k, inside in zip(GRID, found, strict=True) if inside}


@pytest.mark.parametrize(
    ("text", "integers"),
    [
        ("∈ {0, 1}", {0, 1}),
        (r"\in \{0, \dots, 3\}", {0, 1, 2, 3}),
        (r"\in \{0, 1, \dots, 3\}", {0, 1, 2, 3}),
        ("∈ 0..2", {0, 1, 2}),
        ("∈ [0, 2]", {0, 1, 2}),
        ("∈ [0, 2)", {0, 1}),
        ("∈ (0, 2]", {1, 2}),
        ("∈ (0, 2)", {1}),
        (r"\in (-\infty, -1]", {-3, -2, -1}),
        (r"\in [5, +\infty)", {5, 6}),
        (r"\in [0, 1] \cup \{4\}", {0, 1, 4}),
        (r"\notin [-2, 6]", {-3}),
        ("in range(2)", {0, 1}),
        ("in range(1, 3)", {1, 2}),
        ("in (0, 4)", {0, 4}),
        (r"\in {[0, 1)}", {0}),
    ],
)
def test_what_is_in_a_set(text: str, integers: set[int]) -> None:
    """Brackets, ends that are infinite, unions; behind Python's `in` a tuple holds its items."""
    assert members(text) == integers


@pytest.mark.parametrize("text", ["∈", "∈ [0, 1", "∈ ]0, 1[", r"\in \{0, 2, \dots, 6\}", "∈ (0, 1, ..., 3)"])
def test_what_is_no_set(text: str) -> None:
    """Nothing, an open bracket, steps that are not said."""
    with pytest.raises(Unread):
        members(text)
