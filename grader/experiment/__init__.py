"""An author's experiments: an answer, what was expected, and what the grader makes of it, without an assignment."""

from grader.experiment.rows import KINDS, Row, row_of
from grader.experiment.trial import Result, failed, tried

__all__ = ["KINDS", "Result", "Row", "failed", "row_of", "tried"]
