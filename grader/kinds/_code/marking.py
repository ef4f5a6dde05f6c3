"""A question put to a program: which groups of cases it is right for, what that earns, what explains the rest."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from grader.kinds import Trial
from grader.kinds._code.attempt import Attempt, attempt
from grader.kinds._code.calls import Result
from grader.kinds._code.diagnosing import explained
from grader.kinds._code.evidence import evidence
from grader.kinds._code.isolating import isolated
from grader.kinds._code.locating import Found, find
from grader.kinds._code.properties import Kept, checked
from grader.kinds._code.question import Question
from grader.kinds._code.shrinking import extents, shrunk
from grader.model import Verdict
from grader.sandbox import Outcome, Program, Raised, Returned, Stopped

_MOST_STOPPED = 2
"""Calls that are stopped before the rest is taken to be so as well: each of them costs seconds."""

_MOST_LOST = 0.5
"""The share of cases in which a function could not be asked, up to which the rest is marked alone."""

_PLACEHOLDER = re.compile(r"(?:=|\(|,)\s*None\s*(?:$|[],):#])")

_MOST_LISTED = 3
"""Groups that are right up to which they are named."""


@dataclass(frozen=True)
class Marked:
    """All attempts, and what is right by another measure than the engine's."""

    attempts: Mapping[str, tuple[Attempt, ...]]
    """By group."""
    also: frozenset[tuple[str, str]] = frozenset()
    """Groups and results that count as right although the engine has another result."""

    @property
    def all(self) -> tuple[Attempt, ...]:
        """In order."""
        return tuple(one for group in self.attempts.values() for one in group)

    def right(self, group: str, result: Result) -> bool:
        """Whether all cases of a group are right in one result."""
        there = all(result.name not in one.faults for one in self.attempts[group])
        return there or (group, result.name) in self.also


def run(question: Question, program: Program, located: str | None) -> Trial:
    """The trial of the function that `question` asks for."""
    found = find(program, question.signature, located)
    if isinstance(found, Trial):
        return found
    question = replace(question, signature=replace(question.signature, name=found.name))
    return marked(question, program, found, Marked(isolated(question, program, attempts(question, program))))


def attempts(question: Question, program: Program) -> dict[str, tuple[Attempt, ...]]:
    """Every case put to the program, by group."""
    found: dict[str, tuple[Attempt, ...]] = {}
    stopped: list[Attempt] = []
    for group, cases in question.cases.items():
        done: list[Attempt] = []
        for case in cases:
            again = replace(stopped[-1], case=case) if len(stopped) >= _MOST_STOPPED else None
            one = again or attempt(question, case, program)
            done.append(one)
            if isinstance(one.outcome, Stopped):
                stopped.append(one)
                break  # the group has failed, and its larger cases would be stopped too
        found[group] = tuple(done)
    return found


def marked(question: Question, program: Program, found: Found, marks: Marked) -> Trial:
    """The trial that comes of all attempts."""
    answered = found.definition.name
    early = _without_marks(question, found.name, marks)
    if early is not None:
        return replace(early, answered=answered)
    marks, unasked = _asked(marks)
    wrong = [group for group in marks.attempts if not all(marks.right(group, one) for one in question.results)]
    kept = checked(question, program, marks.all) if _share(question, marks) else ()
    credit = _credit(question, marks, kept)
    trial = _wrong(question, program, marks, wrong) if wrong else Trial(Verdict.CORRECT, 1.0, _all_right(marks))
    if _is_near(marks) and not trial.slip:
        return Trial(
            Verdict.REVIEW, 0.0, f"{trial.reason}: a person has to say whether that will do", answered=answered
        )
    notes = [*(one.fault for one in kept), *_notes(marks), unasked, found.note]
    reason = "; ".join(filter(None, [trial.reason, *notes]))
    verdict = Verdict.CORRECT if credit == 1 else Verdict.PARTIAL if credit else Verdict.INCORRECT
    return replace(trial, verdict=verdict, credit=credit, reason=reason, answered=answered)


def _without_marks(question: Question, name: str, marks: Marked) -> Trial | None:
    """What there is to say where the function was not really asked."""
    outcomes = [one.outcome for one in marks.all]
    lost = [one.lost for one in marks.all if one.lost]
    if len(lost) > _MOST_LOST * len(outcomes):
        share = "" if len(lost) == len(outcomes) else f" in {len(lost)} of {len(outcomes)} cases"
        return Trial(Verdict.REVIEW, 0.0, f"{name} could not be asked{share}: {lost[0]}")
    over = next((one.outcome for one in marks.all if isinstance(one.outcome, Stopped) and one.outcome.over), None)
    if over:
        return Trial(Verdict.REVIEW, 0.0, f"not every case of {name} could be asked: {over.reason}")
    dated = [one for one in outcomes if isinstance(one, Raised) and one.advice]
    if dated and len(dated) == sum(bool(one.faults) for one in marks.all):
        return Trial(Verdict.REVIEW, 0.0, f"{name} raises {dated[0].type}: {dated[0].message}; {dated[0].advice}")
    if all(isinstance(one, Raised) and one.type == "NotImplementedError" for one in outcomes):
        return Trial(Verdict.MISSING, 0.0, f"{name} is still the template: it raises NotImplementedError")
    if all(_is_nothing(question, one) for one in marks.all):
        return Trial(Verdict.MISSING, 0.0, f"{name} is still the template: it returns None")
    if all(_is_nothing(question, one) or _is_placeholder(one.outcome) for one in marks.all):
        line = next(one.line for one in outcomes if isinstance(one, Raised))
        return Trial(Verdict.MISSING, 0.0, f"{name} is unfinished: None stands where code belongs ({line})")
    return None


