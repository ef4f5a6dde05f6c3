"""Code as students write it, right and with the classic faults: each file says what it answers and how it is marked."""

from __future__ import annotations

import re
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest

from grader import problems
from grader.kinds import Trial
from grader.kinds._code.local import LocalProgram
from grader.problems import Assignment

CODE = Path(__file__).parent / "code"
FILES = sorted(CODE.glob("*.py"))


@cache
def course() -> Assignment:
    """The parts that the files answer."""
    return problems.load_file(CODE / "course.yaml")


def said(file: Path) -> dict[str, str]:
    """What the file's head says: its part, the verdict, the slip, a piece of the reason."""
    return dict(re.findall(r"^# (part|verdict|slip|says): (.*)$", file.read_text(), re.MULTILINE))


def program(file: Path) -> LocalProgram:
    """The names that the file leaves behind; it is ours, so it may be imported."""
    if "import torch" in file.read_text():
        pytest.importorskip("torch", reason="PyTorch is not installed; the extra `oracle` brings it")
    spec = spec_from_file_location(file.stem.replace("-", "_"), file)
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    names = {name: value for name, value in vars(module).items() if not name.startswith("__")}
    return LocalProgram(names, tensor=as_tensor)


def as_tensor(array: Any) -> Any:
    """A PyTorch tensor with the entries of `array`."""
    import torch

    return torch.from_numpy(array)


def run(file: Path) -> Trial:
    """The trial of the part that the file answers."""
    part = course().part(said(file)["part"])
    assert part.spec.run
    return part.spec.run(part.stated, program(file), None)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_each_file_is_marked_as_it_says(file: Path) -> None:
    """Verdict, slip and reason are those that a careful human would give."""
    trial = run(file)
    expected = said(file)
    assert trial.verdict == expected["verdict"], trial
    assert (trial.slip or "") == expected.get("slip", "")
    assert expected.get("says", "") in trial.reason


def test_every_part_is_answered_rightly_and_wrongly() -> None:
    """Each part has at least a right solution and one with a fault."""
    verdicts: dict[str, set[str]] = {}
    for file in FILES:
        verdicts.setdefault(said(file)["part"], set()).add(said(file)["verdict"])
    assert verdicts.keys() == {part.id for part in course().parts}
    assert all("correct" in found and len(found) > 1 for found in verdicts.values())


@pytest.mark.parametrize("name", ["conv-forward-flipped", "conv-backward-minus-pad", "pool-backward-overwritten"])
def test_the_same_on_every_run(name: str) -> None:
    """Cases, counterexample and words do not change from run to run."""
    assert run(CODE / f"{name}.py") == run(CODE / f"{name}.py")


@pytest.mark.parametrize("part", [part.id for part in course().parts])
def test_the_engine_proves_each_part(part: str) -> None:
    """The engine's own answer earns full marks, and each slip that the cases tell apart earns less and is named."""
    found = course().part(part)
    assert found.spec.run
    assert found.spec.proof
    proof = found.spec.proof(found.stated)
    right = found.spec.run(found.stated, proof.right, None)
    assert (right.verdict, right.credit) == ("correct", 1.0), right
    assert proof.slips
    for name, wrong in proof.slips.items():
        trial = found.spec.run(found.stated, wrong, None)
        assert trial.credit < 1, name
        assert trial.diagnosis or found.kind == "module", name  # another shape is told by its numbers


def test_programs_with_the_same_mistake_are_all_among_the_proofs() -> None:
    """Overlaps of a pooling can be overwritten in two ways: with zeros, and by the maximum alone."""
    found = course().part("pool.backward")
    assert found.spec.proof
    names = [name for name in found.spec.proof(found.stated).slips if name.startswith("overlaps-overwritten")]
    assert names == ["overlaps-overwritten (dx)", "overlaps-overwritten (dx, 2)"]
