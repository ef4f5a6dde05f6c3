"""Mistakes in counting parameters, the same for a layer alone and for one in a table."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from grader import engine
from grader.answers.values import Number
from grader.kinds._slips import Mistake

BIAS_FORGOTTEN = ("bias-left-out", "the biases were left out")
BIAS_COUNTED = ("bias-counted", "biases were counted, and the layer has none")


def integer(value: int) -> Number:
    """`value` as the number of an answer."""
    return Number(Fraction(value))


def conv_mistakes(
    in_channels: int, out_channels: int, kernel: Sequence[int], groups: int, *, bias: bool
) -> tuple[Mistake, ...]:
    """What goes wrong in counting the parameters of a convolution."""

    def counted(channels: int, groups: int, *, bias: bool) -> int:
        return engine.conv_parameters(channels, out_channels, kernel, groups, bias=bias)

    return (
        (*(BIAS_FORGOTTEN if bias else BIAS_COUNTED), lambda: integer(counted(in_channels, groups, bias=not bias))),
        (
            "one-bias",
            "there is more than one bias: count them again",
            lambda: integer(counted(in_channels, groups, bias=False) + 1),
        ),
        (
            "input-channels-left-out",
            "a filter reaches through all channels of its input: they were left out",
            lambda: integer(counted(1, 1, bias=bias)),
        ),
    )


def linear_mistakes(in_features: int, out_features: int, *, bias: bool) -> tuple[Mistake, ...]:
    """What goes wrong in counting the parameters of a fully connected layer."""
    weights = engine.linear_parameters(in_features, out_features, bias=False)
    other = engine.linear_parameters(in_features, out_features, bias=not bias)
    return (
        (*(BIAS_FORGOTTEN if bias else BIAS_COUNTED), lambda: integer(other)),
        ("one-bias", "there is more than one bias: count them again", lambda: integer(weights + 1)),
        (
            "bias-per-input",
            "there is a bias for each output, not for each input",
            lambda: integer(weights + in_features),
        ),
    )
