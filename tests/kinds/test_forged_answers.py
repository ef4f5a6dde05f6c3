"""Whatever a student's process says, a kind for code ends in a trial of one line, and nothing forged earns a point."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from grader import kinds
from grader.sandbox import Definition, Kept, Opaque, Outcome, Raised, Returned, Sort, Stopped

NETWORK = {
    "input": [1, 8, 8],
    "layout": "CHW",
    "layers": [{"name": "c", "conv": {"out_channels": 2, "kernel_size": 3}}],
}
FORWARD = {"name": "f", "call": ["x"], "returns": ["out", "cache"]}
CONV = {"kind": "conv-output", "given": {"input": [[1, 2, 3], [4, 5, 6]], "weight": [[1, -1]]}}
SHAPE = {"kind": "conv-shape", "given": {"input": [28, 28], "layout": "HW", "kernel_size": 3}}
COUNT = {"kind": "param-count", "given": {"in_channels": 3, "out_channels": 8, "kernel_size": 3}}
PROPERTIES = ["dtype", "input-unchanged", "no-pixel-loop"]
PARTS: list[tuple[str, dict[str, Any]]] = [
    ("function", {"name": "f", "operation": "relu", "call": ["x"], "properties": PROPERTIES}),
    ("function", {"name": "f", "operation": "softmax", "call": ["x"], "returns": ["out", "_"]}),
    ("function", {"name": "f", "operation": "sigmoid", "call": ["x"], "returns": {"a": "out"}}),
    ("function", {"name": "f", "operation": "conv-size", "call": ["size"]}),
    ("gradient", {"name": "g", "operation": "relu", "call": ["dout", "cache"], "returns": ["dx"], "forward": FORWARD}),
    *(("variable", {"name": "v", "of": of}) for of in (CONV, SHAPE, COUNT)),
    ("module", {"name": "Net", "network": NETWORK}),
    ("module", {"name": "Net", "network": NETWORK, "params": "p", "points": {"params": 1}}),
]
NUMBERS = [None, True, 1.5, -0.0, 1e308, 10**400, 2**70, float("nan"), float("inf"), np.float16(1), np.bool_(True)]
TEXTS = ["", "x" * 10_000, "9**9**9", "__import__('os')"]
NESTED = [[], (), [[1], [1, 2]], [2**70], [None], {}, {"a": {}}, {"a": None}, [Opaque("q")], Opaque("function")]
ARRAYS = [
    np.array([]),
    np.zeros((0, 3)),
    np.array(1j),
    np.array([np.nan]),
    np.full((1, 1), np.inf),
    np.zeros((3,) * 10),
    np.zeros(10**5),
    np.array(2**63, dtype=np.uint64),
]
CLAIMS = [(0.0, ()), (float("nan"), (99,)), (float("inf"), (-1, 0))]
"""Seconds and changed arguments as no honest call has them."""
OUTCOMES: list[Outcome] = [
    *(Returned(value, Kept(0), *claim) for value in (*NUMBERS, *TEXTS, *NESTED, *ARRAYS) for claim in CLAIMS),
    Raised("", "", ""),
    Raised("NotImplementedError", ""),
    Raised("Error", "m" * 500, "cell 0, line 1", "advice"),
    Stopped("sent what is no result"),
]


class Forged:
    """A program that answers everything with one outcome."""

    definitions = {  # noqa: RUF012 - as the contract has it
        "f": Definition("f", Sort.FUNCTION, 0, 1, ("x",), 1),
        "g": Definition("g", Sort.FUNCTION, 0, 1, ("dout", "cache"), 2),
        "v": Definition("v", Sort.VALUE, 0, 1, type="anything"),
        "Net": Definition("Net", Sort.CLASS, 0, 1),
    }
    faults = ()

    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome

    def call(self, *_arguments: Any, **_keywords: Any) -> Outcome:
        """The outcome."""
        return self.outcome

    call_method = call
    value = call


@pytest.mark.parametrize(("kind", "given"), PARTS, ids=[f"{kind}-{place}" for place, (kind, _) in enumerate(PARTS)])
def test_every_outcome_ends_in_a_trial(kind: str, given: dict[str, Any]) -> None:
    """One bounded line, and no credit: none of these is an answer."""
    found = kinds.load(kind)
    model = found.given.model_validate(given)
    assert found.run
    for outcome in OUTCOMES:
        trial = found.run(model, Forged(outcome), None)
        assert trial.credit == 0, outcome
        assert trial.reason, outcome
        assert "\n" not in trial.reason
        assert len(trial.reason) < 2000
        assert len(trial.evidence) < 20_000
