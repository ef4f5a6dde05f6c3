"""Parts that ask for code -> findings: the submission's code is run where it can do no harm, and asked.

Where no part asks for code, or there is none, nothing is run.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from grader.errors import GraderError, SandboxError
from grader.judging import Judged, Key
from grader.kinds import Trial
from grader.locate.code import Stretch, stretches
from grader.model import Finding, Listing, Read, Submission, Verdict
from grader.problems import Assignment, Part
from grader.sandbox import Cell, Definition, Program, Sort

Ask: TypeAlias = Callable[[Any, Program, str | None], Trial]
"""How a kind asks a program."""
Run: TypeAlias = Callable[[Sequence[Cell]], AbstractContextManager[Program]]
"""Runs cells and gives the program that they make; raises SandboxError where it cannot."""

NOT_RUN = "code, which was not run"
"""Why a person has to look where nothing runs code."""
_NOT_REACHED = "that can be called by its name; something is defined under that name within something else"
_MOST_NOTES = 10
"""Cells that failed are told up to here, then counted."""


@dataclass(frozen=True, slots=True)
class Ran:
    """What came of running a submission's code."""

    judged: Mapping[str, Judged] = field(default_factory=dict)
    """By part."""
    notes: tuple[str, ...] = ()
    """What a student should know of how it ran."""


def run_code(assignment: Assignment, submission: Submission, keys: Mapping[str, Key], run: Run | None) -> Ran:
    """The findings on the parts of `assignment` that ask for code.

    Args:
        assignment: any; most have no such part, and cost nothing here.
        submission: what was handed in.
        keys: every part's given.
        run: how code is run; None leaves these parts to a person.
    """
    asking = [(part, ask) for part in assignment.parts if (ask := part.spec.run)]
    parts = [part for part, _ in asking]
    if not parts:
        return Ran()
    if not submission.listings:
        return _each(parts, Verdict.MISSING, "there is no code in the submission")
    if run is None:
        return _each(parts, Verdict.REVIEW, NOT_RUN)
    try:
        with run(cells(submission)) as program:
            places = stretches(assignment, parts, submission)
            student = _Asking(program, submission)
            judged = {part.id: student.judged(part, ask, keys[part.id], places[part.id]) for part, ask in asking}
            return Ran(judged, _faults(program))
    except SandboxError as refusal:
        return _each(parts, Verdict.REVIEW, f"{NOT_RUN}: {refusal}")


def cells(submission: Submission) -> tuple[Cell, ...]:
    """The listings of `submission` as they are run, numbered as they stand there."""
    return tuple(
        Cell(listing.source, number, _name(listing, submission), listing.where.line, statements=listing.is_file)
        for number, listing in enumerate(submission.listings)
    )


def is_there(part: Part, key: Key, submission: Submission) -> bool:
    """Whether the code of `submission` seems to define what `part` asks for; nothing is run."""
    defines = _defining(str(getattr(key.given, "name", part.id)).partition(".")[0])
    return any(defines.search(listing.source) for listing in submission.listings)


def _defining(name: str) -> re.Pattern[str]:
    """What a definition of `name` looks like."""
    return re.compile(rf"^[ \t]*(?:def|class)[ \t]+{re.escape(name)}\b|^{re.escape(name)}[ \t]*=(?!=)", re.MULTILINE)


def _name(listing: Listing, submission: Submission) -> str:
    if listing.where.cell is not None:
        return f"cell {listing.where.cell}"
    return submission.path.rpartition("/")[2] if listing.is_file else f"the listing at line {listing.where.line}"


def _each(parts: Sequence[Part], verdict: Verdict, reason: str) -> Ran:
    return Ran({part.id: Judged(Finding(part.id, verdict, 0.0, reason)) for part in parts})


