"""What a reader finds: an operation, on which tensors, with which arrays as its weights."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from grader.engine.networks.operations.operation import Join, Operation


@dataclass(frozen=True, slots=True)
class Call:
    """A call that is read; what stands for tensors and arrays is the reader's, objects or names."""

    operation: Operation | Join
    inputs: tuple[Any, ...]
    weights: Mapping[str, Any] = field(default_factory=dict)
    """By the operation's name for each; None where it is left out."""
