"""Zeros around rows and columns: ``input`` NCHW, ``padding`` on each side."""

from __future__ import annotations

import numpy as np

from grader.kinds._code.operation import CodeSlip, Group, Operation, Option, Plan, Style
from grader.kinds._code.words import Numbers, Values, Word


def _padded(values: Values, rows: tuple[int, int], columns: tuple[int, int], others: int = 0) -> Numbers:
    x = values["input"]
    return np.pad(x, [(others, others)] * (x.ndim - 2) + [rows, columns])


def _output(values: Values) -> Numbers:
    edge = values["padding"]
    return _padded(values, (edge, edge), (edge, edge))


def _grad_input(values: Values) -> Numbers:
    edge, (height, width) = values["padding"], values["input"].shape[2:]
    found: Numbers = values["grad_output"][:, :, edge : edge + height, edge : edge + width]
    return found


def _plan(size: tuple[int, int], padding: int, channels: tuple[int, int] = (1, 1), style: Style = "small") -> Plan:
    return Plan({"N": channels[0], "C": channels[1], "H": size[0], "W": size[1]}, {"padding": padding}, style)


def _one_sided(values: Values) -> Numbers:
    edge = values["padding"]
    return _padded(values, (edge, 0), (edge, 0))


def _after_only(values: Values) -> Numbers:
    edge = values["padding"]
    return _padded(values, (0, edge), (0, edge))


def _rows_only(values: Values) -> Numbers:
    edge = values["padding"]
    return _padded(values, (edge, edge), (0, 0))


def _everywhere(values: Values) -> Numbers:
    edge = values["padding"]
    return _padded(values, (edge, edge), (edge, edge), edge)


def _edge_repeated(values: Values) -> Numbers:
    edge = values["padding"]
    return np.pad(values["input"], [(0, 0), (0, 0), (edge, edge), (edge, edge)], mode="edge")


_SLIPS = (
    CodeSlip("one-sided", "zeros stand before and not behind", _one_sided),
    CodeSlip("one-sided", "zeros stand behind and not before", _after_only),
    CodeSlip("rows-only", "zeros stand along one axis only", _rows_only),
    CodeSlip("every-axis", "batch and channels are padded as well: only rows and columns are", _everywhere),
    CodeSlip("edge-repeated", "the border is repeated outwards: it is zeros", _edge_repeated),
    CodeSlip("padding-left-out", "nothing is padded", lambda values: values["input"]),
    CodeSlip(
        "always-one",
        "one zero is put on each side, whatever is asked",
        lambda values: _output({**values, "padding": 1}),
    ),
)

OPERATION = Operation(
    name="zero-pad",
    words={"input": Word("NCHW", {"N": "N", "C": "C", "H": "H", "W": "W"}, names=("x", "X", "input", "image"))},
    output=Word("NCPQ", {"N": "N", "C": "C", "H": "P", "W": "Q"}, names=("out", "output", "X_pad", "x_pad")),
    right=_output,
    gradients={"input": _grad_input},
    options={"padding": Option(1, 0)},
    groups=(
        Group("basic", "with a padding of 1", (_plan((1, 1), 1), _plan((2, 2), 1), _plan((4, 4), 1, style="real"))),
        Group("padding", "with more padding", (_plan((1, 1), 2), _plan((3, 3), 3)), ("padding",)),
        Group("no-padding", "with a padding of 0", (_plan((1, 1), 0), _plan((3, 3), 0)), ("padding",)),
        Group(
            "channels", "with several channels", (_plan((1, 1), 1, (1, 2)), _plan((3, 3), 1, (1, 3), "real")), ("C",)
        ),
        Group("images", "with several images", (_plan((1, 1), 1, (2, 1)), _plan((3, 3), 1, (3, 1), "real")), ("N",)),
        Group(
            "non-square", "where rows and columns differ in number", (_plan((1, 2), 1), _plan((4, 2), 1)), ("H", "W")
        ),
    ),
    slips=_SLIPS,
)
