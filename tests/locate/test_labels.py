"""Numbering as students and scanners write it."""

from __future__ import annotations

import pytest

from grader.locate.labels import follows, labels
from grader.model import Block, BlockKind, Where

HERE = Where("hw.md", 1)


def tokens(text: str, kind: BlockKind = BlockKind.TEXT) -> list[tuple[str, ...]]:
    """The labels at the beginning of `text`."""
    return [label.tokens for label in labels(Block(kind, text, HERE))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(a) 3x3", ("a",)),
        ("a) 3x3", ("a",)),
        ("a. The shape is", ("a",)),
        ("**(b)** 12", ("b",)),
        ("**b)** 12", ("b",)),
        ("(iv) 12", ("iv",)),
        ("ii: stride 2", ("ii",)),
        ("3.2", ("3", "2")),
        ("3.2 Gradients", ("3", "2")),
        ("1.1.3a) shape", ("1", "1", "3", "a")),
        ("2b. 280", ("2", "b")),
        ("Question 2: shapes", ("2",)),
        ("Question 2", ("2",)),
        ("Problem 1.1: Networks", ("1", "1")),
        ("Part b: 280", ("b",)),
        ("Part (b) 280", ("b",)),
        ("Q3. 280", ("3",)),
        ("Answer 4: 280", ("4",)),
        ("2 Pooling", ("2",)),
        ("7", ("7",)),
        ("5.The mean", ("5",)),
        ("**1.1** the figure is lost", ("1", "1")),
        ("**2** the output", ("2",)),
    ],
)
def test_numbering_is_found_however_it_is_set(text: str, expected: tuple[str, ...]) -> None:
    """Brackets, dots, colons, words before it and bold print are all one to it."""
    assert tokens(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("ca) derive", ("a",)), ("cb). detects", ("b",)), ("(C), see", ("c",)), ("Qii) 7", ("ii",))],
)
def test_numbering_damaged_by_a_scanner_is_found(text: str, expected: tuple[str, ...]) -> None:
    """`ca)` was `(a)` once."""
    assert tokens(text) == [expected]


def test_two_labels_in_a_row_are_both_found() -> None:
    """`d. (i)` opens d and, within it, i."""
    assert tokens("d. (i) the output") == [("d",), ("i",)]
    assert tokens("2 (a) the output") == [("2",), ("a",)]


@pytest.mark.parametrize(
    "text",
    [
        "3x3",
        "109 92 72",
        "5,133,600",
        "28 x 28 x 10",
        "10 filters of size 3",
        "K = 3",
        "the output is (a)",
        "2*3 = 6",
        "(46,62,20)",
        "f(x) = 2",
        "e.g. this",
        "i.e. that",
        "1/9",
    ],
)
def test_values_and_words_are_no_numbering(text: str) -> None:
    """A number that begins a sentence or a formula is not a label."""
    assert tokens(text) == []


def test_a_label_within_a_formula_counts_but_an_equation_number_does_not() -> None:
    """`$$(b) W = ...$$` is labelled, `$$(3.15)$$` is only numbered."""
    assert tokens("(b) W_{out} = W - K + 1", BlockKind.MATH) == [("b",)]
    assert tokens("(3.15)", BlockKind.MATH) == []


def test_what_stands_behind_the_label_is_kept() -> None:
    """The label is taken off, the answer stays."""
    (label,) = labels(Block(BlockKind.TEXT, "(a) the shape is 3x3", HERE))
    assert label.rest.strip() == "the shape is 3x3"


@pytest.mark.parametrize(("label", "before"), [("3", "2"), ("c", "b"), ("iv", "iii"), ("i", "h")])
def test_labels_follow_each_other(label: str, before: str) -> None:
    """Numbers, letters and roman numerals each count on in their own way."""
    assert follows(label, before)
    assert not follows(before, label)
