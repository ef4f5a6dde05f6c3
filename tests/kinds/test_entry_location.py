"""Places where an output has a value."""

from __future__ import annotations

from typing import Any

import pytest

from grader.answers.values import Places
from grader.model import Verdict

GRID = {"input": [[0, 7, 0], [7, 0, 7]], "weight": [[1]]}


def test_any_place_that_holds_is_right(ask: Any) -> None:
    """One is enough, several must all hold."""
    largest = ask("entry-location", **GRID, value="max")
    assert largest.reference == Places(((0, 1),))
    for text in ("(1, 0)", "(0,1), (1,0), or (1,2)"):
        assert largest.mark(text).verdict is Verdict.CORRECT


def test_some_that_hold(ask: Any) -> None:
    """Credit is the share of the named places that hold, and a wrong one is named."""
    result = ask("entry-location", **GRID, value=7).mark("(0,1), (0,0)")
    assert (result.verdict, result.credit) == (Verdict.PARTIAL, 0.5)
    assert "(0, 0)" in result.reason


def test_none_that_holds(ask: Any) -> None:
    """A place outside of the output is wrong, not an error."""
    assert ask("entry-location", **GRID, value="min").mark("(5, 5)").verdict is Verdict.INCORRECT
    assert ask("entry-location", **GRID, value="min").mark("(-1, 0)").verdict is Verdict.INCORRECT


def test_origin_one(ask: Any) -> None:
    """Indices begin where the problem says."""
    largest = ask("entry-location", **GRID, value="max", origin=1)
    assert largest.mark("(1, 2)").verdict is Verdict.CORRECT
    assert largest.mark("(0, 1)").verdict is Verdict.INCORRECT


def test_a_value_that_is_not_there(ask: Any) -> None:
    """A value that stands nowhere is the author's error."""
    with pytest.raises(ValueError, match="the value 3 stands nowhere"):
        _ = ask("entry-location", **GRID, value=3).reference
