"""Whole submissions in the real sandbox: what is bad or hostile costs its own marks at most, and earns none.

Each notebook is asked for `correlate`, which is what is tried, and for `slide`, an honest function beside it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from grader import readers
from grader.grading import grade
from grader.model import Report
from grader.problems import Assignment, load_file
from grader.reports import render
from grader.sandbox import Limits, Walls
from grader.sandbox.runner import Sandbox

ATTACKS = sorted((Path(__file__).parent / "attacks" / "programs" / "results").glob("*.py"))
LIMITS = Limits(call_seconds=0.3, cell_seconds=0.5)
"""Of the processor's time, of which honest calls take a thousandth."""
LAB = """
id: lab
title: Lab
problems:
  - id: "1"
    parts:
      - id: 1a
        kind: function
        given: {name: correlate, operation: conv, call: [{x: input HW}, {w: weight HW}]}
      - id: 1b
        kind: function
        given: {name: slide, operation: conv, call: [{x: input HW}, {w: weight HW}]}
      - id: 1c
        kind: function
        given: {name: activate, operation: relu, call: [x]}
"""
HONEST = """
import numpy as np

def slide(x, w):
    out = np.zeros((x.shape[0] - w.shape[0] + 1, x.shape[1] - w.shape[1] + 1))
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            out[i, j] = (x[i:i + w.shape[0], j:j + w.shape[1]] * w).sum()
    return out
"""
RIGHT = HONEST.replace("slide", "correlate")
GIVES = f"{RIGHT}\nhonest = correlate\ndef correlate(x, w): "
WRONG = "def activate(x): return x"
"""What gives back its input is right where nothing is negative."""
FORGED = """
import json, os, struct, numpy as np
def correlate(x, w):
    for n in range(64):
        body = {"n": n, "outcome": "returned", "value": ["a", 0], "seconds": 0.0, "changed": [], "notes": [],
                "verdict": "correct", "credit": 1}
        text = json.dumps({"body": body, "arrays": [{"dtype": "float64", "shape": [1, 1]}]}).encode()
        for descriptor in range(64):
            try:
                os.write(descriptor, struct.pack("<I", len(text)) + text + bytes(8))
            except OSError:
                pass
    return np.zeros((1, 1))
"""
LYING = """
import numpy as np
class Agreeable(np.ndarray):
    __eq__ = __le__ = __lt__ = __ge__ = __gt__ = lambda self, other: np.True_
    __sub__ = __rsub__ = __abs__ = lambda self, *other: np.zeros(1)
    __array_ufunc__ = lambda self, *a, **k: np.True_
def correlate(x, w):
    return np.zeros((x.shape[0] - w.shape[0] + 1, x.shape[1] - w.shape[1] + 1)).view(Agreeable)
"""
PATCHED = """
import numpy as np
np.allclose = np.isclose = np.array_equal = lambda *a, **k: True
try:
    np.ndarray.__eq__ = lambda a, b: True
except TypeError:
    pass
def correlate(x, w): return honest(x, w) + 1
"""

NOTEBOOKS: dict[str, tuple[Sequence[str], str, str]] = {
    "honest": ([RIGHT], "correct", "right in all"),
    "near name": ([RIGHT.replace("correlate", "corelate")], "review", "there is no correlate; corelate may be meant"),
    "no such function": (["import numpy as np"], "missing", "there is no correlate"),
    "another signature": (["def correlate(x): return x"], "incorrect", "correlate takes (x), expected (x, w)"),
    "syntax error": (["def correlate(x, w) return x"], "review", "cell 0, which did not run: SyntaxError"),
    "NumPy 1": ([RIGHT.replace("+ 1))", "+ 1), dtype=np.float)")], "correct", "right in all"),
    "NumPy 1, wrong": ([GIVES + "return honest(x, w).astype(np.float) + 1"], "incorrect", "another number"),
    "a loop in a cell": (["while True: pass", RIGHT], "correct", "right in all"),
    "a loop in the function": (["def correlate(x, w):\n    while True: pass"], "incorrect", "ran longer than 0.3 s"),
    "ends the process": (["import os\ndef correlate(x, w): os._exit(0)"], "incorrect", "ended the process"),
    "ends the process late": (
        [GIVES + "return honest(x, w) if x.size < 9 else __import__('os')._exit(0)"],
        "incorrect",
        "it was stopped: ended the process",
    ),
    "forged frames": ([FORGED], "incorrect", "sent what is no result"),
    "a subclass that lies": ([LYING], "incorrect", "another number"),
    "patched comparisons": ([HONEST.replace("slide", "honest") + PATCHED], "incorrect", "another number"),
    "objects": ([GIVES + "return honest(x, w).astype(object)"], "incorrect", "of type ndarray (object"),
    "NaN": ([GIVES + "return honest(x, w) * np.nan"], "incorrect", "holds NaN"),
    "its input": (["def correlate(x, w): return x"], "incorrect", "another number"),
    "Python 2": (["print 'hello'", RIGHT], "correct", "right in all"),
    "stacked magics": (["%time " * 750 + "x = (", "%%time\n" * 750 + "x = 1", RIGHT], "correct", "right in all"),
    "5,000 cells": (["x = 1"] * 4_998 + [RIGHT], "correct", "right in all"),
}
"""Cells, and the verdict on `correlate` with a piece of its reason."""

