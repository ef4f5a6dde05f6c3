"""Places in an array: each that a student names is a witness."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.answers.values import Places
from grader.answers.views.places import PlacesView
from grader.model import Verdict

VIEW = PlacesView(2)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("(1,3)", {(1, 3)}),
        ("[1, 3]", {(1, 3)}),
        ("(1,3), (2,3) or (3,3)", {(1, 3), (2, 3), (3, 3)}),
        ("(1,3) and (2,3)", {(1, 3), (2, 3)}),
        ("{(1,3), (2,3)}", {(1, 3), (2, 3)}),
        ("[[1, 3], [2, 3]]", {(1, 3), (2, 3)}),
        ("Z[1,3]", {(1, 3)}),
        ("Z[1, 3] = 0", {(1, 3)}),
        ("(i, j) = (1, 3)", {(1, 3)}),
        ("(10/2, 3)", {(5, 3)}),
        ("(-1, 3)", {(-1, 3)}),
    ],
)
def test_places_in_many_notations(text: str, places: set[tuple[int, int]], say: Any) -> None:
    """Tuples, indices, lists of them."""
    reading = VIEW.read(say(text))
    assert reading.value is not None, reading.reason
    assert set(reading.value.indices) == places


@pytest.mark.parametrize("text", ["", "10", "(1, 2, 3)", "(1.5, 3)", "(i, j)", "(1,3) != (2,3)", "not (1,3)"])
def test_what_is_no_place(text: str, say: Any) -> None:
    """A code and a reason, no value."""
    reading = VIEW.read(say(text))
    assert reading.value is None
    assert reading.reason


def test_the_same_places_in_another_order(mark: Any) -> None:
    """Are the same; one too few is not."""
    assert mark(VIEW, "(2,3), (1,3)", "(1,3), (2,3)").verdict is Verdict.CORRECT
    assert mark(VIEW, "(1,3)", "(1,3), (2,3)").verdict is Verdict.INCORRECT


@given(places=st.lists(st.tuples(st.integers(-99, 99), st.integers(-99, 99)), min_size=1, max_size=5, unique=True))
def test_reading_what_was_rendered(places: list[tuple[int, int]], say: Any) -> None:
    """The same places in the same order."""
    value = Places(tuple(places))
    assert VIEW.read(say(VIEW.render(value))).value == value


def _defect(text: str, reason: str) -> Any:
    return pytest.param(text, marks=pytest.mark.xfail(strict=True, reason=reason))


@pytest.mark.parametrize(
    "text",
    [
        "(1,3), (a,b)",
        "(1,3), 5",
        "(1,3), ..., (3,3)",
        "(1,024)",
    ],
)
def test_no_place_is_dropped(text: str, say: Any) -> None:
    """All that a student names must hold, so all of it must be read."""
    assert VIEW.read(say(text)).value is None


@pytest.mark.parametrize("text", ["i = 1, j = 3", "Z_{1,3}", "1, 3"])
@pytest.mark.xfail(strict=True, reason="places as equations, as subscripts or without brackets are not read")
def test_notations_still_to_come(text: str, say: Any) -> None:
    """Each has one reading only."""
    assert VIEW.read(say(text)).value == Places(((1, 3),))
