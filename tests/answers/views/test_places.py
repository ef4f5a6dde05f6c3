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


@pytest.mark.parametrize(
    "text",
    [
        "i = 1, j = 3",
        "j = 3, i = 1",
        "(i = 1, j = 3)",
        "m = 1 and n = 3",
        "row = 1, column = 3",
        "row: 1, column: 3",
        "row 1, column 3",
        "Row 1, col 3",
        "row 1 column 3",
        "row 1 and column 3",
        "Z_{1,3}",
        "Z_{1,3} = 0",
        "Z(1, 3)",
        "1, 3",
        "(j, i) = (3, 1)",
        "(row, column) = (1, 3)",
    ],
)
def test_one_place_in_many_notations(text: str, say: Any) -> None:
    """Equations in any order, words, subscripts, no brackets."""
    assert VIEW.read(say(text)).value == Places(((1, 3),))


@pytest.mark.parametrize(
    ("before", "text", "after"),
    [("i = 1,", "j = 3", ""), ("It stands in row", "1", ", column 3."), ("at row 1, column", "3", "")],
)
def test_the_other_half_stands_beside(before: str, text: str, after: str, say: Any) -> None:
    """A claim that holds one index finds the other in the words around it."""
    assert VIEW.read(say(text, before=before, after=after)).value == Places(((1, 3),))


@pytest.mark.parametrize(
    "text",
    ["x = 1, y = 3", "(x, y) = (1, 3)", "i = 1", "i = 1, i = 3", "i = 1, k_2 = 3", "Z_{13}", "1, 3, 5", "row 1",
     "1.5, 3", "i = 1, j = 3 or i = 2, j = 3"],
)  # fmt: skip
def test_places_that_are_not_certain(text: str, say: Any) -> None:
    """Which number is the row, or that there are two, is not said."""
    assert VIEW.read(say(text)).value is None


def test_x_and_y_may_be_one_number(say: Any) -> None:
    """Then their order says nothing."""
    assert VIEW.read(say("(x, y) = (3, 3)")).value == Places(((3, 3),))


@given(place=st.tuples(st.integers(0, 99), st.integers(0, 99)), form=st.sampled_from(["({}, {})", "{}, {}", "Z[{},{}]",
       "Z_{{{},{}}}", "i = {}, j = {}", "row {}, column {}", "[{}, {}]", "$({}, {})$"]))  # fmt: skip
def test_every_notation_gives_the_same_place(place: tuple[int, int], form: str, say: Any) -> None:
    """Row first."""
    assert VIEW.read(say(form.format(*place))).value == Places((place,))


@pytest.mark.parametrize(
    ("before", "text", "places"),
    [
        ("", r"(i, j) \in \{(1,3), (2,3)\}", {(1, 3), (2, 3)}),
        ("", r"(j, i) \in \{(3,1), (3,2)\}", {(1, 3), (2, 3)}),
        ("attained for $j = 0$ and", "i = 1, 2, 3", {(1, 0), (2, 0), (3, 0)}),
        ("e.g. at i=3,", "j=0", {(3, 0)}),
        ("", "i = 1, 2 and j = 3", {(1, 3), (2, 3)}),
    ],
)
def test_places_by_equations(before: str, text: str, places: set[tuple[int, int]], say: Any) -> None:
    """Membership, and an equation for each index, of which one may name several numbers."""
    reading = VIEW.read(say(text, before=before))
    assert reading.value is not None, reading.reason
    assert set(reading.value.indices) == places


@pytest.mark.parametrize(
    ("before", "text"), [("i = 1, 2 and", "j = 2, 3"), ("", "j = 1, 2"), ("x = 1 and", "y = 2, 3")]
)
def test_equations_that_leave_the_places_open(before: str, text: str, say: Any) -> None:
    """Which numbers belong together, or which index is the row, is not said."""
    assert VIEW.read(say(text, before=before)).value is None
