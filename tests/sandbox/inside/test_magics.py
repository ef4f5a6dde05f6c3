"""IPython's habits: magics as Python of as many lines, and never a change inside strings and brackets."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.sandbox.inside.lines import logical_lines
from grader.sandbox.inside.magics import prepared

Within = Callable[[float, Callable[[], Any]], Any]


@pytest.mark.parametrize(
    ("cell", "python"),
    [
        ("%matplotlib inline\nx = 1", "pass\nx = 1"),
        ("%load_ext autoreload\n%autoreload 2", "pass\npass"),
        ("%time y = f(x)", "y = f(x)"),
        ("%timeit -n 10 -r3 f(x)", "f(x)"),
        ("%%time\ny = 2", "\ny = 2"),
        ("# timing\n%%timeit -n1 x = 3\ny = x", "# timing\nx = 3\ny = x"),
        ("%%capture out\nf()", "out = get_ipython()\nf()"),
        ("files = !ls data\nprint(files)", "files = []\nprint(files)"),
        ("t = %time f()", "t = f()"),
        ("t = %pwd", "t = None"),
        ("if found:\n    !pip install it\n    x = 1", "if found:\n    pass\n    x = 1"),
        ("!pip install a \\\n  b\nx = 1", "pass\n\nx = 1"),
        ("!echo don't (\nx = 1", "pass\nx = 1"),
        ("pip install torch==1.0\nx = 1", "pass\nx = 1"),
        ("np.zeros?\n?np.ones\nx = 1", "pass\npass\nx = 1"),
        ("s = '''\n%time\n!ls\n'''\n!ls", "s = '''\n%time\n!ls\n'''\npass"),
        ("y = (3\n%two)\n%matplotlib inline", "y = (3\n%two)\npass"),
        ("y = 3 \\\n%two\n%matplotlib inline", "y = 3 \\\n%two\npass"),
        ("x = 'isn\\'t' # don't\n%cd", "x = 'isn\\'t' # don't\npass"),
        ("    x = 1\n    y = 2", "x = 1\ny = 2"),
        ("%%bash\necho {x:", ""),
    ],
)
def test_a_magic_is_python_of_as_many_lines(cell: str, python: str) -> None:
    """Code that a magic runs stays; the rest makes way."""
    assert prepared(cell).text == python


def test_what_is_left_out_is_noted_by_its_line() -> None:
    """What dresses the notebook is nothing to speak of; what calls something outside is."""
    assert prepared("%matplotlib inline\nx = 1\n!pip install torch\nx?").notes == (
        (3, "!pip install torch is left out"),
    )
    assert prepared("%%html\n<b>").notes == ((1, "%%html is left out, with its cell"),)


def test_a_file_is_told_by_name_and_text() -> None:
    """``%%writefile`` and its appending form."""
    assert prepared("%%writefile conv.py\nx = 1\n").writes == ("conv.py", "x = 1\n", False)
    assert prepared("%%writefile -a conv.py\nx = 1\n").writes == ("conv.py", "x = 1\n", True)


@settings(max_examples=300, deadline=None)
@given(st.text("%!?=x'\"\\\n #([)]", max_size=40), st.booleans())
def test_lines_are_neither_lost_nor_added(cell: str, magic: bool) -> None:
    """Joined, the logical lines are the cell; its Python has as many lines as the cell."""
    assert "".join(text for text, _ in logical_lines(cell, lambda _line: magic)) == cell
    python = prepared(cell)
    assert not python.text or python.text.count("\n") == cell.count("\n") or cell.lstrip(" #\n").startswith("%%")


@pytest.mark.parametrize(
    "cell",
    [
        "%time " * 750,
        "%%time\n" * 750,
        "%timeit -n 1 " * 80_000,
        "%%timeit\n" * 100_000,
        "x = (" * 200_000,
        "'\\" * 500_000,
        "!ls\n" * 60_000,
        "x = '''\n" * 100_000,
        "%" * 1_000_000,
        "?" * 1_000_000,
        "a." * 500_000 + "?",
        "x = " + "[" * 1_000_000,
        " " * 250_000 + "%",
        "%time" + " -n" * 300_000,
    ],
    ids=lambda cell: f"{cell[:14]!r}-{len(cell)}",
)
def test_hostile_cells_cost_nothing(cell: str, within: Within) -> None:
    """4.5 KB of stacked magics, on which IPython spends 21 s, and cells of a megabyte: linear."""
    within(400, lambda: prepared(cell))
