"""A folder that hostile code wrote, measured and removed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from grader.sandbox.scratch import overfull, remove


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder like that of a child."""
    made = tmp_path / "folder"
    made.mkdir()
    return made


def _deep(folder: Path, levels: int) -> None:
    """Folders in folders, deeper than a path can be written."""
    here = os.open(folder, os.O_RDONLY)
    for _ in range(levels):
        os.mkdir("d", dir_fd=here)
        inner = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = inner
    os.close(here)


def test_within_bounds(folder: Path) -> None:
    """A few files in a few folders are nothing to say anything about."""
    (folder / "inner").mkdir()
    (folder / "inner" / "file").write_bytes(bytes(10_000))
    assert overfull(folder, 1 << 20, 10) == ""


def test_too_much(folder: Path) -> None:
    """Too many bytes, too many entries, or too deep a tree; what a sparse file does not take is not counted."""
    with (folder / "sparse").open("wb") as file:
        file.truncate(1 << 40)
    assert overfull(folder, 1 << 20, 10) == ""
    (folder / "file").write_bytes(bytes(200_000))
    assert overfull(folder, 100_000, 10) == "disk"
    assert overfull(folder, 1 << 20, 1) == "files"
    _deep(folder, 100)
    assert overfull(folder, 1 << 30, 1_000) == "folders in each other"


def test_links_are_not_followed(folder: Path, tmp_path: Path) -> None:
    """Neither measuring nor removing goes through a link; what it leads to stays."""
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "file").write_bytes(bytes(100_000))
    (folder / "link").symlink_to(tmp_path / "kept")
    (folder / "loop").symlink_to("loop")
    assert overfull(folder, 10_000, 10) == ""
    remove(folder)
    assert (tmp_path / "kept" / "file").exists()
    assert not folder.exists()


def test_a_folder_that_is_a_link(folder: Path, tmp_path: Path) -> None:
    """The folder itself is no link either."""
    (tmp_path / "link").symlink_to(folder)
    with pytest.raises(OSError, match="link"):
        remove(tmp_path / "link")
    assert folder.exists()


def test_deep_trees_are_removed(folder: Path) -> None:
    """No depth breaks the removal: nothing recurses, no path is too long, no descriptors run out."""
    _deep(folder, 1_200)
    remove(folder)
    assert not folder.exists()


def test_hostile_names_and_modes(folder: Path) -> None:
    """Names that are no text, names of our own, and folders that are closed to their owner."""
    for name in (b"\xff\xfe", b"new\nline", b"-rf", b"a" * 255, b"moved-0", b"moved-1"):
        place = folder / os.fsdecode(name)
        (place / "in" / "in").mkdir(parents=True)
        (place / "in").chmod(0o000)
        place.chmod(0o000)
    folder.chmod(0o000)
    remove(folder)
    assert not folder.exists()
