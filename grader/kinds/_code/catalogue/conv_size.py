"""How many places a kernel takes along an axis: ``size``, ``kernel_size``, ``stride``, ``padding`` to a number."""

from __future__ import annotations

from math import ceil
from typing import Any

import numpy as np

from grader import engine
from grader.kinds._code.operation import CodeSlip, Group, Operation, Option, Plan
from grader.kinds._code.words import Numbers, Values, Word


def _output(values: Values, **changed: Any) -> Numbers:
    v = {**values, **changed}
    return np.asarray(engine.conv_size(v["size"], v["kernel_size"], v["stride"], v["padding"], v["dilation"]))


def _exact(values: Values) -> float:
    reach = values["dilation"] * (values["kernel_size"] - 1) + 1
    return float((values["size"] + 2 * values["padding"] - reach) / values["stride"] + 1)


def _plan(size: int, kernel: int, **options: int) -> Plan:
    return Plan({}, {"size": size, "kernel_size": kernel, **options})


_SLIPS = (
    CodeSlip(
        "not-rounded",
        "it is not rounded down where the stride leaves something over",
        lambda values: np.asarray(_exact(values)),
    ),
    CodeSlip(
        "rounded-up",
        "it is rounded up: a place that does not fit is left out",
        lambda values: np.asarray(ceil(_exact(values))),
    ),
    CodeSlip("one-left-out", "the + 1 is missing: the first place counts too", lambda values: _output(values) - 1),
    CodeSlip(
        "padding-once",
        "the padding is counted once: it is on both sides",
        lambda values: _output(values, padding=(values["padding"], 0)),
    ),
    CodeSlip("padding-left-out", "the padding is not counted", lambda values: _output(values, padding=0)),
    CodeSlip("stride-left-out", "the stride is not used", lambda values: _output(values, stride=1)),
    CodeSlip("dilation-left-out", "the dilation is not used", lambda values: _output(values, dilation=1)),
)

OPERATION = Operation(
    name="conv-size",
    words={},
    output=Word("", names=("out", "output", "size")),
    right=_output,
    options={
        "size": Option(1),
        "kernel_size": Option(1),
        "stride": Option(1),
        "padding": Option(0, 0),
        "dilation": Option(1),
    },
    groups=(
        Group("basic", "in the simplest cases", (_plan(1, 1), _plan(5, 3), _plan(28, 5))),
        Group(
            "stride",
            "with a stride above 1",
            (_plan(3, 1, stride=2), _plan(7, 3, stride=2), _plan(32, 2, stride=3)),
            ("stride",),
        ),
        Group("padding", "with padding", (_plan(1, 3, padding=1), _plan(32, 5, padding=2)), ("padding",)),
        Group(
            "uneven",
            "where the stride leaves something over",
            (_plan(4, 3, stride=2), _plan(227, 10, stride=4)),
            ("stride",),
        ),
        Group(
            "dilation", "with a dilation above 1", (_plan(5, 2, dilation=2), _plan(20, 3, dilation=3)), ("dilation",)
        ),
        Group(
            "all",
            "with everything at once",
            (_plan(31, 4, stride=3, padding=2), _plan(224, 7, stride=2, padding=3)),
            ("stride", "padding"),
            mixed=True,
        ),
    ),
    slips=_SLIPS,
)
