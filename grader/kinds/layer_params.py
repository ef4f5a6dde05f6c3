"""The parameters of the last layer of a chain: a cell of a table of layers."""

from __future__ import annotations

from grader.answers.values import Number
from grader.answers.views.number import NumberView
from grader.engine import networks
from grader.kinds import Kind, Slip
from grader.kinds._counts import conv_mistakes, integer, linear_mistakes
from grader.kinds._network import Network
from grader.kinds._slips import slips


def _reference(given: Network) -> Number:
    """The parameters; none where no layer stands before the cell: the row of the input."""
    return integer(given.parameters()[-1] if given.layers else 0)


def _slips(given: Network) -> tuple[Slip, ...]:
    if not given.layers:
        return ()
    before, operation = given.shapes()[-2], given.layers[-1].operation
    match operation:
        case networks.Conv(out_channels=outputs, groups=groups, bias=bias):
            mistakes = conv_mistakes(before[0], outputs, operation.kernel(before), groups, bias=bias)
        case networks.Linear(out_features=outputs, bias=bias):
            mistakes = linear_mistakes(before[0], outputs, bias=bias)
        case _:
            return ()
    return slips(_reference(given), *mistakes)


KIND = Kind(
    Network,
    lambda _given: NumberView(),
    _reference,
    slips=_slips,
    names=("parameter", "number of parameters"),
)
