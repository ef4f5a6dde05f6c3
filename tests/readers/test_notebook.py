"""Notebooks, whole and damaged."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.errors import SubmissionError
from grader.model import BlockKind
from grader.readers import notebook
from grader.readers._reading import Reading

Cell = dict[str, Any]


def markdown(source: Any, **metadata: Any) -> Cell:
    """A Markdown cell."""
    return {"cell_type": "markdown", "metadata": metadata, "source": source}


def code(source: Any, *outputs: Any) -> Cell:
    """A code cell with these outputs."""
    return {"cell_type": "code", "metadata": {}, "source": source, "outputs": list(outputs), "execution_count": 1}


def read(*cells: Any, **metadata: Any) -> Reading:
    """The reading of a notebook with these cells."""
    content = {"nbformat": 4, "nbformat_minor": 5, "metadata": metadata, "cells": list(cells)}
    return notebook.blocks(json.dumps(content), "hw.ipynb")


def complaint(source: str) -> str:
    """What the reader says of a file that it refuses; empty where it reads it."""
    try:
        notebook.blocks(source, "hw.ipynb")
    except SubmissionError as error:
        return str(error)
    return ""


def refused(source: str) -> str:
    """The one line with which it is refused."""
    with pytest.raises(SubmissionError) as caught:
        notebook.blocks(source, "hw.ipynb")
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_cells_become_blocks_with_cell_and_line() -> None:
    """Lines count from the beginning of the cell."""
    reading = read(markdown("# Pooling\n\n(a) $x$"), code(["x = 1\n", "y = 2"]), {**markdown("5"), "cell_type": "raw"})
    assert [(b.where.cell, b.where.line, b.kind, b.text) for b in reading.blocks] == [
        (0, 1, BlockKind.HEADING, "Pooling"),
        (0, 3, BlockKind.TEXT, "(a) $x$"),
        (1, 1, BlockKind.CODE, "x = 1\ny = 2"),
        (2, 1, BlockKind.TEXT, "5"),
    ]
    assert reading.notes == ()


def test_metadata_names_the_part_and_the_assignment() -> None:
    """A cell's part is that of all its blocks."""
    reading = read(markdown("5\n\n6", grader={"part": "3b"}), markdown("7"), grader={"assignment": "hw4"})
    assert [block.part for block in reading.blocks] == ["3b", "3b", None]
    assert reading.assignment == "hw4"


@pytest.mark.parametrize("wrong", [None, 3, {"part": None}, {"part": []}, {"part": True}, {"part": ""}])
def test_metadata_that_says_nothing_is_passed_over(wrong: object) -> None:
    """Whatever stands there."""
    assert read(markdown("5", grader=wrong)).blocks[0].part is None


def test_a_picture_among_the_outputs_is_known() -> None:
    """So that an answer that is only a picture is not taken for none."""
    output = {"output_type": "display_data", "data": {"image/png": "AAAA", "text/plain": "x"}, "metadata": {}}
    assert [(block.kind, block.text) for block in read(code("plot()", output)).blocks] == [
        (BlockKind.CODE, "plot()"),
        (BlockKind.IMAGE, "output of the cell (image/png)"),
    ]


def test_code_is_never_run() -> None:
    """It is text."""
    assert read(code("raise SystemExit")).blocks[0].text == "raise SystemExit"


def test_an_old_notebook_is_brought_up() -> None:
    """Format 3 has worksheets, heading cells and ``input``."""
    cells = [
        {"cell_type": "heading", "level": 2, "source": ["Pooling"]},
        {"cell_type": "code", "input": ["x"], "outputs": [{"output_type": "display_data", "png": "AAAA"}]},
    ]
    old = {"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": cells}]}
    reading = notebook.blocks(json.dumps(old), "hw.ipynb")
    assert [(b.kind, b.level, b.text) for b in reading.blocks] == [
        (BlockKind.HEADING, 2, "Pooling"),
        (BlockKind.CODE, 0, "x"),
        (BlockKind.IMAGE, 0, "output of the cell (image/png)"),
    ]
    assert reading.notes == ("the notebook is nbformat 3; brought up to 4.5",)


