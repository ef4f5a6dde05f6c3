"""Markdown: prose, headings, formulas, tables, code; front matter may name the assignment."""

from __future__ import annotations

from grader.readers._front_matter import front_matter
from grader.readers._prose import split
from grader.readers._reading import Place, Reader, Reading


def blocks(source: str, name: str) -> Reading:
    """Read the Markdown text `source` of the file called `name`. Nothing in it makes it fail."""
    front = front_matter(source)
    found, notes = split(front.body, Place(name))
    return Reading(tuple(found), front.assignment, (*front.notes, *notes))


READER = Reader((".md", ".markdown", ".mdown", ".qmd", ".rmd"), blocks)