@dataclass(frozen=True, slots=True)
class _Asking:
    """A program that is asked for one part after another."""

    program: Program
    submission: Submission

    def judged(self, part: Part, ask: Ask, key: Key, places: Sequence[Stretch]) -> Judged:
        """The finding on one part. A failure of the grader is its own verdict: it costs the student nothing."""
        try:
            trial = ask(key.given, self.program, self._there(places))
        except GraderError:
            raise
        except Exception as failure:  # noqa: BLE001 - told in the report as the grader's own failure
            reason = f"the grader failed here ({type(failure).__name__}: {failure}); please report it"
            return Judged(Finding(part.id, Verdict.ERROR, 0.0, reason))
        if trial.verdict is Verdict.MISSING and not trial.answered and is_there(part, key, self.submission):
            trial = replace(trial, verdict=Verdict.REVIEW, reason=f"{trial.reason} {_NOT_REACHED}")
        return Judged(self._finding(part, self._doubted(_by_convention(trial, part), places), places))

    def _there(self, places: Sequence[Stretch]) -> str | None:
        """The name of the one definition at the part's place, functions before classes before values."""
        definitions = self.program.definitions.values()
        there = [one for one in definitions if any(place.holds(one.cell, one.line) for place in places)]
        for sort in Sort:
            found = [one.name for one in there if one.sort is sort]
            if found:
                return found[0] if len(found) == 1 else None
        return None

    def _doubted(self, trial: Trial, places: Sequence[Stretch]) -> Trial:
        """`trial`, left to a person where the part's place defines what was asked, and another cell has it replaced."""
        definition = self.program.definitions.get(trial.answered)
        if definition is None or trial.verdict is Verdict.CORRECT or not definition.line:
            return trial
        if any(place.holds(definition.cell, definition.line) for place in places):
            return trial
        first = next((place for place in places if self._defines(place, definition.name)), None)
        if first is None:
            return trial
        reason = f"{definition.name} stands at the part's place ({first.how}) and is replaced by another further down"
        return Trial(Verdict.REVIEW, 0.0, f"{reason}: {trial.reason}", answered=trial.answered)

    def _defines(self, place: Stretch, name: str) -> bool:
        lines = self.submission.listings[place.listing].source.split("\n")[place.first - 1 : place.last]
        return bool(_defining(name).search("\n".join(lines)))

    def _finding(self, part: Part, trial: Trial, places: Sequence[Stretch]) -> Finding:
        definition = self.program.definitions.get(trial.answered)
        read = self._read(definition, places) if definition else None
        evidence = trial.evidence or None
        return Finding(part.id, trial.verdict, trial.credit, trial.reason, read, trial.diagnosis, evidence=evidence)

    def _read(self, definition: Definition, places: Sequence[Stretch]) -> Read | None:
        if not 0 <= definition.cell < len(self.submission.listings):
            return None
        at = self.submission.listings[definition.cell].where
        where = replace(at, line=at.line + max(definition.line, 1) - 1)
        place = next((place for place in places if place.holds(definition.cell, definition.line)), None)
        return Read(signature(definition), where, f"its name; {place.how}" if place else "its name")


def _by_convention(trial: Trial, part: Part) -> Trial:
    """`trial` with the credit and the words that the problem has for its slip."""
    stated = part.conventions.get(trial.slip or "")
    if stated is None or stated.given or trial.verdict not in {Verdict.INCORRECT, Verdict.PARTIAL}:
        return trial
    told = stated.feedback or trial.diagnosis
    if stated.credit == 1:  # another convention, which the problem takes as right
        return replace(trial, verdict=Verdict.CORRECT, credit=1.0, reason=f"right: {told}", diagnosis=None, evidence="")
    verdict = Verdict.PARTIAL if stated.credit else Verdict.INCORRECT
    return replace(trial, verdict=verdict, credit=stated.credit, diagnosis=told)


def signature(definition: Definition) -> str:
    """How it is defined, on one line."""
    listed = ", ".join(definition.parameters)
    match definition.sort:
        case Sort.FUNCTION:
            return f"def {definition.name}({listed})"
        case Sort.CLASS:
            return f"class {definition.name}({listed})"
        case Sort.VALUE:
            return f"{definition.name}: {definition.type}"


def _faults(program: Program) -> tuple[str, ...]:
    told = [f"{fault.name}{f', line {fault.line}' * bool(fault.line)}: {fault.message}" for fault in program.faults]
    rest = len(told) - _MOST_NOTES
    return (*told[:_MOST_NOTES], *([f"and {rest} more cells that failed"] if rest > 0 else []))
