"""Normalisations of rows of features: ``input`` NC (or NCHW), ``gamma`` and ``beta`` C, ``eps``."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from grader.kinds._code.operation import CodeSlip, Group, Operation, Option, Plan, Style
from grader.kinds._code.words import Numbers, Values, Word

_LETTERS = {"N": "N", "C": "C", "H": "H", "W": "W"}


def scaled(values: Values, normal: Numbers) -> Numbers:
    """`normal` (N, C, H, W) times gamma plus beta, as far as there are such."""
    gamma = values.get("gamma", np.ones(normal.shape[1]))[:, None, None]
    beta = values.get("beta", np.zeros(normal.shape[1]))[:, None, None]
    found: Numbers = normal * gamma + beta
    return found


def normalisation(
    name: str,
    axes: tuple[int, ...],
    output: Callable[[Values], Numbers],
    gradients: Mapping[str, Callable[[Values], Numbers]],
    least: int,
    other: CodeSlip,
) -> Operation:
    """The normalisation over `axes` of (N, C, H, W), of at least `least` examples."""
    return Operation(
        name=name,
        words={
            "input": Word("NCHW", _LETTERS, "NC", ("x", "X", "input")),
            "gamma": Word("C", names=("gamma", "weight", "scale"), optional=True),
            "beta": Word("C", names=("beta", "bias", "shift"), optional=True),
        },
        output=Word("NCHW", _LETTERS, "NC", ("out", "output", "y")),
        right=output,
        gradients=gradients,
        options={"eps": Option(1e-5, least=None)},
        groups=_groups(least),
        slips=(*_slips(axes, output), other),
        fair=lambda values: bool(np.prod([values["input"].shape[axis] for axis in axes]) > 1),
        large=_plan(64, 64, "real", scale=True),
    )


def _plan(
    images: int, features: int, style: Style = "small", *, scale: bool = False, size: int = 1, eps: float = 1e-5
) -> Plan:
    dims = {"N": images, "C": features, "H": size, "W": size}
    return Plan(dims, {"eps": eps}, style, () if scale else ("beta",), () if scale else ("gamma",))


def _groups(least: int) -> tuple[Group, ...]:
    return (
        Group(
            "basic", "in the simplest cases", (_plan(2, least, "real"), _plan(3, least, "real"), _plan(3, 3, "real"))
        ),
        Group("images", "with more examples than features", (_plan(4, 2, "real"), _plan(6, 3, "real")), ("N",)),
        Group("features", "with more features than examples", (_plan(2, 3, "real"), _plan(2, 5, "real"))),
        Group(
            "scale",
            "with gamma and beta",
            (_plan(3, 2, "real", scale=True), _plan(4, 4, "real", scale=True)),
            ("beta",),
        ),
        Group("eps", "with a large eps", (_plan(3, 2, "real", eps=0.5), _plan(4, 3, "real", eps=1.0)), ("eps",)),
        Group("maps", "with rows and columns", (_plan(2, 2, "real", size=2),), ("H", "W")),
    )


def _slips(axes: tuple[int, ...], output: Callable[[Values], Numbers]) -> tuple[CodeSlip, ...]:
    def centred(values: Values) -> Numbers:
        x = values["input"]
        found: Numbers = x - x.mean(axis=axes, keepdims=True)
        return found

    def spread(values: Values, ddof: int = 0) -> Numbers:
        return np.asarray(values["input"].var(axis=axes, keepdims=True, ddof=ddof))

    return (
        CodeSlip(
            "unbiased-variance",
            "the variance is divided by one less than the count: by the count itself",
            lambda values: scaled(values, centred(values) / np.sqrt(spread(values, 1) + values["eps"])),
        ),
        CodeSlip(
            "root-left-out",
            "it is divided by the variance: by its root",
            lambda values: scaled(values, centred(values) / (spread(values) + values["eps"])),
        ),
        CodeSlip(
            "eps-outside",
            "eps is added to the deviation: it belongs under the root",
            lambda values: scaled(values, centred(values) / (np.sqrt(spread(values)) + values["eps"])),
        ),
        CodeSlip("not-divided", "only the mean is taken off", lambda values: scaled(values, centred(values))),
        CodeSlip(
            "scale-left-out",
            "gamma and beta are not used",
            lambda values: output({name: value for name, value in values.items() if name not in {"gamma", "beta"}}),
        ),
        CodeSlip(
            "statistics-held",
            "mean and variance are taken for constants: the input moves them as well",
            lambda values: (
                scaled({**values, "beta": np.zeros(values["input"].shape[1])}, values["grad_output"])
                / np.sqrt(spread(values) + values["eps"])
            ),
            "grad_input",
        ),
    )
