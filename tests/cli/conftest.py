"""The command line in this process, and in one of its own, with grading replaced by a report made by hand."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType

import pytest

from grader.cli import main
from grader.model import Finding, Read, Report, Submission, Verdict, Where
from grader.scoring import score

STUBBED = """
import sys
from types import ModuleType
from grader.model import Finding, Submission, Verdict
from grader.scoring import score

def grade_file(path, assignment, folder, run):
    if path.name == "interrupted":
        raise KeyboardInterrupt
    reason = "the same: ∂L/∂W × 卷积"
    parts = [(Finding(f"1.{n}", Verdict.CORRECT, 1, reason), 1, "") for n in range(int(path.name))]
    return score("hw4", "Homework 4", Submission(str(path), "0" * 64, ()), parts)

sys.modules["grader.grading"] = grading = ModuleType("grader.grading")
grading.grade_file = grade_file
from grader.cli import main
main()
"""


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str


Command = Callable[..., Ran]


@pytest.fixture
def grader(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """A function: runs the command line with these arguments, in an environment that says nothing."""
    for name in ("GRADER_DEBUG", "GRADER_PROBLEMS", "GITHUB_STEP_SUMMARY", "COLUMNS", "NO_COLOR"):
        monkeypatch.setenv(name, "")  # so that what the command sets is undone
        monkeypatch.delenv(name)

    def run(*args: str) -> Ran:
        monkeypatch.setattr(sys, "argv", ["grader", *args])
        with pytest.raises(SystemExit) as stop:
            main()
        out, err = capsys.readouterr()
        return Ran(int(stop.value.code or 0), out, err)

    return run


@pytest.fixture
def install(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """A function: puts a module of this name and these members in the place of the real one."""

    def put(name: str, **members: object) -> None:
        module = ModuleType(name)
        for member, value in members.items():
            setattr(module, member, value)
        monkeypatch.setitem(sys.modules, name, module)

    return put


@pytest.fixture
def graded(install: Callable[..., None]) -> list[tuple[object, ...]]:
    """Grading gives 3 of 6 points and 1.5 more in review; the list fills with what it was called with."""
    calls: list[tuple[object, ...]] = []
    found = Read("28x28x10", Where("ada.md", 57), "label (a)")

    def grade_file(*args: object) -> Report:
        calls.append(args[:3])
        return score(
            "hw4",
            "Homework 4",
            Submission("ada.md", "0" * 64, ()),
            [
                (Finding("1a", Verdict.CORRECT, 1, "the same shape", found), 3, "The shape?"),
                (Finding("1b", Verdict.REVIEW, 0, "prose"), 1.5, "Why?"),
                (Finding("2", Verdict.INCORRECT, 0, "7 is not it", expected="42"), 1.5, "How many?"),
            ],
        )

    install("grader.grading", grade_file=grade_file)
    return calls


@pytest.fixture
def failing(install: Callable[..., None]) -> Callable[[BaseException], None]:
    """A function: makes grading raise this."""

    def put(fault: BaseException) -> None:
        def grade_file(*_: object) -> Report:
            raise fault

        install("grader.grading", grade_file=grade_file)

    return put


@pytest.fixture
def process() -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """A function: ``grader run N`` in its own process, with N correct parts; `pipe` says where it writes."""

    def run(*args: str, env: dict[str, str] | None = None, pipe: str = '"$@"') -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-c", STUBBED, "run", *args]
        return subprocess.run(["bash", "-c", pipe, "bash", *command], capture_output=True, check=False, env=env)

    return run
