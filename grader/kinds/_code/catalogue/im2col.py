"""Every patch as a column: ``input`` NCHW to (N, C * taps, places), with ``window``, ``stride``, ``padding``."""

from __future__ import annotations

from typing import Any

from grader import engine
from grader.kinds._code.operation import CodeSlip, Group, Operation, Option, Plan, Style
from grader.kinds._code.words import Numbers, Values, Word


def _columns(values: Values, **changed: Any) -> Numbers:
    v = {**values, **changed}
    window = (v["window_height"], v["window_width"])
    return engine.unfold(v["input"], window, padding=v["padding"], stride=v["stride"])


def _grad_input(values: Values) -> Numbers:
    window = (values["window_height"], values["window_width"])
    size = values["input"].shape[2:]
    return engine.fold(values["grad_output"], size, window, padding=values["padding"], stride=values["stride"])


def _plan(
    size: tuple[int, int],
    window: tuple[int, int],
    channels: tuple[int, int] = (1, 1),
    style: Style = "small",
    **options: int,
) -> Plan:
    dims = {"N": channels[0], "C": channels[1], "H": size[0], "W": size[1]}
    return Plan(dims, {"window_height": window[0], "window_width": window[1], **options}, style)


_SLIPS = (
    CodeSlip(
        "rows-for-columns", "patches are rows: they are columns", lambda values: _columns(values).swapaxes(-1, -2)
    ),
    CodeSlip("stride-left-out", "the stride is not used", lambda values: _columns(values, stride=1)),
    CodeSlip("padding-left-out", "the padding is not used", lambda values: _columns(values, padding=0)),
)

OPERATION = Operation(
    name="im2col",
    words={"input": Word("NCHW", {"N": "N", "C": "C", "H": "H", "W": "W"}, names=("x", "X", "input"))},
    output=Word("NTS", names=("out", "output", "cols", "columns")),
    right=_columns,
    gradients={"input": _grad_input},
    options={"window_height": Option(2), "window_width": Option(2), "stride": Option(1), "padding": Option(0, 0)},
    together={"window": ("window_height", "window_width")},
    groups=(
        Group("basic", "in the simplest cases", (_plan((1, 1), (1, 1)), _plan((2, 2), (2, 2)), _plan((3, 3), (2, 2)))),
        Group(
            "stride",
            "with a stride above 1",
            (_plan((3, 3), (1, 1), stride=2), _plan((5, 5), (3, 3), style="real", stride=2)),
            ("stride",),
        ),
        Group(
            "padding",
            "with padding",
            (_plan((1, 1), (3, 3), padding=1), _plan((3, 3), (3, 3), padding=1)),
            ("padding",),
        ),
        Group(
            "channels",
            "with several channels",
            (_plan((1, 1), (1, 1), (1, 2)), _plan((3, 3), (2, 2), (1, 3), "real")),
            ("C",),
        ),
        Group(
            "images",
            "with several images",
            (_plan((1, 1), (1, 1), (2, 1)), _plan((3, 3), (2, 2), (3, 1), "real")),
            ("N",),
        ),
        Group(
            "non-square",
            "where rows and columns differ in number",
            (_plan((2, 3), (2, 2)), _plan((4, 3), (2, 2))),
            ("H", "W"),
        ),
    ),
    slips=_SLIPS,
)
