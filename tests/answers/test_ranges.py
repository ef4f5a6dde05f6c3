r"""What stands behind `\\in`, as a tree."""

from __future__ import annotations

import time

import pytest

from grader.answers.parse import parse
from grader.answers.tree import Call, Dots, Group, Name, Node, Num, Relation
from grader.answers.unread import Unread

ZERO, TWO = Num.of(0), Num.of(2)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[0, 2]", Group("[", (ZERO, TWO))),
        ("[0, 2)", Call("[)", (ZERO, TWO))),
        (r"\left( 0, 2 \right]", Call("(]", (ZERO, TWO))),
        (r"[0, \infty)", Call("[)", (ZERO,))),
        (r"(-\infty, 2]", Call("(]", (TWO,))),
        ("0..2", Group("{", (ZERO, Dots(), TWO))),
        (r"\{0\} \cup [0, 2)", Call("union", (Group("{", (ZERO,)), Call("[)", (ZERO, TWO))))),
        (r"\boxed{[0, 2)}", Call("[)", (ZERO, TWO))),
    ],
)
def test_sets_of_numbers(text: str, expected: Node) -> None:
    """An interval with an end left out is a call of its brackets."""
    assert parse(rf"k \in {text}") == Relation(("in",), (Name("k"), expected))


def test_the_word_in() -> None:
    """Typed plainly; below a name it is a subscript."""
    assert parse("k in [0, 2]") == parse(r"k \in [0, 2]")
    assert parse("W_in") == Name("W", (Name("in"),))


@pytest.mark.parametrize(
    "text", [r"[0, \infty]", r"(-\infty, \infty)", "]0, 2[", "[0, 1, 2)", "[0)", "0..", r"[\infty, 2)"]
)
def test_what_is_no_interval(text: str) -> None:
    """Infinity belongs to none, and each has two ends."""
    with pytest.raises(Unread):
        parse(rf"k \in {text}")


def test_many_sets_within_one_another() -> None:
    """Looking for the closing bracket of each takes no time."""
    start = time.perf_counter()
    with pytest.raises(Unread):
        parse("k in [" * 300)
    assert time.perf_counter() - start < 1
