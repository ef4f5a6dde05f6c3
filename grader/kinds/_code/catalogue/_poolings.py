"""Poolings over rows and columns: their words and the cases that show each trap."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from grader.kinds._code.operation import CodeSlip, Group, Operation, Option, Plan, Style
from grader.kinds._code.words import Numbers, Values, Word

_LETTERS = {"N": "N", "C": "C", "H": "H", "W": "W"}


def settings(values: Values) -> dict[str, Any]:
    """What the engine's functions take beside the arrays."""
    window = (values["window_height"], values["window_width"])
    return {"kernel_size": window, "stride": values["stride"], "padding": values["padding"]}


def pooling(
    name: str,
    output: Callable[[Values], Numbers],
    grad_input: Callable[[Values], Numbers],
    slips: tuple[CodeSlip, ...],
    *,
    distinct: bool = False,
) -> Operation:
    """The pooling that `output` computes."""
    return Operation(
        name=name,
        words={"input": Word("NCHW", _LETTERS, names=("x", "X", "input"))},
        output=Word("NCPQ", {"N": "N", "C": "C", "H": "P", "W": "Q"}, names=("out", "output", "y", "z", "Z", "a", "A")),
        right=output,
        gradients={"input": grad_input},
        options={
            "window_height": Option(2),
            "window_width": Option(2),
            "stride": Option(None),
            "padding": Option(0, 0),
        },
        together={"window": ("window_height", "window_width")},
        groups=_GROUPS,
        slips=slips,
        fair=_leaves_nothing_over,
        overlaps=_overlaps,
        large=_plan((64, 64), (2, 2), 2, (2, 8), "real"),
        distinct=distinct,
    )


def _sides(values: Values) -> list[tuple[int, int, int]]:
    """For rows and columns the padded size, the window and the step."""
    sizes = values["input"].shape[2:]
    windows = (values["window_height"], values["window_width"])
    return [(n + 2 * values["padding"], k, values["stride"] or k) for n, k in zip(sizes, windows, strict=True)]


def _leaves_nothing_over(values: Values) -> bool:
    return all((size - window) % step == 0 for size, window, step in _sides(values))


def _overlaps(values: Values) -> bool:
    return any(size > window > step for size, window, step in _sides(values))


def _plan(
    size: tuple[int, int],
    window: tuple[int, int],
    stride: int,
    channels: tuple[int, int] = (1, 1),
    style: Style = "small",
    padding: int = 0,
) -> Plan:
    dims = {"N": channels[0], "C": channels[1], "H": size[0], "W": size[1]}
    options = {"window_height": window[0], "window_width": window[1], "stride": stride, "padding": padding}
    return Plan(dims, options, style)


_GROUPS = (
    Group(
        "basic",
        "in the simplest cases",
        (
            _plan((1, 1), (1, 1), 1, style="positive"),
            _plan((2, 2), (2, 2), 2, style="positive"),
            _plan((4, 4), (2, 2), 2, style="positive"),
        ),
    ),
    Group(
        "negative",
        "with negative entries",
        (_plan((2, 2), (2, 2), 2, style="negative"), _plan((4, 4), (2, 2), 2, style="negative")),
    ),
    Group(
        "overlap",
        "where windows overlap",
        (
            _plan((3, 3), (2, 2), 1, style="positive"),
            _plan((5, 5), (3, 3), 2, style="positive"),
            _plan((5, 5), (3, 3), 1, style="positive"),
        ),
        ("stride",),
        overlap=True,
    ),
    Group(
        "stride",
        "with a stride above the window",
        (_plan((3, 3), (1, 1), 2, style="positive"), _plan((8, 8), (2, 2), 3, style="positive")),
        ("stride",),
    ),
    Group(
        "padding",
        "with padding",
        (_plan((2, 2), (2, 2), 2, style="positive", padding=1), _plan((5, 5), (3, 3), 3, style="positive", padding=2)),
        ("padding",),
    ),
    Group(
        "channels",
        "with several channels",
        (_plan((2, 2), (2, 2), 2, (1, 2), "positive"), _plan((4, 4), (2, 2), 2, (1, 3), "positive")),
        ("C",),
    ),
    Group(
        "images",
        "with several images",
        (_plan((2, 2), (2, 2), 2, (2, 1), "positive"), _plan((4, 4), (2, 2), 2, (3, 1), "positive")),
        ("N",),
    ),
    Group(
        "non-square",
        "where rows and columns differ in number",
        (_plan((2, 4), (2, 2), 2, style="positive"), _plan((6, 4), (2, 2), 2, style="positive")),
        ("H", "W"),
    ),
    Group(
        "non-square-window",
        "with a window that is not square",
        (
            _plan((1, 2), (1, 2), 1, style="positive"),
            _plan((3, 2), (3, 2), 1, style="positive"),
            _plan((4, 4), (1, 2), 1),
        ),
        ("window_height", "window_width"),
    ),
    Group(
        "odd-sizes", "with windows of odd size", (_plan((3, 3), (3, 3), 3, style="positive"), _plan((9, 9), (3, 3), 3))
    ),
    Group(
        "ties",
        "where several entries are the largest",
        (_plan((2, 2), (2, 2), 2, style="tied"), _plan((6, 6), (3, 3), 3, style="tied")),
        usual=False,
        backward=True,
    ),
    Group(
        "uneven",
        "where the stride leaves rows over",
        (_plan((3, 3), (2, 2), 2, style="positive"), _plan((7, 7), (3, 3), 3, style="positive")),
        usual=False,
        loose=True,
    ),
    Group("all", "with everything at once", (_plan((6, 8), (2, 2), 2, (2, 3), "real"),), ("C", "N"), mixed=True),
)