def _is_placeholder(outcome: Outcome) -> bool:
    """Whether it fails on a line of the template that was left as it is: ``(m, n) = None``, ``range(None)``."""
    return isinstance(outcome, Raised) and "None" in outcome.message and bool(_PLACEHOLDER.search(outcome.line))


def _asked(marks: Marked) -> tuple[Marked, str]:
    """The groups in which it could be asked, and a note on the others: what they rest on is marked elsewhere."""
    lost = {name: one.lost for name, done in marks.attempts.items() for one in done if one.lost}
    if not lost:
        return marks, ""
    there = {name: done for name, done in marks.attempts.items() if name not in lost}
    phrases = ", ".join(marks.attempts[name][0].case.group.phrase for name in lost)
    return replace(marks, attempts=there), f"not asked {phrases}: {next(iter(lost.values()))}"


def _is_near(marks: Marked) -> bool:
    """Whether all that is wrong is numbers that are a little off."""
    faults = [found for one in marks.all for found in one.faults.values()]
    return bool(faults) and all(found.sort == "near" for found in faults)


def _is_nothing(question: Question, one: Attempt) -> bool:
    faults = [one.faults.get(result.name) for result in question.results]
    return isinstance(one.outcome, Returned) and all(found and found.sort == "nothing" for found in faults)


def _share(question: Question, marks: Marked) -> float:
    """The points earned by groups, each shared out over the results."""
    return sum(
        question.points[group] * question.share(result)
        for group in marks.attempts
        for result in question.results
        if marks.right(group, result)
    )


def _credit(question: Question, marks: Marked, kept: Sequence[Kept]) -> float:
    """Points over all points, rounded so that thirds that add up to a whole are one."""
    earned = _share(question, marks) + sum(one.points for one in kept if not one.fault)
    total = sum(question.points[group] for group in marks.attempts) + sum((question.properties or {}).values())
    return round(earned / total, 9)


def _all_right(marks: Marked) -> str:
    return f"right in all {len(marks.all)} hidden cases" if not marks.also else "right for your own forward"


def _notes(marks: Marked) -> list[str]:
    """What is said of results that are right by the student's own forward, whose faults are marked elsewhere."""
    results = sorted({result for _, result in marks.also})
    if not results:
        return []
    return [
        f"where {', '.join(results)} differ{'s' * (len(results) == 1)} from the engine's, your forward does as well"
    ]


def _wrong(question: Question, program: Program, marks: Marked, wrong: Sequence[str]) -> Trial:
    """What a wrong function is told; verdict and credit are filled in by who asks."""
    failing = _failing(question, marks, wrong)
    slips = explained(question, _told_apart(marks))
    smallest = min(failing, key=lambda one: _size(question, one))
    example = smallest if isinstance(smallest.outcome, Stopped) else shrunk(question, smallest, program)
    diagnosis = "; ".join(dict.fromkeys(slip.feedback for slip in slips))
    return Trial(
        Verdict.INCORRECT,
        0.0,
        f"{_where(question, marks, wrong)}: {_what(smallest)}",
        diagnosis or None,
        slips[0].name if slips else None,
        evidence(question, example),
    )


def _failing(question: Question, marks: Marked, wrong: Sequence[str]) -> list[Attempt]:
    """The attempts that cost points."""
    return [
        one
        for group in wrong
        for one in marks.attempts[group]
        if any(result.name in one.faults and not marks.right(group, result) for result in question.results)
    ]


def _told_apart(marks: Marked) -> list[Attempt]:
    """The attempts that a slip has to explain: results that count as right are left out of them."""
    return [
        replace(one, faults={name: fault for name, fault in one.faults.items() if (group, name) not in marks.also})
        for group, attempts_ in marks.attempts.items()
        for one in attempts_
    ]


def _size(question: Question, one: Attempt) -> tuple[bool, int]:
    """Where shrinking begins: a call that was not stopped, the smallest arrays."""
    sizes = extents(question, one.case.values)
    return isinstance(one.outcome, Stopped), sum(sizes.values())


def _where(question: Question, marks: Marked, wrong: Sequence[str]) -> str:
    """Which groups are right and which are wrong, in their own words."""
    groups = {name: cases[0].group for name, cases in question.cases.items()}
    right = [groups[name].phrase for name in marks.attempts if name not in wrong]
    telling = [name for name in wrong if not groups[name].mixed] or wrong
    faulty = ", ".join(groups[name].phrase for name in telling)
    if not right:
        passed = sum(not one.faults for one in marks.all)
        return f"wrong in every group of cases, right in {passed} of {len(marks.all)} cases"
    if len(right) > _MOST_LISTED:
        return f"right in {len(right)} of {len(marks.attempts)} groups of cases, wrong {faulty}"
    return f"right {', '.join(right)}; wrong {faulty}"


def _what(one: Attempt) -> str:
    """What is wrong in one case."""
    faults = [(name, found) for name, found in one.faults.items() if found.sort not in {"raised", "stopped"}]
    if not faults:
        return f"it {next(iter(one.faults.values())).text}"
    by_text: dict[str, list[str]] = {}
    for name, found in faults:
        by_text.setdefault(found.text, []).append(name)
    return "; ".join(f"{', '.join(names)}{' each' * (len(names) > 1)} {text}" for text, names in by_text.items())
