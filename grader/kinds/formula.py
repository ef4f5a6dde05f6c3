"""A formula over the problem's symbols, right where it agrees on their domain."""

from __future__ import annotations

from pydantic import model_validator

from grader.answers.values import Formula
from grader.answers.views.formula import FormulaView
from grader.kinds import Kind, Slip
from grader.kinds._slips import StatedSlip
from grader.kinds._symbols import Symbolic


class FormulaSlip(StatedSlip):
    """A known mistake, as the formula it leads to."""

    formula: str


class FormulaGiven(Symbolic):
    """A formula and its symbols."""

    formula: str
    """The right one: ``floor((W - K + 2*P)/S) + 1``."""
    extent: tuple[int, int] | None = None
    """Which extent of a written shape may answer it, from 0, and of how many: [2, 3] takes N of H' x W' x N."""
    slips: tuple[FormulaSlip, ...] = ()

    @model_validator(mode="after")
    def _formulas_read(self) -> FormulaGiven:
        for text in (self.formula, *(slip.formula for slip in self.slips)):
            self.tree(text)
        if self.extent and not 0 <= self.extent[0] < self.extent[1]:
            raise ValueError(f"found the extent {list(self.extent)}, expected [which, of how many], from 0")
        return self


def _view(given: FormulaGiven) -> FormulaView:
    return FormulaView(given.known, given.relations, given.floor_required, given.extent)


def _reference(given: FormulaGiven) -> Formula:
    return Formula(given.defined(given.formula))


def _slips(given: FormulaGiven) -> tuple[Slip, ...]:
    return tuple(slip.slip(Formula(given.tree(slip.formula))) for slip in given.slips)


KIND = Kind(FormulaGiven, _view, _reference, slips=_slips)
