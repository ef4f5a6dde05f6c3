"""The README's examples are true."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from grader.checking import check
from grader.model import Block
from grader.readers import read

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    """The fenced blocks of `language`, in order."""
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.DOTALL | re.MULTILINE)


def grader(*arguments: str) -> str:
    """What the command prints, as through a pipe."""
    run = subprocess.run(
        [sys.executable, "-m", "grader", *arguments], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return run.stdout


def test_the_first_two_shell_blocks_are_one_line_each() -> None:
    """One installs and grades a sample, the other installs and tests: what a stranger copies."""
    install, test = (block.strip() for block in blocks("sh"))
    assert "\n" not in install
    assert "\n" not in test
    assert "grader run submissions/" in install
    assert test.endswith("-m pytest")


def test_the_picture_is_what_the_command_prints() -> None:
    """The output that is shown is the output that there is."""
    (picture,) = blocks("text")
    command = re.search(r"<!-- picture: grader (.*) -->", README)
    assert command
    printed = "\n".join(line.rstrip() for line in grader(*command.group(1).split()).splitlines())
    assert picture.strip() == printed.strip()


def test_the_answer_sheet_is_read(tmp_path: Path) -> None:
    """Each line of the sheet answers its part."""
    file = tmp_path / "sheet.yaml"
    file.write_text(blocks("yaml")[0], encoding="utf-8")
    answers: list[Block] = list(read(file).blocks)
    assert [answer.part for answer in answers] == ["1a", "1b"]


def test_the_problem_proves_itself(tmp_path: Path) -> None:
    """The example assignment loads, and its references earn full marks."""
    file = tmp_path / "lab1.yaml"
    file.write_text(blocks("yaml")[1], encoding="utf-8")
    (result,) = check(file)
    assert result.failures == ()
    assert result.parts == 3


def test_the_workflow_is_one() -> None:
    """The example workflow is YAML, grades with a trusted folder, and names an assignment that there is."""
    workflow = YAML(typ="safe").load(blocks("yaml")[2])
    command = workflow["jobs"]["grade"]["steps"][-1]["run"]
    assert "--problems" in command
    assert re.search(r"--assignment (\w+)", command).group(1) in grader("list")  # type: ignore[union-attr]  # it is there


@pytest.mark.parametrize("word", ["terminal", "json", "junit", "github", "summary"])
def test_the_formats_that_are_named_exist(word: str) -> None:
    """Every format of the README is one of the command's."""
    assert f"`{word}`" in README
    assert word in grader("run", "--help")
