"""A part that stands for many: its cells, their points, and what can be wrong with them."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.answers.values import Number
from grader.errors import ProblemError
from grader.problems import load_file, references
from grader.problems.expansion import shares

Write = Callable[..., Path]

TABLE = """
    - id: 1e
      kind: layers
      statement: Fill in the table.
      points: 1
      given: {layers: [{layer: conv, filters: 3}, {layer: pool, window: 2}, {layer: pool, window: 3}]}
    - {id: 1f, kind: sum, given: {terms: [{answer: 1e.row1.size}]}}
"""


def test_a_table_is_replaced_by_its_cells(write: Write) -> None:
    """A cell has an id under the table's, the kind its table gives it, and the table's label."""
    assignment = load_file(write(TABLE))
    assert [part.id for part in assignment.parts] == ["1e.row0.size", "1e.row1.size", "1e.row2.size", "1f"]
    cell = assignment.part("1e.row1.size")
    assert (cell.kind, cell.group, cell.label, cell.statement) == (
        "sum",
        "1e",
        ("1", "e"),
        "Fill in the table.",
    )
    assert (cell.row, cell.row_names, cell.column_names, cell.names) == (1, ("pool",), ("size",), ())
    assert cell.where == "hw.yaml:6:9"


def test_a_tables_points_are_shared_out(write: Write) -> None:
    """In whole cents that add up."""
    assert [part.points for part in load_file(write(TABLE)).parts[:3]] == [0.33, 0.34, 0.33]


def test_a_part_can_be_built_on_a_cell(write: Write) -> None:
    """A cell is a part like any other."""
    assert references(load_file(write(TABLE)))["1f"] == Number(Fraction(2))


LAYER = "{layer: pool, window: 2}"
ONE_CELL = f"- {{id: 1a, kind: layers, given: {{layers: [{LAYER}]}}}}"


@pytest.mark.parametrize(
    ("parts", "where", "found", "expected"),
    [
        (
            "- {id: 1a, kind: layers, given: {layers: []}}",
            "6:39",
            "nothing to ask in '1a'",
            "one cell or more; add what it is made of",
        ),
        (
            f"- {{id: 1a, kind: layers, given: {{layers: [{LAYER}, {LAYER}, {LAYER}, {LAYER}]}}}}",
            "6:39",
            "what cannot be worked out (4 layers do not fit)",
            "layers that fit; change it",
        ),
        (
            "- {id: 1a, kind: layers, given: {layers: [{layer: conv, filters: 0}]}}",
            "6:39: in the cell '1a.broken'",
            "7",
            "a list",
        ),
        (
            f"{ONE_CELL}\n- {{id: 1a.row0.size, kind: prose}}",
            "7:14",
            "the id '1a.row0.size' again",
            "it once (it is at hw.yaml:6:39); rename one of them",
        ),
        (
            f"{ONE_CELL}\n- {{id: 1b, kind: sum, given: {{terms: {{answer: 1a}}}}}}",
            "7:53",
            "the answer of '1a', which stands for many parts",
            "an earlier part's id; name one of its cells",
        ),
        (
            "- {id: 1a, kind: prose}\n- {id: 1b, kind: layers, given: {layers: {answer: 1a}}}",
            "7:57",
            "the answer of '1a'",
            "a plain value, since 'layers' stands for many parts; write the value",
        ),
    ],
)
def test_what_is_wrong_with_a_table_is_said_in_one_line(
    write: Write, parts: str, where: str, found: str, expected: str
) -> None:
    """A cell stands nowhere in the file, so its table's place is named, and the cell."""
    with pytest.raises(ProblemError) as error:
        load_file(write(parts))
    assert str(error.value) == f"hw.yaml:{where}: found {found}, expected {expected}"


@settings(deadline=None, max_examples=100)
@given(
    cents=st.integers(0, 10_000),
    weights=st.lists(st.integers(0, 5).map(float) | st.floats(0.25, 4), min_size=1, max_size=40),
)
def test_shares_add_up(cents: int, weights: list[float]) -> None:
    """No cent is lost or made, and no cell is off by more than one."""
    parts = shares(cents / 100, weights)
    assert sum(round(100 * part) for part in parts) == cents
    fair = [weight / sum(weights) if sum(weights) else 1 / len(weights) for weight in weights]
    assert all(abs(part - cents / 100 * share) <= 0.0101 for part, share in zip(parts, fair, strict=True))


def test_shares_of_points_finer_than_a_cent() -> None:
    """An instructor's own fractions are kept."""
    assert shares(0.125, [1, 1]) == [0.0625, 0.0625]
