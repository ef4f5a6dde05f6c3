"""The softmax over the classes of each example: ``input`` NC."""

from __future__ import annotations

import numpy as np

from grader import engine
from grader.kinds._code.operation import CodeSlip, Group, Operation, Plan, Style
from grader.kinds._code.words import Numbers, Values, Word


def _softmax(x: Numbers, axis: int = 1) -> Numbers:
    return engine.softmax(x, axis)


def _grad_input(values: Values) -> Numbers:
    return engine.softmax_grad(values["input"], values["grad_output"], 1)


def _plan(images: int, classes: int, style: Style = "small") -> Plan:
    return Plan({"N": images, "C": classes}, {}, style)


_SLIPS = (
    CodeSlip(
        "over-all",
        "it is divided by the sum over all examples: each has its own",
        lambda values: _softmax(values["input"].reshape(1, -1)).reshape(values["input"].shape),
    ),
    CodeSlip(
        "over-examples", "it is summed over the examples: over the classes", lambda values: _softmax(values["input"], 0)
    ),
    CodeSlip("not-divided", "it is not divided by the sum", lambda values: np.exp(values["input"])),
    CodeSlip(
        "not-divided",
        "it is not divided by the sum",
        lambda values: np.exp(values["input"] - values["input"].max(axis=1, keepdims=True)),
    ),
    CodeSlip("logarithm", "equals the logarithm of the softmax", lambda values: engine.log_softmax(values["input"], 1)),
    CodeSlip(
        "diagonal-only",
        "each share depends on the other scores as well: y (1 - y) is the diagonal alone",
        lambda values: values["grad_output"] * _softmax(values["input"]) * (1 - _softmax(values["input"])),
        "grad_input",
    ),
)

OPERATION = Operation(
    name="softmax",
    words={"input": Word("NC", names=("x", "X", "input", "z", "Z", "scores", "logits"))},
    output=Word("NC", {"N": "N", "C": "C"}, names=("out", "output", "y", "probs", "a", "A")),
    right=lambda values: _softmax(values["input"]),
    gradients={"input": _grad_input},
    groups=(
        Group("basic", "for one example", (_plan(1, 1), _plan(1, 2), _plan(1, 4, "real"))),
        Group("images", "with several examples", (_plan(2, 2), _plan(3, 4, "real"), _plan(4, 4, "real")), ("N",)),
        Group("large", "with large scores", (_plan(1, 2, "large"), _plan(1, 4, "large"))),
    ),
    slips=_SLIPS,
    not_finite="exp overflows: take the largest score off before",
    large=_plan(128, 64, "real"),
)
