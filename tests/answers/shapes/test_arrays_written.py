"""The cells of an array as it is written."""

from __future__ import annotations

from typing import Any

import pytest

from grader.answers.formulas.evaluate import exact
from grader.answers.shapes.arrays_written import cells_of, flat, nested_shape
from grader.answers.syntax.parse import parse
from grader.answers.syntax.unread import Unread


def worked_out(cells: Any) -> Any:
    """Nested lists of numbers for nested lists of trees."""
    return [worked_out(cell) for cell in cells] if isinstance(cells, list) else float(exact(cells))


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("[1, 2]", [1, 2]),
        ("-[1, 2]", [-1, -2]),
        ("2[1, 2] - [1, 1]", [1, 3]),
        ("[2, 4]/2", [1, 2]),
        ("[[1, 2], [3, 4]]^T", [[1, 3], [2, 4]]),
        (r"\begin{bmatrix} 1 & 2 \end{bmatrix}", [[1, 2]]),
        ("Y_{11} = 1, Y_{12} = 2, Y_{21} = 3, Y_{22} = 4", [[1, 2], [3, 4]]),
    ],
)
def test_arithmetic_is_put_into_the_cells(text: str, numbers: Any) -> None:
    """Entry by entry."""
    assert worked_out(cells_of(parse(text))) == numbers


def test_a_scalar_is_no_array() -> None:
    """Its tree stays as it is."""
    tree = parse("2*3 + 1")
    assert cells_of(tree) is tree


@pytest.mark.parametrize("text", ["[1, 2]*[3, 4]", "[1, 2] + [1]", "[1, 2] + 1", "1/[1, 2]"])
def test_arithmetic_that_has_no_one_meaning(text: str) -> None:
    """Is refused."""
    with pytest.raises(Unread):
        cells_of(parse(text))


def test_shape_and_order() -> None:
    """The outermost list first, the last axis fastest; unequal rows have no shape."""
    cells = cells_of(parse("[[1, 2, 3], [4, 5, 6]]"))
    assert nested_shape(cells) == (2, 3)
    assert [int(exact(node)) for node in flat(cells)] == [1, 2, 3, 4, 5, 6]
    with pytest.raises(Unread, match="differ"):
        nested_shape(cells_of(parse("[[1], [2, 3]]")))
