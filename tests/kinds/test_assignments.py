"""The five assignments that ship: they load, and their references are what one works out by hand."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from grader import problems
from grader.answers.values import Number, Shape, Tensor, plain
from grader.problems import Assignment

PARTS = {"hw4": 46, "hw8": 16, "hw2": 11, "a2": 10, "a3": 40}


@cache
def assignment(name: str) -> Assignment:
    """The assignment `name`, loaded once."""
    return problems.load(name)


@cache
def references(name: str) -> dict[str, Any]:
    """Its references: as plain numbers and lists where they are such, else as they are."""
    known = problems.references(assignment(name))
    return {
        part: plain(value) if isinstance(value, Number | Shape | Tensor) else value for part, value in known.items()
    }


def test_the_five_are_there() -> None:
    """The grader ships them."""
    assert set(PARTS) <= {found.id for found in problems.catalogue()}


@pytest.mark.parametrize(("name", "count"), PARTS.items())
def test_every_part_is_asked_and_stated(name: str, count: int) -> None:
    """No part is lost, each is worth something and says what is asked."""
    parts = assignment(name).parts
    assert len(parts) == count
    assert all(part.points > 0 and part.statement for part in parts)


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("2e.input.params", 0),
        ("2e.input.shape", [28, 28, 1]),
        ("2e.conv1.params", 3 * 3 * 1 * 10 + 10),
        ("2e.conv1.shape", [28, 28, 10]),
        ("2e.pool1.shape", [14, 14, 10]),
        ("2e.conv2.params", 3 * 3 * 10 * 10 + 10),
        ("2e.pool2.shape", [7, 7, 10]),
        ("2e.flatten.shape", [490]),
        ("2e.fc.params", 490 * 3 + 3),
        ("2e.fc.shape", [3]),
        ("2f.x3", [0, 0.8, 0]),
        ("3b.filter", [2, -1, 3]),
        ("3c.shape", [3, 3]),
        ("3c.output", [[-1, 3, -2], [3, -3, 1], [0, 3, 1]]),
        ("4a.i", [10, 64, 32, 32]),
        ("4a.ii", [10, 64, 15, 15]),
        ("4d.i", [[5, 10, 5], [10, 20, 10], [5, 10, 5]]),
        ("4d.ii", 7),
        ("5b.mean", 0),
    ],
)
def test_hw4(part: str, value: Any) -> None:
    """Layers, filters and shapes."""
    assert references("hw4")[part] == value


def test_hw8() -> None:
    """Z has six distinct places of interest; the layer makes 46 x 62 x 20 out of 48 x 64 x 10."""
    found = references("hw8")
    assert found["1b"] == [5, 4]
    assert (found["1c.value"], found["1d.value"]) == (6, -6)
    assert found["1c.location"].indices[0] in {(1, 3), (2, 3), (3, 3)}
    assert found["1d.location"].indices[0] in {(1, 0), (2, 0), (3, 0)}
    assert found["2a.z"] == found["2a.u"] == [46, 62, 20]
    assert found["2c"] == 3 * 3 * 10 * 46 * 62 * 20
    assert found["2d"] == 1820


def test_hw2() -> None:
    """Shapes of a short sequence's derivatives."""
    found = references("hw2")
    assert found["1.1.1"] == [5, 2]
    assert found["1.1.3a.shape"] == [3]
    assert found["1.1.3b.shape"] == [3, 1, 5, 3]
    assert found["1.1.3c.shape"] == [3, 5, 7]
    assert found["1.1.3d.shape"] == [1, 5, 3]


def test_a2() -> None:
    """A convolution, its gradient, and a pooling built on it."""
    found = references("a2")
    assert found["1a"] == [3, 3]
    assert found["1c"] == [[109, 92, 72], [108, 85, 74], [110, 74, 79]]
    assert found["1d"][3] == [7, 16, 24, 17, 8]
    assert found["2c"] == [[109, 92], [110, 85]]


def test_a3() -> None:
    """A table with an uneven stride, and a layer worked out from its sizes."""
    found = references("a3")
    assert found["2.conv2.shape"] == [6, 6, 20]
    assert found["2.flatten.shape"] == [180]
    assert (found["2.conv1.params"], found["2.conv2.params"], found["2.fc.params"]) == (280, 1820, 1810)
    assert (found["4.1.kernel"], found["4.1.size"]) == (10, [10, 10, 10])
    assert (found["4.2"], found["4.3"]) == (96096, 418176000)
    assert found["3.1"].names == {"k_1", "k_2", "k_3", "b", "w_1", "w_2", "a"}


@pytest.mark.parametrize(
    ("name", "part", "label"),
    [
        ("hw4", "2a.w_out", ("2", "a")),
        ("hw4", "4a.ii", ("4", "a", "ii")),
        ("hw4", "2e.conv1.params", ("2", "e")),
        ("hw4", "5a.dw", ("5", "a")),
        ("hw8", "2a.z", ("2", "a")),
        ("hw8", "2a.u", ("2", "a")),
        ("hw2", "1.1.3a.shape", ("1", "1", "3", "a")),
        ("a3", "2.height", ("2",)),
        ("a3", "2.conv1.shape", ("2",)),
        ("a3", "3.2.a", ("3", "2")),
        ("a3", "3.2.w1", ("3", "2")),
        ("a3", "3.3.z1", ("3", "3")),
        ("a3", "3.4.b", ("3", "4")),
        ("a3", "3.5.k", ("3", "5")),
        ("a3", "4.1.kernel", ("4", "1")),
    ],
)
def test_labels(name: str, part: str, label: tuple[str, ...]) -> None:
    """Each part is looked for where the sheet numbers it."""
    assert assignment(name).part(part).label == label
