"""Inverted dropout by a given mask: x / (1 - p) where the mask is 1, else 0. ``p`` is the probability to be dropped."""

from __future__ import annotations

from grader import engine
from grader.kinds._code.catalogue._elementwise import elementwise, plan
from grader.kinds._code.operation import CodeSlip, Group, Option
from grader.kinds._code.words import Numbers, Values, Word


def _grad_input(values: Values) -> Numbers:
    return engine.dropout_grad(values["input"], values["grad_output"], values["mask"], values["p"])


_SLIPS = (
    CodeSlip("not-scaled", "what is kept is not divided by 1 - p", lambda values: values["input"] * values["mask"]),
    CodeSlip(
        "scaled-by-p",
        "it is divided by p, which is the probability to be dropped: by 1 - p",
        lambda values: values["input"] * values["mask"] / values["p"],
    ),
    CodeSlip(
        "multiplied",
        "it is multiplied by 1 - p: inverted dropout divides",
        lambda values: values["input"] * values["mask"] * (1 - values["p"]),
    ),
    CodeSlip(
        "mask-turned-round",
        "what the mask keeps is dropped",
        lambda values: values["input"] * (1 - values["mask"]) / (1 - values["p"]),
    ),
    CodeSlip(
        "not-scaled",
        "the gradient is not divided by 1 - p",
        lambda values: values["grad_output"] * values["mask"],
        "grad_input",
    ),
    CodeSlip(
        "mask-left-out", "the mask is not used", lambda values: values["grad_output"] / (1 - values["p"]), "grad_input"
    ),
)

OPERATION = elementwise(
    "dropout",
    lambda values: engine.dropout(values["input"], values["mask"], values["p"]),
    _grad_input,
    _SLIPS,
    options={"p": Option(0.5, least=None)},
    words={"mask": Word("NCHW", {"N": "N", "C": "C", "H": "H", "W": "W", "I": "CHW"}, "NI", ("mask",), sort="mask")},
    more=(Group("probability", "with other probabilities", (plan(1, 3, p=0.25), plan(2, 3, p=0.2)), ("p",)),),
)
