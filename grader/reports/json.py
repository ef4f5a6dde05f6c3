"""The JSON report, a contract with other tools: keys are added, never renamed.

It is pure ASCII, so that no pipe, console or encoding can damage it; the same report gives the same bytes.
"""

from __future__ import annotations

import json
from typing import Any

from grader import __version__
from grader.model import Read, Report, Scored
from grader.reports import Options
from grader.reports._tally import notes

SCHEMA = "grader.report/1"


def render(report: Report, options: Options) -> str:
    """`report` as one JSON object."""
    tree = {
        "schema": SCHEMA,
        "assignment": report.assignment,
        "title": report.title,
        "submission": {"path": report.submission.path, "sha256": report.submission.sha256},
        "score": report.score,
        "score_possible": report.score_possible,
        "max_score": report.max_score,
        "parts": [_part(part, options) for part in report.parts],
        "notes": notes(report),
        "grader": {"version": __version__},
    }
    return json.dumps(tree, indent=2, allow_nan=False) + "\n"


def _part(part: Scored, options: Options) -> dict[str, Any]:
    finding = part.finding
    return {
        "part": finding.part,
        "statement": part.statement,
        "verdict": finding.verdict.value,
        "credit": finding.credit,
        "points": part.points,
        "max_points": part.max_points,
        "answer": None if finding.read is None else _answer(finding.read),
        "reason": finding.reason,
        "diagnosis": finding.diagnosis,
        "evidence": finding.evidence,
        "expected": finding.expected if options.show_answers else None,
    }


def _answer(read: Read) -> dict[str, Any]:
    return {
        "text": read.text,
        "file": read.where.file,
        "cell": read.where.cell,
        "line": read.where.line,
        "located_by": read.located_by,
        "understood": read.understood,
        "repairs": list(read.repairs),
    }
