"""A case distinction over symbols or over entries of arrays; which way a tie breaks is free."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

from pydantic import model_validator

from grader.answers.formulas.symbols import Symbols
from grader.answers.syntax.tree import Index, parts
from grader.answers.syntax.unread import Unread
from grader.answers.values import Formula, Value
from grader.answers.views.formula import FormulaView
from grader.answers.views.indexed import IndexedView
from grader.kinds import Kind, Slip
from grader.kinds._entries import REAL, Entries
from grader.kinds.indexed import IndexedSlip


class CasesGiven(Entries):
    """A case distinction: ``delta_1 if z_1 > 0 and z_1 > z_2 else 0``, or ``dY * [x > 0]``."""

    slips: tuple[IndexedSlip, ...] = ()

    @cached_property
    def entrywise(self) -> bool:
        """Whether it is a formula of entries of arrays."""
        return bool(self.arrays or self.define) or any(
            isinstance(node, Index) for node in parts(self.equation(self.formula))
        )

    @cached_property
    def known(self) -> Symbols:
        """The symbols, those that the formula alone names among them; reals come out equal now and then."""
        named = () if self.entrywise else Symbols({}).loose(self.equation(self.formula)[-1])
        domains = {**dict.fromkeys(named, REAL), **self.symbols}
        tied = {name: replace(domain, ties=not domain.integer) for name, domain in domains.items()}
        return Symbols(tied, self.aliases)

    def value_of(self, text: str) -> Value:
        """The answer that `text` states.

        Raises:
            ValueError: it cannot be read.
        """
        if self.entrywise:
            return self.reference_of(text)
        try:
            return Formula(self.known.bind(self.equation(text)[-1]))
        except Unread as unread:
            raise ValueError(f"found {text!r}, expected a case distinction ({unread.reason}); correct it") from unread

    @model_validator(mode="after")
    def _reads(self) -> CasesGiven:
        if self.entrywise:
            self.prove()
        for text in (self.formula, *(slip.formula for slip in self.slips)):
            self.value_of(text)
        return self


def _view(given: CasesGiven) -> IndexedView | FormulaView:
    return given.view() if given.entrywise else FormulaView(given.known, given.relations)


def _slips(given: CasesGiven) -> tuple[Slip, ...]:
    return tuple(slip.slip(given.value_of(slip.formula)) for slip in given.slips)


KIND = Kind(CasesGiven, _view, lambda given: given.value_of(given.formula), slips=_slips)
