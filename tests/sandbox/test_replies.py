"""Replies: whatever JSON a child makes up, it is an outcome of plain types, or the codec's error."""

from __future__ import annotations

from collections.abc import Callable
from tempfile import gettempdir
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.sandbox import Cell, Kept, Opaque, Returned, Sort, replies
from grader.sandbox.inside.frames import Frame, FrameError

CELL = Cell("", 3, "cell 3")
leaves_ = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(["", "value", "ran", "raised", "a\x1b"])
)
json_ = st.recursive(
    leaves_, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=2), inner, max_size=2)
)
KEYS = "outcome value seconds changed type message line advice faults definitions gone notes name sort blank".split()
body_ = st.dictionaries(st.sampled_from(KEYS), json_)
laws = settings(max_examples=150, deadline=None)


READINGS: list[Callable[[Frame], Any]] = [
    lambda frame: replies.returned(frame, Kept(1), 0.5),
    replies.raised,
    lambda frame: replies.faults(frame, CELL, "ran longer than 20 s"),
    lambda frame: replies.definitions(frame, CELL),
    lambda frame: replies.names(frame, "notes"),
]


@laws
@given(body_)
def test_no_reply_raises_anything_but_the_codecs_error(body: dict[str, Any]) -> None:
    """Fields of other types, fields that are missing, lists for numbers."""
    for reading in READINGS:
        try:
            reading(Frame(body))
        except FrameError:
            continue


@laws
@given(st.fixed_dictionaries(dict.fromkeys(("parameters", "line", "required", "type"), json_)))
def test_no_definition_raises_anything_but_the_codecs_error(entry: dict[str, Any]) -> None:
    """A definition that is right but for one field."""
    right = {
        "name": "f",
        "sort": "function",
        "blank": False,
        "parameters": ["x"],
        "line": 1,
        "required": 1,
        "type": "function",
    }
    for key, value in entry.items():
        try:
            [definition] = replies.definitions(Frame({"definitions": [{**right, key: value}]}), CELL)
        except FrameError:
            continue
        assert (definition.name, definition.sort, definition.cell) == ("f", Sort.FUNCTION, 3)


@pytest.mark.parametrize(
    ("claimed", "told"),
    [
        (0.4, 0.4),
        (0.0, 0.5),
        (-1e9, 0.5),
        (1e9, 0.5),
        (float("nan"), 0.5),
        (float("inf"), 0.5),
        ("fast", 0.5),
        (None, 0.5),
    ],
)
def test_time_is_believed_where_it_can_be(claimed: Any, told: float) -> None:
    """Half a second passed by the clock outside, the way there and back included."""
    outcome = replies.returned(Frame({"value": 1, "seconds": claimed, "changed": []}), Kept(1), 0.5)
    assert outcome == Returned(1, Kept(1), told)


def test_a_value_is_plain_data() -> None:
    """Arrays by their number, what was not sent by its type's name in one line."""
    tree = ["t", ["a", 0], ["o", "Net\nof\x1bmine"]]
    outcome = replies.returned(Frame({"value": tree, "seconds": 0.4, "changed": [0]}, (np.ones(2),)), Kept(1), 0.5)
    array, opaque = outcome.value
    assert (array.tolist(), opaque, outcome.changed) == ([1, 1], Opaque("Net of mine"), (0,))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"No such file: '{gettempdir()}/grader-x1y2_z3a/children/85/data.npy'", "No such file: './data.npy'"),
        ("<__main__.Layer object at 0x7f3b00c0ffee> is no array", "<__main__.Layer object at 0x…> is no array"),
        ("0xff is 255, and /tmp/children/85 is a folder", "0xff is 255, and /tmp/children/85 is a folder"),
    ],
)
def test_what_differs_from_run_to_run_is_left_out(text: str, told: str) -> None:
    """The child's own folder, and where an object lies in memory."""
    assert replies.line(text) == told
