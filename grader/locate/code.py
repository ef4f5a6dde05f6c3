"""Listings + the outline of the assignment -> the stretches of code that belong to each part.

A cell's metadata or a comment ``# part: 3b`` names the part outright; else the heading or label above the code does.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import itemgetter

from grader.locate.lines import at_numbers
from grader.locate.outline import outline
from grader.locate.regions import regions
from grader.model import Block, BlockKind, Listing, Submission
from grader.problems import Assignment, Part, label_of

_MARK = re.compile(r"[ \t]*#[ \t]*part[ \t]*:[ \t]*(?P<part>[\w.\-]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Lines of a listing that belong to one part."""

    listing: int
    """Which of the submission's listings, counted from 0."""
    first: int
    """Its first line within the listing, 1-based."""
    last: int
    how: str
    """How it was found, in words: "the comment '# part: 3b'"."""

    def holds(self, listing: int, line: int) -> bool:
        """Whether that line of that listing is in it."""
        return listing == self.listing and self.first <= line <= self.last


def stretches(assignment: Assignment, parts: Sequence[Part], submission: Submission) -> dict[str, tuple[Stretch, ...]]:
    """For each of `parts` the code that stands at its place, in the order of the text; what names it counts alone."""
    named = list(_named(submission.listings))
    labelled = _labelled(assignment, submission)
    found: dict[str, tuple[Stretch, ...]] = {}
    for part in parts:
        own = tuple(stretch for name, stretch in named if _means(name, part))
        found[part.id] = own or labelled.get(part.label, ())
    return found


def _means(name: str, part: Part) -> bool:
    """Whether `name`, as a student writes it, is the part or the place that it is one of."""
    label = label_of(name)
    return part.id == name or part.id.startswith(f"{name}.") or (bool(label) and part.label == label)


def _named(listings: Sequence[Listing]) -> Iterator[tuple[str, Stretch]]:
    """The stretches that name a part, with its name."""
    for number, listing in enumerate(listings):
        lines = listing.source.split("\n")
        if listing.part is not None:
            yield listing.part, Stretch(number, 1, len(lines), "the cell's metadata")
        marks = [(line, found["part"]) for line, text in enumerate(lines, start=1) if (found := _MARK.match(text))]
        for (first, part), (behind, _) in pairwise([*marks, (len(lines) + 1, "")]):
            yield part, Stretch(number, first, behind - 1, f"the comment '# part: {part}'")


def _labelled(assignment: Assignment, submission: Submission) -> Mapping[tuple[str, ...], tuple[Stretch, ...]]:
    """The stretches under each label of the sheet."""
    if not submission.listings:
        return {}
    sheet = outline(assignment)
    starts = _starts(submission.listings)
    free = tuple(block for block in submission.blocks if block.part is None)
    found: dict[tuple[str, ...], tuple[Stretch, ...]] = {}
    for place, visits in regions(sheet, at_numbers(sheet, free)).items():
        code = [(visit.how, block) for visit in visits for block in visit.blocks if block.kind is BlockKind.CODE]
        found[place] = tuple(_stretch(block, how, starts[block.where.cell]) for how, block in code)
    return found


def _starts(listings: Sequence[Listing]) -> Mapping[int | None, Sequence[tuple[int, int]]]:
    """For each cell, or for the file, the lines on which listings begin, each with the listing's number."""
    found: dict[int | None, list[tuple[int, int]]] = {}
    for number, listing in enumerate(listings):
        found.setdefault(listing.where.cell, []).append((listing.where.line, number))
    return found


def _stretch(block: Block, how: str, starts: Sequence[tuple[int, int]]) -> Stretch:
    """Where `block` stands in the last listing that begins before it."""
    line, listing = starts[max(bisect_right(starts, block.where.line, key=itemgetter(0)) - 1, 0)]
    first = block.where.line - line + 1
    return Stretch(listing, first, first + block.text.count("\n"), how)
