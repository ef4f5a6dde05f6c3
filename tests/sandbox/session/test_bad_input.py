"""Bad input: what students hand in that is no Python of today, or that is made to hurt."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest

from grader.sandbox import Raised, Returned
from grader.sandbox.session import Session

Make = Callable[..., Session]


@pytest.mark.parametrize(
    ("source", "line", "message"),
    [
        ("x = 1\nprint x", 2, "SyntaxError: this is Python 2: print x"),
        ("print 'loss', x", 1, "SyntaxError: this is Python 2: print 'loss', x"),
        pytest.param(
            "try:\n  f()\nexcept ValueError, e:\n  pass",
            3,
            "SyntaxError: this is Python 2: except ValueError, e:",
            marks=pytest.mark.skipif(sys.version_info >= (3, 14), reason="Python 3.14 reads it as two exceptions"),
        ),
        ("raise ValueError, 'no'", 1, "SyntaxError: this is Python 2: raise ValueError, 'no'"),
        ("exec 'x = 1'", 1, "SyntaxError: this is Python 2: exec 'x = 1'"),
        ("if x <> 1: pass", 1, "SyntaxError: this is Python 2: if x <> 1: pass"),
        (
            "for i in xrange(3): pass",
            1,
            "NameError: name 'xrange' is not defined (this is Python 2: xrange is not in Python 3)",
        ),
        (
            "{}.next()",
            1,
            "AttributeError: 'dict' object has no attribute 'next' (this is Python 2: .next() is not in Python 3)",
        ),
    ],
)
def test_python_2_is_told(program: Make, source: str, line: int, message: str) -> None:
    """Code of its time is told apart from code that is wrong."""
    [fault] = program(source).faults
    assert (fault.line, fault.message.replace(". Did you mean: 'range'?", "")) == (line, message)


def test_python_2_in_a_function_is_advice(program: Make) -> None:
    """A call that fails for its age says so."""
    outcome = program("def f(n): return [i for i in xrange(n)]").call("f", 3)
    assert isinstance(outcome, Raised)
    assert outcome.advice == "this is Python 2: xrange is not in Python 3"


@pytest.mark.parametrize(
    "bomb",
    [
        "(" * 100_000,
        "[" * 100_000 + "]" * 100_000,
        "-" * 100_000 + "1",
        "x = " + "+".join("1" * 100_000),
        "x" + ".a" * 100_000,
        "lambda:" * 20_000 + "1",
        "if 1: pass\n" + "elif 1: pass\n" * 20_000,
        "x = 9**9**9",
        "x = 'a' * 10**13",
        "x = (1 << 10**13)",
        "x = '\x00'",
        "%time " * 750 + "x = (",
        "%%time\n" * 750 + "x = (",
    ],
    ids=lambda bomb: f"{bomb[:12]!r}-{len(bomb)}",
)
def test_compile_bombs_cost_their_cell(program: Make, bomb: str) -> None:
    """Each ends in a fault, and the next cell runs."""
    session = program(bomb, "y = 1", cell_seconds=0.5)
    [fault] = session.faults
    assert fault.cell == 0
    assert fault.message
    assert isinstance(session.value("y"), Returned)


def test_five_thousand_cells(program: Make) -> None:
    """Every one is run, those that fail are told."""
    session = program(*["x = 1"] * 2_500, *["x += 1"] * 2_499, "1/0")
    assert [fault.cell for fault in session.faults] == [4_999]
    outcome = session.value("x")
    assert isinstance(outcome, Returned)
    assert outcome.value == 2_500


def test_a_cell_of_a_megabyte(program: Make) -> None:
    """Data that was pasted into the notebook."""
    session = program("%matplotlib inline\nx = [" + "0.001, " * 150_000 + "]")
    assert session.faults == []
    outcome = session.value("x")
    assert isinstance(outcome, Returned)
    assert len(outcome.value) == 150_000


def test_a_missing_function_is_a_name_error(program: Make) -> None:
    """What it is asked for is not there; what is there is in the definitions."""
    outcome = program("def conv_forwrd(x): return x").call("conv_forward", 1)
    assert isinstance(outcome, Raised)
    assert (outcome.type, outcome.message) == ("NameError", "name 'conv_forward' is not defined")


def test_wrong_signature_is_a_type_error(program: Make) -> None:
    """Said plainly by Python itself."""
    outcome = program("def f(x, w): return x").call("f", 1, 2, 3)
    assert isinstance(outcome, Raised)
    assert outcome.message == "f() takes 2 positional arguments but 3 were given"


def test_nothing_at_all(program: Make) -> None:
    """No cells, and cells without code."""
    assert dict(program().definitions) == {}
    session = program("", "# only a comment", "\ufeffx = 1\r\ny = 2\r\n")
    assert session.faults == []
    assert set(session.definitions) == {"x", "y"}
