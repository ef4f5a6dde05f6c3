"""Single entries of an output."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from grader.errors import EngineError

ROW = {"input": [1, 3, 0, -1], "weight": [1, -2]}
"""Its output is -5, 3, 2; with the kernel flipped 1, -6, -1."""


@pytest.mark.parametrize(
    ("which", "origin", "value"), [("max", 0, 3), ("min", 0, -5), ([0], 0, -5), ([1], 1, -5), ([3], 1, 2)]
)
def test_which(which: Any, origin: int, value: int, ask: Any) -> None:
    """The largest, the smallest, or the one at an index that begins where the problem says."""
    assert ask("output-entry", **ROW, which=which, origin=origin).reference.value == value


def test_slips(ask: Any) -> None:
    """A lost sign, a flipped kernel, the other end."""
    entry = ask("output-entry", **ROW, which="min")
    assert {name: int(number.value) for name, number in entry.slips.items()} == {
        "lost-sign": 5,
        "flipped-kernel": -6,
        "other-extreme": 3,
    }


def test_outside(ask: Any) -> None:
    """An index that is not there is the author's error."""
    with pytest.raises(EngineError, match=r"the index \[3\] lies outside"):
        _ = ask("output-entry", **ROW, which=[3]).reference
    with pytest.raises(ValidationError, match="expected indices from 1 on"):
        ask("output-entry", **ROW, which=[0], origin=1)
