"""The report a student reads in a terminal, through a pipe or in a file.

Each verdict has a word and a symbol besides its colour. Students' words go through `rich.text.Text`, never
through markup, and hold no workflow command of a CI system: one would count if a line broke just before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rich.console import Console
from rich.text import Text

from grader.model import Read, Report, Scored, Verdict
from grader.reports import Options
from grader.reports._tally import by_problem, counts, notes
from grader.reports._text import amount, lines, shorten, span, total, worth

NARROWEST = 40
"""Columns below which the page does not shrink."""
MARGIN = 14
"""Columns that hold the labels."""

LOOKS = {
    Verdict.CORRECT: ("✓", "green"),
    Verdict.PARTIAL: ("◐", "yellow"),
    Verdict.INCORRECT: ("✗", "red"),
    Verdict.MISSING: ("○", "magenta"),
    Verdict.REVIEW: ("?", "cyan"),
    Verdict.ERROR: ("!", "bold red"),
}

Detail = tuple[str, Text]
"""A label and what stands beside it."""


def render(report: Report, options: Options) -> str:
    """`report` as a page of ``options.width`` columns, but at least 40."""
    console = Console(
        width=max(options.width, NARROWEST),
        height=25,
        color_system="standard" if options.colour else None,
        force_terminal=options.colour,
        no_color=not options.colour,
        force_jupyter=False,
        legacy_windows=False,
    )
    with console.capture() as page:
        for line in _page(report, options, console):
            console.print(line, soft_wrap=True, highlight=False)
    return "\n".join(line.rstrip() for line in page.get().split("\n"))


def _page(report: Report, options: Options, console: Console) -> Iterator[Text]:
    yield from _fold(_text(f"{report.title} ({report.assignment})", "bold"), console)
    yield from _fold(_text(report.submission.path, "dim"), console)
    for name, parts in by_problem(report):
        yield from _heading(f"Problem {name}", _points(parts), console)
        for part in parts:
            yield Text()
            yield from _part(part, options, console)
    yield from _heading("Result", total(report), console)
    yield Text()
    yield from _rows(_result(report), "", console)


def _heading(left: str, right: str, console: Console) -> Iterator[Text]:
    yield Text()
    yield from _spread(_text(left, "bold"), Text(right, "bold"), console)
    yield Text("-" * console.width, "dim")


def _points(parts: list[Scored]) -> str:
    certain = sum(part.points for part in parts)
    waiting = sum(part.max_points for part in parts if not part.finding.verdict.decided)
    return f"{span(certain, certain + waiting)} of {amount(sum(part.max_points for part in parts))}"


def _part(part: Scored, options: Options, console: Console) -> Iterator[Text]:
    symbol, style = LOOKS[part.finding.verdict]
    name = Text.assemble((f"{symbol} ", style), _text(part.finding.part, "bold"))
    name.append(f"  {part.finding.verdict}", style)
    yield from _spread(name, Text(worth(part)), console)
    yield from _rows(_details(part, options), "    ", console)


def _details(part: Scored, options: Options) -> Iterator[Detail]:
    finding = part.finding
    if part.statement and finding.verdict is not Verdict.CORRECT:
        yield "asked", _text(part.statement, "dim", limit=160)
    if finding.read:
        yield from _reading(finding.read)
    yield "why", _text(finding.reason)
    if finding.diagnosis:
        yield "look at", _text(finding.diagnosis, "bold")
    if finding.evidence:
        yield from (("try" if not row else "", _line(line)) for row, line in enumerate(lines(finding.evidence)))
    if options.show_answers and finding.expected is not None:
        yield "expected", _text(finding.expected)


def _reading(read: Read) -> Iterator[Detail]:
    where = _text(f"({read.where}, {read.located_by})", "dim")
    yield "read", Text("  ").join((_text(read.text, limit=160), where))
    if read.understood is not None and read.understood != read.text:
        yield "as", _text(read.understood, limit=160)
    for repair in read.repairs:
        yield "repaired", _text(repair, limit=160)


def _result(report: Report) -> Iterator[Detail]:
    found = counts(report).items()
    yield "verdicts", Text(", ").join(Text(f"{LOOKS[v][0]} {n} {v}", LOOKS[v][1]) for v, n in found)
    waiting = [part.finding.part for part in report.parts if not part.finding.verdict.decided]
    if waiting:
        more = amount(report.score_possible - report.score)
        yield (
            "for a person",
            _text(f"{', '.join(waiting)}: up to {more} points more, once somebody has looked"),
        )
    for note in notes(report):
        yield "note", _text(note)


def _rows(details: Iterable[Detail], indent: str, console: Console) -> Iterator[Text]:
    for label, text in details:
        lead = indent + label
        for line in [text] if text.no_wrap else text.wrap(console, console.width - MARGIN):
            yield Text.assemble((lead.ljust(MARGIN), "dim"), line)
            lead = ""


def _spread(left: Text, right: Text, console: Console) -> Iterator[Text]:
    """`left` and `right` at the two ends of a line, or below each other where they do not fit."""
    gap = console.width - left.cell_len - right.cell_len
    if gap < 2:
        yield from _fold(left, console)
        yield from _fold(right, console)
    else:
        yield Text.assemble(left, " " * gap, right)


def _fold(text: Text, console: Console) -> Iterator[Text]:
    yield from text.wrap(console, console.width)


def _text(text: str, style: str = "", limit: int = 600) -> Text:
    """Anybody's words: on one line, shortened, without control characters and workflow commands."""
    return Text(_disarmed(shorten(text, limit)), style)


def _line(line: str) -> Text:
    """A line of `lines`: code to be pasted, which no line break may cut."""
    return Text(_disarmed(line), no_wrap=True)


def _disarmed(text: str) -> str:
    return re.sub(r"::(?=\s*[A-Za-z])", ": :", text).replace("##[", "## [")
