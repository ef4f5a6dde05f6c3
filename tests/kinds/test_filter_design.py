"""Filters of the student's own."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from grader.model import Verdict


@pytest.mark.parametrize(
    ("goal", "text", "credit"),
    [
        ("vertical-edges", "[[-1,0,1],[-1,0,1],[-1,0,1]]", 1.0),
        ("vertical-edges", "[[1,0,-1],[2,0,-2],[1,0,-1]]", 1.0),
        ("vertical-edges", "[[0,0,0],[-1,1,0],[0,0,0]]", 1.0),
        ("vertical-edges", "[[0,1,0],[1,-4,1],[0,1,0]]", 0.5),
        ("vertical-edges", "[[-1,-1,-1],[0,0,0],[1,1,1]]", 0.0),
        ("vertical-edges", "[[1,1,1],[1,1,1],[1,1,1]]", 0.0),
        ("vertical-edges", "[[0,0,0],[0,0,0],[0,0,0]]", 0.0),
        ("horizontal-edges", "[[-1,-1,-1],[0,0,0],[1,1,1]]", 1.0),
        ("horizontal-edges", "[[-1,0,1],[-1,0,1],[-1,0,1]]", 0.0),
        ("blur", "1/9 * [[1,1,1],[1,1,1],[1,1,1]]", 1.0),
        ("blur", "[[0.111,0.111,0.111],[0.111,0.111,0.111],[0.111,0.111,0.111]]", 1.0),
        ("blur", "[[1,2,1],[2,4,2],[1,2,1]]", 0.5),
        ("blur", "[[0,0,0],[0,1,0],[0,0,0]]", 0.5),
        ("blur", "[[-1,0,1],[-1,0,1],[-1,0,1]]", 0.0),
        ("blur", "[[0,0,0],[0,0,0],[0,0,0]]", 0.0),
        ("sharpen", "[[0,-1,0],[-1,5,-1],[0,-1,0]]", 1.0),
        ("sharpen", "[[0,-1,0],[-1,4,-1],[0,-1,0]]", 0.5),
        ("identity", "[[0,0,0],[0,1,0],[0,0,0]]", 1.0),
        ("identity", "[[1,0,0],[0,1,0],[0,0,1]]", 0.0),
    ],
)
def test_goals(goal: str, text: str, credit: float, ask: Any) -> None:
    """What the filter does counts, not how it is written; each clause earns its own credit."""
    assert ask("filter-design", goal=goal).mark(text).credit == credit


def test_the_reason_says_what_held(ask: Any) -> None:
    """A student learns which half was right."""
    result = ask("filter-design", goal="blur").mark("[[1,2,1],[2,4,2],[1,2,1]]")
    assert result.verdict is Verdict.PARTIAL
    assert result.reason == "it smooths; it does not keep the brightness: look at the sum of its entries"


def test_another_size(ask: Any) -> None:
    """A filter of the wrong size earns nothing, with both sizes named."""
    result = ask("filter-design", goal="blur").mark("[[0.25, 0.25], [0.25, 0.25]]")
    assert (result.verdict, result.reason) == (
        Verdict.INCORRECT,
        "the filter has shape 2 x 2, the one asked for 3 x 3",
    )


@pytest.mark.parametrize("goal", ["vertical-edges", "horizontal-edges", "blur", "sharpen", "identity"])
@pytest.mark.parametrize("size", [[3, 3], [3, 5], [7, 3]])
def test_the_example_passes(goal: str, size: list[int], ask: Any) -> None:
    """Whatever is asked for, the reference does it."""
    question = ask("filter-design", goal=goal, size=size)
    assert question.mark(question.rendered()).verdict is Verdict.CORRECT


def test_even_sizes(ask: Any) -> None:
    """A filter has a centre."""
    with pytest.raises(ValidationError, match="expected odd extents"):
        ask("filter-design", goal="blur", size=[2, 2])