Marks = Callable[..., Report]


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Assignment:
    """What is asked for."""
    file = tmp_path_factory.mktemp("problems") / "lab.yaml"
    file.write_text(LAB)
    return load_file(file)


@pytest.fixture(scope="module")
def cell() -> Iterator[Sandbox]:
    """One for all of them, as when a course is graded."""
    with Sandbox(Walls.STRICT if sys.platform == "linux" else Walls.WEAK, LIMITS) as sandbox:
        yield sandbox


@pytest.fixture
def report(cell: Sandbox, lab: Assignment, tmp_path: Path) -> Marks:
    """A function: the report on a notebook of these cells, or on a file of this text."""

    def build(*cells: str, text: str = "") -> Report:
        file = tmp_path / "hw.ipynb"
        file.write_text(text or notebook(*cells))
        return grade(readers.read(file), lab, cell.run)

    return build


def notebook(*cells: str) -> str:
    """The text of a notebook, as an editor writes it that knows no kernel."""
    made = [{"cell_type": "code", "source": source, "metadata": {}} for source in cells]
    return json.dumps({"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 4})


def credits_of(report: Report) -> dict[str, float]:
    """What each part earned."""
    return {part.finding.part: part.finding.credit for part in report.parts}


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_each_notebook_earns_what_it_computes(name: str, report: Marks) -> None:
    """No more than that, and what stands beside it keeps its marks."""
    cells, verdict, reason = NOTEBOOKS[name]
    found = report(*cells, HONEST)
    tried, beside, _ = (part.finding for part in found.parts)
    assert (tried.verdict, tried.credit) == (verdict, float(verdict == "correct")), tried
    assert reason in tried.reason
    assert (beside.verdict, beside.credit) == ("correct", 1.0), beside


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (["while True: pass"], "ran longer than 0.5 s"),
        (["print 'hello'"], "this is Python 2: print 'hello'"),
        (["x = ("], "SyntaxError"),
        (["import os\nos._exit(3)"], "ended the process"),
    ],
)
def test_a_cell_that_failed_is_told(cells: list[str], told: str, report: Marks) -> None:
    """In a note, with the cell; the others are run."""
    (note,) = report(*cells, HONEST).notes
    assert note.startswith("cell 0")
    assert told in note


def test_a_notebook_of_the_format_before_this_one(report: Marks) -> None:
    """Of nbformat 3, with worksheets."""
    made = [{"cell_type": "code", "input": source, "language": "python", "outputs": []} for source in (RIGHT, HONEST)]
    old = {"nbformat": 3, "nbformat_minor": 0, "metadata": {"name": ""}, "worksheets": [{"cells": made}]}
    found = credits_of(report(text=json.dumps(old)))
    assert (found["1a"], found["1b"]) == (1.0, 1.0)


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda path: path.stem)
def test_no_attack_earns_a_mark(attack: Path, report: Marks) -> None:
    """In the first cell of a notebook: its own `correlate` earns nothing, a wrong function no more than without it.

    An honest one keeps its marks, except where the attack breaks the student's own NumPy.
    """
    found = credits_of(report(attack.read_text(), HONEST, WRONG))
    without = credits_of(report(HONEST, WRONG))
    assert found["1a"] == 0
    assert found["1c"] <= without["1c"] < 1
    breaks_its_own = attack.stem in {"patched_arrays", "import_hook"}
    assert found["1b"] == (0 if breaks_its_own else 1)


def test_the_same_from_run_to_run_and_with_many_workers(cell: Sandbox, lab: Assignment, tmp_path: Path) -> None:
    """Eight threads on one sandbox give the reports that one gives, byte for byte."""
    names = ("honest", "near name", "syntax error", "NumPy 1, wrong", "ends the process", "a subclass that lies", "NaN")
    files = [tmp_path / f"{name}.ipynb" for name in names]
    for file, name in zip(files, names, strict=True):
        file.write_text(notebook(*NOTEBOOKS[name][0], HONEST, WRONG))

    def marked(file: Path) -> str:
        return render("json", grade(readers.read(file), lab, cell.run))

    once = [*map(marked, files)]
    with ThreadPoolExecutor(8) as workers:
        assert [*workers.map(marked, files * 2)] == once * 2


def test_a_report_says_nothing_of_where_it_ran(report: Marks) -> None:
    """The sandbox's folder and places in memory are others on every run."""
    found = report("import os\ndef correlate(x, w): raise OSError(os.getcwd(), object())", HONEST)
    assert "OSError: [Errno .] <object object at 0x…>" in found.parts[0].finding.reason
