"""A formula of entries of arrays, such as the gradient of a convolution with respect to its weight."""

from __future__ import annotations

from pydantic import model_validator

from grader.kinds import Kind, Slip
from grader.kinds._entries import Entries
from grader.kinds._slips import StatedSlip


class IndexedSlip(StatedSlip):
    """A known mistake, as the formula it leads to."""

    formula: str


class IndexedGiven(Entries):
    """A formula of entries and what is known to go wrong with it."""

    slips: tuple[IndexedSlip, ...] = ()

    @model_validator(mode="after")
    def _formulas_read(self) -> IndexedGiven:
        self.prove()
        for slip in self.slips:
            self.reference_of(slip.formula)
        return self


def _slips(given: IndexedGiven) -> tuple[Slip, ...]:
    return tuple(slip.slip(given.reference_of(slip.formula)) for slip in given.slips)


KIND = Kind(
    IndexedGiven,
    lambda given: given.view(),
    lambda given: given.reference_of(given.formula),
    slips=_slips,
)
