"""Assignments by id: where their files are looked for, and what is said where they are not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from grader.errors import ProblemError, UsageError
from grader.problems import catalogue, files, load, load_file, shipped

Write = Callable[..., Path]

PART = "- {id: 1a, kind: prose}"


@pytest.fixture
def folder(write: Write) -> Path:
    """A folder of two assignments, one of them a folder itself, and some other things."""
    Path("all/hw4").mkdir(parents=True)
    Path("all/notes").mkdir()
    write(PART, "hw4").rename("all/hw4/assignment.yaml")
    write(PART, "a2").rename("all/a2.yaml")
    Path("all/README.md").write_text("Ours.")
    Path("all/.hidden.yaml").write_text("")
    return Path("all")


def test_files_are_found_by_name(folder: Path) -> None:
    """Sorted by id; nothing is opened."""
    assert files(folder) == {"a2": Path("all/a2.yaml"), "hw4": Path("all/hw4/assignment.yaml")}


@pytest.mark.parametrize("assignment_id", ["a2", "hw4"])
def test_an_assignment_is_loaded_by_its_id(folder: Path, assignment_id: str) -> None:
    """Either from a file of its name or from a folder of its name."""
    assert load(assignment_id, folder).id == assignment_id


def test_only_the_file_asked_for_is_read(folder: Path) -> None:
    """A broken neighbour does no harm."""
    (folder / "broken.yaml").write_text("{")
    assert load("a2", folder).id == "a2"


def test_the_catalogue_holds_all(folder: Path) -> None:
    """Sorted by id."""
    assert [assignment.id for assignment in catalogue(folder)] == ["a2", "hw4"]


def test_an_assignments_own_folder_can_be_named(folder: Path) -> None:
    """`check problems/hw4` means what it says."""
    assert list(files(folder / "hw4")) == ["hw4"]


@pytest.mark.parametrize("unknown", ["hw5", "../all/a2", "a2.yaml", "all/a2", "", "HW4", "hw4/"])
def test_an_unknown_id_lists_those_there_are(folder: Path, unknown: str) -> None:
    """An id is a name and never becomes a path."""
    with pytest.raises(UsageError) as error:
        load(unknown, folder)
    remedy = "or name another folder with --problems DIR"
    assert str(error.value) == f"all: found no assignment {unknown!r}, expected one of a2, hw4; {remedy}"


def test_a_long_or_odd_id_does_not_spoil_the_message(folder: Path) -> None:
    """The id may come from a notebook."""
    with pytest.raises(UsageError) as error:
        load("\x1b[31m\n" + "x" * 1000, folder)
    assert "\n" not in str(error.value)
    assert len(str(error.value)) < 200


def test_one_id_with_two_files(folder: Path, write: Write) -> None:
    """Which is meant cannot be told."""
    write(PART, "hw4").rename("all/hw4.yaml")
    with pytest.raises(ProblemError) as error:
        load("hw4", folder)
    found = "found 'hw4' twice, expected only this or all/hw4/assignment.yaml"
    assert str(error.value) == f"all/hw4.yaml: {found}; remove one"


def test_a_file_that_is_not_there() -> None:
    """A wrong path is one line."""
    with pytest.raises(ProblemError, match=r"^gone\.yaml: cannot be read \(No such file or directory\)"):
        load_file(Path("gone.yaml"))


def test_a_folder_that_is_not_there() -> None:
    """So is a wrong folder."""
    with pytest.raises(UsageError) as error:
        catalogue(Path("gone"))
    expected = "expected a folder; name the folder of assignments with --problems DIR"
    assert str(error.value) == f"gone: cannot be read (No such file or directory), {expected}"


def test_an_empty_folder() -> None:
    """And a folder with nothing in it."""
    Path("empty").mkdir()
    with pytest.raises(UsageError, match=r"^empty: found no assignment, expected <id>\.yaml or <id>/assignment\.yaml"):
        catalogue(Path("empty"))


def test_the_graders_own_folder() -> None:
    """An installed grader brings its assignments along; a checkout has them beside the package."""
    assert shipped().name in ("assignments", "problems")
