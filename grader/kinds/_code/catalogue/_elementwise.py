"""Operations on each entry by itself: ``input`` in rows of examples and features, ``NI``, or NCHW."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from grader.kinds._code.operation import CodeSlip, Group, Operation, Option, Plan, Style
from grader.kinds._code.words import Numbers, Values, Word

_LETTERS = {"N": "N", "C": "C", "H": "H", "W": "W", "I": "CHW"}


def elementwise(
    name: str,
    output: Callable[[Values], Numbers],
    grad_input: Callable[[Values], Numbers],
    slips: tuple[CodeSlip, ...],
    *,
    options: Mapping[str, Option] | None = None,
    more: tuple[Group, ...] = (),
    words: Mapping[str, Word] | None = None,
) -> Operation:
    """The operation that `output` computes."""
    return Operation(
        name=name,
        words={"input": Word("NCHW", _LETTERS, "NI", ("x", "X", "input", "z", "Z", "scores")), **(words or {})},
        output=Word("NCHW", _LETTERS, "NI", ("out", "output", "y", "a", "A")),
        right=output,
        gradients={"input": grad_input},
        options=options or {},
        groups=(*_GROUPS, *more),
        slips=slips,
        large=plan(64, 64, style="real"),
    )


def plan(images: int, features: int, *, style: Style = "small", **options: Any) -> Plan:
    """A case of examples with features, without rows and columns."""
    return Plan({"N": images, "C": features, "H": 1, "W": 1}, options, style)


_GROUPS = (
    Group("positive", "with positive entries", (plan(1, 1, style="positive"), plan(1, 3, style="positive"))),
    Group("negative", "with negative entries", (plan(1, 1, style="negative"), plan(1, 3, style="negative"))),
    Group("zero", "with entries that are 0", (plan(1, 2, style="tied"), plan(2, 3, style="tied")), usual=False),
    Group("fractions", "with fractions", (plan(1, 4, style="real"),)),
    Group("images", "with several examples", (plan(2, 2), plan(3, 4, style="real"))),
)
