"""Every reference of every assignment that ships, rendered in each notation, earns full marks as an answer."""

from __future__ import annotations

import pytest

from grader import problems
from grader.answers.writing.notation import Notation
from grader.grading import grade, key_of
from grader.model import Block, BlockKind, Submission, Verdict, Where

SHIPPED = [assignment.id for assignment in problems.catalogue()]


@pytest.mark.parametrize("notation", Notation)
@pytest.mark.parametrize("assignment_id", SHIPPED)
def test_references_are_right_in_every_notation(assignment_id: str, notation: Notation) -> None:
    """Written on an answer sheet; formulas in LaTeX with dollars around them."""
    assignment = problems.load(assignment_id)
    texts = {
        part_id: key.view.render(key.reference, notation)
        for part_id, key in key_of(assignment).items()
        if key.reference is not None
    }
    blocks = tuple(
        Block(BlockKind.ANSWER, f"${text}$" if notation is Notation.LATEX else text, Where("sheet", line), part=part_id)
        for line, (part_id, text) in enumerate(texts.items(), start=1)
    )
    report = grade(Submission("sheet", sha256="", blocks=blocks, assignment=assignment_id), assignment)
    wrong = {
        scored.finding.part: (texts[scored.finding.part], scored.finding.verdict, scored.finding.reason)
        for scored in report.parts
        if scored.finding.part in texts and (scored.finding.verdict, scored.finding.credit) != (Verdict.CORRECT, 1.0)
    }
    assert not wrong
