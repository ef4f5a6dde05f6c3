"""Python files: comments and bare strings are prose, the rest is code."""

from __future__ import annotations

from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.model import BlockKind
from grader.readers import python
from grader.readers._reading import Reading

TEXT, CODE, HEADING, MATH = BlockKind.TEXT, BlockKind.CODE, BlockKind.HEADING, BlockKind.MATH


def read(source: str) -> Reading:
    """The reading of an indented example."""
    return python.blocks(dedent(source), "hw.py")


def outline(source: str) -> list[tuple[int, BlockKind, str]]:
    """Line, kind and text of each block."""
    return [(block.where.line, block.kind, block.text) for block in read(source).blocks]


def test_prose_and_code_take_turns() -> None:
    """Each on its own line."""
    source = r'''
    #!/usr/bin/env python
    """Homework 4

    (a) The count is $\frac{1}{2}$
    """
    import numpy as np

    # %% [markdown]
    # # Problem 2
    # (b) the size is 5 x 4
    #
    # $$x = 1$$
    # %% Problem 3
    # -----------
    y = 2  # not prose
    'a bare string'
    '''
    assert outline(source) == [
        (3, TEXT, "Homework 4"),
        (5, TEXT, r"(a) The count is $\frac{1}{2}$"),
        (7, CODE, "import numpy as np"),
        (10, HEADING, "Problem 2"),
        (11, TEXT, "(b) the size is 5 x 4"),
        (13, MATH, "x = 1"),
        (14, HEADING, "Problem 3"),
        (16, CODE, "y = 2  # not prose"),
        (17, TEXT, "a bare string"),
    ]


def test_what_stands_in_a_block_or_a_string_is_code() -> None:
    """Also where it begins its line."""
    source = """\
    def f(x):
    # of f
        return (x,
    # in brackets
            1)
    # about g
    def g():
        "docstring"
    s = '''
    # in a string
    '''
    # the end
    """
    assert outline(source) == [
        (1, CODE, "def f(x):\n# of f\n    return (x,\n# in brackets\n        1)"),
        (6, TEXT, "about g"),
        (7, CODE, "def g():\n    \"docstring\"\ns = '''\n# in a string\n'''"),
        (12, TEXT, "the end"),
    ]


@pytest.mark.parametrize("code", ["x = (1", "  x\n y", "x = '''", "if 1:\n\tx\n  y"])
def test_a_syntax_error_is_no_failure(code: str) -> None:
    """Comments are then found line by line, and the student is told."""
    reading = read(f"# (a) 5\n{code}\n")
    assert reading.blocks[0].text == "(a) 5"
    assert reading.notes[0].startswith("this is not valid Python (")


def test_code_is_never_run() -> None:
    """It is text."""
    assert outline("raise SystemExit") == [(1, CODE, "raise SystemExit")]


def test_a_comment_names_the_assignment() -> None:
    """That comment is for the grader, and no prose."""
    reading = read("# grader: assignment=hw4\n# (a) 5\n")
    assert reading.assignment == "hw4"
    assert [block.text for block in reading.blocks] == ["(a) 5"]


def test_a_very_long_file_is_read_by_line() -> None:
    """Python's tokenizer is slow."""
    reading = read("# (a) 5\n" + "x = 1\n" * 200_000)
    assert [block.kind for block in reading.blocks] == [TEXT, CODE]
    assert "line by line" in reading.notes[0]


ODD = st.lists(
    st.sampled_from(
        [
            "x", "'", '"', "'''", '"""', "#", "# %%", "\n", "    ", "\t", "(", ")", "[", "def f():", "\\",
            "if x:", "$", "1e", "0_", "f'{",
        ]
    ),
    max_size=25,
).map("".join)  # fmt: skip


@given(st.one_of(ODD, st.text()))
@settings(deadline=None, max_examples=300)
def test_no_text_makes_it_fail(source: str) -> None:
    """Whatever Python makes of it."""
    for block in python.blocks(source, "hw.py").blocks:
        assert block.where.line >= 1


def test_the_file_stands_whole_beside_its_blocks() -> None:
    """What is taken out of the blocks as prose is still there where the code is to be run."""
    source = '"""Homework."""\n# (a)\ndef f(x):\n    """Doubles."""\n    return 2 * x\n'
    (listing,) = read(source).code
    assert (listing.source, listing.where.line, listing.is_file) == (source, 1, True)
