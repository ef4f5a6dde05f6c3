"""The lab that ships, answered by two notebooks: the parts that are code, without a sandbox."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from grader import problems
from grader.kinds import Trial
from grader.kinds._code.local import LocalProgram
from grader.model import Verdict

CODE = Path(__file__).parent / "code"
BY_HAND = {
    "1a": ("partial", "bias-per-pixel"),
    "1b": ("partial", "cut-by-minus-zero"),
    "1c": ("partial", "flipped-kernel"),
    "2a": ("partial", "maximum-begins-at-0"),
    "2b": ("missing", None),
    "3a": ("partial", "not-averaged"),
    "4a": ("partial", "bias-left-out"),
}
"""What a person says of the notebook with mistakes: the verdict and what went wrong."""


@cache
def trials(notebook: str) -> dict[str, Trial]:
    """The trial of each part on what the notebook's cells leave behind; they are ours, so they may be run."""
    names: dict[str, Any] = {}
    for cell in json.loads((CODE / notebook).read_text())["cells"]:
        if cell["cell_type"] == "code":
            lines = [line for line in cell["source"] if not line.startswith("%")]
            exec("".join(lines), names)  # noqa: S102
    program = LocalProgram({name: value for name, value in names.items() if name[0] != "_"}, tensor=as_tensor)
    parts = problems.load("lab-conv").parts
    return {part.id: part.spec.run(part.stated, program, None) for part in parts if part.spec.run}


def as_tensor(array: Any) -> Any:
    """A PyTorch tensor with the entries of `array`."""
    import torch

    return torch.from_numpy(array)


@pytest.fixture(autouse=True)
def torch() -> None:
    """The notebooks end with a network in PyTorch."""
    pytest.importorskip("torch", reason="PyTorch is not installed; the extra `oracle` brings it")


@pytest.mark.parametrize("part", BY_HAND)
def test_right_answers_earn_full_marks(part: str) -> None:
    """Every part of the right notebook."""
    trial = trials("lab-conv-right.ipynb")[part]
    assert (trial.verdict, trial.credit) == (Verdict.CORRECT, 1.0), trial


@pytest.mark.parametrize("part", BY_HAND)
def test_mistakes_are_marked_as_a_person_marks_them(part: str) -> None:
    """The verdict, and the mistake by its name."""
    trial = trials("lab-conv-mistakes.ipynb")[part]
    assert (trial.verdict, trial.slip) == BY_HAND[part], trial


def test_every_part_is_looked_at() -> None:
    """The lab has no part that is not code."""
    assert set(trials("lab-conv-right.ipynb")) == set(BY_HAND)


@pytest.mark.parametrize("part", BY_HAND)
def test_the_engine_proves_the_lab(part: str) -> None:
    """Its own answers earn full marks, the slips less."""
    found = problems.load("lab-conv").part(part)
    assert found.spec.run
    assert found.spec.proof
    proof = found.spec.proof(found.stated)
    assert found.spec.run(found.stated, proof.right, None).credit == 1
    for name, wrong in list(proof.slips.items())[:6]:
        assert found.spec.run(found.stated, wrong, None).credit < 1, name
