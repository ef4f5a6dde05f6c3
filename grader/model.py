"""What flows from one stage to the next. All of it is frozen; none of it knows how it was made.

path -> Submission (Blocks, each with its Where) -> Answer per part -> Finding -> Score -> Report
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Where:
    """A place in a submission. Born in a reader and never lost."""

    file: str
    """The file's name as the user gave it."""
    line: int
    """1-based: in the cell's source where there is a cell, else in the file."""
    cell: int | None = None
    """0-based index of the notebook cell, None in every other format."""

    def __str__(self) -> str:
        cell = "" if self.cell is None else f"cell {self.cell}, "
        return f"{cell}line {self.line}"


class BlockKind(StrEnum):
    """What a stretch of a submission is, before anybody asks what it means."""

    HEADING = "heading"
    TEXT = "text"
    """A paragraph or list item; inline math stays in it as ``$...$``."""
    MATH = "math"
    """One display formula, without its ``$$`` or environment."""
    TABLE = "table"
    CODE = "code"
    IMAGE = "image"
    ANSWER = "answer"
    """An entry of an answer sheet: `part` names what it answers."""


@dataclass(frozen=True, slots=True)
class Block:
    """One stretch of a submission: a paragraph, a list item, a formula, a table, a code cell."""

    kind: BlockKind
    text: str
    where: Where
    level: int = 0
    """A heading's level from 1; for text the indentation of a list item in columns; else 0."""
    bullet: str = ""
    """The list marker that stood before the text (``-``, ``*``, ``•``), or the empty string."""
    rows: tuple[tuple[str, ...], ...] = ()
    """A table's cells, row by row, the header row first."""
    part: str | None = None
    """The part this block answers, where its cell's metadata or the answer sheet says so."""

    def row_at(self, row: int) -> Where:
        """Where row `row` of a table stands, counted from 0; the rule under a Markdown header is no row."""
        lines = self.text.splitlines()
        ruled = row > 0 and len(lines) > 1 and not set(lines[1]) - set("|-: \t")
        return replace(self.where, line=self.where.line + row + ruled)


@dataclass(frozen=True, slots=True)
class Listing:
    """Code as it stands in a submission, whole: a notebook's cell, a Python file, a listing in a text."""

    source: str
    where: Where
    """Where its first line stands."""
    part: str | None = None
    """The part it answers, where its cell's metadata says so."""
    is_file: bool = False
    """Whether it is a file of definitions, and no cell that is run as a whole."""


@dataclass(frozen=True, slots=True)
class Submission:
    """One student's file, read."""

    path: str
    sha256: str
    blocks: tuple[Block, ...]
    assignment: str | None = None
    """The assignment's id, where the file itself names it (metadata, front matter)."""
    notes: tuple[str, ...] = ()
    """What the reader found odd and mended or left: told in the report, never dropped."""
    listings: tuple[Listing, ...] = ()
    """Its code, in the order in which it is run where a part asks for that."""


class Verdict(StrEnum):
    """What was found of one part. `REVIEW` and `ERROR` are never zero marks."""

    CORRECT = "correct"
    PARTIAL = "partial"
    INCORRECT = "incorrect"
    MISSING = "missing"
    REVIEW = "review"
    ERROR = "error"

    @property
    def decided(self) -> bool:
        """Whether the marks are certain."""
        return self not in (Verdict.REVIEW, Verdict.ERROR)


@dataclass(frozen=True, slots=True)
class Read:
    """What was taken for the answer to a part: shown to the student, so that a misreading is seen."""

    text: str
    """The student's own text."""
    where: Where
    located_by: str
    """How it was found, in words: "label (b)", "cell metadata", "row 'Conv3-10', column 'shape'"."""
    understood: str | None = None
    """The value rendered back, or None where it could not be read."""
    repairs: tuple[str, ...] = ()
    """What was mended in the text before it could be read."""


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of checking one answer."""

    part: str
    verdict: Verdict
    credit: float
    """In [0, 1]; 0 for a verdict that is not decided."""
    reason: str
    """One sentence for the student. It never holds the reference."""
    read: Read | None = None
    diagnosis: str | None = None
    """The slip that explains a wrong answer, where one fits."""
    expected: str | None = None
    """The reference, rendered; reports show it on request only."""
    evidence: str | None = None
    """What shows a fault of student code, line by line, to be pasted: the smallest input on which it goes wrong."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A finding and the points it earns."""

    finding: Finding
    points: float
    max_points: float
    statement: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """All findings of one submission, with scores."""

    assignment: str
    title: str
    submission: Submission
    parts: tuple[Scored, ...]
    score: float
    """What is certain."""
    score_possible: float
    """What is certain, and all that a review could still give."""
    max_score: float
    notes: tuple[str, ...] = ()
