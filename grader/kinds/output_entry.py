"""One entry of a convolution's output: its largest, its smallest, or the one at an index."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
from pydantic import model_validator

from grader.answers.values import Number
from grader.answers.views.number import NumberView
from grader.errors import EngineError
from grader.kinds import Kind, Slip
from grader.kinds._closed import exactly
from grader.kinds._convolution import Convolution, Numbers, flipped
from grader.kinds._slips import slips


class OutputEntry(Convolution):
    """A convolution and which of its output's entries is asked for."""

    which: Literal["max", "min"] | tuple[int, ...]
    """The largest, the smallest, or an index with a number for each axis of the output."""
    origin: Literal[0, 1] = 0
    """What indices begin at."""

    @model_validator(mode="after")
    def _index_begins(self) -> OutputEntry:
        if not isinstance(self.which, str) and min(self.which, default=0) < self.origin:
            raise ValueError(f"found the index {list(self.which)}, expected indices from {self.origin} on")
        return self


def _reference(given: Convolution) -> Number:
    assert isinstance(given, OutputEntry)  # noqa: S101 - `but` keeps the class
    return exactly(_entry(given, given.output()))


def _entry(given: OutputEntry, output: Numbers) -> Any:
    match given.which:
        case "max":
            return output.max()
        case "min":
            return output.min()
        case index:
            at = tuple(i - given.origin for i in index)
            if len(at) != output.ndim or any(i >= n for i, n in zip(at, output.shape, strict=True)):
                raise EngineError(f"the index {list(index)} lies outside of the output of shape {output.shape}")
            return output[at]


def _slips(given: OutputEntry) -> tuple[Slip, ...]:
    right = _entry(given, given.output())
    return slips(
        exactly(right),
        ("lost-sign", "look at the sign", lambda: exactly(-right)),
        (
            "flipped-kernel",
            "the kernel was flipped: layers of a network slide it as it stands",
            lambda: _reference(given.but(weight=flipped(given.weight))),
        ),
        (
            "other-extreme",
            "this is the other end: look for the largest or the smallest as asked",
            lambda: exactly(given.output().min() if given.which == "max" else given.output().max()),
        ),
        ("largest-magnitude", "signs count in what is largest", lambda: exactly(np.abs(given.output()).max())),
    )


KIND = Kind(OutputEntry, lambda _given: NumberView(), _reference, slips=_slips, names=("value", "entry", "result"))
