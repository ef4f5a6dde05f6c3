"""Shapes that the problem states."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from grader.answers.values import Shape
from grader.model import Verdict


def test_extents_may_be_expressions(ask: Any) -> None:
    """What a formula gives is not typed in."""
    assert ask("shape", shape=["floor((7 - 3)/2) + 1", 5]).reference == Shape((3, 5))


def test_where_no_layout_is_fixed(ask: Any) -> None:
    """Other orders and axes of extent 1 are accepted where the problem says so."""
    free = ask("shape", shape=[3, 5, 7], also=[[3, 7, 5]], singletons=True)
    for text in ("3x5x7", "(3, 7, 5)", r"\mathbb{R}^{3 \times 1 \times 5 \times 7}"):
        assert free.mark(text).verdict is Verdict.CORRECT
    assert ask("shape", shape=[3, 5, 7]).mark("3x7x5").verdict is not Verdict.CORRECT


def test_the_layout_stands_in_the_reason(ask: Any) -> None:
    """A shape in another layout is told which one the statement uses."""
    result = ask("shape", shape=[28, 28, 10], layout="height x width x channels").mark("10x28x28")
    assert result.verdict is Verdict.PARTIAL
    assert "height x width x channels" in result.reason


@pytest.mark.parametrize("extent", [0, -1, 2.5, "W", "7/2"])
def test_what_is_no_extent(extent: Any, ask: Any) -> None:
    """Extents are whole numbers of 1 or more."""
    with pytest.raises(ValidationError, match="found"):
        ask("shape", shape=[extent])
