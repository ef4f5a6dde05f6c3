"""Student code under limits: a submission's cells come in; a `Program` that can be asked to compute goes out.

The trusted side never runs a student's code, never imports it and never unpickles what it sends.
"""

from __future__ import annotations

from grader.sandbox.child import Child
from grader.sandbox.ending import Ending
from grader.sandbox.inside.plan import Layer
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
from grader.sandbox.zygote import Zygote

__all__ = [
    "Argument",
    "AsTensor",
    "Cell",
    "CellFault",
    "Child",
    "Definition",
    "Ending",
    "Kept",
    "Layer",
    "Limits",
    "Opaque",
    "Outcome",
    "Program",
    "Raised",
    "Returned",
    "Sort",
    "Stopped",
    "Walls",
    "Zygote",
]
