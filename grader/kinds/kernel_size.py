"""The kernel size that gives the wanted output, the windows fitting exactly."""

from __future__ import annotations

from fractions import Fraction

from grader.answers.values import Number
from grader.answers.views.number import NumberView
from grader.errors import EngineError
from grader.kinds import Kind, Slip
from grader.kinds._arrays import Count
from grader.kinds._convolution import Sliding
from grader.kinds._exact_fit import exact_kernel
from grader.kinds._slips import slips


class KernelSize(Sliding):
    """Sizes along one axis."""

    input: Count
    output: Count


def _reference(given: KernelSize) -> Number:
    (kernel,) = exact_kernel((given.input,), (given.output,), given.stride, given.padding, given.dilation)
    return Number(Fraction(kernel))


def _instead(given: KernelSize, **changed: object) -> Number:
    """The answer for other sizes: what a student may have worked out.

    Raises:
        EngineError: there is none.
    """
    try:
        return _reference(given.model_copy(update=changed))
    except ValueError as error:
        raise EngineError(str(error)) from error


def _slips(given: KernelSize) -> tuple[Slip, ...]:
    return slips(
        _reference(given),
        (
            "steps-for-places",
            "count the steps between the windows: there is one less than there are windows",
            lambda: _instead(given, output=given.output + 1),
        ),
        ("stride-left-out", "the stride was left out", lambda: _instead(given, stride=1)),
        ("padding-left-out", "the padding was left out", lambda: _instead(given, padding=0)),
        ("dilation-left-out", "the dilation was left out", lambda: _instead(given, dilation=1)),
    )


KIND = Kind(
    KernelSize,
    lambda _given: NumberView(square=True),
    _reference,
    slips=_slips,
    names=("kernel size", "filter size", "kernel", "filter", "k", "K"),
)
