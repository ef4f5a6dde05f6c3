"""Max pooling: ``input`` NCHW, ``window`` (or ``window_height`` and ``window_width``), ``stride``, ``padding``.

Its gradients count the first of equal maxima, where the group ``ties`` asks for them.
"""

from __future__ import annotations

import numpy as np

from grader import engine
from grader.kinds._code.catalogue._pooling_slips import overwritten, overwritten_where, reached, shared_slips
from grader.kinds._code.catalogue._poolings import pooling, settings
from grader.kinds._code.operation import CodeSlip
from grader.kinds._code.words import Numbers, Values


def _output(values: Values) -> Numbers:
    found: Numbers = engine.max_pool(values["input"], **settings(values))
    return found


def _grad_input(values: Values) -> Numbers:
    return engine.max_pool_grad(values["input"], values["grad_output"], **settings(values))


def _is_max(window: Numbers) -> Numbers:
    return np.asarray(window == window.max(axis=(-2, -1), keepdims=True))


def _begun_at_zero(values: Values) -> Numbers:
    return np.maximum(_output(values), 0)


_ADD_UP = "where windows overlap their gradients add up: += and not ="
_SLIPS = (
    CodeSlip(
        "maximum-begins-at-0", "the search for the maximum begins at 0: entries may all be negative", _begun_at_zero
    ),
    CodeSlip("average", "equals average pooling", lambda values: engine.avg_pool(values["input"], **settings(values))),
    CodeSlip(
        "minimum", "equals the minimum of each window", lambda values: -_output({**values, "input": -values["input"]})
    ),
    CodeSlip(
        "maximum-of-sizes",
        "equals the largest entry by size, whatever its sign",
        lambda values: _output({**values, "input": np.abs(values["input"])}),
    ),
    CodeSlip(
        "overlaps-overwritten",
        _ADD_UP,
        lambda values: overwritten(values, lambda window, back: _is_max(window) * back),
        "grad_input",
    ),
    CodeSlip("overlaps-overwritten", _ADD_UP, lambda values: overwritten_where(values, _is_max), "grad_input"),
    CodeSlip(
        "not-times-dout",
        "the mask of the maximum is not multiplied by the gradient that comes back",
        lambda values: reached(values, lambda window, _back: _is_max(window) * 1.0),
        "grad_input",
    ),
    CodeSlip(
        "to-every-entry",
        "the gradient goes to every entry of a window: only the maximum has one",
        lambda values: reached(values, lambda window, back: np.ones_like(window) * back),
        "grad_input",
    ),
    CodeSlip(
        "to-every-tie",
        "the gradient goes to every entry that equals the maximum: one of them has it",
        lambda values: reached(values, lambda window, back: _is_max(window) * back),
        "grad_input",
    ),
)

OPERATION = pooling("max-pool", _output, _grad_input, (*_SLIPS, *shared_slips(_output)), distinct=True)
