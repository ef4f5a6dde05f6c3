"""How many parameters a convolution has: ``in_channels``, ``out_channels``, ``kernel_size``, ``bias`` to a number."""

from __future__ import annotations

from typing import Any

import numpy as np

from grader import engine
from grader.kinds._code.operation import CodeSlip, Group, Operation, Option, Plan
from grader.kinds._code.words import Numbers, Values, Word


def _output(values: Values, **changed: Any) -> Numbers:
    v = {**values, **changed}
    kernel = (v["kernel_size"],) * 2
    return np.asarray(engine.conv_parameters(v["in_channels"], v["out_channels"], kernel, bias=v["bias"]))


def _plan(inputs: int, outputs: int, kernel: int, **options: bool) -> Plan:
    return Plan({}, {"in_channels": inputs, "out_channels": outputs, "kernel_size": kernel, **options})


_SLIPS = (
    CodeSlip("bias-forgotten", "the biases are not counted", lambda values: _output(values, bias=False)),
    CodeSlip("bias-counted", "biases are counted that are not there", lambda values: _output(values, bias=True)),
    CodeSlip(
        "one-bias", "one bias is counted: each output channel has one", lambda values: _output(values, bias=False) + 1
    ),
    CodeSlip(
        "bias-per-input",
        "the biases are counted by input channel: each output channel has one",
        lambda values: _output(values, bias=False) + values["in_channels"],
    ),
    CodeSlip(
        "one-channel", "the kernels have a slice for each input channel", lambda values: _output(values, in_channels=1)
    ),
    CodeSlip(
        "kernel-not-squared",
        "the kernel has as many entries as its sides multiply to",
        lambda values: (
            _output(values, kernel_size=1)
            + values["in_channels"] * values["out_channels"] * (values["kernel_size"] - 1)
        ),
    ),
)

OPERATION = Operation(
    name="param-count",
    words={},
    output=Word("", names=("out", "output", "count", "params")),
    right=_output,
    options={
        "in_channels": Option(1),
        "out_channels": Option(1),
        "kernel_size": Option(1),
        "bias": Option(default=True, least=None),
    },
    groups=(
        Group("basic", "for one channel", (_plan(1, 1, 1), _plan(1, 1, 3))),
        Group(
            "channels", "with several channels", (_plan(2, 1, 1), _plan(1, 2, 1), _plan(3, 10, 3), _plan(64, 128, 5))
        ),
        Group("no-bias", "without a bias", (_plan(1, 1, 1, bias=False), _plan(3, 8, 3, bias=False)), ("bias",)),
    ),
    slips=_SLIPS,
)
