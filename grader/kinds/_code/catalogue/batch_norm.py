"""Batch normalisation in training: ``input`` NC (or NCHW), ``gamma`` and ``beta`` C, ``eps``."""

from __future__ import annotations

from grader import engine
from grader.kinds._code.catalogue._norms import normalisation, scaled
from grader.kinds._code.operation import CodeSlip
from grader.kinds._code.words import Numbers, Values


def _output(values: Values) -> Numbers:
    return engine.batch_norm(
        values["input"], weight=values.get("gamma"), bias=values.get("beta"), training=True, eps=values["eps"]
    )


def _grad_input(values: Values) -> Numbers:
    return engine.batch_norm_grad_input(
        values["input"], values["grad_output"], weight=values.get("gamma"), training=True, eps=values["eps"]
    )


def _grad_gamma(values: Values) -> Numbers:
    return engine.batch_norm_grad_weight(values["input"], values["grad_output"], training=True, eps=values["eps"])


def _grad_beta(values: Values) -> Numbers:
    return engine.batch_norm_grad_bias(values["grad_output"])


_OTHER = CodeSlip(
    "layer-norm",
    "each example is normalised over its features: each feature is, over the examples",
    lambda values: scaled(values, engine.layer_norm(values["input"], values["input"].shape[1:], eps=values["eps"])),
)

OPERATION = normalisation(
    "batch-norm", (0, 2, 3), _output, {"input": _grad_input, "gamma": _grad_gamma, "beta": _grad_beta}, 1, _OTHER
)
