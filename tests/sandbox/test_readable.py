"""What a student's code may read, on an installation of many kinds."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader.sandbox.readable import readable


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of packages, with a grader and others in it."""
    made = tmp_path / "lib" / "site-packages"
    for name in ("grader/assignments", "cnn_grader-1.0.dist-info", "scipy", "homework", "homework-1.dist-info"):
        (made / name).mkdir(parents=True)
    for name in ("checkout.pth", "__editable___cnn_grader_finder.py", "plain.py"):
        (made / name).touch()
    (made / "homework-1.dist-info" / "entry_points.txt").write_text("[grader.kinds]\nx = homework:KIND\n")
    (made / "homework-1.dist-info" / "RECORD").write_text("homework/__init__.py,,\n../../bin/x,,\n")
    (made / "link").symlink_to(tmp_path)
    monkeypatch.syspath_prepend(str(made))
    return made


def _names(places: tuple[str, ...], site: Path) -> set[str]:
    return {Path(place).name for place in places if Path(place).parent == site}


def test_packages_but_no_references(site: Path) -> None:
    """Packages are readable; the grader, what leads to it, and packages that bring it kinds of parts are not."""
    found = readable()
    assert _names(found.places, site) == {"scipy", "plain.py"}
    assert str(site) in found.sites
    assert str(site) in found.listable


def test_what_is_hidden(site: Path) -> None:
    """A file deep inside is left out, and what is beside it stays."""
    (site / "scipy" / "answers").mkdir()
    (site / "scipy" / "signal").mkdir()
    found = readable([site / "scipy" / "answers"])
    assert str(site / "scipy" / "signal") in found.places
    assert not any(Path(place).is_relative_to(site / "scipy" / "answers") for place in found.places)


def test_python_itself() -> None:
    """The standard library and NumPy are readable, and no folder of packages within the library is by accident."""
    found = readable()
    covered = [Path(place) for place in found.places]
    for module in (os, np):
        assert any(Path(module.__file__ or "").resolve().is_relative_to(place) for place in covered)
    for name in ("/etc/passwd", "/proc", "/home", str(Path(__file__).resolve())):
        assert not any(Path(name).is_relative_to(place) for place in covered)
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    assert str(Path(sys.base_prefix).resolve() / "lib" / version / "site-packages") not in found.places


def test_places_lie_in_roots(site: Any) -> None:
    """The coarse list covers the fine one."""
    found = readable()
    roots = [Path(root) for root in found.roots]
    assert all(any(Path(place).is_relative_to(root) for root in roots) for place in found.places)
    assert site in roots
