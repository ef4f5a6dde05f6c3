"""The folder that a student's code can write, handled from outside: nothing in it is trusted, followed or read.

Trees of any depth, names of any bytes and modes of any kind may be in it. No link is followed, nothing recurses, and no
path is put together: each step goes from an open folder to an entry of it.
"""

from __future__ import annotations

import os
from collections.abc import Generator
from itertools import count
from pathlib import Path

_DEEPEST = 64
_BLOCK = 512
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


def overfull(folder: Path, size: int, entries: int) -> str:
    """What is too much in `folder`, in words; nothing where it is within bounds. The look itself is bounded too.

    Args:
        folder: a folder that may change meanwhile.
        size: bytes on the disk, at most.
        entries: files and folders, at most.
    """
    top = _opened(os.fsencode(folder), None)
    levels = [] if top is None else [_sizes(top)]
    try:
        while levels:
            found = next(levels[-1], None)
            if found is None:
                levels.pop()
                continue
            taken, inner = found
            if inner is not None:
                levels.append(_sizes(inner))
            entries, size = entries - 1, size - taken
            if entries < 0 or size < 0 or len(levels) > _DEEPEST:
                return "files" if entries < 0 else "disk" if size < 0 else "folders in each other"
    finally:
        for level in levels:
            level.close()
    return ""


def _sizes(folder: int) -> Generator[tuple[int, int | None]]:
    """The bytes that each entry takes, and an open descriptor of it where it is a folder; `folder` is closed."""
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                try:
                    about = entry.stat(follow_symlinks=False)
                except FileNotFoundError:  # gone since it was listed
                    continue
                is_folder = entry.is_dir(follow_symlinks=False)
                yield about.st_blocks * _BLOCK, _opened(os.fsencode(entry.name), folder) if is_folder else None
    finally:
        os.close(folder)


def _opened(name: bytes, place: int | None) -> int | None:
    try:
        return os.open(name, _FOLDER, dir_fd=place)
    except OSError:  # gone, replaced by something else, or closed to its owner, who then can put nothing into it either
        return None


def remove(folder: Path) -> None:
    """Remove `folder` with all that is in it; its process has ended, so nothing changes meanwhile.

    Folders in folders are moved up to the top, one after the other, so that no depth of them matters.

    Raises:
        OSError: the system refuses.
    """
    top = os.open(folder, _FOLDER)
    try:
        os.fchmod(top, 0o700)
        numbers = count()
        while names := _names(top):
            for name in names:
                _empty_into(top, name, numbers)
    finally:
        os.close(top)
    folder.rmdir()


def _empty_into(top: int, name: bytes, numbers: count[int]) -> None:
    """Remove the entry `name` of `top`; if it is a folder, what it holds goes, or becomes an entry of `top` itself."""
    if _unlinked(name, top):
        return
    place = _unlocked(name, top)
    try:
        for inner in _names(place):
            if not _unlinked(inner, place):
                os.close(_unlocked(inner, place))  # a folder can be moved only by who may write in it
                os.rename(inner, _free(top, numbers), src_dir_fd=place, dst_dir_fd=top)
    finally:
        os.close(place)
    os.rmdir(name, dir_fd=top)


def _unlinked(name: bytes, place: int) -> bool:
    """Whether the entry could be removed at once: it is no folder, or an empty one."""
    try:
        os.unlink(name, dir_fd=place)
    except (IsADirectoryError, PermissionError):  # PermissionError is what macOS says of a folder
        try:
            os.rmdir(name, dir_fd=place)
        except OSError:
            return False
    return True


def _unlocked(name: bytes, place: int) -> int:
    """The folder `name`, open, and open to its owner whatever its mode was."""
    try:
        folder = os.open(name, _FOLDER, dir_fd=place)
    except PermissionError:
        os.chmod(name, 0o700, dir_fd=place)  # a folder, as it could not be unlinked: no link is followed
        folder = os.open(name, _FOLDER, dir_fd=place)
    os.fchmod(folder, 0o700)
    return folder


def _names(folder: int) -> list[bytes]:
    return [os.fsencode(name) for name in os.listdir(folder)]


def _free(top: int, numbers: count[int]) -> bytes:
    """A name that `top` does not have."""
    while True:
        name = b"moved-%d" % next(numbers)
        try:
            os.stat(name, dir_fd=top, follow_symlinks=False)
        except FileNotFoundError:
            return name
