"""Which known mistake gives what a program gave, in every failing case that tells it from the right one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from grader.errors import EngineError
from grader.kinds._code.agreement import agree, as_array
from grader.kinds._code.attempt import Attempt
from grader.kinds._code.calls import Result
from grader.kinds._code.case import Case
from grader.kinds._code.operation import CodeSlip
from grader.kinds._code.question import Question
from grader.kinds._code.words import Numbers, Values
from grader.sandbox import Raised


def explained(question: Question, attempts: Sequence[Attempt]) -> tuple[CodeSlip, ...]:
    """For each wrong result the slip that explains it; none at all where one of them stays unexplained."""
    found: list[CodeSlip] = []
    for result in question.results:
        if any(result.name in one.faults for one in attempts):
            slip = _overflowing(question, result, attempts) or next(_fitting(question, result, attempts), None)
            slip = slip or _raised(question, result, attempts)
            if slip is None:
                return ()
            found.append(slip)
    return tuple(found)


def _overflowing(question: Question, result: Result, attempts: Sequence[Attempt]) -> CodeSlip | None:
    """A slip of its own where all that is wrong is not finite: which of NaN and infinity comes out is chance."""
    wrong = [one.got.get(result.name) for one in attempts if result.name in one.faults]
    feedback = question.operation.not_finite
    if not feedback or any(not isinstance(got, np.ndarray | float) or np.isfinite(got).all() for got in wrong):
        return None
    return CodeSlip("overflow", feedback, question.operation.right, result.word)


def _raised(question: Question, result: Result, attempts: Sequence[Attempt]) -> CodeSlip | None:
    """A slip by the exception that it ends in, where it is the same in every failing case."""
    failing = [one.outcome for one in attempts if result.name in one.faults]
    for name, feedback, ends in _EXCEPTIONS:
        if all(isinstance(one, Raised) and ends(one) for one in failing):
            return CodeSlip(name, feedback, question.operation.right, result.word)
    return None


_TO_MINUS = re.compile(r"\b(\w+)\s*:\s*-\s*\1\b")
_EXCEPTIONS: tuple[tuple[str, str, Callable[[Raised], bool]], ...] = (
    (
        "cut-by-minus-zero",
        "x[pad:-pad] is empty where pad is 0",
        lambda one: one.type == "ValueError" and bool(_TO_MINUS.search(one.line)),
    ),
)
"""Slip, feedback, and whether an exception is its end."""


def slipped(slip: CodeSlip, result: Result, values: Values) -> Numbers | None:
    """What the slip gives, as the course lays it out; None where it comes to nothing."""
    try:
        with np.errstate(all="ignore"):
            found = np.asarray(slip.compute(values))
            return result.layout.write(found) if found.ndim == len(result.layout.dims) else found
    except (EngineError, ValueError, IndexError, TypeError):
        return None  # sizes that the mistake does not reach explain nothing


def _fitting(question: Question, result: Result, attempts: Sequence[Attempt]) -> Iterator[CodeSlip]:
    for slip in question.operation.slips:
        if slip.of == result.word and _fits(question, slip, result, attempts):
            yield slip


def _fits(question: Question, slip: CodeSlip, result: Result, attempts: Sequence[Attempt]) -> bool:
    """Whether the slip gives the program's own result wherever it differs from the right one, and does so somewhere."""
    explains = False
    for one in attempts:
        if result.name not in one.got:
            if result.name in one.faults:
                return False  # it raised or was stopped: no other computation does that
            continue
        want = question.right(result, one.case)
        instead = _instead(slip, result, one.case)
        if instead is None:
            if result.name in one.faults:
                return False
            continue
        differs = not same(want, instead, question.tolerance)
        if (differs or result.name in one.faults) and not same(one.got[result.name], instead, question.tolerance):
            return False
        explains |= differs
    return explains


def _instead(slip: CodeSlip, result: Result, case: Case) -> Numbers | None:
    """`slipped`, worked out once a case."""
    key = (slip, result.layout)
    if key not in case.known:
        case.known[key] = slipped(slip, result, case.values)
    found: Numbers | None = case.known[key]
    return found


def same(got: Any, want: Numbers, tolerance: float | None) -> bool:
    """Whether `got` is the array `want`."""
    array = as_array(got, want)
    return array is not None and array.shape == want.shape and agree(array, want, tolerance)
