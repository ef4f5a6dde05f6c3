"""JUnit XML as GitHub, GitLab and Jenkins read it: one test case a part.

incorrect, partial and missing are a ``failure``, review is ``skipped``, the grader's own failure is an
``error``. The text is pure ASCII (other characters as references), so that it stays valid in any encoding.
"""

from __future__ import annotations

from xml.etree import ElementTree as ET

from grader.model import Report, Scored, Verdict
from grader.reports import Options
from grader.reports._tally import counts, problem
from grader.reports._text import amount, plain, shorten, worth
from grader.reports._text import lines as evidence

OUTCOMES = {
    Verdict.PARTIAL: "failure",
    Verdict.INCORRECT: "failure",
    Verdict.MISSING: "failure",
    Verdict.REVIEW: "skipped",
    Verdict.ERROR: "error",
}


def render(report: Report, options: Options) -> str:
    """`report` as one test suite."""
    totals = _totals(report)
    root = ET.Element("testsuites", {"name": "grader", **totals})
    name = plain(f"{report.assignment}: {report.title}")
    suite = ET.SubElement(root, "testsuite", {"name": name, "time": "0", **totals})
    properties = ET.SubElement(suite, "properties")
    for key in ("score", "score_possible", "max_score"):
        ET.SubElement(properties, "property", name=key, value=amount(getattr(report, key)))
    for part in report.parts:
        suite.append(_case(report, part, options))
    ET.indent(root)
    body = ET.tostring(root, encoding="us-ascii", xml_declaration=False).decode("ascii")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'


def _totals(report: Report) -> dict[str, str]:
    found = counts(report)
    outcomes = {"failure": 0, "skipped": 0, "error": 0}
    for verdict, outcome in OUTCOMES.items():
        outcomes[outcome] += found.get(verdict, 0)
    return {
        "tests": str(len(report.parts)),
        "failures": str(outcomes["failure"]),
        "errors": str(outcomes["error"]),
        "skipped": str(outcomes["skipped"]),
    }


def _case(report: Report, part: Scored, options: Options) -> ET.Element:
    finding = part.finding
    where = finding.read.where if finding.read else None
    case = ET.Element(
        "testcase",
        classname=plain(f"{report.assignment}.{problem(finding.part)}"),
        name=plain(finding.part),
        file=plain(where.file if where else report.submission.path),
        time="0",
    )
    if where and where.cell is None:
        case.set("line", str(where.line))
    if finding.verdict in OUTCOMES:
        tag = OUTCOMES[finding.verdict]
        outcome = ET.SubElement(case, tag, message=shorten(finding.reason, 500), type=finding.verdict.value)
        outcome.text = _story(part, options)
    return case


def _story(part: Scored, options: Options) -> str:
    finding = part.finding
    lines = [f"{finding.verdict.value}, {worth(part)} points"]
    if finding.read:
        lines.append(f"read: {shorten(finding.read.text, 300)} ({finding.read.where})")
        lines += [f"repaired: {shorten(repair, 200)}" for repair in finding.read.repairs]
    lines.append(f"why: {shorten(finding.reason, 1000)}")
    if finding.diagnosis:
        lines.append(f"look at: {shorten(finding.diagnosis, 1000)}")
    if finding.evidence:
        lines += ["try:", *evidence(finding.evidence)]
    if options.show_answers and finding.expected is not None:
        lines.append(f"expected: {shorten(finding.expected, 1000)}")
    return "\n".join(lines)
