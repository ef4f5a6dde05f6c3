"""A GitHub job summary: Markdown whose whole body is one block of HTML.

Inside such a block Markdown means nothing until a blank line, and no text here holds a line break; escaping
HTML is then all that a student's words need to stay words. GitHub takes 1 MiB a step: rows stop before that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from grader.model import Report, Scored, Verdict
from grader.reports import Options
from grader.reports._tally import counts, notes
from grader.reports._text import lines, shorten, total, worth

ROOM = 900_000
"""Bytes for the rows; what stands around them needs far less than the rest of the MiB."""

ICONS = {
    Verdict.CORRECT: "✅",
    Verdict.PARTIAL: "🟡",
    Verdict.INCORRECT: "❌",
    Verdict.MISSING: "⚪",
    Verdict.REVIEW: "👀",
    Verdict.ERROR: "⚠️",
}


def render(report: Report, options: Options) -> str:
    """`report` as a heading, the score, the verdicts and a table of parts."""
    heads = ["Part", "Verdict", "Points", "Read", "Why", *(["Expected"] if options.show_answers else [])]
    lines = [
        f"<h2>{_text(report.title, 200)} ({_text(report.assignment, 100)})</h2>",
        f"<p><strong>{total(report)}</strong><br>",
        ", ".join(f"{ICONS[verdict]} {count} {verdict.value}" for verdict, count in counts(report).items()),
        "</p>",
        *_notes(notes(report)),
        "<table>",
        f"<tr>{''.join(f'<th>{head}</th>' for head in heads)}</tr>",
        *_within(ROOM, (_row(part, options) for part in report.parts), len(report.parts)),
        "</table>",
    ]
    return "\n".join(lines) + "\n"


def _within(room: int, rows: Iterable[str], count: int) -> Iterator[str]:
    """The rows that fit into `room` bytes, then one that counts the others."""
    for number, row in enumerate(rows):
        room -= len(row.encode()) + 1
        if room < 0:
            yield f"<tr><td colspan=6>and {count - number} parts more, left out for their size</td></tr>"
            return
        yield row


def _row(part: Scored, options: Options) -> str:
    finding = part.finding
    verdict = f"{ICONS[finding.verdict]} {finding.verdict.value}"
    cells = [_code(finding.part, 100), verdict, worth(part), _read(part), _why(part)]
    if options.show_answers:
        cells.append(_code(finding.expected, 500) if finding.expected is not None else "")
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _read(part: Scored) -> str:
    read = part.finding.read
    return f"{_code(read.text, 200)}<br>{read.where}, {_text(read.located_by, 100)}" if read else ""


def _why(part: Scored) -> str:
    finding = part.finding
    look = f"<br>Look at: {_text(finding.diagnosis, 500)}" if finding.diagnosis else ""
    shown = "<br>".join(_code(line, 200) for line in lines(finding.evidence)) if finding.evidence else ""
    return _text(finding.reason, 500) + look + (f"<br>Try:<br>{shown}" if shown else "")


def _notes(told: list[str]) -> Iterator[str]:
    if told:
        items = [f"<li>{_text(note, 500)}</li>" for note in told[:20]]
        more = [f"<li>and {len(told) - 20} more</li>"] if len(told) > 20 else []
        yield f"<ul>{''.join(items + more)}</ul>"


def _text(text: str, limit: int) -> str:
    return escape(shorten(text, limit))


def _code(text: str, limit: int) -> str:
    return f"<code>{_text(text, limit)}</code>"
