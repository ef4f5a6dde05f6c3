"""An Answer -> a Finding: which candidate counts, what it means, how it stands to the reference."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from grader.answers.values import Value
from grader.answers.view import Comparison, View
from grader.kinds import Given
from grader.locate import Answer, Candidate
from grader.model import Finding, Read, Verdict

_ASIDE = 1
_MENTIONED = 0


@dataclass(frozen=True, slots=True)
class Key:
    """What a part's answer is held against."""

    given: Given
    view: View[Any]
    reference: Value | None


@dataclass(frozen=True, slots=True)
class Judged:
    """A finding, and the value that it is about."""

    finding: Finding
    value: Value | None = None


def judge(answer: Answer, key: Key) -> Judged:
    """The finding on `answer`.

    A person has to look where nothing could be read, where candidates of equal standing would be marked differently,
    and where the place is not certain and the answer there is not right.
    """
    part = answer.part.id
    if not answer.candidates:
        return Judged(_without_value(answer))
    chosen, doubt = _choose(answer, key)
    result = compare(answer, chosen.reading.value, key)
    reason = "; ".join(filter(None, [result.reason or "right", *chosen.reading.notes]))
    verdict, credit = result.verdict, result.credit
    if doubt:
        verdict, credit, reason = Verdict.REVIEW, 0.0, doubt
    finding = Finding(part, verdict, credit, reason, _read(answer, chosen, key))
    return Judged(finding, chosen.reading.value if verdict.decided else None)


def compare(answer: Answer, value: Any, key: Key) -> Comparison:
    """How `value` stands: by the kind's own condition where it has one, else to the reference."""
    check = answer.part.spec.check
    if check:
        return check(value, key.given)
    return key.view.compare(value, key.reference)


def _without_value(answer: Answer) -> Finding:
    part = answer.part.id
    if not answer.passage:
        return Finding(part, Verdict.MISSING, 0.0, "no answer was found")
    read = Read(_short(answer.passage), answer.where, answer.located_by) if answer.where else None
    return Finding(part, Verdict.REVIEW, 0.0, answer.unread, read)


def _choose(answer: Answer, key: Key) -> tuple[Candidate, str]:
    """The candidate that counts, and the doubt that is left, if any.

    Of those that stand highest the one marked as final counts, else the last: students correct themselves downwards.
    """
    standing = {id(c): _standing(c, key) for c in answer.candidates}
    best = max(standing.values())
    level = [c for c in answer.candidates if standing[id(c)] == best]
    final = [c for c in level if c.claim.final]
    chosen = (final or level)[-1]
    return chosen, answer.doubt or _doubt(answer, level, chosen, key)


def _standing(candidate: Candidate, key: Key) -> float:
    """Its rank; what is not of the sort asked for stands below all that is stated."""
    if key.reference is not None and not key.view.likely(candidate.reading.value, key.reference):
        return min(candidate.rank, 1) - 0.5
    return candidate.rank


def _doubt(answer: Answer, level: list[Candidate], chosen: Candidate, key: Key) -> str:
    marks = {_mark(answer, candidate, key) for candidate in level}
    if len(marks) > 1 and len({candidate.visit for candidate in level}) > 1 and not chosen.claim.final:
        return "it is answered more than once, under the same number, and the answers differ"
    settled = chosen.claim.final or chosen.rank > _ASIDE
    if len(marks) > 1 and not settled:
        shown = " and ".join(repr(_short(candidate.claim.text, 40)) for candidate in level[-2:])
        return f"{shown} would be marked differently, and which one is the answer is not said"
    if chosen.rank == _MENTIONED and len(answer.candidates) > 1 and len(marks) > 1:
        return "several values are mentioned and none is stated as the answer"
    if not answer.certain and _mark(answer, chosen, key)[0] not in {Verdict.CORRECT, Verdict.PARTIAL}:
        return f"it is not certain that this is the place ({answer.located_by})"
    return ""


def _mark(answer: Answer, candidate: Candidate, key: Key) -> tuple[Verdict, float]:
    result = compare(answer, candidate.reading.value, key)
    return result.verdict, result.credit


def _read(answer: Answer, chosen: Candidate, key: Key) -> Read:
    claim = chosen.claim
    text = claim.text if not claim.rows else "\n".join("\t".join(row) for row in claim.rows)
    repairs = (*claim.repairs, *chosen.reading.repairs)
    return Read(_short(text, 2_000), claim.where, answer.located_by, key.view.render(chosen.reading.value), repairs)


def _short(text: str, most: int = 400) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def with_expected(finding: Finding, key: Key) -> Finding:
    """`finding` with the reference rendered; only reports that are asked to show it do."""
    if key.reference is None:
        return finding
    return replace(finding, expected=key.view.render(key.reference))
