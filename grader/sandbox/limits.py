"""How much a student's code may use."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What one submission may use; whatever goes beyond is stopped, and the rest of the submission still graded."""

    call_seconds: float = 5.0
    """One call of a student's function."""
    cell_seconds: float = 20.0
    """One cell of a notebook."""
    total_seconds: float = 60.0
    """All cells and calls of a submission together."""
    memory: int = 1 << 30
    """Bytes of address space beyond what the interpreter and the libraries it has loaded take."""
    disk: int = 64 << 20
    """Bytes in the one folder that can be written."""
    files: int = 1_000
    """Files and folders in it."""
    output: int = 64 << 10
    """Bytes of standard output and error that are kept; the rest is read and dropped."""
    answer: int = 64 << 20
    """Bytes of one returned value."""
    restarts: int = 10
    """How often a submission that was stopped is started again, without what stopped it."""
