"""Student code under limits: a submission's cells come in; a `Program` that can be asked to compute goes out.

The trusted side never runs a student's code, never imports it and never unpickles what it sends. Here stands what those
need who ask a program; `grader.sandbox.runner` starts the processes.
"""

from __future__ import annotations

from grader.sandbox.limits import Limits
from grader.sandbox.program import (
    Argument,
    AsTensor,
    Cell,
    CellFault,
    Definition,
    Kept,
    Opaque,
    Outcome,
    Program,
    Raised,
    Returned,
    Sort,
    Stopped,
)
from grader.sandbox.walls import Walls

__all__ = [
    "Argument",
    "AsTensor",
    "Cell",
    "CellFault",
    "Definition",
    "Kept",
    "Limits",
    "Opaque",
    "Outcome",
    "Program",
    "Raised",
    "Returned",
    "Sort",
    "Stopped",
    "Walls",
]