def test_repairs_are_told() -> None:
    """Every cell that can be read is read, with its own number."""
    reading = read(
        {**markdown("1"), "id": "same"},
        {**markdown("2"), "id": "same"},
        {"cell_type": "markdown", "metadata": {}},
        "no cell",
        {"source": "3", "metadata": []},
        markdown(["4", 5]),
        {"cell_type": "code", "source": "6"},
    )
    assert [(block.where.cell, block.text) for block in reading.blocks] == [
        (0, "1"),
        (1, "2"),
        (4, "3"),
        (5, "4"),
        (6, "6"),
    ]
    assert reading.notes == (
        "cell 2: it has no source; read as empty",
        "cell 3: it is of type str and no cell; left out",
        "cell 4: its type is None, expected one of markdown, code, raw; read as text",
        "cell 4: its metadata is a list, expected an object; read without",
        "cell 5: 1 lines of its source are no text; left out",
        "cells 0, 1 have the same id 'same'; all were read",
    )


def test_a_notebook_that_does_not_say_what_it_is() -> None:
    """It has cells, so it is read."""
    reading = notebook.blocks(json.dumps({"cells": [markdown("5")]}), "hw.ipynb")
    assert [block.text for block in reading.blocks] == ["5"]
    assert reading.notes == ("the notebook does not say which nbformat it is; read as 4.5",)


def test_what_nbformat_finds_wrong_is_told() -> None:
    """And the cells are read all the same."""
    reading = read(markdown("5"), kernelspec={})
    assert [block.text for block in reading.blocks] == ["5"]
    assert "is not valid nbformat 4.5 ('name' is a required property)" in reading.notes[0]


def test_escapes_in_json_bring_no_control_characters() -> None:
    """They would reach the student's terminal."""
    reading = read(markdown("\x1b[31m5\ud800"))
    assert reading.blocks[0].text == "[31m5"
    assert reading.notes[0] == "cell 0: 1 control character was taken out of the text"


def test_a_truncated_notebook() -> None:
    """The message says where it ends and what to do."""
    whole = json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [markdown("5")]}, indent=1)
    for end in range(10, len(whole) - 1):
        message = refused(whole[:end])
        assert message.startswith("hw.ipynb: the notebook ends in the middle (line ")
        assert message.endswith("save it again from Jupyter and hand in the new file")


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('{"cells": []}', "the notebook has no cells, so there is nothing to grade"),
        ('{"nbformat": 4, "metadata": {}, "cells": []}', "the notebook has no cells"),
        ('{"a": 1}', "JSON, but no notebook: found 'a', expected a list 'cells'"),
        ("{}", "JSON, but no notebook: found no keys"),
        ("[1]", "JSON, but no notebook: found a list"),
        ('{"cells": 3}', "JSON, but no notebook: found 'cells', expected a list 'cells'"),
        ("# Homework", "this is no notebook (line 1, column 1"),
        ('{"cells": [,]}', "the notebook is damaged (line 1, column 12"),
        ('{"nbformat": 5, "cells": [{}]}', "the notebook is nbformat 5, expected 4 or older"),
        ('{"cells": ' + "[" * 100_000, "the JSON is nested too deeply for a notebook"),
        ('{"cells": [' + "9" * 5_000 + "]}", "the JSON cannot be read (Exceeds the limit"),
    ],
)
def test_what_is_no_notebook(source: str, found: str) -> None:
    """One line says what was found."""
    assert refused(source).startswith(f"hw.ipynb: {found}")


def test_five_thousand_cells_are_no_trouble(within: Any) -> None:
    """A millisecond a cell would be too long."""
    reading = within(500, lambda: read(*[markdown("(a) $x$ is it") for _ in range(5_000)]))
    assert len(reading.blocks) == 5_000


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(["markdown", "code", "(a) $x$"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "cells",
                    "cell_type",
                    "source",
                    "metadata",
                    "id",
                    "outputs",
                    "data",
                    "nbformat",
                    "nbformat_minor",
                    "grader",
                    "part",
                ]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)


def test_code_is_listed_cell_by_cell() -> None:
    """With the line that it begins on, and the part that its cell names."""
    first = {**code("\n\nimport numpy as np"), "metadata": {"grader": {"part": "1a"}}}
    cells = [markdown("Convolution"), first, code("def f():\n    pass")]
    found = notebook.blocks(json.dumps({"cells": cells, "nbformat": 4, "nbformat_minor": 5}), "hw.ipynb").code
    assert [(one.where.cell, one.where.line, one.part, one.source) for one in found] == [
        (1, 3, "1a", "import numpy as np"),
        (2, 1, None, "def f():\n    pass"),
    ]


@given(
    st.one_of(
        JSON.map(json.dumps), st.lists(JSON, max_size=3).map(lambda cells: json.dumps({"cells": cells})), st.text()
    )
)
@settings(deadline=None, max_examples=150)
def test_nothing_makes_it_fail_but_with_one_line(source: str) -> None:
    """Whatever JSON there is."""
    assert "\n" not in complaint(source)
