"""A shape whose extents are formulas: compared extent by extent."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from grader.answers.values import ShapeFormula
from grader.answers.views.shape_formula import ShapeFormulaView
from grader.kinds import Kind
from grader.kinds._symbols import Symbolic


class ShapeFormulaGiven(Symbolic):
    """Formulas for the extents, and their symbols."""

    extents: Annotated[tuple[str, ...], Field(min_length=1)]
    """In the order that the statement uses."""

    @model_validator(mode="after")
    def _formulas_read(self) -> ShapeFormulaGiven:
        for text in self.extents:
            self.tree(text)
        return self


def _view(given: ShapeFormulaGiven) -> ShapeFormulaView:
    return ShapeFormulaView(given.known, given.relations, given.floor_required)


def _reference(given: ShapeFormulaGiven) -> ShapeFormula:
    return ShapeFormula(tuple(given.defined(text) for text in given.extents))


KIND = Kind(
    ShapeFormulaGiven,
    _view,
    _reference,
    names=("output dimension", "output shape", "output size", "dimension", "shape", "size"),
)
