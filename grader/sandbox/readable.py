"""What a student's code may read: Python, its packages and the system's libraries, and nothing of the grader."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np

_SITES = ("site-packages", "dist-packages")
_OURS = ("grader", "cnn_grader-*", "cnn_grader.*", "*.pth", "*.egg-link", "__editable__*", "_editable_impl_*")
"""The grader, what it is installed by, and files that lead to a checkout."""
_SYSTEM = ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib")
_DATA = ("/etc/ld.so.cache", "/etc/localtime", "/etc/fonts", "/usr/share/zoneinfo", "/usr/share/fonts")
_PROCESSOR = ("/proc/cpuinfo", "/sys/devices/system/cpu")
"""What it can do: PyTorch asks when it first computes, and falls back to slow code where it is not told."""


@dataclass(frozen=True, slots=True)
class Readable:
    """Places on this machine, as absolute paths without links."""

    places: tuple[str, ...]
    """Files and folders that hold nothing that is hidden."""
    roots: tuple[str, ...]
    """The folders and files that `places` were taken from."""
    listable: tuple[str, ...]
    """Folders in which imports look for modules by name."""
    sites: tuple[str, ...]
    """Where third-party packages are imported from."""


def readable(hidden: Iterable[Path] = ()) -> Readable:
    """What may be read on this machine: without the grader, `hidden`, and packages that bring the grader references.

    Args:
        hidden: further files and folders that no child may read.
    """
    sites = dict.fromkeys([_real(np.__file__).parents[1], *filter(Path.is_dir, map(_real, _third_party()))])
    library = _standard_library()
    roots = {*sites, *library, _real(sys.base_prefix) / "lib", *map(_real, (*_SYSTEM, *_DATA, *_PROCESSOR))}
    outer = sorted(root for root in roots if root.exists() and not roots & set(root.parents))
    kept_out = {*map(_real, hidden), *_others(roots, set(sites)), *chain.from_iterable(map(_ours, sites))}
    ways = {parent for path in kept_out for parent in path.parents}
    places = chain.from_iterable(_without(str(root), set(_texts(kept_out)), set(_texts(ways))) for root in outer)
    return Readable(_texts(places), _texts(outer), _texts((*library, *sites)), _texts(sites))


def _texts(paths: Iterable[Path | str]) -> tuple[str, ...]:
    return tuple(map(str, paths))


def _third_party() -> Iterator[str]:
    return (path for path in sys.path if Path(path).name in _SITES)


def _standard_library() -> tuple[Path, ...]:
    """Python's modules, and those of them that are compiled."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    compiled = Path(sys.base_exec_prefix) / sys.platlibdir / version
    return _real(os.__file__).parent, _real(compiled)


def _ours(site: Path) -> Iterator[Path]:
    for pattern in _OURS:
        yield from site.glob(pattern)
    for entry_points in site.glob("*.dist-info/entry_points.txt"):
        if "[grader." in entry_points.read_text(errors="replace"):
            yield from _files_of(site, entry_points.parent)


def _files_of(site: Path, distribution: Path) -> Iterator[Path]:
    """The distribution's packages and modules in `site`, and its description."""
    yield distribution
    record = distribution / "RECORD"
    lines = record.read_text(errors="replace").splitlines() if record.exists() else []
    for name in {line.split(",", 1)[0].split("/", 1)[0] for line in lines} - {"..", "__pycache__"}:
        yield site / name


def _others(roots: Iterable[Path], sites: set[Path]) -> Iterator[Path]:
    """Folders of packages that belong to another Python, or that we do not use: a grader might be in one."""
    for root in roots:
        for name in _SITES:
            found = (root / name, *root.glob(f"python*/{name}"))
            yield from (folder for folder in found if folder.is_dir() and folder not in sites)


def _without(root: str, hidden: set[str], ways: set[str]) -> Iterator[str]:
    """The places under `root` that together are all of it but `hidden`; `ways` are the folders that lead there."""
    if root in hidden:
        return
    if root not in ways:
        yield root
        return
    with os.scandir(root) as entries:
        # A rule holds for what a link leads to; what lies in a root has a rule without the link.
        inner = sorted(entry.path for entry in entries if not entry.is_symlink())
    for path in inner:
        yield from _without(path, hidden, ways)


def _real(path: str | Path) -> Path:
    return Path(path).resolve()
