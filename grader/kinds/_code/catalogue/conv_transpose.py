"""The transposed convolution: ``input`` NCHW, ``weight`` IOHW (input channels first, as in PyTorch), ``bias`` O."""

from __future__ import annotations

from typing import Any

from grader import engine
from grader.kinds._code.operation import CodeSlip, Group, Operation, Option, Plan, Style
from grader.kinds._code.words import Numbers, Values, Word


def _settings(values: Values) -> dict[str, Any]:
    return {name: values[name] for name in ("stride", "padding", "output_padding", "dilation")}


def _output(values: Values, **changed: Any) -> Numbers:
    return engine.conv_transpose(
        values["input"], values["weight"], values.get("bias"), **{**_settings(values), **changed}
    )


def _grad_input(values: Values) -> Numbers:
    shape = values["input"].shape
    return engine.conv_transpose_grad_input(shape, values["weight"], values["grad_output"], **_settings(values))


def _grad_weight(values: Values) -> Numbers:
    shape = values["weight"].shape
    return engine.conv_transpose_grad_weight(values["input"], shape, values["grad_output"], **_settings(values))


def _grad_bias(values: Values) -> Numbers:
    return engine.conv_transpose_grad_bias(values["grad_output"])


def _ordinary(values: Values) -> Numbers:
    weight = values["weight"].swapaxes(0, 1)
    return engine.conv(values["input"], weight, values.get("bias"), values["stride"], values["padding"])


def _plan(
    size: tuple[int, int],
    kernel: tuple[int, int],
    channels: tuple[int, int, int] = (1, 1, 1),
    style: Style = "small",
    *,
    bias: bool = False,
    **options: int,
) -> Plan:
    n, c, o = channels
    dims = {"N": n, "C": c, "O": o, "H": size[0], "W": size[1], "K": kernel[0], "L": kernel[1]}
    return Plan(dims, options, style, () if bias else ("bias",))


_SLIPS = (
    CodeSlip(
        "flipped-kernel",
        "the kernel is flipped",
        lambda values: _output({**values, "weight": engine.flip(values["weight"])}),
    ),
    CodeSlip(
        "ordinary-convolution", "equals the ordinary convolution: the transposed one makes the output larger", _ordinary
    ),
    CodeSlip("bias-left-out", "the bias is left out", lambda values: _output({**values, "bias": None})),
    CodeSlip("stride-left-out", "the stride is not used", lambda values: _output(values, stride=1, output_padding=0)),
    CodeSlip("padding-left-out", "the padding is not cut off", lambda values: _output(values, padding=0)),
    CodeSlip(
        "stride-is-window",
        "copies are laid down side by side: the stride is another number than the kernel's size",
        lambda values: _output(values, stride=values["weight"].shape[2:]),
    ),
)

OPERATION = Operation(
    name="conv-transpose",
    words={
        "input": Word("NCHW", {"N": "N", "C": "C", "H": "H", "W": "W"}, names=("x", "X", "input")),
        "weight": Word("COKL", {"I": "C", "O": "O", "H": "K", "W": "L"}, names=("w", "W", "weight", "kernel")),
        "bias": Word("O", names=("b", "bias"), optional=True),
    },
    output=Word("NOPQ", {"N": "N", "C": "O", "H": "P", "W": "Q"}, names=("out", "output", "y", "z", "Z")),
    right=_output,
    gradients={"input": _grad_input, "weight": _grad_weight, "bias": _grad_bias},
    options={"stride": Option(1), "padding": Option(0, 0), "output_padding": Option(0, 0), "dilation": Option(1)},
    groups=(
        Group("basic", "in the simplest cases", (_plan((1, 1), (1, 1)), _plan((1, 1), (3, 3)), _plan((2, 2), (1, 1)))),
        Group(
            "overlap",
            "where copies of the kernel overlap",
            (_plan((2, 2), (2, 2)), _plan((3, 3), (3, 3), style="real")),
        ),
        Group("bias", "with a bias", (_plan((1, 1), (1, 1), bias=True), _plan((1, 1), (2, 2), bias=True)), ("bias",)),
        Group(
            "stride",
            "with a stride above 1",
            (_plan((2, 2), (2, 2), stride=2), _plan((3, 3), (3, 3), style="real", stride=2)),
            ("stride",),
        ),
        Group(
            "padding",
            "with padding",
            (_plan((1, 1), (3, 3), padding=1), _plan((3, 3), (3, 3), style="real", padding=1)),
            ("padding",),
        ),
        Group(
            "channels",
            "with several channels",
            (
                _plan((1, 1), (2, 2), (1, 2, 1)),
                _plan((1, 1), (2, 2), (1, 1, 2)),
                _plan((2, 2), (2, 2), (1, 3, 2), "real"),
            ),
            ("C",),
        ),
        Group(
            "images",
            "with several images",
            (_plan((1, 1), (2, 2), (2, 1, 1)), _plan((2, 2), (2, 2), (3, 1, 1), "real")),
            ("N",),
        ),
        Group(
            "non-square",
            "where rows and columns differ in number",
            (_plan((1, 2), (2, 2)), _plan((3, 2), (2, 2), style="real")),
            ("H", "W"),
        ),
        Group(
            "all",
            "with everything at once",
            (_plan((2, 3), (3, 3), (2, 3, 2), "real", bias=True, stride=2, padding=1),),
            ("stride", "padding", "C", "N"),
            mixed=True,
        ),
    ),
    slips=_SLIPS,
    large=_plan((16, 16), (3, 3), (2, 3, 4), "real", stride=2),
)
