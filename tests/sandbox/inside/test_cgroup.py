"""Control groups, as a system with version 2 would show them."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.sandbox.inside import cgroup


@pytest.fixture
def group(tmp_path: Path) -> Path:
    """A group that was delegated."""
    made = tmp_path / "user.slice" / "grader.scope"
    made.mkdir(parents=True)
    (made / "cgroup.subtree_control").write_text("cpu memory pids\n")
    (made / "cgroup.procs").touch()
    return made


def _own(tmp_path: Path, text: str) -> Path:
    (tmp_path / "own").write_text(text)
    return tmp_path / "own"


def test_a_delegated_group_is_found(group: Path, tmp_path: Path) -> None:
    """The line of version 2 names it, whatever other lines there are."""
    own = _own(tmp_path, "5:memory:/else\n0::/user.slice/grader.scope\n")
    assert cgroup.delegated(tmp_path, own) == group


@pytest.mark.parametrize("text", ["5:memory:/else\n", "0::/nowhere\n", ""])
def test_none_is_delegated(text: str, group: Path, tmp_path: Path) -> None:
    """Version 1, a group that cannot be seen, no group."""
    assert group.exists()
    assert cgroup.delegated(tmp_path, _own(tmp_path, text)) is None


def test_controllers_are_needed(group: Path, tmp_path: Path) -> None:
    """A group that may not limit memory is of no use."""
    (group / "cgroup.subtree_control").write_text("cpu\n")
    assert cgroup.delegated(tmp_path, _own(tmp_path, "0::/user.slice/grader.scope")) is None


def test_a_child_gets_its_limits(group: Path) -> None:
    """A group of its own with limits, which goes when the child is gone."""
    cgroup.enter(group, "7", 1 << 20)
    assert (group / "7" / "memory.max").read_text() == str(1 << 20)
    assert (group / "7" / "pids.max").read_text() == "1"
    assert (group / "7" / "cgroup.procs").read_text() == "0"
    for file in (group / "7").iterdir():
        file.unlink()  # a real group's files go with it
    cgroup.leave(group, "7")
    assert not (group / "7").exists()
    cgroup.leave(group, "7")
