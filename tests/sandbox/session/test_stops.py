"""Limits and ends: what is stopped costs itself, and the rest of the submission is still answered."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from grader.sandbox import Raised, Returned, Stopped
from grader.sandbox.session import Session

Make = Callable[..., Session]
STUBBORN = "import signal\n    signal.signal(signal.SIGALRM, signal.SIG_IGN)\n    while True: pass"


def stopped(session: Session, name: str, *arguments: Any) -> str:
    """The reason why a call was stopped."""
    outcome = session.call(name, *arguments)
    assert isinstance(outcome, Stopped), outcome
    return outcome.reason


def spawned(session: Session) -> int:
    """How many children it took."""
    return session._spawner.spawned  # type: ignore[attr-defined, no-any-return]  # the tests' own spawner counts


def child_of(session: Session) -> int:
    """The process that its child is, once the cells have run."""
    assert session.faults == []
    return session._wire._child.pid  # type: ignore[union-attr, attr-defined, no-any-return]


def test_an_honest_endless_loop_costs_its_cell(program: Make) -> None:
    """The process goes on, and what the cell had defined before stays."""
    session = program("a = 1\nwhile True:\n    a += 1", "b = 2", cell_seconds=0.2)
    [fault] = session.faults
    assert (fault.cell, fault.message) == (0, "ran longer than 0.2 s")
    assert fault.line in (2, 3)
    assert set(session.definitions) == {"a", "b"}
    assert spawned(session) == 1


def test_an_honest_endless_loop_costs_its_call(program: Make) -> None:
    """Nothing has to be started again, and earlier results are still there."""
    session = program("def f():\n    while True: pass\ndef g(x): return x", call_seconds=0.2)
    kept = session.call("g", 3)
    assert isinstance(kept, Returned)
    assert stopped(session, "f") == "ran longer than 0.2 s"
    assert isinstance(session.call("g", kept.kept), Returned)
    assert spawned(session) == 1


def test_a_loop_that_cannot_be_interrupted_is_left_out_of_the_next_child(program: Make) -> None:
    """The cells before and behind it are run again, once each, and count once."""
    session = program("a = 1\n1/0", f"if True:\n    {STUBBORN}", "b = 2", cell_seconds=0.1)
    assert [(fault.cell, fault.message) for fault in session.faults] == [
        (0, "ZeroDivisionError: division by zero"),
        (1, "ran longer than 0.1 s"),
    ]
    assert set(session.definitions) == {"a", "b"}
    assert spawned(session) == 2


def test_what_was_kept_is_lost_with_its_child(program: Make) -> None:
    """And told so, by what was stopped; a new result can be used."""
    session = program(f"def f():\n    {STUBBORN}", "def g(x): return x", call_seconds=0.1)
    kept = session.call("g", 3)
    assert isinstance(kept, Returned)
    assert stopped(session, "f") == "ran longer than 0.1 s"
    assert stopped(session, "g", kept.kept) == "what it needed was lost when f was stopped"
    again = session.call("g", 3)
    assert isinstance(again, Returned)
    assert isinstance(session.call("g", again.kept), Returned)


def test_after_some_restarts_every_answer_is_the_first_reason(program: Make) -> None:
    """A program that always ends is not tried for ever."""
    session = program("import os\ndef f(): os._exit(0)\ndef g(): os.abort()\ndef h(): return 1", restarts=2)
    assert [stopped(session, name) for name in "fgg"] == ["ended the process", "crashed", "crashed"]
    assert stopped(session, "h") == "ended the process"
    assert "h" in session.definitions
    assert spawned(session) == 3


def test_a_cell_that_ends_the_process_is_left_out(program: Make) -> None:
    """`os._exit` costs its cell."""
    session = program("a = 1", "import os\nos._exit(0)", "b = 2")
    assert [(fault.cell, fault.message) for fault in session.faults] == [(1, "ended the process")]
    assert set(session.definitions) == {"a", "b"}


def test_all_cells_and_calls_together_are_bounded(program: Make) -> None:
    """What is not run is told so, and what is asked is answered at once."""
    session = program(*["while True: pass"] * 4, "b = 2", cell_seconds=0.2, total_seconds=0.5)
    reason = "all its cells and calls together ran longer than 0.5 s"
    messages = [fault.message for fault in session.faults]
    assert messages[0] == "ran longer than 0.2 s"
    assert messages[-1] == f"not run: {reason}"
    assert len(messages) == 5
    assert stopped(session, "f") == reason


def test_sleep_is_stopped_as_a_loop_is(program: Make) -> None:
    """What waits takes the time on the wall."""
    session = program("import time\ndef f(): time.sleep(100)", call_seconds=1.2)
    assert stopped(session, "f") == "ran longer than 1.2 s"


@pytest.mark.parametrize(
    "body",
    [
        "os.close(3)",
        "os.closerange(3, 100)",
        "[os.dup2(os.open(os.devnull, os.O_RDWR), n) for n in range(3, 12)]",
        "os.kill(os.getpid(), 9)",
        "sys.setrecursionlimit(10**5) or f()",
        "sys.setrecursionlimit(60)",
        "signal.signal(signal.SIGALRM, signal.SIG_IGN)",
        "os.kill(os.getpid(), signal.SIGSTOP)",
        "sys.modules.clear()",
        "gc.collect() or [o.clear() for o in gc.get_objects() if type(o) is dict and 'Interrupted' in o]",
    ],
)
def test_whatever_a_call_does_to_its_process_the_next_is_answered(program: Make, body: str) -> None:
    """By the same child or by a new one."""
    imports = "import gc, os, signal, sys\n"
    session = program(f"{imports}def f():\n    {body}\n    return 1", "def g(): return 2", call_seconds=1.1)
    assert isinstance(session.call("f"), Returned | Raised | Stopped)
    outcomes = [session.call("g") for _ in range(2)]
    assert isinstance(outcomes[1], Returned), outcomes
    assert outcomes[1].value == 2


def test_endless_output_is_dropped_and_stopped(program: Make) -> None:
    """It is read, so that a child which prints a lot is not held up, and not kept."""
    session = program(
        "def f():\n    while True: print('x' * 10_000)",
        "def g():\n    print('y' * 10**6)\n    return 1",
        call_seconds=0.2,
    )
    assert stopped(session, "f") == "ran longer than 0.2 s"
    assert isinstance(session.call("g"), Returned)
    assert len(session.output) == 64 << 10


def test_a_child_that_does_not_read_is_stopped(program: Make) -> None:
    """A request larger than the pipe meets a child that stands still."""
    session = program("def f(): return 1", call_seconds=1.1)
    os.kill(child_of(session), signal.SIGSTOP)
    assert stopped(session, "f", np.zeros(1_000_000)) == "ran longer than 1.1 s"
    outcome = session.call("f", np.zeros(1_000_000))
    assert isinstance(outcome, Raised)
    assert outcome.type == "TypeError"


def test_hanging_deletion_costs_no_more_than_its_child(program: Make) -> None:
    """`__del__` runs whenever Python likes, also between two questions."""
    source = "class Slow:\n    def __del__(self):\n        while True: pass\ndef f():\n    Slow()\n    return 1"
    session = program(source, "def g(): return 2", call_seconds=0.2)
    session.call("f")
    session.call("f")
    outcome = session.call("g")
    assert isinstance(outcome, Returned)


def test_a_closed_session_starts_again(program: Make) -> None:
    """The next question runs the cells in a new child."""
    session = program("a = 1")
    session.close()
    assert isinstance(session.value("a"), Returned)
    session.close()
    assert isinstance(session.value("a"), Returned)
    assert spawned(session) == 2
