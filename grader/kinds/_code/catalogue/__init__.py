"""The operations that a student can be asked to write: one file each, whose name is the operation's."""

from __future__ import annotations

import sys

from grader import plugins
from grader.kinds._code.operation import Operation


def names() -> list[str]:
    """The operations there are."""
    return plugins.names(sys.modules[__name__])


def load(name: str) -> Operation:
    """The operation called `name`.

    Raises:
        ValueError: there is no such operation; the message lists those there are.
    """
    try:
        operation = plugins.load(sys.modules[__name__], name, "OPERATION")
    except KeyError:
        raise ValueError(f"found the operation {name!r}, expected one of {', '.join(names())}") from None
    assert isinstance(operation, Operation)  # noqa: S101 - a stranger's entry point may be anything
    return operation
