"""A backward that does not agree with the engine, held against the student's own forward by central differences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from grader.kinds import Trial
from grader.kinds._code import calls
from grader.kinds._code.agreement import as_array
from grader.kinds._code.attempt import Attempt, ask, attempt, kept_by, output_of, piece
from grader.kinds._code.calls import Result
from grader.kinds._code.diagnosing import explained
from grader.kinds._code.isolating import isolated
from grader.kinds._code.locating import Found, find
from grader.kinds._code.marking import Marked, attempts, marked
from grader.kinds._code.question import Forward, Question
from grader.kinds._code.words import Numbers, Values
from grader.model import Verdict
from grader.sandbox import Program, Returned

_STEP = 1e-5
_DIRECTIONS = 3
"""Random directions in which the slope has to agree: a wrong gradient agrees in one of them by no chance."""
_CLOSE = 1e-5
_NEAR = 0.25
"""The share of groups that a forward is right for, from which on it is an attempt at the operation."""


def run(question: Question, program: Program, located: str | None) -> Trial:
    """The trial of a backward pass."""
    found = find(program, question.signature, located)
    if isinstance(found, Trial):
        return found
    question = replace(question, signature=replace(question.signature, name=found.name))
    tried = isolated(question, program, attempts(question, program))
    own = frozenset(_own(question, question.forward, program, tried)) if question.forward else frozenset()
    if own and question.forward and not _is_near(question, question.forward, program):
        return _to_be_seen(question, question.forward, found)
    return marked(question, program, found, Marked(tried, own))


def _to_be_seen(question: Question, forward: Forward, found: Found) -> Trial:
    reason = (
        f"{found.name} gives the gradient of your own {forward.signature.name}, which is not {question.operation.name} "
        "nor a known mistake in it: a person has to say what that is worth"
    )
    return Trial(Verdict.REVIEW, 0.0, reason, answered=found.definition.name)


def _own(
    question: Question, forward: Forward, program: Program, tried: dict[str, tuple[Attempt, ...]]
) -> Iterator[tuple[str, str]]:
    """The groups and results that are the gradient of the student's own forward in every case."""
    for group, done in tried.items():
        wrong = [result for result in question.results if any(result.name in one.faults for one in done)]
        for result in wrong:
            if len(done) == len(question.cases[group]) and all(
                result.name not in one.faults or _follows(question, forward, program, one.case.values, result)
                for one in done
            ):
                yield group, result.name


def _follows(question: Question, forward: Forward, program: Program, values: Values, result: Result) -> bool:
    """Whether the backward's `result` is the slope of the student's forward: it is then another than the engine's."""
    outcome = ask(program, forward.signature, values, {})
    output = output_of(outcome, forward.result)
    if output is None or not isinstance(outcome, Returned):
        return False
    back = np.random.default_rng(0).integers(1, 4, output.shape) * 1.0
    lent: dict[str, Any] = {"grad_output": back, **kept_by(outcome, forward)}
    came = ask(program, question.signature, values, lent)
    array = calls.layouts(forward.signature, question.signature)[result.word.removeprefix("grad_")].write(
        values[result.word.removeprefix("grad_")]
    )
    got = as_array(piece(came.value, result.path), array) if isinstance(came, Returned) else None
    if got is None or got.shape != array.shape:
        return False
    return _is_slope(program, forward, values, result.word.removeprefix("grad_"), array, got, back)


def _is_slope(
    program: Program, forward: Forward, values: Values, word: str, array: Numbers, got: Numbers, back: Numbers
) -> bool:
    """Whether `got` is the gradient to `array`, by central differences; a forward that does not move has none."""
    rng = np.random.default_rng(1)
    for _ in range(_DIRECTIONS):
        direction = rng.normal(0, 1, array.shape)
        ends = []
        for step in (_STEP, -_STEP):
            outcome = ask(program, forward.signature, values, {word: array + step * direction})
            output = output_of(outcome, forward.result)
            if output is None or output.shape != back.shape:
                return False
            ends.append(float(np.sum(output * back)))
        slope, claimed = (ends[0] - ends[1]) / (2 * _STEP), float(np.sum(got * direction))
        scale = float(np.sum(np.abs(got * direction)))
        if scale == 0 or abs(slope - claimed) > _CLOSE * (1 + scale):
            return False
    return True


def _is_near(question: Question, forward: Forward, program: Program) -> bool:
    """Whether the forward is right for some groups of cases, or wrong by a known slip: an attempt at the operation."""
    asked = replace(question, signature=forward.signature, results=(forward.result,), forward=None)
    tried = {group: tuple(attempt(asked, case, program) for case in cases) for group, cases in question.cases.items()}
    right = sum(not any(one.faults for one in done) for done in tried.values())
    return right >= _NEAR * len(tried) or bool(explained(asked, [one for done in tried.values() for one in done]))
