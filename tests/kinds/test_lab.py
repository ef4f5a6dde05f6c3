"""The lab that ships, asked without a sandbox: each mistake of the sample is known by its name."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from grader import problems
from grader.kinds import Trial
from grader.kinds._code.local import LocalProgram

SUBMISSIONS = Path(__file__).parents[2] / "submissions"
SLIPS = {
    "1a": "bias-per-pixel",
    "1b": "cut-by-minus-zero",
    "1c": "flipped-kernel",
    "2a": "maximum-begins-at-0",
    "2b": None,
    "3a": "not-averaged",
}
"""What went wrong in the notebook with mistakes; 2b is still the template."""


@cache
def trials(notebook: str) -> dict[str, Trial]:
    """The trial of each part on what the notebook's cells leave behind; they are ours, so they may be run."""
    names: dict[str, Any] = {}
    for cell in json.loads((SUBMISSIONS / notebook).read_text())["cells"]:
        if cell["cell_type"] == "code":
            lines = [line for line in cell["source"] if not line.startswith("%")]
            exec("".join(lines), names)  # noqa: S102
    program = LocalProgram({name: value for name, value in names.items() if name[0] != "_"})
    parts = problems.load("lab-conv").parts
    return {part.id: part.spec.run(part.stated, program, None) for part in parts if part.spec.run}


@pytest.mark.parametrize("part", SLIPS)
def test_the_mistake_has_its_name(part: str) -> None:
    """By which a problem's conventions price it."""
    trial = trials("lab-conv-mistakes.ipynb")[part]
    assert trial.slip == SLIPS[part], trial


def test_every_part_is_looked_at() -> None:
    """The lab has no part that is not code, and the right notebook earns all of them."""
    assert {part: trial.credit for part, trial in trials("lab-conv-right.ipynb").items()} == dict.fromkeys(SLIPS, 1.0)
