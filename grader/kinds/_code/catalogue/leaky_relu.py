"""The leaky rectifier: x above 0, ``slope`` times x below."""

from __future__ import annotations

import numpy as np

from grader import engine
from grader.kinds._code.catalogue._elementwise import elementwise, plan
from grader.kinds._code.operation import CodeSlip, Group, Option

_SLIPS = (
    CodeSlip("plain-relu", "equals relu: below 0 it is the slope times x", lambda values: engine.relu(values["input"])),
    CodeSlip(
        "slope-alone",
        "below 0 it is the slope itself: it is the slope times x",
        lambda values: np.asarray(np.where(values["input"] > 0, values["input"], values["slope"])),
    ),
    CodeSlip(
        "slope-left-out",
        "the slope is always 0.01: it is an argument",
        lambda values: engine.leaky_relu(values["input"], 0.01),
    ),
    CodeSlip(
        "plain-relu",
        "equals the gradient of relu: below 0 it is the slope times what comes back",
        lambda values: engine.relu_grad(values["input"], values["grad_output"]),
        "grad_input",
    ),
)

OPERATION = elementwise(
    "leaky-relu",
    lambda values: engine.leaky_relu(values["input"], values["slope"]),
    lambda values: engine.leaky_relu_grad(values["input"], values["grad_output"], values["slope"]),
    _SLIPS,
    options={"slope": Option(0.01, least=None)},
    more=(
        Group(
            "slope", "with other slopes", (plan(1, 2, style="negative", slope=0.5), plan(2, 3, slope=0.2)), ("slope",)
        ),
    ),
)
