"""A child that forges its answers: at worst it is its own wrong answer, and mostly it is no result."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from grader.sandbox import Opaque, Raised, Returned, Stopped
from grader.sandbox.session import Session

Make = Callable[..., Session]

# Finds the descriptor that replies go to, and writes there what the test gives.
FORGER = """
import os, stat, json, struct
def forge(data):
    for fd in range(3, 64):
        try:
            os.write(fd, data)
        except OSError:
            pass
def frame(body, arrays=(), payload=b""):
    text = json.dumps({"body": body, "arrays": list(arrays)}).encode()
    return struct.pack("<I", len(text)) + text + payload
def attack(code):
    forge(eval(code))
    os._exit(0)
def right(): return 1
"""


def forged(program: Make, data: str) -> Any:
    """What a call comes to whose child writes `data`, an expression, and ends; an honest call is answered after it."""
    session = program(FORGER)
    outcome = session.call("attack", data)
    honest = session.call("right")
    assert isinstance(honest, Returned)
    assert honest.value == 1
    return outcome


@pytest.mark.parametrize(
    "data",
    [
        "b'\\xff' * 100",
        "b'\\0' * 100",
        'b\'{"outcome": "returned"}\' * 10',
        "frame([])",
        "frame({})",
        "frame({'n': 1, 'outcome': 'returned', 'value': 1, 'notes': []})",
        "frame({'n': 2, 'outcome': 'returned', 'value': ['a', 0], 'changed': [], 'notes': []})",
        "frame({'n': 2, 'outcome': 'returned', 'value': ['k', 1, []], 'changed': [], 'notes': []})",
        "frame({'n': 2, 'outcome': 'returned', 'value': 1, 'changed': [-1], 'notes': []})",
        "frame({'n': 2, 'outcome': 'returned', 'value': 1, 'changed': [], 'notes': 'all'})",
        "frame({'n': 2, 'outcome': 'returned', 'value': 1, 'changed': [], 'notes': [{}]})",
        "frame({'n': 2, 'outcome': 'raised', 'type': 5, 'notes': []})",
        "frame({'n': 2, 'outcome': 'returned', 'notes': []}, [{'dtype': 'object', 'shape': [1]}], b'12345678')",
        "frame({'n': 2, 'outcome': 'returned', 'notes': []}, [{'dtype': 'float64', 'shape': [1 << 40]}])",
    ],
)
def test_what_is_no_result_is_told(program: Make, data: str) -> None:
    """Whatever is not the reply to the question that was asked."""
    outcome = forged(program, data)
    assert isinstance(outcome, Stopped)
    assert outcome.reason.startswith("sent what is no result: ")
    assert "\n" not in outcome.reason


@pytest.mark.parametrize(
    "data", ["b''", "b'\\1'", "frame({'n': 2})[:-1]", "frame({}, [{'dtype': 'float64', 'shape': [3]}], b'1234')"]
)
def test_an_answer_that_breaks_off_is_the_end_of_the_process(program: Make, data: str) -> None:
    """It ended before it answered."""
    outcome = forged(program, data)
    assert isinstance(outcome, Stopped)
    assert outcome.reason == "ended the process"


def test_a_forged_result_is_the_students_own_answer(program: Make) -> None:
    """It is compared like any other; its time is that of the clock outside where the claim cannot be."""
    body = {
        "n": 2,
        "outcome": "returned",
        "value": ["t", 1, ["o", "X"]],
        "seconds": -1e9,
        "changed": [],
        "notes": ["hi\x1b[31m"],
    }
    session = program(FORGER)
    outcome = session.call("attack", f"frame(json.loads({json.dumps(body)!r}))")
    assert isinstance(outcome, Returned)
    assert outcome.value == (1, Opaque("X"))
    assert outcome.seconds >= 0
    assert session.notes == ["hi [31m"]


def test_an_answer_in_advance_meets_the_wrong_question(program: Make) -> None:
    """Two replies to one question: the second is none to the next."""
    body = "{'n': 2, 'outcome': 'returned', 'value': 42, 'seconds': 0.0, 'changed': [], 'notes': []}"
    session = program(FORGER + f"def twice():\n    forge(frame({body}))\n    return 1")
    first = session.call("twice")
    assert isinstance(first, Returned)
    assert first.value == 42
    assert isinstance(session.call("right"), Stopped)
    assert isinstance(session.call("right"), Returned)


def test_forged_definitions_are_plain_or_refused(program: Make) -> None:
    """A cell that answers for itself is a cell that failed; the others count."""
    forgery = "forge(frame({'n': 2, 'outcome': 'ran', 'notes': [], 'faults': [], 'definitions': [{'name': 'x'}]}))"
    session = program(FORGER, forgery, "a = 1")
    assert [fault.message.partition(":")[0] for fault in session.faults] == ["sent what is no result"]
    assert "a" in session.definitions


def test_texts_of_a_child_steer_no_terminal(program: Make) -> None:
    """Messages are one bounded line of printable characters."""
    session = program("def f(): raise ValueError('a\\x1b[31m\\tb' + 'c' * 10_000 + '\\nsecond')")
    outcome = session.call("f")
    assert isinstance(outcome, Raised)
    assert outcome.message.startswith("a [31m bccc")
    assert outcome.message.isprintable()
    assert len(outcome.message) <= 500
