"""Findings and the points they are worth -> a Report. Everything that is ever rounded is rounded here.

Points are rounded part by part to hundredths, half up, and only then added: what a report shows of its parts
adds up to what it shows of the whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

from grader.model import Finding, Report, Scored, Submission


def score(
    assignment_id: str,
    title: str,
    submission: Submission,
    findings: Sequence[tuple[Finding, float, str]],
    notes: Sequence[str] = (),
) -> Report:
    """The report on one submission.

    Args:
        assignment_id: The assignment's id, such as ``hw4``.
        title: The assignment's title.
        submission: What was graded.
        findings: One per part, in the assignment's order: the finding, the part's points, its statement.
        notes: What the report tells beyond its parts.

    Returns:
        A report in which ``score`` adds up the points of what is decided, and ``score_possible`` adds to it
        the full points of each part that is in review or met the grader's own failure.

    Raises:
        ValueError: a credit outside [0, 1], or points below 0 or not finite.
    """
    parts = tuple(_scored(*row) for row in findings)
    undecided = [part.max_points for part in parts if not part.finding.verdict.decided]
    certain = [part.points for part in parts]
    return Report(
        assignment=assignment_id,
        title=title,
        submission=submission,
        parts=parts,
        score=_total(certain),
        score_possible=_total([*certain, *undecided]),
        max_score=_total(part.max_points for part in parts),
        notes=tuple(notes),
    )


def percent(points: float, max_points: float) -> float:
    """`points` in percent of `max_points`, rounded down to tenths, so that no result looks better than it is.

    Nothing of nothing is all there was: 100.
    """
    return float(_percent(points, max_points).quantize(Decimal("0.1"), ROUND_FLOOR))


def reaches(points: float, max_points: float, threshold: float) -> bool:
    """Whether `points` are at least `threshold` percent of `max_points`, compared before any rounding."""
    return _percent(points, max_points) >= Decimal(str(threshold))


def _percent(points: float, max_points: float) -> Decimal:
    return Decimal(str(points)) * 100 / Decimal(str(max_points)) if max_points else Decimal(100)


def _scored(finding: Finding, max_points: float, statement: str) -> Scored:
    if not 0 <= finding.credit <= 1:
        raise ValueError(f"part {finding.part}: credit {finding.credit} found, a number in [0, 1] expected")
    if not 0 <= max_points < float("inf"):
        raise ValueError(f"part {finding.part}: {max_points} points found, 0 or more expected")
    credit = Decimal(str(finding.credit)) if finding.verdict.decided else Decimal(0)
    full = Decimal(str(max_points))
    return Scored(
        finding=replace(finding, credit=_rounded(credit, "0.0001")),
        points=_rounded(credit * full, "0.01"),
        max_points=_rounded(full, "0.01"),
        statement=statement,
    )


def _rounded(value: Decimal, step: str) -> float:
    return float(value.quantize(Decimal(step), ROUND_HALF_UP))


def _total(points: Iterable[float]) -> float:
    """The exact sum of points that are whole hundredths."""
    return float(sum((Decimal(str(value)) for value in points), Decimal(0)))
