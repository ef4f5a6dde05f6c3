"""What several formats say about a report as a whole: its problems, its verdicts, its notes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from grader.model import Report, Scored, Verdict


def problem(part_id: str) -> str:
    """The problem of a part: its leading number, ``2`` for ``2e.conv1.params``, else its first name."""
    number = re.match(r"\d+", part_id)
    return number[0] if number else part_id.split(".", 1)[0]


def by_problem(report: Report) -> Iterator[tuple[str, list[Scored]]]:
    """The parts of each problem, in the assignment's order."""
    for name, parts in groupby(report.parts, key=lambda part: problem(part.finding.part)):
        yield name, list(parts)


def counts(report: Report) -> dict[Verdict, int]:
    """How many parts have each verdict, in the order of `Verdict`, without those that none has."""
    found = Counter(part.finding.verdict for part in report.parts)
    return {verdict: found[verdict] for verdict in Verdict if verdict in found}


def notes(report: Report) -> list[str]:
    """What the reader and the grading noted, each once."""
    return list(dict.fromkeys((*report.submission.notes, *report.notes)))
