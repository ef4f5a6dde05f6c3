"""How students' words and numbers are written in any format: without tricks, on one line, not too long."""

from __future__ import annotations

from grader.model import Report, Scored


def plain(text: str) -> str:
    """`text` on one line, without control characters, direction overrides and lone surrogates."""
    one_line = " ".join(text.split())
    return one_line if one_line.isprintable() else "".join(filter(str.isprintable, one_line))


def shorten(text: str, limit: int) -> str:
    """`plain` text of at most `limit` characters; the middle goes, for answers end their chain."""
    text = plain(text)
    if len(text) <= limit:
        return text
    tail = (limit - 3) // 3
    return f"{text[: limit - 3 - tail].rstrip()} … {text[len(text) - tail :].lstrip()}"


def lines(text: str, most: int = 24, limit: int = 200) -> list[str]:
    """`text` line by line, each `plain` but for its indentation, not too long and not too many."""
    rows = text.splitlines()
    shown = [" " * min(len(row) - len(row.lstrip(" ")), 20) + shorten(row, limit) for row in rows[:most]]
    return [*shown, *([f"and {len(rows) - most} lines more"] if len(rows) > most else [])]


def amount(points: float) -> str:
    """Points as people write them: ``2.67``, ``31.5``, ``34``."""
    return f"{points:.2f}".rstrip("0").rstrip(".")


def span(low: float, high: float) -> str:
    """One amount where both are equal, else the range: ``31.5 to 34``."""
    return amount(low) if low == high else f"{amount(low)} to {amount(high)}"


def worth(part: Scored) -> str:
    """The points of a part, a range where a person decides: ``2.67 of 3``, ``0 to 2 of 2``."""
    high = part.points if part.finding.verdict.decided else part.max_points
    return f"{span(part.points, high)} of {amount(part.max_points)}"


def total(report: Report) -> str:
    """The score in words: ``31.5 to 34 of 60 points``."""
    return f"{span(report.score, report.score_possible)} of {amount(report.max_score)} points"
