"""How much of a cell a student's code has to be in."""

from __future__ import annotations

from enum import StrEnum


class Walls(StrEnum):
    """What is asked of the machine before a student's code runs on it."""

    STRICT = "strict"
    """Files by place (Landlock) and system calls by list (seccomp), both seen to hold, or no code is run."""
    WEAK = "weak"
    """Whatever the machine offers."""
    NONE = "none"
    """A process of its own and limits of time: for a student's own machine."""
