"""An Answer -> a Finding: which candidate counts, what it means, how it stands to the reference."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from grader.answers.claims import Claim
from grader.answers.prose.extract import claims
from grader.answers.prose.misreadings import misreadings
from grader.answers.values import Tensor, Value, added
from grader.answers.view import Comparison, View
from grader.choosing import choose
from grader.kinds import Given
from grader.locate import Answer, Candidate
from grader.model import Block, BlockKind, Finding, Read, Verdict

_MOST_WITHIN = 20
"""Claims of a passage that are looked at once more, with its letters read as digits."""
_MOST_PARTS = 4
"""Values that a student may have left to be added up."""
_MOST_OF_IT = 0.6
"""The share of a passage from which on a claim is all that it says."""
_NAMED = 3
"""The rank of what is stated under the part's own name."""
_MENTIONED = 0
"""The rank of what is only mentioned: an array of another length is then no answer."""


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
    read: Value | None = None
    """What the answer was understood as; None where it could not be read."""

    @property
    def value(self) -> Value | None:
        """The same where the marks are certain: only then is anything else built on it."""
        return self.read if self.finding.verdict.decided else None


def judge(answer: Answer, key: Key) -> Judged:
    """The finding on `answer`.

    A person has to look where nothing could be read, where candidates of equal standing would be marked differently,
    where the place is not certain and the answer there is not right, and where a slip of the pen or of the scanner
    would make a wrong answer right.
    """
    part = answer.part.id
    if not answer.candidates:
        return Judged(_without_value(answer, key))

    def mark(one: Candidate) -> Comparison:
        return compare(answer, one.reading.value, key)

    chosen = choose(answer.candidates, mark, lambda one: _is_likely(one, key))
    candidate = chosen.candidate
    result = mark(candidate)
    doubt = answer.doubt or chosen.doubt or _uncertain(answer, result)
    if not doubt and result.verdict is Verdict.INCORRECT:
        doubt = _is_piece(answer, candidate, key) or _missed(answer, candidate) or _misread(answer, candidate, key)
        doubt = doubt or _adds_up(answer, key)
    reason = "; ".join(filter(None, [result.reason or "right", *candidate.reading.notes]))
    verdict, credit = result.verdict, result.credit
    if doubt:
        verdict, credit, reason = Verdict.REVIEW, 0.0, doubt
    finding = Finding(part, verdict, credit, reason, _read(answer, candidate, key))
    return Judged(finding, candidate.reading.value)


def compare(answer: Answer, value: Any, key: Key) -> Comparison:
    """How `value` stands: by the kind's own condition where it has one, else to the reference."""
    check = answer.part.spec.check
    if check:
        return check(value, key.given)
    return key.view.compare(value, key.reference)


def _without_value(answer: Answer, key: Key) -> Finding:
    part = answer.part.id
    if not answer.passage:
        return Finding(part, Verdict.MISSING, 0.0, "no answer was found")
    where = answer.where
    if not where:
        return Finding(part, Verdict.REVIEW, 0.0, answer.unread)
    read = Read(_short(answer.passage), where, answer.located_by)
    reason = answer.unread
    for text, condition in misreadings(answer.passage):
        reading = key.view.read(Claim(text, where))
        if reading.value is not None:
            reason = f"{reason}; it reads as {key.view.render(reading.value)} if {condition}"
            break
    return Finding(part, Verdict.REVIEW, 0.0, reason, read)


def _is_likely(candidate: Candidate, key: Key) -> bool:
    value, reference = candidate.reading.value, key.reference
    if reference is None:
        return True
    if isinstance(value, Tensor) and isinstance(reference, Tensor) and candidate.rank == _MENTIONED:
        return value.size == reference.size and key.view.likely(value, reference)
    return key.view.likely(value, reference)


def _uncertain(answer: Answer, result: Comparison) -> str:
    if answer.certain or result.verdict in {Verdict.CORRECT, Verdict.PARTIAL}:
        return ""
    return f"it is not certain that this is the place ({answer.located_by})"


def _is_piece(answer: Answer, chosen: Candidate, key: Key) -> str:
    """Something of another sort than was asked for, out of a longer text, is no wrong answer: the rest was not read."""
    alone = len(answer.candidates) == 1 and not answer.missed
    if alone or chosen.rank >= _NAMED or chosen.claim.rows or _is_likely(chosen, key):
        return ""
    if len(chosen.claim.text) > _MOST_OF_IT * len(answer.passage.strip()):
        return ""
    return f"only {_short(chosen.claim.text, 40)!r} could be read of it, which is of another sort than what was asked"


def _missed(answer: Answer, chosen: Candidate) -> str:
    """What stands behind a wrong answer, or under the part's name, and could not be read."""
    found = [one for one in answer.missed if one.at > chosen.at or (one.named and chosen.rank < _NAMED)]
    if not found:
        return ""
    return f"{_short(found[-1].text, 40)!r} may be the answer and could not be read: {found[-1].reason}"


def _adds_up(answer: Answer, key: Key) -> str:
    """A sum that a student states in parts, `270 weights, 10 biases`, without adding them up."""
    values = [one.reading.value for one in answer.candidates if not (one.claim.denied or one.claim.reason)]
    if not 1 < len(values) <= _MOST_PARTS:
        return ""
    total = added(values)
    if total is None or compare(answer, total, key).verdict is not Verdict.CORRECT:
        return ""
    return f"what it states adds up to {key.view.render(total)}, which would be right"


def _misread(answer: Answer, candidate: Candidate, key: Key) -> str:
    """How a wrong answer reads if a letter is a digit and the like, where it would be marked differently then."""
    if candidate.claim.rows:
        return ""
    for text in dict.fromkeys((candidate.claim.text, answer.passage)):
        for other, condition in misreadings(text):
            then = _read_as(answer, replace(candidate.claim, text=other), key)
            if then:
                return f"it reads as {key.view.render(candidate.reading.value)}, and as {then} if {condition}"
    return ""


def _read_as(answer: Answer, claim: Claim, key: Key) -> str:
    """What `claim` says, or one of the claims within it, where it would not be marked wrong."""
    within = claims([Block(BlockKind.TEXT, claim.text, claim.where)])
    for one in (claim, *within[:_MOST_WITHIN]):
        reading = key.view.read(one)
        if reading.value is not None and compare(answer, reading.value, key).verdict is not Verdict.INCORRECT:
            return key.view.render(reading.value)
    return ""


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
