"""A number that the problem states itself, as digits or as a closed expression."""

from __future__ import annotations

from grader.answers.values import Number
from grader.answers.views.number import NumberView
from grader.kinds import Given, Kind, Slip
from grader.kinds._closed import ClosedNumber
from grader.kinds._slips import StatedSlip


class NumberSlip(StatedSlip):
    """A known mistake, as the number it leads to."""

    value: ClosedNumber


class NumberGiven(Given):
    """A number."""

    value: ClosedNumber
    """``6``, ``0.5`` or ``"3*3*10*20 + 20"``."""
    rounded: bool = True
    """Whether a number written as rounded is right as rounded."""
    slips: tuple[NumberSlip, ...] = ()


def _slips(given: NumberGiven) -> tuple[Slip, ...]:
    return tuple(slip.slip(Number(slip.value)) for slip in given.slips)


KIND = Kind(
    NumberGiven,
    lambda given: NumberView(given.rounded),
    lambda given: Number(given.value),
    slips=_slips,
    names=("answer", "value", "result"),
)
