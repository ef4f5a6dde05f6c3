"""Layer normalisation: each example over its features, ``input`` NC, ``gamma`` and ``beta`` C, ``eps``."""

from __future__ import annotations

import numpy as np

from grader import engine
from grader.kinds._code.catalogue._norms import normalisation, scaled
from grader.kinds._code.operation import CodeSlip
from grader.kinds._code.words import Numbers, Values


def _normal(values: Values) -> Numbers:
    return engine.layer_norm(values["input"], values["input"].shape[1:], eps=values["eps"])


def _output(values: Values) -> Numbers:
    return scaled(values, _normal(values))


def _grad_input(values: Values) -> Numbers:
    back = values["grad_output"] * values.get("gamma", np.ones(values["input"].shape[1]))[:, None, None]
    return engine.layer_norm_grad_input(values["input"], back, values["input"].shape[1:], eps=values["eps"])


def _grad_gamma(values: Values) -> Numbers:
    found: Numbers = (values["grad_output"] * _normal(values)).sum(axis=(0, 2, 3))
    return found


def _grad_beta(values: Values) -> Numbers:
    found: Numbers = values["grad_output"].sum(axis=(0, 2, 3))
    return found


_OTHER = CodeSlip(
    "batch-norm",
    "each feature is normalised over the examples: each example is, over its features",
    lambda values: scaled(values, engine.batch_norm(values["input"], training=True, eps=values["eps"])),
)

OPERATION = normalisation(
    "layer-norm", (1, 2, 3), _output, {"input": _grad_input, "gamma": _grad_gamma, "beta": _grad_beta}, 2, _OTHER
)
