"""One place of a convolution: ``input`` CHW under a ``weight`` of its shape, ``bias`` one number; gives a number."""

from __future__ import annotations

import numpy as np

from grader.kinds._code.operation import CodeSlip, Group, Operation, Plan, Style
from grader.kinds._code.words import Numbers, Values, Word

_LETTERS = {"C": "C", "H": "H", "W": "W", "I": "C"}


def _bias(values: Values) -> float:
    return float(values["bias"].sum()) if "bias" in values else 0.0


def _output(values: Values) -> Numbers:
    return np.asarray(np.sum(values["input"] * values["weight"]) + _bias(values))


def _plan(size: tuple[int, int, int], style: Style = "small", *, bias: bool = False) -> Plan:
    dims = {"C": size[0], "H": size[1], "W": size[2], "B": 1}
    return Plan(dims, {}, style, () if bias else ("bias",))


_SLIPS = (
    CodeSlip("bias-left-out", "the bias is left out", lambda values: _output(values) - _bias(values)),
    CodeSlip(
        "bias-per-tap",
        "the bias is added for every entry: once to their sum",
        lambda values: np.asarray(np.sum(values["input"] * values["weight"] + _bias(values))),
    ),
    CodeSlip(
        "not-summed", "the products are not added up", lambda values: values["input"] * values["weight"] + _bias(values)
    ),
    CodeSlip(
        "mean",
        "the products are averaged: they are added up",
        lambda values: np.asarray(np.mean(values["input"] * values["weight"]) + _bias(values)),
    ),
    CodeSlip(
        "flipped-kernel",
        "the kernel is flipped",
        lambda values: _output({**values, "weight": values["weight"][:, ::-1, ::-1]}),
    ),
)

OPERATION = Operation(
    name="conv-step",
    words={
        "input": Word("CHW", _LETTERS, "CHW", names=("x", "input", "a_slice_prev")),
        "weight": Word("CHW", _LETTERS, "CHW", names=("w", "W", "weight", "kernel")),
        "bias": Word("B", {"O": "B"}, names=("b", "bias"), optional=True),
    },
    output=Word("", names=("out", "output", "z", "Z", "s")),
    right=_output,
    groups=(
        Group("basic", "in the simplest cases", (_plan((1, 1, 1)), _plan((1, 2, 2)), _plan((1, 3, 3), "real"))),
        Group("bias", "with a bias", (_plan((1, 1, 1), bias=True), _plan((1, 2, 2), bias=True)), ("bias",)),
        Group("channels", "with several channels", (_plan((2, 1, 1)), _plan((3, 3, 3), "real")), ("C",)),
        Group("all", "with everything at once", (_plan((3, 2, 2), "real", bias=True),), mixed=True),
    ),
    slips=_SLIPS,
)
