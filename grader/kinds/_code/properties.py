"""What is asked of a function beside its results: its dtype, its arguments left alone, no loop over pixels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import isfinite
from time import process_time

import numpy as np

from grader.kinds._code.attempt import Attempt, attempt
from grader.kinds._code.case import Case, large_case
from grader.kinds._code.question import Question
from grader.kinds._code.words import Values
from grader.sandbox import Program, Returned

_RUNS = 3
"""Times of which the shortest counts."""
_NOTICED = 0.05
"""Seconds under which nothing is said to be slow, whatever the ratio."""


@dataclass(frozen=True)
class Kept:
    """A property, and why it does not hold; the fault is empty where it does, or where that is in doubt."""

    name: str
    points: float
    fault: str = ""


def checked(question: Question, program: Program, attempts: Sequence[Attempt]) -> tuple[Kept, ...]:
    """Each property that the part asks for."""
    found = []
    for name, points in (question.properties or {}).items():
        match name:
            case "dtype":
                fault = _dtype(question, program, attempts[0].case)
            case "input-unchanged":
                fault = _changed(question, attempts)
            case _:
                fault = _slow(question, program)
        found.append(Kept(name, points, fault))
    return tuple(found)


def _dtype(question: Question, program: Program, case: Case) -> str:
    """Whether float32 goes in and something else comes out."""
    tried = attempt(question, replace(case, values=_single(case.values)), program)
    for name, got in tried.got.items():
        if isinstance(got, np.ndarray) and got.dtype != np.float32:
            return f"{name} is {got.dtype} where the arguments are float32"
    return ""


def _single(values: Values) -> Values:
    return {
        name: value.astype(np.float32) if isinstance(value, np.ndarray) and value.dtype == np.float64 else value
        for name, value in values.items()
    }


def _changed(question: Question, attempts: Sequence[Attempt]) -> str:
    """Whether a call wrote into one of its arguments."""
    slots = question.signature.positional
    for one in attempts:
        if isinstance(one.outcome, Returned):
            for place in one.outcome.changed:
                name = slots[place].name if place in range(len(slots)) else str(place)
                return f"it writes into its argument {name}"
    return ""


def _slow(question: Question, program: Program) -> str:
    """Whether it takes longer than the engine by more than any vectorised way would."""
    values = large_case(question.operation, question.room, gradient=question.has_gradient)
    if values is None:
        return ""
    case = Case(next(iter(question.cases.values()))[0].group, values)
    times = []
    for _ in range(_RUNS):
        outcome = attempt(question, case, program).outcome
        if not isinstance(outcome, Returned):
            return ""
        times.append(outcome.seconds)
        if outcome.seconds < _NOTICED:
            return ""
    ratio = min(times) / max(_engine_seconds(question, values), 1e-6)
    if not (isfinite(ratio) and ratio > question.loop_ratio):
        return ""
    return f"it takes {_rounded(ratio)} times as long as the engine on a large case, as a Python loop over pixels does"


def _engine_seconds(question: Question, values: Values) -> float:
    times = []
    for _ in range(_RUNS):
        begun = process_time()
        for result in question.results:
            question.expected(result, values)
        times.append(process_time() - begun)
    return min(times)


def _rounded(ratio: float) -> int:
    """To one digit: the rest is the machine's mood, and reports are the same from run to run."""
    unit: int = 10 ** (len(str(int(ratio))) - 1)
    return int(ratio) // unit * unit
