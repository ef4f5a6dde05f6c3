"""Convolutions of one and two axes: what is right by the engine, and the cases that show each trap."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from grader import engine
from grader.errors import EngineError
from grader.kinds._code.catalogue._convolution_slips import FLIPPED_KERNEL, GRADIENT_SLIPS, OUTPUT_SLIPS
from grader.kinds._code.operation import CodeSlip, Group, Neutral, Operation, Option, Plan, Style
from grader.kinds._code.words import Numbers, Values, Word


def settings(values: Values) -> dict[str, Any]:
    """What the engine's functions take beside the arrays."""
    return {name: values[name] for name in ("stride", "padding", "dilation")}


def weight_of(values: Values) -> Numbers:
    """The weight as it slides: turned around where the statement wants convolution as mathematics has it."""
    return engine.flip(values["weight"]) if values["flipped"] else values["weight"]


def output(values: Values) -> Numbers:
    """The output."""
    return engine.conv(values["input"], weight_of(values), values.get("bias"), **settings(values))


def grad_input(values: Values) -> Numbers:
    """The gradient to the input."""
    shape = values["input"].shape
    return engine.conv_grad_input(shape, weight_of(values), values["grad_output"], **settings(values))


def grad_weight(values: Values) -> Numbers:
    """The gradient to the weight."""
    shape = values["weight"].shape
    found = engine.conv_grad_weight(values["input"], shape, values["grad_output"], **settings(values))
    return engine.flip(found) if values["flipped"] else found


def grad_bias(values: Values) -> Numbers:
    """The gradient to the bias."""
    return engine.conv_grad_bias(values["grad_output"])


def leaves_nothing_over(values: Values) -> bool:
    """Whether the stride divides what it steps over: many statements promise it, and many answers assert it."""
    padding, stride, dilation = values["padding"], values["stride"], values["dilation"]
    if not isinstance(padding, int):
        return True
    sizes = zip(values["input"].shape[2:], values["weight"].shape[2:], strict=True)
    return all((size + 2 * padding - dilation * (kernel - 1) - 1) % stride == 0 for size, kernel in sizes)


def overlaps(values: Values) -> bool:
    """Whether an entry of the input is under the kernel more than once."""
    places = output(values).shape[2:]
    kernel = values["weight"].shape[2:]
    reach = (values["dilation"] * (k - 1) + 1 for k in kernel)
    return any(n > 1 and span > values["stride"] for n, span in zip(places, reach, strict=True))


def _turned(slip: CodeSlip) -> CodeSlip:
    """`slip` where the statement wants the kernel flipped: made with the kernel as it then slides."""

    def compute(values: Values) -> Numbers:
        if not values["flipped"]:
            return slip.compute(values)
        if slip.name == FLIPPED_KERNEL and slip.of == "output":
            raise EngineError(f"{slip.name}: the kernel is to be flipped")
        found = slip.compute({**values, "weight": engine.flip(values["weight"]), "flipped": False})
        return engine.flip(found) if slip.of == "grad_weight" else found

    return replace(slip, compute=compute)


def _not_flipped(values: Values) -> Numbers:
    if not values["flipped"]:
        raise EngineError("kernel-not-flipped: the kernel is not to be flipped")
    return output({**values, "flipped": False})


_NOT_FLIPPED = CodeSlip(
    "kernel-not-flipped", "equals the cross-correlation: for the convolution the kernel is flipped", _not_flipped
)


def convolution(name: str, axes: int) -> Operation:
    """The operation over `axes` spatial axes."""
    size, kernel = ("HW", "KL") if axes == 2 else ("W", "L")
    letters = "HW" if axes == 2 else "L"
    image = {"N": "N", "C": "C", **dict(zip(letters, size, strict=True))}
    slips = (_NOT_FLIPPED, *map(_turned, (*OUTPUT_SLIPS, *GRADIENT_SLIPS)))
    return Operation(
        name=name,
        words={
            "input": Word(f"NC{size}", image, names=("x", "X", "input")),
            "weight": Word(
                f"OC{kernel}",
                {"O": "O", "I": "C", **dict(zip(letters, kernel, strict=True))},
                names=("w", "W", "weight", "kernel", "filters"),
            ),
            "bias": Word("O", names=("b", "bias"), optional=True),
        },
        output=Word(
            f"NO{'PQ' if axes == 2 else 'Q'}",
            {"N": "N", "C": "O", **dict(zip(letters, "PQ" if axes == 2 else "Q", strict=True))},
            names=("out", "output", "y", "z", "Z"),
        ),
        right=output,
        gradients={"input": grad_input, "weight": grad_weight, "bias": grad_bias},
        options={
            "stride": Option(1),
            "padding": Option(0, 0),
            "dilation": Option(1),
            "flipped": Option(default=False, least=None),
        },
        groups=_groups(axes),
        slips=slips,
        neutral=Neutral("no-padding", "padding", (1, 2, 3)),
        large=_plan((40, 40), (3, 3), (2, 3, 8), "real", bias=True, padding=1),
        fair=leaves_nothing_over,
        overlaps=overlaps,
    )


