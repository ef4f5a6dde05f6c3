"""The softmax loss of scores ``input`` NC and ``labels`` N (class indices), a mean over the examples.

Its gradient to the scores can be asked for with it: ``returns: [loss, dx]``. ``reduction`` is ``mean`` or ``sum``.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from grader import engine
from grader.kinds._code.operation import CodeSlip, Group, Operation, Option, Plan, Style
from grader.kinds._code.words import Numbers, Values, Word


def _arguments(values: Values, **changed: Any) -> dict[str, Any]:
    return {"x": values["input"], "target": values["labels"], "reduction": values["reduction"], **changed}


def _loss(values: Values, **changed: Any) -> Numbers:
    return np.asarray(engine.cross_entropy(**_arguments(values, **changed)))


def _grad(values: Values, **changed: Any) -> Numbers:
    return engine.cross_entropy_grad_input(**_arguments(values, **changed), grad_output=values.get("grad_output", 1.0))


def _other(values: Values) -> str:
    return "sum" if values["reduction"] == "mean" else "mean"


def _shares(values: Values) -> Numbers:
    return engine.softmax(values["input"], 1)


def _plan(images: int, classes: int, style: Style = "small") -> Plan:
    return Plan({"N": images, "C": classes}, {}, style)


_SLIPS = (
    CodeSlip(
        "not-averaged",
        "the losses are added up where their mean is asked for, or the other way round",
        lambda values: _loss(values, reduction=_other(values)),
    ),
    CodeSlip("sign", "the loss has the other sign", lambda values: -_loss(values)),
    CodeSlip("base-2", "the logarithm has base 2: it is the natural one", lambda values: _loss(values) / np.log(2)),
    CodeSlip("base-10", "the logarithm has base 10: it is the natural one", lambda values: _loss(values) / np.log(10)),
    CodeSlip(
        "probability",
        "equals the probability of the right class: the loss is minus its logarithm",
        lambda values: np.asarray(_shares(values)[np.arange(len(values["labels"])), values["labels"]].mean()),
    ),
    CodeSlip(
        "not-averaged",
        "the gradient is divided by the number of examples where the loss is not, or the other way round",
        lambda values: _grad(values, reduction=_other(values)),
        "grad_input",
    ),
    CodeSlip(
        "one-left-out",
        "1 is not taken off at the right class: this is the softmax alone",
        lambda values: _shares(values) / (len(values["input"]) if values["reduction"] == "mean" else 1),
        "grad_input",
    ),
    CodeSlip("sign", "the gradient has the other sign", lambda values: -_grad(values), "grad_input"),
)

OPERATION = Operation(
    name="cross-entropy",
    words={
        "input": Word("NC", names=("x", "X", "input", "scores", "logits", "z", "Z")),
        "labels": Word("N", names=("y", "labels", "target", "targets"), sort="labels"),
    },
    output=Word("", names=("loss", "output", "out")),
    right=_loss,
    gradients={"input": _grad},
    options={"reduction": Option("mean", least=None)},
    groups=(
        Group("basic", "for one example", (_plan(1, 1), _plan(1, 2), _plan(1, 4, "real"))),
        Group("images", "with several examples", (_plan(2, 2), _plan(4, 3, "real")), ("N",)),
        Group("large", "with large scores", (_plan(1, 2, "large"), _plan(1, 3, "large"))),
    ),
    slips=_SLIPS,
    not_finite="exp overflows, or the logarithm of 0 is taken: take the largest score off before",
    large=_plan(128, 64, "real"),
)
