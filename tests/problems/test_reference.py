"""References: computed in order, each on those before it."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from grader.answers.values import Number, Tensor
from grader.errors import ProblemError
from grader.problems import given_by_reference, load_file, references

Write = Callable[..., Path]

CHAIN = """
    - {id: 1a, kind: sum, given: {terms: [1, 2]}}
    - {id: 1b, kind: scaled, given: {input: [1, {answer: 1a}], factor: {answer: 1a}}}
    - {id: 1c, kind: prose}
    - {id: 1d, kind: scaled, given: {input: {answer: 1b}, factor: 2}}
"""


def test_references_are_computed_in_order(write: Write) -> None:
    """A part that only a person can judge has none."""
    assert references(load_file(write(CHAIN))) == {
        "1a": Number(Fraction(3)),
        "1b": Tensor(np.array([3.0, 9.0])),
        "1c": None,
        "1d": Tensor(np.array([6.0, 18.0])),
    }


def test_given_by_reference_is_what_a_right_student_has(write: Write) -> None:
    """It is what the reference was computed from."""
    assignment = load_file(write(CHAIN))
    given = given_by_reference(assignment.part("1d"), references(assignment))
    assert given.model_dump() == {"input": (3.0, 9.0), "factor": 2}


@pytest.mark.parametrize(
    ("parts", "where", "found", "expected"),
    [
        (
            "- {id: 1a, kind: scaled, given: {input: [1], factor: 13}}",
            "6:39",
            "what gives '1a' no answer (13 is nothing to scale by)",
            "a given that fits together; change it",
        ),
        (
            "- {id: 1a, kind: prose}\n- {id: 1b, kind: sum, given: {terms: {answer: 1a}}}",
            "7:53",
            "the answer of '1a', which is one that only a person can judge",
            "a number, a shape or a tensor; build on another part",
        ),
        (
            "- {id: 1a, kind: choice}\n- {id: 1b, kind: sum, given: {terms: {answer: 1a}}}",
            "7:53",
            "the answer of '1a', which is a choice",
            "a number, a shape or a tensor; build on another part",
        ),
        (
            "- {id: 1a, kind: sum, given: {terms: [5]}}\n- {id: 1b, kind: sum, given: {terms: {answer: 1a}}}",
            "7:44",
            "5",
            "a list",
        ),
    ],
)
def test_what_cannot_be_computed_is_said_in_one_line(
    write: Write, parts: str, where: str, found: str, expected: str
) -> None:
    """The message points at what is given."""
    with pytest.raises(ProblemError) as error:
        references(load_file(write(parts)))
    assert str(error.value) == f"hw.yaml:{where}: found {found}, expected {expected}"
