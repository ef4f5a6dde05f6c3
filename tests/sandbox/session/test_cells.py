"""Cells run as in a notebook: one after the other, in one namespace, a failure costing its own cell."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from grader.sandbox import Opaque, Raised, Returned, Sort
from grader.sandbox.session import Session

Make = Callable[..., Session]


def told(session: Session) -> list[tuple[int, int, str]]:
    """The faults by cell, line and message."""
    return [(fault.cell, fault.line, fault.message) for fault in session.faults]


def test_cells_share_a_namespace(program: Make) -> None:
    """A function uses what an earlier cell imported, and a value is left in a name."""
    session = program("import numpy as np", "def double(x):\n    return 2 * np.asarray(x)", "y = double([1, 2])")
    outcome = session.value("y")
    assert isinstance(outcome, Returned)
    np.testing.assert_array_equal(outcome.value, [2, 4])
    assert session.faults == []


def test_definitions_say_what_stands_where(program: Make) -> None:
    """By cell, line, parameters; imports are left out, a template is told as blank, the last definition counts."""
    session = program(
        "import numpy as np\nfrom math import sqrt, pi\nfrom itertools import *\nk = 3",
        "@staticmethod\ndef f(x, w, *rest, pad=0, **more):\n    return x",
        "def g(x):\n    '''TODO'''\n    pass\nclass Net:\n    def __init__(self, sizes, seed=0):\n        ...",
        "def h(x):\n    raise NotImplementedError('later')\nk = np.zeros(2)\nif k is not None:\n    deep = 1\ndel h",
        "globals()['made'] = lambda x: x",
    )
    found = {
        name: (d.sort, d.cell, d.line, d.parameters, d.required, d.blank) for name, d in session.definitions.items()
    }
    assert found == {
        "f": (Sort.FUNCTION, 1, 2, ("x", "w", "*rest", "pad", "**more"), 2, False),
        "g": (Sort.FUNCTION, 2, 1, ("x",), 1, True),
        "Net": (Sort.CLASS, 2, 4, ("sizes", "seed"), 1, True),
        "k": (Sort.VALUE, 3, 3, (), 0, False),
        "deep": (Sort.VALUE, 3, 5, (), 0, False),
        "made": (Sort.FUNCTION, 4, 0, ("x",), 1, False),
    }
    assert list(found) == ["f", "g", "Net", "k", "deep", "made"]
    assert session.definitions["k"].type == "ndarray"


def test_a_cell_that_fails_is_told_and_the_next_runs(program: Make) -> None:
    """With the line of the cell, also where the error is in an earlier cell's function."""
    session = program("def f(x):\n    return 1 / x", "a = 1\nf(0)\nb = 2", "c = 3")
    assert told(session) == [(1, 2, "ZeroDivisionError: division by zero")]
    assert set(session.definitions) == {"f", "a", "c"}


def test_a_syntax_error_costs_its_cell(program: Make) -> None:
    """Told by its line; nothing of that cell runs."""
    session = program("x = 1\ndef f(:\n    pass", "y = 2")
    assert told(session) == [(0, 2, "SyntaxError: invalid syntax: def f(:")]
    assert set(session.definitions) == {"y"}


def test_a_failing_import_keeps_nothing_from_running(program: Make) -> None:
    """A notebook imports a dozen things in the cell that defines the function."""
    session = program(
        "import os, no_such_library, sys\nfrom os import path, no_such_name\ndef f():\n    return sys, path"
    )
    assert session.faults == []
    assert isinstance(session.call("f"), Returned)
    assert "cell 0, line 1: ModuleNotFoundError: No module named 'no_such_library'" in session.notes
    assert session.notes[1].startswith("cell 0, line 2: ImportError: cannot import name 'no_such_name'")


def test_exit_ends_its_cell_alone(program: Make) -> None:
    """``exit()``, ``quit()``, ``sys.exit()``."""
    session = program("a = 1\nexit()\nb = 2", "import sys\nsys.exit(3)", "quit()", "c = 3")
    assert told(session) == [
        (0, 2, "SystemExit: the cell ended itself"),
        (1, 2, "SystemExit: the cell ended itself"),
        (2, 1, "SystemExit: the cell ended itself"),
    ]
    assert set(session.definitions) == {"a", "c"}


def test_input_is_answered_with_nothing(program: Make) -> None:
    """And noted."""
    session = program("name = input('Your name? ')")
    assert session.value("name").value == ""  # type: ignore[union-attr]
    assert session.notes == ["input() is answered with an empty line"]


def test_magics_are_left_out_and_noted(program: Make) -> None:
    """The code that a magic times is run, and a file that a cell writes can be imported."""
    session = program(
        "%matplotlib inline\n!pip install torch\n%time x = 3",
        "%%writefile mine.py\ndef three():\n    return 3",
        "from mine import three\ny = three()",
        "%%writefile ../escaped.py\nx = 1",
        "%%bash\nrm -rf x",
    )
    assert session.faults == []
    assert [session.value(name).value for name in "xy"] == [3, 3]  # type: ignore[union-attr]
    assert set(session.definitions) == {"x", "y", "three"}
    assert session.notes == [
        "cell 0, line 2: !pip install torch is left out",
        "cell 3: %%writefile ../escaped.py is left out: it is outside of the folder",
        "cell 4, line 1: %%bash is left out, with its cell",
    ]


def test_what_a_notebook_finds_in_ipython_is_there(program: Make) -> None:
    """``display``, ``get_ipython``, ``In``, ``Out``, ``_``."""
    session = program("display(3)\nget_ipython().run_line_magic('matplotlib', 'inline')\nIn, Out, _, __name__")
    assert session.faults == []
    assert session.value("__name__").value == "__main__"  # type: ignore[union-attr]


