"""The mean of each channel: ``input`` NCHW to NC; ``output NC11`` keeps the axes."""

from __future__ import annotations

import numpy as np

from grader import engine
from grader.kinds._code.operation import CodeSlip, Group, Operation, Plan, Style
from grader.kinds._code.words import Numbers, Values, Word


def _output(values: Values) -> Numbers:
    return engine.global_avg_pool(values["input"])[:, :, 0, 0]


def _grad_input(values: Values) -> Numbers:
    return engine.global_avg_pool_grad(values["input"].shape, values["grad_output"][:, :, None, None])


def _plan(size: tuple[int, int], channels: tuple[int, int] = (1, 1), style: Style = "small") -> Plan:
    return Plan({"N": channels[0], "C": channels[1], "H": size[0], "W": size[1]}, {}, style)


def _places(values: Values) -> int:
    return int(np.prod(values["input"].shape[2:]))


_SLIPS = (
    CodeSlip("not-divided", "equals the sum of each channel", lambda values: values["input"].sum(axis=(2, 3))),
    CodeSlip("maximum", "equals the maximum of each channel", lambda values: values["input"].max(axis=(2, 3))),
    CodeSlip(
        "across-channels",
        "the channels are averaged as well",
        lambda values: np.repeat(values["input"].mean(axis=(1, 2, 3))[:, None], values["input"].shape[1], axis=1),
    ),
    CodeSlip(
        "not-divided",
        "the gradient is not divided by the number of places",
        lambda values: _grad_input(values) * _places(values),
        "grad_input",
    ),
)

OPERATION = Operation(
    name="global-average-pool",
    words={"input": Word("NCHW", {"N": "N", "C": "C", "H": "H", "W": "W"}, names=("x", "X", "input"))},
    output=Word("NC", {"N": "N", "C": "C"}, "NC", ("out", "output", "y")),
    right=_output,
    gradients={"input": _grad_input},
    groups=(
        Group("basic", "in the simplest cases", (_plan((1, 1)), _plan((2, 2)), _plan((4, 4), style="real"))),
        Group("channels", "with several channels", (_plan((1, 1), (1, 2)), _plan((3, 3), (1, 3), "real")), ("C",)),
        Group("images", "with several images", (_plan((1, 1), (2, 1)), _plan((3, 3), (3, 1), "real")), ("N",)),
        Group(
            "non-square",
            "where rows and columns differ in number",
            (_plan((1, 2)), _plan((3, 4), style="real")),
            ("H", "W"),
        ),
    ),
    slips=_SLIPS,
)
