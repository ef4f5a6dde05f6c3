"""Explains a wrong answer: a known slip, or a right step from the student's own earlier value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from grader.answers.values import Value, plain
from grader.errors import EngineError, ProblemError
from grader.judging import Judged, Key
from grader.kinds import Slip
from grader.model import Verdict
from grader.problems import Part


def diagnosed(judged: Judged, part: Part, key: Key) -> Judged:
    """`judged` with the feedback of the slip that leads to exactly this value, if one does."""
    finding = judged.finding
    if finding.verdict not in {Verdict.INCORRECT, Verdict.PARTIAL} or judged.value is None:
        return judged
    for slip in _slips(part, key):
        if key.view.compare(judged.value, slip.value).verdict is Verdict.CORRECT:
            credit = finding.credit if slip.credit is None else slip.credit
            if credit == 1:  # another convention, which the problem takes as right
                right = replace(finding, verdict=Verdict.CORRECT, credit=1.0, reason=f"right: {slip.feedback}")
                return replace(judged, finding=right)
            verdict = Verdict.PARTIAL if credit else finding.verdict
            return replace(judged, finding=replace(finding, verdict=verdict, credit=credit, diagnosis=slip.feedback))
    return judged


def _slips(part: Part, key: Key) -> Iterator[Slip]:
    """What the problem's conventions lead to, then the mistakes that the kind knows, at the problem's credit."""
    for name, convention in part.conventions.items():
        value = part.spec.reference(convention.given) if convention.given else None
        if value is not None:
            yield Slip(name, convention.feedback or f"this is the convention {name!r}", value, convention.credit)
    for slip in part.spec.slips(key.given):
        stated = part.conventions.get(slip.name)
        if stated is None or stated.given:
            yield slip
        else:
            yield replace(slip, credit=stated.credit, feedback=stated.feedback or slip.feedback)


def followed_through(judged: Judged, part: Part, earlier: Mapping[str, Judged], keys: Mapping[str, Key]) -> Judged:
    """Full credit where a wrong value is right for the student's own earlier answers."""
    if judged.value is None or judged.finding.verdict is Verdict.CORRECT or not _own(part, earlier):
        return judged
    values = {use: _plain_of(earlier[use].value or keys[use].reference) for use in part.uses}
    try:
        given = part.given(values)
        view, reference = part.spec.view(given), part.spec.reference(given)
    except (ProblemError, EngineError, ValueError, ArithmeticError):
        return judged  # nothing can be built on the earlier value: the finding stands as it is
    if reference is None or view.compare(judged.value, reference).verdict is not Verdict.CORRECT:
        return judged
    reason = f"right for your own answer to {' and '.join(_own(part, earlier))}"
    return replace(judged, finding=replace(judged.finding, verdict=Verdict.CORRECT, credit=1.0, reason=reason))


def _own(part: Part, earlier: Mapping[str, Judged]) -> list[str]:
    """The earlier parts that the student answered with another value than the reference."""
    wrong = {Verdict.INCORRECT, Verdict.PARTIAL}
    return [use for use in part.uses if use in earlier and earlier[use].value and earlier[use].finding.verdict in wrong]


def _plain_of(value: Value | None) -> object:
    if value is None:
        raise TypeError("a part that others are built on has a reference")
    return plain(value)