def test_what_needs_a_real_module_works(program: Make) -> None:
    """Dataclasses, pickles of the student's own classes, `inspect.getsource`, tracebacks with the line's text."""
    session = program(
        "from __future__ import annotations\nfrom dataclasses import dataclass\n@dataclass\nclass P:\n    x: Unknown",
        "import pickle\ncopy = pickle.loads(pickle.dumps(P(3))).x",
        "import inspect\ntext = inspect.getsource(P.__init__) if False else None\ndef f():\n    return 1",
        "text = inspect.getsource(f)",
        "import traceback\ntry:\n    f(1)\nexcept TypeError:\n    shown = traceback.format_exc()",
    )
    assert session.faults == []
    assert session.value("copy").value == 3  # type: ignore[union-attr]
    assert session.value("text").value == "def f():\n    return 1\n"  # type: ignore[union-attr]
    assert "    f(1)\n" in session.value("shown").value  # type: ignore[union-attr]


def test_chance_is_the_same_in_every_cell_and_call(program: Make) -> None:
    """Results are the same from run to run, whatever is imported for chance."""
    source = (
        "import random, numpy as np\n"
        "def draw():\n"
        "    return random.random(), np.random.rand(), [np.random.default_rng().random() for _ in range(2)]"
    )
    session = program(source, "a = draw()", "b = draw()")
    draws = [session.value("a"), session.value("b"), session.call("draw"), program(source).call("draw")]
    assert len({repr(draw.value) for draw in draws}) == 1  # type: ignore[union-attr]
    assert len(set(draws[0].value[2])) == 2  # type: ignore[union-attr]


def test_top_level_await_is_told_apart(program: Make) -> None:
    """It is no mistake of the student's that a notebook's loop is not here."""
    session = program("async def f():\n    return 1\nx = await f()", "y = 1")
    [fault] = session.faults
    assert fault.line == 3
    assert "what is awaited at the top of a cell is not run" in fault.message


def test_what_is_printed_is_kept_up_to_a_bound(program: Make) -> None:
    """Standard output and error; it is never judged."""
    session = program("import sys\nprint('out')\nprint('err', file=sys.stderr)\nprint('x' * 10**6)", output=1000)
    assert session.faults == []
    assert session.output.startswith("out\nerr\nxxx")
    assert len(session.output) == 1000


def test_warnings_are_no_errors(program: Make) -> None:
    """A deprecated call, an odd escape, a division by zero in NumPy."""
    session = program("import warnings, numpy as np\nwarnings.warn('old')\nx = '\\d'\ny = np.zeros(1) / 0")
    assert session.faults == []


def test_a_cell_may_leave_anything_behind(program: Make) -> None:
    """Objects whose class fails whatever it is asked are named, and the session goes on."""
    session = program(
        "class Meta(type):\n"
        "    def __getattribute__(cls, name):\n"
        "        raise SystemExit\n"
        "class Bad(metaclass=Meta):\n"
        "    def __getattribute__(self, name):\n"
        "        raise KeyboardInterrupt\n"
        "    __del__ = __str__ = __eq__ = __hash__ = None\n"
        "bad = Bad()",
        "ok = 1",
    )
    assert list(session.definitions) == ["Meta", "Bad", "bad", "ok"]
    outcome = session.value("bad")
    assert isinstance(outcome, Returned)
    assert outcome.value == Opaque("Bad")


def test_a_file_is_tried_statement_by_statement(program: Make) -> None:
    """What fails between functions costs none of them, nor does an endless loop between them."""
    session = program(
        file="import numpy as np\nx = np.load('data.npy')\ndef f(): return 1\nwhile True: pass\ndef g(): return 2\n",
        cell_seconds=0.3,
    )
    assert [(line, message.partition(":")[0]) for _, line, message in told(session)] == [
        (2, "FileNotFoundError"),
        (4, "ran longer than 0.3 s"),
    ]
    assert [session.call(name).value for name in "fg"] == [1, 2]  # type: ignore[union-attr]


def test_a_syntax_error_in_a_file_costs_one_statement(program: Make) -> None:
    """The functions before and behind it are still there, with their lines."""
    session = program(
        file="def f():\n    return 1\n\ndef broken(x:\n    return x\n\n@print\ndef g():\n    return [\n1]\n"
    )
    assert [(line, message) for _, line, message in told(session)] == [
        (4, "SyntaxError: '(' was never closed: def broken(x:")
    ]
    session = program(file="def f():\n    return 1\n\ndef broken(x)\n    return x\n\ndef g():\n    return [\n1]\n")
    assert [(line, message) for _, line, message in told(session)] == [(4, "SyntaxError: expected ':': def broken(x)")]
    assert {name: d.line for name, d in session.definitions.items()} == {"f": 1, "g": 7}


def test_an_error_without_a_text_is_told(program: Make) -> None:
    """`__str__` that raises, that hangs, that gives no text."""
    session = program(
        "class E(Exception):\n    def __str__(self):\n        raise SystemExit\nraise E",
        "class E(Exception):\n    def __str__(self):\n        while True: pass\nraise E",
        "x = 1",
        cell_seconds=0.3,
    )
    assert [message for _, _, message in told(session)] == ["E: (its text cannot be read)", "ran longer than 0.3 s"]
    assert isinstance(session.value("x"), Returned)
    assert isinstance(session.value("y"), Raised)
