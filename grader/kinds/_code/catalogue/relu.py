"""The rectifier max(x, 0). Its gradient at 0 is 0, where the group ``zero`` asks for it."""

from __future__ import annotations

import numpy as np

from grader import engine
from grader.kinds._code.catalogue._elementwise import elementwise
from grader.kinds._code.operation import CodeSlip

_SLIPS = (
    CodeSlip("absolute", "equals the absolute value: below 0 it is 0", lambda values: np.abs(values["input"])),
    CodeSlip("not-rectified", "equals its input: below 0 it is 0", lambda values: values["input"]),
    CodeSlip(
        "cut-above", "equals the smaller of x and 0: it is the larger", lambda values: np.minimum(values["input"], 0)
    ),
    CodeSlip(
        "derivative", "equals the derivative, 0 or 1: it is max(x, 0)", lambda values: (values["input"] > 0) * 1.0
    ),
    CodeSlip(
        "not-times-dout",
        "the derivative is not multiplied by the gradient that comes back",
        lambda values: (values["input"] > 0) * 1.0,
        "grad_input",
    ),
    CodeSlip(
        "passed-through",
        "the gradient goes through below 0 as well",
        lambda values: values["grad_output"],
        "grad_input",
    ),
    CodeSlip(
        "mask-of-gradient",
        "it is cut where the gradient is below 0: what counts is the input",
        lambda values: np.maximum(values["grad_output"], 0),
        "grad_input",
    ),
    CodeSlip(
        "relu-times-dout",
        "the gradient is multiplied by max(x, 0): the derivative is 1 there",
        lambda values: np.maximum(values["input"], 0) * values["grad_output"],
        "grad_input",
    ),
)

OPERATION = elementwise(
    "relu",
    lambda values: engine.relu(values["input"]),
    lambda values: engine.relu_grad(values["input"], values["grad_output"]),
    _SLIPS,
)