def _plan(
    size: tuple[int, int],
    kernel: tuple[int, int],
    channels: tuple[int, int, int] = (1, 1, 1),
    style: Style = "small",
    *,
    bias: bool = False,
    **options: int,
) -> Plan:
    """`channels` are images, input and output channels."""
    n, c, o = channels
    dims = {"N": n, "C": c, "O": o, "H": size[0], "W": size[1], "K": kernel[0], "L": kernel[1]}
    return Plan(dims, options, style, () if bias else ("bias",))


def _groups(axes: int) -> tuple[Group, ...]:
    flat = (
        Group("non-square", "where rows and columns differ in number", _NON_SQUARE, ("H", "W")),
        Group("non-square-kernel", "with a kernel that is not square", _NON_SQUARE_KERNEL, ("K", "L")),
    )
    return (*_BOTH[:-1], *(flat if axes == 2 else ()), _BOTH[-1])


_NON_SQUARE = (_plan((2, 3), (1, 1)), _plan((6, 4), (3, 3), style="real"))
_NON_SQUARE_KERNEL = (_plan((2, 3), (2, 3)), _plan((4, 5), (3, 2), style="real"))
_BOTH = (
    Group(
        "basic",
        "in the simplest cases",
        (_plan((1, 1), (1, 1)), _plan((3, 3), (3, 3)), _plan((5, 5), (3, 3), style="real")),
    ),
    Group("bias", "with a bias", (_plan((1, 1), (1, 1), bias=True), _plan((3, 3), (2, 2), bias=True)), ("bias",)),
    Group(
        "stride",
        "with a stride above 1",
        (
            _plan((3, 3), (1, 1), stride=2),
            _plan((5, 5), (3, 3), style="real", stride=2),
            _plan((8, 8), (2, 2), stride=3),
        ),
        ("stride",),
    ),
    Group(
        "padding",
        "with padding",
        (
            _plan((1, 1), (3, 3), padding=1),
            _plan((3, 3), (1, 1), padding=1),
            _plan((4, 4), (3, 3), style="real", padding=2),
        ),
        ("padding",),
    ),
    Group(
        "no-padding",
        "without padding",
        (_plan((1, 1), (1, 1)), _plan((5, 5), (3, 3), style="real")),
        ("padding",),
    ),
    Group(
        "overlap",
        "where windows overlap",
        (_plan((3, 3), (2, 2)), _plan((5, 5), (3, 3), (2, 2, 2), "real")),
        overlap=True,
        backward=True,
    ),
    Group(
        "dilation",
        "with a dilation above 1",
        (_plan((3, 3), (2, 2), dilation=2), _plan((7, 7), (3, 3), style="real", dilation=2)),
        ("dilation",),
    ),
    Group(
        "channels",
        "with several channels",
        (_plan((3, 3), (3, 3), (1, 2, 2)), _plan((4, 4), (3, 3), (1, 3, 4), "real")),
        ("C",),
    ),
    Group(
        "images",
        "with several images",
        (_plan((3, 3), (3, 3), (2, 1, 1)), _plan((4, 4), (3, 3), (3, 1, 1), "real")),
        ("N",),
    ),
    Group("even-kernel", "with kernels of even size", (_plan((2, 2), (2, 2)), _plan((5, 5), (4, 4), style="real"))),
    Group("odd-sizes", "with images of odd size", (_plan((5, 5), (3, 3)), _plan((7, 7), (1, 1), style="real"))),
    Group(
        "uneven",
        "where the stride leaves rows over",
        (_plan((4, 4), (3, 3), stride=2), _plan((6, 6), (3, 3), style="real", stride=2)),
        ("stride",),
        usual=False,
        loose=True,
    ),
    Group(
        "all",
        "with everything at once",
        (_plan((5, 7), (3, 3), (2, 3, 2), "real", bias=True, stride=2, padding=1),),
        ("stride", "padding", "C", "N"),
        mixed=True,
    ),
)
