"""What the trusted side asks for when it starts a sandbox, and what the sandbox says of itself: data only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that is known before the first child."""

    walls: str
    """``strict``, ``weak`` or ``none``."""
    canary: str
    """A file that no child may read."""
    children: str
    """The folder that the children's folders are made in."""
    readable: tuple[str, ...]
    """Files and folders that may be read, none of which holds what may not."""
    roots: tuple[str, ...]
    """Folders that all of these lie in."""
    listable: tuple[str, ...]
    """Folders whose names may be read, though not all that is in them."""
    sites: tuple[str, ...]
    """Where third-party packages are imported from."""
    libraries: tuple[str, ...]
    """What is imported before the first child."""
    serve: tuple[str, str, str]
    """What a child runs between its walls: the folder to import from, the module, the function."""
    limits: dict[str, Any]
    """The fields of `grader.sandbox.Limits`."""
    threads: int


def read(message: dict[str, Any]) -> Plan:
    """The plan that came as a message: its lists are tuples again."""
    fields: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in message.items()
    }
    return Plan(**fields)


@dataclass(frozen=True, slots=True)
class Layer:
    """One wall."""

    name: str
    active: bool
    """Whether it was seen to hold, by a first child that tried what it forbids."""
    why: str = ""
    """What it does, or why it is not there."""
