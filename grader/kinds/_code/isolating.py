"""A trap that stands in every group's way costs its own group alone: the others are asked again without it."""

from __future__ import annotations

from collections.abc import Mapping

from grader.kinds._code.attempt import Attempt, attempt
from grader.kinds._code.case import Case, is_case, with_gradient
from grader.kinds._code.operation import Neutral
from grader.kinds._code.question import Question
from grader.sandbox import Program, Stopped


def isolated(
    question: Question, program: Program, tried: Mapping[str, tuple[Attempt, ...]]
) -> dict[str, tuple[Attempt, ...]]:
    """`tried`, groups that are right once the operation's neutral option has another value in place of what it was."""
    neutral = question.operation.neutral
    if neutral is None or not _fails(tried.get(neutral.group, ())):
        return dict(tried)
    found = dict(tried)
    for name, done in tried.items():
        if name == neutral.group or not _fails(done) or any(_is_lost(one) for one in done):
            continue
        again = _again(question, program, neutral, done)
        if again and not _fails(again):
            found[name] = again
    return found


def _fails(done: tuple[Attempt, ...]) -> bool:
    return any(one.faults for one in done)


def _is_lost(one: Attempt) -> bool:
    return bool(one.lost) or isinstance(one.outcome, Stopped)


def _again(
    question: Question, program: Program, neutral: Neutral, done: tuple[Attempt, ...]
) -> tuple[Attempt, ...] | None:
    """The same cases with another value of the option; None where a case has none that fits."""
    found: list[Attempt] = []
    for one in done:
        case = _other(question, neutral, one.case) if one.faults else one.case
        if case is None:
            return None
        tried = attempt(question, case, program) if one.faults else one
        found.append(tried)
        if tried.faults:
            break
    return tuple(found)


def _other(question: Question, neutral: Neutral, case: Case) -> Case | None:
    for value in neutral.others:
        values = {name: array for name, array in case.values.items() if name != "grad_output"}
        values[neutral.option] = value
        if is_case(question.operation, values, loose=case.group.loose):
            full = with_gradient(question.operation, values) if "grad_output" in case.values else values
            return Case(case.group, full)
    return None
