"""Proves assignments: a file or folder comes in; out goes, for each file, whether its own answers pass."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from grader.answers.values import Value
from grader.errors import ProblemError, UsageError
from grader.grading import grade
from grader.model import Block, BlockKind, Scored, Submission, Verdict, Where
from grader.problems import Assignment, Part, files, given_by_reference, id_of, load_file, references, shipped

_PROSE = "An answer in words, which a person has to read."


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What came of one assignment file."""

    assignment: str
    """The id, as the file's name has it."""
    file: str
    parts: int
    points: float
    failures: tuple[str, ...]
    """One line each, beginning with ``file:line:column``; empty where all is well."""
    review: int = 0
    """How many of the parts only a person can judge."""


def check(path: Path | None = None) -> list[CheckResult]:
    """Prove the assignment file `path`, or all in the folder `path`, or the grader's own.

    Each file is loaded and every reference computed, rendered, handed in as an answer and graded: it has to
    earn full marks, or a review where only a person can judge. A broken file does not keep the others from
    being checked.

    Raises:
        UsageError: there is no such file or folder, or nothing in it.
    """
    path = path or shipped()
    if path.is_dir():
        return [_check(name, file) for name, file in files(path).items()]
    if not path.exists():
        raise UsageError(f"{path}: found nothing, expected an assignment file or a folder of them; correct the path")
    return [_check(id_of(path), path)]


def _check(name: str, path: Path) -> CheckResult:
    try:
        assignment = load_file(path)
        known = references(assignment)
        texts = {part.id: _rendered(part, known) for part in assignment.parts}
    except ProblemError as error:
        return CheckResult(name, str(path), 0, 0.0, (str(error),))
    strange = tuple(_strange(assignment, known))
    report = grade(_sheet(assignment, texts), assignment)
    scored = {one.finding.part: one for one in report.parts}
    failures = strange + tuple(
        failure
        for part in assignment.parts
        for failure in _failures(part, scored.get(part.id), texts[part.id], judged=known[part.id] is None)
    )
    points = sum(part.points for part in assignment.parts)
    review = sum(value is None for value in known.values())
    return CheckResult(assignment.id, str(path), len(assignment.parts), points, failures, review)


def _strange(assignment: Assignment, known: dict[str, Value | None]) -> Iterator[str]:
    """A line for each convention that states nothing and is no mistake that the kinds of its problem know."""
    for problem in assignment.problems:
        named = {name: part for part in problem.parts for name, one in part.conventions.items() if one.given is None}
        slips = [slip.name for part in problem.parts for slip in part.spec.slips(given_by_reference(part, known))]
        for name in (name for name in named if name not in slips):
            there = ", ".join(dict.fromkeys(slips)) or "a convention with its own given"
            yield f"{named[name].where}: found the convention {name!r}, expected one of {there}; correct its name"


def _rendered(part: Part, known: dict[str, Value | None]) -> str:
    """The reference as a student could have written it."""
    value = known[part.id]
    if value is None:
        return _PROSE
    return part.spec.view(given_by_reference(part, known)).render(value)


def _sheet(assignment: Assignment, texts: dict[str, str]) -> Submission:
    """The answer sheet that states every reference."""
    path = f"{assignment.id}, its own answers"
    blocks = tuple(
        Block(BlockKind.ANSWER, text, Where(path, line), part=part)
        for line, (part, text) in enumerate(texts.items(), start=1)
    )
    return Submission(path, sha256="", blocks=blocks, assignment=assignment.id)


def _failures(part: Part, scored: Scored | None, text: str, *, judged: bool) -> Iterator[str]:
    """The line for `part`, if it did not come out as it should."""
    expected = Verdict.REVIEW if judged else Verdict.CORRECT
    if scored is None:
        yield f"{part.where}: found no finding for {part.id!r}, expected {expected}"
        return
    finding = scored.finding
    full = judged or (finding.credit == 1 and scored.points == scored.max_points)
    if finding.verdict is not expected or not full:
        found = f"{finding.verdict} with credit {finding.credit:g} ({finding.reason})"
        wanted = "review" if judged else "correct with full credit"
        yield f"{part.where}: found {found} for {part.id!r} answered by {_short(text)}, expected {wanted}"


def _short(text: str) -> str:
    return repr(text if len(text) <= 60 else f"{text[:60]}…")
