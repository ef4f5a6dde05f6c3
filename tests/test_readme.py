"""The examples in README and CONTRIBUTING do what they say; the README's second line is what `.ci/run` runs."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from grader import kinds
from grader.answers.values import Number
from grader.checking import check
from grader.grading import grade_file
from grader.model import Verdict

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
GRADER = Path(sys.executable).with_name("grader")
SETTINGS = ("GRADER_PROBLEMS", "GRADER_DEBUG", "GITHUB_STEP_SUMMARY", "COLUMNS")


def blocks(language: str) -> list[str]:
    """The fenced blocks of one language, in order."""
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


INSTALL, TEST, *OTHERS = blocks("sh")
COMMANDS = [line for block in OTHERS for line in block.splitlines()]
SHEET, PROBLEM, CODE, WORKFLOW = blocks("yaml")


LINUX = pytest.mark.skipif(sys.platform != "linux", reason="the walls around student code are Linux's")


def run(line: str, cwd: Path = ROOT, **settings: str) -> subprocess.CompletedProcess[str]:
    """Runs the ``grader`` of a line through the one that is installed here."""
    command, *args = shlex.split(line, comments=True)
    assert Path(command).name == "grader"
    env = {name: value for name, value in os.environ.items() if name not in SETTINGS} | {"PYTHONUTF8": "1"} | settings
    return subprocess.run([GRADER, *args], cwd=cwd, env=env, capture_output=True, text=True, check=False)


def test_the_first_two_blocks_are_one_line_each() -> None:
    """Each makes an environment in the folder and installs into that alone."""
    for block in (INSTALL, TEST):
        assert block.count("\n") == 1
        assert block.startswith("python3 -m venv .venv && .venv/bin/pip install ")
        assert "sudo" not in block


def behind(picture: str, printed: str) -> str:
    """What is printed behind the stretches of a picture, each of which is there word for word and in order."""
    for stretch in picture.split("[...]\n"):
        before, found, printed = printed.partition(stretch)
        assert found, f"the grader no longer prints:\n{stretch}\nit prints:\n{before}"
    return printed


def test_the_picture_is_what_the_first_line_prints() -> None:
    """The report ends where the picture does."""
    assert behind(blocks("text")[0], run(INSTALL.rsplit("&&", 1)[1]).stdout) == ""


@LINUX
def test_what_is_told_of_code_is_what_the_sample_of_it_is_told() -> None:
    """As far as the picture goes."""
    (line,) = re.findall(r"^`(grader run \S+)`:$", README, re.MULTILINE)
    ran = run(line)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert behind(blocks("text")[1], ran.stdout)


@pytest.mark.parametrize("line", [pytest.param(line, marks=LINUX if "sandbox" in line else ()) for line in COMMANDS])
def test_a_command_works(line: str) -> None:
    """It exits with 0, prints something, and has nothing to complain about."""
    ran = run(line)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout


def test_the_answer_sheet_is_graded(tmp_path: Path) -> None:
    """Each of its lines answers its part, rightly."""
    (tmp_path / "sheet.yaml").write_text(SHEET, encoding="utf-8")
    verdicts = {part.finding.part: part.finding.verdict for part in grade_file(tmp_path / "sheet.yaml").parts}
    assert [part for part, verdict in verdicts.items() if verdict is Verdict.CORRECT] == ["1a", "1b", "1c"]


def test_the_example_of_a_problem_holds_together(tmp_path: Path) -> None:
    """It loads, and each of its references earns full marks."""
    (tmp_path / "lab1.yaml").write_text(PROBLEM, encoding="utf-8")
    (result,) = check(tmp_path)
    assert (result.assignment, result.parts, result.points, result.failures) == ("lab1", 3, 4.0, ())


def test_the_example_of_code_is_proved(tmp_path: Path) -> None:
    """The engine's program earns full marks, and more than ten mistakes less; its convention is one of them."""
    (tmp_path / "lab2.yaml").write_text(CODE, encoding="utf-8")
    (result,) = check(tmp_path)
    assert (result.assignment, result.parts, result.points, result.failures) == ("lab2", 1, 6.0, ())
    assert result.code == 1
    assert result.mistakes > 10


def test_the_example_workflow_grades_a_push(tmp_path: Path) -> None:
    """Its last step, run where its checkouts would lie: annotations on standard output, and a job summary."""
    (job,) = YAML(typ="safe").load(WORKFLOW)["jobs"].values()
    step = job["steps"][-1]
    (tmp_path / "homework").mkdir()
    shutil.copy(ROOT / "submissions" / "hw4-mistakes.ipynb", tmp_path / "homework" / "hw4.ipynb")
    shutil.copytree(ROOT / "problems", tmp_path / "problems")
    summary = tmp_path / "summary.md"
    ran = run(step["run"], tmp_path, GITHUB_STEP_SUMMARY=str(summary), **step["env"])
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "::error file=homework/hw4.ipynb" in ran.stdout
    assert "Homework 4" in summary.read_text(encoding="utf-8")


def test_every_exit_code_and_file_is_there() -> None:
    """The table's codes are the command line's, and what the README links to exists."""
    codes = set(re.findall(r"^\| (\d+) \|", README, re.MULTILINE))
    assert codes == {"0", "1", "2", "3", "4", "5", "70", "130"}
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (ROOT / target).is_file()


def test_the_example_of_a_kind_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """CONTRIBUTING's file, found in the folder of kinds: a part of that kind holds together."""
    (example,) = re.findall(r"^```python\n(.*?)^```$", CONTRIBUTING, re.MULTILINE | re.DOTALL)
    (tmp_path / "batch_norm_params.py").write_text(example, encoding="utf-8")
    monkeypatch.setattr(kinds, "__path__", [*kinds.__path__, str(tmp_path)])
    monkeypatch.delitem(sys.modules, "grader.kinds.batch_norm_params", raising=False)
    part = "{id: 1a, kind: batch-norm-params, statement: How many?, given: {channels: 64}}"
    (tmp_path / "lab2.yaml").write_text(f"id: lab2\ntitle: Lab 2\nproblems: [{{id: '1', parts: [{part}]}}]\n")
    (result,) = check(tmp_path / "lab2.yaml")
    assert (result.parts, result.failures, result.review) == (1, (), 0)
    (slip,) = kinds.load("batch-norm-params").slips(kinds.load("batch-norm-params").given(channels=64))
    assert slip.value == Number(Fraction(64))
