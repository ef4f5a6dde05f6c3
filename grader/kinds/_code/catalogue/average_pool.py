"""Average pooling: ``input`` NCHW, ``window`` (or ``window_height`` and ``window_width``), ``stride``, ``padding``."""

from __future__ import annotations

import numpy as np

from grader import engine
from grader.kinds._code.catalogue._pooling_slips import overwritten, reached, shared_slips
from grader.kinds._code.catalogue._poolings import pooling, settings
from grader.kinds._code.operation import CodeSlip
from grader.kinds._code.words import Numbers, Values


def _output(values: Values) -> Numbers:
    return engine.avg_pool(values["input"], **settings(values))


def _grad_input(values: Values) -> Numbers:
    return engine.avg_pool_grad(values["input"].shape, values["grad_output"], **settings(values))


def _count(values: Values) -> int:
    return int(values["window_height"] * values["window_width"])


_SLIPS = (
    CodeSlip(
        "not-divided",
        "equals the sum of each window: it is not divided",
        lambda values: _output(values) * _count(values),
    ),
    CodeSlip("maximum", "equals max pooling", lambda values: engine.max_pool(values["input"], **settings(values))),
    CodeSlip(
        "divided-by-side",
        "it is divided by the window's side: a window has height times width entries",
        lambda values: _output(values) * values["window_width"],
    ),
    CodeSlip(
        "overlaps-overwritten",
        "where windows overlap their gradients add up: += and not =",
        lambda values: overwritten(values, lambda window, back: np.ones_like(window) * back / _count(values)),
        "grad_input",
    ),
    CodeSlip(
        "not-divided",
        "the gradient is not divided by the window's entries",
        lambda values: reached(values, lambda window, back: np.ones_like(window) * back),
        "grad_input",
    ),
    CodeSlip(
        "divided-by-side",
        "the gradient is divided by the window's side: a window has height times width entries",
        lambda values: _grad_input(values) * values["window_width"],
        "grad_input",
    ),
)

OPERATION = pooling("average-pool", _output, _grad_input, (*_SLIPS, *shared_slips(_output)))
