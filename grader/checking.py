"""Proves assignments: a file or folder comes in; out goes, for each file, whether its own answers pass."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from grader.answers.values import Value
from grader.errors import GraderError, ProblemError, UsageError
from grader.grading import grade
from grader.kinds import Given, Proof, Trial
from grader.model import Block, BlockKind, Scored, Submission, Verdict, Where
from grader.problems import Assignment, Part, files, given_by_reference, id_of, load_file, references, shipped
from grader.sandbox import Program

_PROSE = "An answer in words, which a person has to read."

_Known: TypeAlias = Mapping[str, Value | None]
"""Every part's reference."""
_Proofs: TypeAlias = Mapping[str, Proof]
"""What proves each part that asks for code."""


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
    code: int = 0
    """How many of the parts ask for code: each is proved by programs that the engine answers for."""
    mistakes: int = 0
    """How many of these programs hold a known mistake, and have to earn less."""


def check(path: Path | None = None) -> list[CheckResult]:
    """Prove the assignment file `path`, or all in the folder `path`, or the grader's own.

    Each file is loaded and every reference computed, rendered, handed in as an answer and graded: it has to
    earn full marks, or a review where only a person can judge. A part that asks for code is asked of programs
    that the engine answers for: the right one earns full marks, one with a known mistake less. A broken file does
    not keep the others from being checked.

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
        texts = {part.id: _rendered(part, known) for part in assignment.parts if not part.spec.run}
        proofs = dict(_proofs(assignment, known))
    except ProblemError as error:
        return CheckResult(name, str(path), 0, 0.0, (str(error),))
    failures = [
        *_strange(assignment, known, proofs),
        *_on_paper(assignment, known, texts),
        *(failure for part in assignment.parts if part.spec.run for failure in _in_code(part, known, proofs)),
    ]
    return CheckResult(
        assignment.id,
        str(path),
        len(assignment.parts),
        sum(part.points for part in assignment.parts),
        tuple(failures),
        review=sum(known[part] is None for part in texts),
        code=len(assignment.parts) - len(texts),
        mistakes=sum(len(proof.slips) for proof in proofs.values()),
    )


def _proofs(assignment: Assignment, known: _Known) -> Iterator[tuple[str, Proof]]:
    """What the parts for code are proved by; a kind that has none is told by `_in_code`."""
    for part in assignment.parts:
        if part.spec.run and part.spec.proof:
            yield part.id, part.spec.proof(given_by_reference(part, known))


def _strange(assignment: Assignment, known: _Known, proofs: _Proofs) -> Iterator[str]:
    """A line for each convention that states nothing and is no mistake that the kinds of its problem know."""
    for problem in assignment.problems:
        named = {name: part for part in problem.parts for name, one in part.conventions.items() if one.given is None}
        slips = [slip.name for part in problem.parts for slip in part.spec.slips(given_by_reference(part, known))]
        slips += [name for part in problem.parts if part.id in proofs for name in _mistakes(proofs[part.id])]
        for name in (name for name in named if name not in slips):
            there = ", ".join(dict.fromkeys(slips)) or "a convention with its own given"
            yield f"{named[name].where}: found the convention {name!r}, expected one of {there}; correct its name"


def _mistakes(proof: Proof) -> Iterator[str]:
    """The names that conventions know the mistakes of a proof by, without what each of them is made in."""
    return (name.partition(" (")[0] for name in proof.slips)


def _rendered(part: Part, known: _Known) -> str:
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


def _on_paper(assignment: Assignment, known: _Known, texts: dict[str, str]) -> Iterator[str]:
    """The lines for the parts whose references were handed in."""
    report = grade(_sheet(assignment, texts), assignment)
    scored = {one.finding.part: one for one in report.parts}
    for part in assignment.parts:
        if part.id in texts:
            yield from _failures(part, scored.get(part.id), texts[part.id], judged=known[part.id] is None)


def _in_code(part: Part, known: _Known, proofs: _Proofs) -> Iterator[str]:
    """The lines for a part that asks for code."""
    if part.id not in proofs:
        yield f"{part.where}: found no proof in the kind {part.kind!r} of {part.id!r}, expected one; add it to the kind"
        return
    given, proof = given_by_reference(part, known), proofs[part.id]
    trial = _asked(part, given, proof.right)
    if trial.verdict is not Verdict.CORRECT or trial.credit != 1:
        yield f"{_came(trial, part)} answered by the engine, expected correct with full credit"
    for name, program in proof.slips.items():
        trial = _asked(part, given, program)
        if not trial.verdict.decided or trial.credit == 1:
            yield f"{_came(trial, part)} answered with {name!r}, expected less; add cases that tell it apart"


def _asked(part: Part, given: Given, program: Program) -> Trial:
    """What comes of asking `program`; a failure of the grader is told in a line like the others."""
    assert part.spec.run  # noqa: S101 - only such parts have a proof
    try:
        return part.spec.run(given, program, None)
    except GraderError:
        raise
    except Exception as failure:  # noqa: BLE001 - so that every part is looked at
        return Trial(Verdict.ERROR, 0.0, f"the grader failed: {type(failure).__name__}: {failure}")


def _came(trial: Trial, part: Part) -> str:
    found = f"{trial.verdict} with credit {trial.credit:g} ({trial.reason})"
    return f"{part.where}: found {found} for {part.id!r}"


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
