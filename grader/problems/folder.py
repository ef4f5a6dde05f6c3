"""Assignments by id: ``<folder>/<id>.yaml`` or ``<folder>/<id>/assignment.yaml``."""

from __future__ import annotations

from pathlib import Path

from grader import yamlfile
from grader.errors import ProblemError, UsageError
from grader.problems.building import build
from grader.problems.models import Assignment
from grader.problems.source import Source

_IN_FOLDER = "assignment.yaml"


def load(assignment_id: str, folder: Path | None = None) -> Assignment:
    """The assignment `assignment_id` of `folder`, or of the grader's own.

    The id is only looked up among the names in the folder and never made into a path: a submission names it.

    Raises:
        UsageError: there is no such assignment or folder; the message lists the ids there are.
        ProblemError: its file is wrong.
    """
    folder = folder or shipped()
    found = files(folder)
    if assignment_id not in found:
        ids = ", ".join(found)
        name = repr(assignment_id[:60])
        remedy = "or name another folder with --problems DIR"
        raise UsageError(f"{folder}: found no assignment {name}, expected one of {ids}; {remedy}")
    return load_file(found[assignment_id])


def load_file(path: Path) -> Assignment:
    """The assignment in the file `path`.

    Raises:
        ProblemError: the file cannot be read or is wrong, or its id is not its name.
    """
    file = yamlfile.load(path)
    assignment = build(file)
    name = id_of(path)
    if assignment.id != name:
        where = Source(file).at("id")
        raise where.error(f"the id {assignment.id!r}", f"{name!r} after the file's name", "rename one of them")
    return assignment


def catalogue(folder: Path | None = None) -> list[Assignment]:
    """Every assignment in `folder`, or of the grader's own, sorted by id.

    Raises:
        UsageError: there is no such folder, or nothing in it.
        ProblemError: a file is wrong.
    """
    return [load_file(path) for path in files(folder or shipped()).values()]


def files(folder: Path) -> dict[str, Path]:
    """The files of the assignments in `folder` by id, sorted; none is opened.

    Raises:
        UsageError: there is no such folder, or nothing in it.
        ProblemError: one id has two files.
    """
    found: dict[str, Path] = {}
    for path in _candidates(folder):
        name = id_of(path)
        if name in found:
            raise ProblemError(f"{path}: found {name!r} twice, expected only this or {found[name]}; remove one")
        found[name] = path
    if not found:
        raise UsageError(f"{folder}: found no assignment, expected <id>.yaml or <id>/{_IN_FOLDER}; name another folder")
    return dict(sorted(found.items()))


def shipped() -> Path:
    """The folder of the grader's own assignments: inside an installed package, beside it in a checkout."""
    package = Path(__file__).parents[1]
    installed = package / "assignments"
    return installed if installed.is_dir() else package.parent / "problems"


def _candidates(folder: Path) -> list[Path]:
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        remedy = "name the folder of assignments with --problems DIR"
        raise UsageError(f"{folder}: cannot be read ({error.strerror}), expected a folder; {remedy}") from None
    paths = [entry if entry.suffix == ".yaml" else entry / _IN_FOLDER for entry in entries if entry.name[0] != "."]
    return [path for path in paths if path.is_file()]


def id_of(path: Path) -> str:
    """The id that the assignment in the file `path` has to have: its name, or its folder's."""
    return path.resolve().parent.name if path.name == _IN_FOLDER else path.stem
