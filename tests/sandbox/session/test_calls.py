"""Calls: what a function is given, what it gives back, what it changes, and what it raises."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from grader.sandbox import AsTensor, Kept, Opaque, Outcome, Raised, Returned, Stopped
from grader.sandbox.session import Session

Make = Callable[..., Session]


def value(outcome: Outcome) -> Any:
    """What came back."""
    assert isinstance(outcome, Returned), outcome
    return outcome.value


@pytest.mark.parametrize(
    "argument", [3, 2.5, "same", None, True, [1, 2], (1, [2]), {"stride": 1, "pad": 0}, [0.5] * 100, 1 << 80]
)
def test_arguments_come_as_they_were_given(program: Make, argument: Any) -> None:
    """Each with its type; what is returned comes back likewise."""
    assert value(program("def f(x): return x, repr(x)").call("f", argument)) == (argument, repr(argument))


def test_arrays_keep_dtype_shape_and_may_be_written_to(program: Make) -> None:
    """Those that a function changes in place are told by their position."""
    session = program("def f(x, y, z=None):\n    y[0] = 5\n    z[0] = 1\n    return x.dtype.name, y")
    outcome = session.call("f", np.zeros((2, 3), np.float32), np.zeros(2), z=np.zeros(1))
    assert isinstance(outcome, Returned)
    name, changed = outcome.value
    assert (name, changed.tolist(), outcome.changed) == ("float32", [5, 0], (1,))


def test_a_result_can_be_used_again(program: Make) -> None:
    """The cache of a forward pass goes into the backward pass, though its own class is never sent."""
    session = program(
        "class Cache:\n    x = 7\ndef forward(x):\n    return 2 * x, Cache(), {1: 'one'}",
        "def backward(dout, cache):\n    return dout * cache.x",
    )
    outcome = session.call("forward", 3)
    assert isinstance(outcome, Returned)
    assert outcome.value == (6, Opaque("Cache"), {"1": "one"})
    assert value(session.call("backward", 2, outcome.kept[1])) == 14
    assert value(session.call("backward", 2, cache=outcome.kept[1])) == 14


def test_pieces_are_reached_by_number_key_and_attribute(program: Make) -> None:
    """A key that is a number is found by its text, as it came across."""
    session = program("class P:\n    w = 3\ndef make(): return {1: [P()], 'a': 2}\ndef same(x): return x")
    outcome = session.call("make")
    assert isinstance(outcome, Returned)
    assert value(session.call("same", outcome.kept["a"])) == 2
    assert value(session.call("same", outcome.kept["1"][0]["w"])) == 3
    missing = session.call("same", outcome.kept["b"])
    assert isinstance(missing, Raised)
    assert missing.type == "KeyError"


def test_results_are_let_go_when_they_are_many(program: Make) -> None:
    """Memory is the student's to use, not the grader's; what is let go is told so."""
    session = program("import numpy as np\ndef f(): return np.ones(4_000_000)", "def g(x): return x.size")
    outcomes = [session.call("f") for _ in range(5)]
    assert all(isinstance(outcome, Returned) for outcome in outcomes)
    first, last = outcomes[0], outcomes[-1]
    assert session.call("g", first.kept) == Stopped(  # type: ignore[union-attr]
        "what it needed was let go: too many results were kept since"
    )
    assert value(session.call("g", last.kept)) == 4_000_000  # type: ignore[union-attr]


def test_methods_attributes_and_static_methods(program: Make) -> None:
    """Classes in the style of EECS 498, and objects that are called."""
    session = program(
        "class Conv:\n    @staticmethod\n    def forward(x, w): return x * w\n",
        "class Net:\n    def __init__(self, n): self.params = {'W1': n}\n"
        "    def loss(self, x): return x + self.params['W1']\n"
        "    def __call__(self, x): return -x\nnet = Net(1)",
    )
    assert value(session.call("Conv.forward", 2, 3)) == 6
    assert value(session.value("net.params")) == {"W1": 1}
    made = session.call("Net", 10)
    assert isinstance(made, Returned)
    assert value(session.call_method(made.kept, "loss", 5)) == 15
    assert value(session.call_method(made.kept, "__call__", 5)) == -5


def test_an_exception_is_told_with_the_students_own_line(program: Make) -> None:
    """The innermost line of the student's, though the error is NumPy's."""
    session = program("import numpy as np", "def f(x):\n    return g(x)\n\ndef g(x):\n    return np.dot(x, np.ones(7))")
    outcome = session.call("f", np.ones(2))
    assert isinstance(outcome, Raised)
    assert outcome.type == "ValueError"
    assert outcome.message.startswith("shapes (2,) and (7,) not aligned")
    assert outcome.line == "cell 1, line 5: return np.dot(x, np.ones(7))"


@pytest.mark.parametrize(
    ("body", "type_"),
    [
        ("raise SystemExit", "SystemExit"),
        ("raise KeyboardInterrupt('no')", "KeyboardInterrupt"),
        ("raise type('Own', (BaseException,), {})", "Own"),
        ("raise GeneratorExit", "GeneratorExit"),
        ("return f()", "RecursionError"),
        ("return 'x' * 10**13", "MemoryError"),
        ("return nothing", "NameError"),
        ("raise ExceptionGroup('two', [ValueError(), TypeError()])", "ExceptionGroup"),
        ("import no_such_library", "ModuleNotFoundError"),
    ],
)
def test_whatever_is_raised_is_an_outcome(program: Make, body: str, type_: str) -> None:
    """And the next call is answered."""
    session = program(f"def f(): {body}", "def g(): return 1")
    outcome = session.call("f")
    assert isinstance(outcome, Raised), outcome
    assert outcome.type == type_
    assert value(session.call("g")) == 1


@pytest.mark.parametrize(
    ("result", "sent"),
    [
        ("(n for n in range(3))", Opaque("generator")),
        ("lambda: 1", Opaque("function")),
        ("np", Opaque("module")),
        ("np.zeros(2, object)", Opaque("ndarray (object, shape (2,))")),
        ("np.ma.masked_array([1., 2.], [True, False])", [1.0, 2.0]),
        ("np.matrix([[1.]])", [[1.0]]),
        ("np.zeros((0, 3))", []),
        ("np.float32(2.5)", 2.5),
        ("range(3)", Opaque("range")),
    ],
)
def test_what_comes_back(program: Make, result: str, sent: Any) -> None:
    """Arrays of any subclass as plain arrays; what has no plain form by its type."""
    got = value(program("import numpy as np", f"def f(): return {result}").call("f"))
    assert (got.tolist() if isinstance(got, np.ndarray | np.generic) else got) == sent


def test_an_answer_that_is_too_large_is_not_sent(program: Make) -> None:
    """It is kept there all the same."""
    session = program("import numpy as np\ndef f(): return np.ones(10_000)", "def g(x): return x.sum()", answer=10_000)
    outcome = session.call("f")
    assert isinstance(outcome, Returned)
    assert outcome.value == Opaque("ndarray (float64, shape (10000,), too large to send)")
    assert value(session.call("g", outcome.kept)) == 10_000


def test_what_is_patched_by_accident_breaks_no_grading(program: Make) -> None:
    """json, NumPy, os and time replaced; the answers still come, and are the student's own."""
    session = program(
        "import json, os, time, random, numpy as np\n"
        "def broken(*a, **k): raise RuntimeError('patched')\n"
        "json.dumps = json.loads = json.JSONEncoder.encode = np.asarray = np.frombuffer = np.not_equal = broken\n"
        "os.read = os.write = time.process_time = time.monotonic = random.seed = np.random.seed = broken\n"
        "np.ndarray.__module__\nnp.allclose = lambda *a, **k: True",
        "def f(x): return x + 1",
    )
    assert session.faults == []
    assert value(session.call("f", np.ones(2))).tolist() == [2, 2]


