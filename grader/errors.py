"""The errors that cross from one floor to another. A student's mistake is a finding, never one of these.

    GraderError
    ├── UsageError        the command was asked for something that is not there    exit 2
    ├── ProblemError      an instructor's file is wrong                            exit 3
    ├── SubmissionError   a student's file cannot be read at all                   exit 4
    ├── SandboxError      this machine cannot hold a student's code                exit 5
    └── EngineError       arrays whose shapes do not fit (also a ValueError)

Each message is one line and says where, what was found, what was expected and what to do.
"""

from __future__ import annotations


class GraderError(Exception):
    """Whatever the grader says in one line instead of a traceback."""

    exit_code = 1


class UsageError(GraderError):
    """The command line asks for something that is not there, or that clashes."""

    exit_code = 2


class ProblemError(GraderError):
    """A problem file is wrong; the message begins with ``file:line:column``."""

    exit_code = 3


class SubmissionError(GraderError):
    """A submission cannot be read at all: missing, too large, binary, truncated."""

    exit_code = 4


class SandboxError(GraderError):
    """A student's code cannot be run here: the machine lacks what would hold it, or the sandbox itself failed."""

    exit_code = 5


class EngineError(GraderError, ValueError):
    """Arrays or sizes that do not fit together; the message holds the shapes."""
