"""The stages in order: read, locate, run what asks for code, judge, diagnose, score."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from grader import problems, readers
from grader.diagnosis import diagnosed, followed_through
from grader.errors import GraderError, UsageError
from grader.judging import Judged, Key, judge, with_expected
from grader.locate import Answer, locate
from grader.model import Finding, Report, Submission, Verdict
from grader.problems import Assignment, Part
from grader.running import Run, is_there, run_code
from grader.scoring import score

_FITS = 0.5
"""The share of an assignment's parts that must be readable in a submission for it to be taken as that assignment."""


def grade_file(path: Path, assignment: str | None = None, folder: Path | None = None, run: Run | None = None) -> Report:
    """The report on the submission at `path`.

    Args:
        path: the student's file.
        assignment: the assignment's id; None takes what the file itself names, else the one that fits.
        folder: where assignments are kept; None for those that ship.
        run: how code is run where a part asks for it; None leaves such parts to a person.

    Raises:
        SubmissionError: the file cannot be read.
        UsageError: there is no such assignment, or it is not clear which one is meant.
        ProblemError: the assignment's file is wrong.
    """
    submission = readers.read(path)
    chosen = assignment or submission.assignment
    if chosen:
        return grade(submission, problems.load(chosen, folder), run)
    return grade(submission, _fitting(submission, folder), run)


def grade(submission: Submission, assignment: Assignment, run: Run | None = None) -> Report:
    """The report on `submission`: the same for the same submission and assignment, byte for byte."""
    keys = key_of(assignment)
    ran = run_code(assignment, submission, keys, run)
    views = {part_id: key.view for part_id, key in keys.items()}
    answers, notes = locate(assignment, submission.blocks, views)
    found: dict[str, Judged] = {}
    for part in assignment.parts:
        found[part.id] = ran.judged.get(part.id) or judged(part, answers[part.id], keys, found)
    findings = [
        (with_expected(found[part.id].finding, keys[part.id]), part.points, part.statement) for part in assignment.parts
    ]
    return score(assignment.id, assignment.title, submission, findings, (*submission.notes, *notes, *ran.notes))


def key_of(assignment: Assignment) -> Mapping[str, Key]:
    """Every part's given, view and reference."""
    references = problems.references(assignment)
    keys: dict[str, Key] = {}
    for part in assignment.parts:
        given = problems.given_by_reference(part, references)
        keys[part.id] = Key(given, part.spec.view(given), references[part.id])
    return keys


def judged(part: Part, answer: Answer, keys: Mapping[str, Key], earlier: Mapping[str, Judged]) -> Judged:
    """The finding on one part, given those on the parts before it.

    A failure of the grader is its own verdict: it costs the student nothing.
    """
    key = keys[part.id]
    try:
        return diagnosed(followed_through(judge(answer, key), part, earlier, keys), part, key)
    except GraderError:
        raise
    except Exception as failure:  # noqa: BLE001 - told in the report as the grader's own failure
        reason = f"the grader failed here ({type(failure).__name__}: {failure}); please report it"
        return Judged(Finding(part.id, Verdict.ERROR, 0.0, reason))


def _fitting(submission: Submission, folder: Path | None) -> Assignment:
    """The one assignment whose parts can be read in `submission`.

    Raises:
        UsageError: none fits, or more than one.
    """
    there = problems.catalogue(folder)
    fitting = [one for one in there if _fits(submission, one)]
    if len(fitting) == 1:
        return fitting[0]
    ids = ", ".join(one.id for one in there) or "none"
    found = "fits more than one assignment" if fitting else "names no assignment and fits none"
    raise UsageError(f"{submission.path}: the submission {found}; say which with --assignment ID (there are: {ids})")


def _fits(submission: Submission, assignment: Assignment) -> bool:
    keys = key_of(assignment)
    answers, _ = locate(assignment, submission.blocks, {part_id: key.view for part_id, key in keys.items()})
    code = [part for part in assignment.parts if part.spec.run]
    readable = [part_id for part_id, key in keys.items() if key.reference is not None]
    there = sum(bool(answers[part_id].candidates) for part_id in readable)
    there += sum(is_there(part, keys[part.id], submission) for part in code)
    return there >= _FITS * max(len(readable) + len(code), 1)
