"""A row -> what the grader makes of it, by the same stages as a submission's part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from grader import kinds, readers
from grader.answers.writing.notation import Notation
from grader.errors import ProblemError
from grader.experiment.givens import Given, given_of, name_of
from grader.experiment.rows import Row, place
from grader.grading import judged
from grader.judging import Judged, Key
from grader.locate import alone
from grader.model import Verdict, Where
from grader.problems import Part, Source, validate

_PART = "answer"


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one row."""

    id: str | int
    verdict: Verdict
    credit: float
    read: str | None = None
    """The answer as it was understood, in LaTeX."""
    repairs: tuple[str, ...] = ()
    reason: str = ""

    def data(self) -> dict[str, Any]:
        """The row of JSON."""
        return {
            "id": self.id,
            "verdict": str(self.verdict),
            "credit": round(self.credit, 6),
            "read": self.read,
            "repairs": list(self.repairs),
            "reason": self.reason,
        }


def failed(row_id: str | int, reason: str) -> Result:
    """The result of a row that is wrong itself, or that the grader failed on."""
    return Result(row_id, Verdict.ERROR, 0.0, reason=reason)


def tried(row: Row, name: str, number: int) -> Result:
    """What the grader makes of `row`, which stands on line `number` of the file called `name`.

    Raises:
        ProblemError: what was expected cannot be used.
    """
    part, key = _asked(row, place(name, number))
    blocks, _ = readers.entry(row.text, Where(name, number), _PART)
    return _result(row, judged(part, alone(part, key.view, blocks), {_PART: key}, {}), key)


def _result(row: Row, found: Judged, key: Key) -> Result:
    finding = found.finding
    reason = "; ".join(filter(None, [finding.reason, finding.diagnosis]))
    read = None if found.read is None else key.view.render(found.read, Notation.LATEX)
    repairs = finding.read.repairs if finding.read else ()
    return Result(row.id, finding.verdict, finding.credit, read, repairs, reason)


def _asked(row: Row, source: Source) -> tuple[Part, Key]:
    try:
        kind, given = given_of(row)
    except ValueError as error:
        raise ProblemError(f"{source.where()}: {error}") from None
    first: ProblemError | None = None
    for attempt in (given, _positive(given)):
        try:
            return _stated(row, kind, attempt, source)
        except ProblemError as error:
            first = first or error
    raise first or source.error("nothing", "a row")


def _positive(given: Given) -> Given:
    """`given` with positive numbers for real ones: roots and logarithms have no other values."""
    symbols = given.get("symbols")
    if not isinstance(symbols, dict):
        return given
    return {**given, "symbols": {name: "positive" if each == "real" else each for name, each in symbols.items()}}


def _stated(row: Row, kind: str, stated: Given, source: Source) -> tuple[Part, Key]:
    spec = kinds.load(kind)
    given = validate(spec.given, stated, source)
    try:
        key = Key(given, spec.view(given), spec.reference(given))
    except (ValueError, ArithmeticError, ValidationError) as error:
        raise ProblemError(f"{source.where()}: {error}") from None
    named = name_of(row)
    names = (named,) if named else ()
    part = Part(_PART, _PART, kind, spec, stated, "", 1.0, names, (), source, source.where(), stated=given)
    return part, key
