"""The sigmoid 1 / (1 + exp(-x))."""

from __future__ import annotations

import numpy as np

from grader import engine
from grader.kinds._code.catalogue._elementwise import elementwise, plan
from grader.kinds._code.operation import CodeSlip, Group
from grader.kinds._code.words import Numbers, Values


def _sigmoid(values: Values) -> Numbers:
    return engine.sigmoid(values["input"])


_SLIPS = (
    CodeSlip("sign", "equals 1 / (1 + exp(x)): the exponent is -x", lambda values: engine.sigmoid(-values["input"])),
    CodeSlip("tanh", "equals tanh", lambda values: np.tanh(values["input"])),
    CodeSlip(
        "one-left-out", "equals 1 / exp(-x): the 1 below the line is missing", lambda values: np.exp(values["input"])
    ),
    CodeSlip(
        "not-times-dout",
        "the derivative is not multiplied by the gradient that comes back",
        lambda values: _sigmoid(values) * (1 - _sigmoid(values)),
        "grad_input",
    ),
    CodeSlip(
        "derivative-of-input",
        "x (1 - x) is taken for the derivative: it is s (1 - s) of the output s",
        lambda values: values["grad_output"] * values["input"] * (1 - values["input"]),
        "grad_input",
    ),
)

OPERATION = elementwise(
    "sigmoid",
    _sigmoid,
    lambda values: engine.sigmoid_grad(values["input"], values["grad_output"]),
    _SLIPS,
    more=(Group("large", "with large entries", (plan(1, 2, style="large"), plan(2, 3, style="large"))),),
)
