"""GitHub Actions annotations: one workflow command for each part that is not correct.

GitHub shows ten annotations of a type for a step, so no more are written and the rest is told in one line.
What students write stands only behind ``::command ...::`` on a line that the grader began, with its line
breaks encoded, so it never begins a command of its own. A notebook's cells have no line in their file: there
the place is told in the message. With this format the command line also appends the format ``summary`` to the
file that ``$GITHUB_STEP_SUMMARY`` names.
"""

from __future__ import annotations

from grader.model import Report, Scored, Verdict
from grader.reports import Options
from grader.reports._text import lines as evidence
from grader.reports._text import plain, shorten, total, worth

SHOWN = 10
"""Annotations of one type that GitHub shows for a step."""

COMMANDS = {
    Verdict.INCORRECT: "error",
    Verdict.PARTIAL: "warning",
    Verdict.MISSING: "warning",
    Verdict.ERROR: "warning",
    Verdict.REVIEW: "notice",
}


def render(report: Report, options: Options) -> str:
    """`report` as workflow commands, the score in words before them."""
    lines = [f"grader: {total(report)}"]
    left_out = []
    for command in ("error", "warning", "notice"):
        parts = [part for part in report.parts if COMMANDS.get(part.finding.verdict) == command]
        lines += [_annotation(command, report, part, options) for part in parts[:SHOWN]]
        if len(parts) > SHOWN:
            left_out.append(f"{len(parts) - SHOWN} of type {command}")
    if left_out:
        lines.append(f"grader: not shown as annotations: {', '.join(left_out)}; the job summary has them all")
    return "\n".join(lines) + "\n"


def _annotation(command: str, report: Report, part: Scored, options: Options) -> str:
    finding = part.finding
    where = finding.read.where if finding.read else None
    properties = {"file": plain(where.file if where else report.submission.path)}
    if where and where.cell is None:
        properties["line"] = str(where.line)
    properties["title"] = plain(f"{finding.part}: {finding.verdict.value}, {worth(part)} points")
    told = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{command} {told}::{_data(_message(part, options))}"


def _message(part: Scored, options: Options) -> str:
    finding = part.finding
    lines = [shorten(finding.reason, 600)]
    if finding.diagnosis:
        lines.append(f"Look at: {shorten(finding.diagnosis, 600)}")
    if finding.evidence:
        lines += ["Try:", *evidence(finding.evidence)]
    if finding.read:
        lines.append(f"Read: {shorten(finding.read.text, 200)} ({finding.read.where})")
    if options.show_answers and finding.expected is not None:
        lines.append(f"Expected: {shorten(finding.expected, 600)}")
    return "\n".join(lines)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
