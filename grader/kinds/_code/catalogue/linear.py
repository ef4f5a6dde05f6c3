"""The affine map x W + b: ``input`` NI (or NCHW, flattened), ``weight`` OI (``IO`` where it is x @ W), ``bias`` O."""

from __future__ import annotations

from grader import engine
from grader.kinds._code.operation import CodeSlip, Group, Operation, Plan, Style
from grader.kinds._code.words import Numbers, Values, Word

_INPUT = {"N": "N", "I": "CHW", "C": "C", "H": "H", "W": "W"}


def _flat(array: Numbers) -> Numbers:
    return array.reshape(len(array), -1)


def _output(values: Values) -> Numbers:
    return engine.linear(_flat(values["input"]), _flat(values["weight"]), values.get("bias"))


def _grad_input(values: Values) -> Numbers:
    shape = values["input"].shape
    rows = _flat(values["input"]).shape
    return engine.linear_grad_input(rows, _flat(values["weight"]), values["grad_output"]).reshape(shape)


def _grad_weight(values: Values) -> Numbers:
    return engine.linear_grad_weight(_flat(values["input"]), values["grad_output"]).reshape(values["weight"].shape)


def _grad_bias(values: Values) -> Numbers:
    return engine.linear_grad_bias(values["grad_output"])


def _without_bias(values: Values) -> Numbers:
    return _output({**values, "bias": None})


def _plan(
    images: int, inputs: tuple[int, int, int], outputs: int, style: Style = "small", *, bias: bool = False
) -> Plan:
    channels, height, width = inputs
    dims = {"N": images, "C": channels, "H": height, "W": width, "O": outputs}
    return Plan(dims, {}, style, () if bias else ("bias",))


_SLIPS = (
    CodeSlip("bias-left-out", "the bias is left out", _without_bias),
    CodeSlip("transposed-result", "the result is transposed: examples are rows", lambda values: _output(values).T),
    CodeSlip(
        "mean-over-batch",
        "the weight's gradient is divided by the number of examples: it is their sum",
        lambda values: _grad_weight(values) / len(values["input"]),
        "grad_weight",
    ),
    CodeSlip(
        "mean-over-batch",
        "the bias's gradient is divided by the number of examples: it is their sum",
        lambda values: _grad_bias(values) / len(values["input"]),
        "grad_bias",
    ),
    CodeSlip(
        "not-summed",
        "the bias's gradient is not summed over the examples",
        lambda values: values["grad_output"],
        "grad_bias",
    ),
    CodeSlip(
        "not-reshaped",
        "the gradient to the input is still flat: it has the input's shape",
        lambda values: _flat(_grad_input(values)),
        "grad_input",
    ),
)

OPERATION = Operation(
    name="linear",
    words={
        "input": Word("NCHW", _INPUT, "NI", ("x", "X", "input")),
        "weight": Word("OCHW", {"O": "O", "I": "CHW", "C": "C", "H": "H", "W": "W"}, "OI", ("w", "W", "weight")),
        "bias": Word("O", names=("b", "bias"), optional=True),
    },
    output=Word("NO", {"N": "N", "O": "O", "I": "O"}, "NO", ("out", "output", "y", "z", "Z")),
    right=_output,
    gradients={"input": _grad_input, "weight": _grad_weight, "bias": _grad_bias},
    groups=(
        Group(
            "basic", "in the simplest cases", (_plan(1, (1, 1, 1), 1), _plan(1, (2, 1, 1), 1), _plan(1, (2, 1, 1), 2))
        ),
        Group("bias", "with a bias", (_plan(1, (1, 1, 1), 1, bias=True), _plan(1, (2, 1, 1), 3, bias=True)), ("bias",)),
        Group("images", "with several examples", (_plan(2, (1, 1, 1), 1), _plan(3, (2, 1, 1), 2, "real")), ("N",)),
        Group(
            "non-square", "where inputs and outputs differ in number", (_plan(1, (3, 1, 1), 1), _plan(1, (2, 1, 1), 4))
        ),
        Group(
            "flattened",
            "with images that have to be flattened",
            (_plan(1, (1, 2, 1), 1), _plan(2, (2, 2, 3), 2, "real")),
            ("H",),
        ),
        Group("all", "with everything at once", (_plan(3, (4, 1, 1), 5, "real", bias=True),), ("N",), mixed=True),
    ),
    slips=_SLIPS,
    large=_plan(64, (64, 1, 1), 32, "real", bias=True),
)
