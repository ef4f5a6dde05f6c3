"""Which code belongs to which part: by what names the part, else by the heading or label above it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from grader import readers
from grader.locate.code import stretches
from grader.problems import Assignment

PARTS = """
    1a: kind: prose
    1b: kind: prose
    2a.first: kind: prose
"""

Found = dict[str, list[tuple[int, int, int]]]
Find = Callable[..., Found]


@pytest.fixture
def find(assignment: Callable[[str], Assignment], tmp_path: Path) -> Find:
    """A function: listing, first and last line of each part's code in a file of that name and content."""

    def run(name: str, content: str) -> Found:
        file = tmp_path / name
        file.write_text(content, encoding="utf-8")
        sheet = assignment(PARTS)
        found = stretches(sheet, sheet.parts, readers.read(file))
        return {part: [(one.listing, one.first, one.last) for one in own] for part, own in found.items()}

    return run


def notebook(*cells: tuple[str, str, dict[str, Any]]) -> str:
    """A notebook of cells, each with kind, source and metadata."""
    made = [{"cell_type": kind, "source": source, "metadata": metadata} for kind, source, metadata in cells]
    return json.dumps({"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def test_a_cell_whose_metadata_names_the_part(find: Find) -> None:
    """The whole cell belongs to it; what stands under no label belongs to none."""
    cells = [("code", "import numpy as np", {}), ("code", "def f():\n    pass", {"grader": {"part": "1b"}})]
    assert find("hw.ipynb", notebook(*cells)) == {"1a": [], "1b": [(1, 1, 2)], "2a.first": []}


def test_a_comment_names_the_part_up_to_the_next_one(find: Find) -> None:
    """In a file as in a cell; a place's own name stands for all of its parts."""
    source = "import numpy\n# part: 1a\ndef f():\n    pass\n\n# Part: 2a\ndef g():\n    pass\n"
    assert find("hw.py", source) == {"1a": [(0, 2, 5)], "1b": [], "2a.first": [(0, 6, 9)]}


def test_headings_and_labels_over_cells(find: Find) -> None:
    """As answers in text are found."""
    cells = [
        ("markdown", "## Question 1\n\n(a) Convolution", {}),
        ("code", "def conv(x):\n    return x", {}),
        ("markdown", "(b) Pooling", {}),
        ("code", "\n\ndef pool(x):\n    return x", {}),
        ("markdown", "## Question 2\n\n(a)", {}),
        ("code", "y = 3", {}),
    ]
    assert find("hw.ipynb", notebook(*cells)) == {"1a": [(0, 1, 2)], "1b": [(1, 1, 2)], "2a.first": [(2, 1, 1)]}


def test_what_names_the_part_counts_alone(find: Find) -> None:
    """Code that stands by chance under the label is then not looked at."""
    text = """
        # 1

        (a)

        ```python
        def draft():
            pass
        ```

        ```python
        # part: 1a
        def final():
            pass
        ```
    """
    assert find("hw.md", dedent(text))["1a"] == [(1, 1, 3)]


def test_a_file_with_comments_as_headings(find: Find) -> None:
    """Lines of the file, for a file is one listing."""
    source = "# 1\n# (a)\n\ndef conv(x):\n    return x\n\n\n# (b)\n\ndef pool(x):\n    return x\n"
    found = find("hw.py", source)
    assert (found["1a"], found["1b"]) == ([(0, 4, 5)], [(0, 10, 11)])


def test_a_part_for_code_takes_no_words(found: Callable[[str, str], Any]) -> None:
    """What stands beside it answers its neighbour: code is run, and not read."""
    parts = """
        1a.code: kind: function, given: {name: relu, operation: relu, call: [x]}
        1a.size: kind: number, given: {value: 280}
    """
    answers = found(parts, "# 1\n\n(a) There are 280 of them.")
    assert (answers["1a.code"].candidates, answers["1a.code"].passage) == ((), "")
    assert len(answers["1a.size"].candidates) == 1
