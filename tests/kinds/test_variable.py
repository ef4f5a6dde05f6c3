"""Values left in a name."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from grader import kinds
from grader.kinds import Trial
from grader.kinds._code.local import LocalProgram
from grader.model import Verdict

CONV = {"kind": "conv-output", "given": {"input": [[1, 2, 3], [4, 5, 6]], "weight": [[1, -1]]}}
COUNT = {"kind": "param-count", "given": {"in_channels": 3, "out_channels": 8, "kernel_size": 3}}
SHAPE = {"kind": "conv-shape", "given": {"input": [28, 28, 1], "layout": "HWC", "out_channels": 10, "kernel_size": 3}}


def run(of: dict[str, Any], value: Any, name: str = "answer", **names: Any) -> Trial:
    """The trial of what stands in `answer`."""
    kind = kinds.load("variable")
    given = kind.given.model_validate({"name": name, "of": of})
    assert kind.run
    return kind.run(given, LocalProgram({"answer": value, **names}), None)


@pytest.mark.parametrize(
    ("of", "value"),
    [
        (CONV, np.array([[-1.0, -1.0], [-1.0, -1.0]])),
        (CONV, np.array([[-1, -1], [-1, -1]], dtype=np.float32)),
        (CONV, [[-1, -1], [-1, -1]]),
        (CONV, "[[-1, -1], [-1, -1]]"),
        (COUNT, 224),
        (COUNT, np.int64(224)),
        (COUNT, 224.0),
        (SHAPE, (26, 26, 10)),
        (SHAPE, np.array([26, 26, 10])),
        (SHAPE, "26 x 26 x 10"),
    ],
)
def test_right(of: dict[str, Any], value: Any) -> None:
    """Arrays, numbers, tuples, or the text that one would write."""
    assert run(of, value).verdict is Verdict.CORRECT


def test_slips_of_that_kind_apply() -> None:
    """A flipped kernel is told as it is in an answer that is written."""
    trial = run(CONV, np.ones((2, 2)))
    assert (trial.verdict, trial.slip) == (Verdict.INCORRECT, "flipped-kernel")
    assert trial.evidence == "answer\n# got: array([[1., 1.], [1., 1.]])"


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (None, "answer is still the template: it is None"),
        (object(), "answer is of type object, expected a number"),
        (print, "answer is of type builtin_function_or_method, expected a number"),
        (True, "answer is of type bool, expected a number"),
        ((224,), "answer is of type tuple, expected a number"),
    ],
)
def test_values_of_another_sort(value: Any, reason: str) -> None:
    """Each is told for what it is."""
    assert run(COUNT, value).reason == reason


def test_entries_earn_credit_as_they_do_on_paper() -> None:
    """Three of four."""
    assert run(CONV, [[-1, -1], [-1, 0]]).credit == 0.75


def test_a_name_that_is_not_there() -> None:
    """A near one is a person's to judge."""
    assert run(COUNT, 224, name="number").verdict is Verdict.MISSING
    assert run(COUNT, 224, name="answers").verdict is Verdict.REVIEW


@pytest.mark.parametrize(
    ("of", "message"),
    [
        ({"kind": "conv-outputs"}, "found the kind 'conv-outputs', expected one of"),
        ({"kind": "prose"}, "found the kind 'prose' of a variable, expected one of a number, shape or array"),
        ({"kind": "conv-output", "given": {"input": [1]}}, "found a given of conv-output that does not fit: weight"),
    ],
)
def test_bad_givens(of: dict[str, Any], message: str) -> None:
    """One line each."""
    with pytest.raises(ValidationError) as refused:
        kinds.load("variable").given.model_validate({"name": "answer", "of": of})
    assert message in str(refused.value)


@pytest.mark.parametrize("of", [CONV, COUNT, SHAPE])
def test_the_engine_proves_the_part(of: dict[str, Any]) -> None:
    """The reference left in the name is right, each slip is not."""
    kind = kinds.load("variable")
    given = kind.given.model_validate({"name": "answer", "of": of})
    assert kind.run
    assert kind.proof
    proof = kind.proof(given)
    assert kind.run(given, proof.right, None).credit == 1
    assert proof.slips
    assert all(kind.run(given, wrong, None).credit < 1 for wrong in proof.slips.values())