def test_the_time_of_a_call_is_told(program: Make) -> None:
    """Processor time; sleeping takes none, and a claim that cannot be is not believed."""
    session = program("def work():\n    for _ in range(1_000_000): pass", "import time\ndef sleep(): time.sleep(0.2)")
    busy, idle = session.call("work"), session.call("sleep")
    assert isinstance(busy, Returned)
    assert isinstance(idle, Returned)
    assert busy.seconds > 0.002
    assert idle.seconds < 0.15


def test_an_argument_that_cannot_be_sent_is_the_callers_mistake(program: Make) -> None:
    """It is an error of the kind that asks, and never the student's."""
    with pytest.raises(ValueError, match="an argument that cannot be sent: set"):
        program("def f(x): return x").call("f", {1})


def test_a_kept_of_nowhere_is_told(program: Make) -> None:
    """An id that no call gave."""
    assert isinstance(program("def f(x): return x").call("f", Kept(99)), Stopped)


def test_tensors_go_in_and_come_out(program: Make) -> None:
    """A function of EECS 498 is given tensors; without PyTorch that is an error that says so."""
    session = program("def f(x, w):\n    x += 1\n    return type(x).__name__, x @ w")
    outcome = session.call("f", AsTensor(np.ones((1, 2))), AsTensor(np.ones((2, 1))))
    if isinstance(outcome, Returned):
        assert (outcome.value[0], outcome.value[1].tolist(), outcome.changed) == ("Tensor", [[4]], (0,))
    else:
        assert isinstance(outcome, Raised)
        assert outcome.type == "ModuleNotFoundError"
