"""Assignments: their files, loaded and proved as far as possible without computing a reference."""

from grader.problems.folder import catalogue, files, id_of, load, load_file, shipped
from grader.problems.labels import label_of
from grader.problems.models import Assignment, Part, Problem
from grader.problems.reference import given_by_reference, references
from grader.problems.source import Source
from grader.problems.validation import validate

__all__ = [
    "Assignment",
    "Part",
    "Problem",
    "Source",
    "catalogue",
    "files",
    "given_by_reference",
    "id_of",
    "label_of",
    "load",
    "load_file",
    "references",
    "shipped",
    "validate",
]
