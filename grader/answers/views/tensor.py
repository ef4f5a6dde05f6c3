"""An array of numbers: a matrix in LaTeX, nested lists, a print, a table; right by entry."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from grader.answers.claims import Claim
from grader.answers.formulas.chain import members
from grader.answers.formulas.evaluate import Exact, real
from grader.answers.formulas.rounding import written_slack
from grader.answers.shapes.arrays_written import cells_of, flat, nested_shape
from grader.answers.shapes.drawn import redrawn
from grader.answers.shapes.headed import without_indices
from grader.answers.syntax.parse import parse
from grader.answers.syntax.tree import Node
from grader.answers.syntax.unread import MAX_CELLS, Unread
from grader.answers.values import Tensor
from grader.answers.view import CORRECT, Comparison, Reading
from grader.answers.writing.notation import Notation, cells_text
from grader.model import Verdict

RTOL, ATOL = 1e-6, 1e-9
HALF = 0.5

Entries: TypeAlias = NDArray[np.int64] | NDArray[np.float64]

_INT64 = 2**63
_WHOLE = 2.0**53
"""From here on a float does not hold every integer."""


@dataclass(frozen=True, slots=True)
class _Written:
    """One array of a chain, and how exactly it is written."""

    array: Entries
    slack: Entries | None


@dataclass(frozen=True)
class TensorView:
    """Reads and compares arrays."""

    def read(self, claim: Claim) -> Reading[Tensor]:
        """The last array in a chain of equalities; a note names the entry where a step is false."""
        try:
            evaluator = Exact()
            written = [_written(cells, evaluator) for cells in _candidates(claim)]
        except Unread as unread:
            return Reading(None, unread.code, unread.reason)
        last = written[-1]
        return Reading(Tensor(last.array, last.slack), apt=last.array.ndim > 1, notes=_false_step(written))

    def likely(self, value: Tensor, reference: Tensor) -> bool:
        """Whether it has as many axes that are longer than 1."""
        return value.array.squeeze().ndim == reference.array.squeeze().ndim

    def compare(self, value: Tensor, reference: Tensor) -> Comparison:
        """Credit is right entries over all; under half right is incorrect, a wrong shape earns nothing."""
        got, want = _aligned(value.array, reference.array)
        if got.shape != want.shape:
            reason = f"the array has shape {_shape(got)}, the one asked for {_shape(want)}"
            return Comparison(Verdict.INCORRECT, 0.0, reason)
        agree = _agree(got, want, None if value.slack is None else value.slack.reshape(got.shape))
        if agree.all():
            return CORRECT
        credit = float(agree.mean())
        reason = f"{int(agree.sum())} of {agree.size} entries agree; {_entry(got, np.argwhere(~agree)[0])}"
        if credit < HALF:
            return Comparison(Verdict.INCORRECT, 0.0, reason)
        return Comparison(Verdict.PARTIAL, credit, reason)

    def render(self, value: Tensor, notation: Notation = Notation.ASCII) -> str:
        """Nested lists; in LaTeX, matrices."""
        return cells_text(value.array.tolist(), notation)


def _agree(got: Entries, want: Entries, slack: Entries | None) -> NDArray[np.bool_]:
    """Where entries agree: integers exactly, reals to a tolerance or to the digits written."""
    if got.dtype == want.dtype == np.int64:
        return np.asarray(got == want)
    whole = (got == np.rint(got)) & (want == np.rint(want)) & (np.abs(want) < _WHOLE)
    agree = np.where(whole, got == want, np.isclose(got, want, rtol=RTOL, atol=ATOL))
    return np.asarray(agree if slack is None else agree | (np.abs(got - want) <= slack))


def _candidates(claim: Claim) -> list[list[object]]:
    """The arrays of the claim as nested lists of trees, in order."""
    if claim.rows:
        filled = [row for row in claim.rows if any(cell.strip() for cell in row)]  # a table's header may be blank
        return [[[parse(cell) for cell in row] for row in without_indices(filled)]]
    chain = [cells_of(member) for member in members(parse(redrawn(claim.text)))]
    found = [cells for cells in chain if isinstance(cells, list)]
    if not found:
        raise Unread("not-a-tensor", "there is no array in it")
    if not isinstance(chain[-1], list):
        raise Unread("not-a-tensor", "the last member is not an array")
    return found


def _written(cells: list[object], evaluator: Exact) -> _Written:
    """The array of `cells`: int64 where each entry is an integer, else float64."""
    shape = nested_shape(cells)
    nodes = flat(cells)
    if len(nodes) > MAX_CELLS:
        raise Unread("too-large", f"more than {MAX_CELLS} entries")
    values = [_value(node, evaluator) for node in nodes]
    integers = [int(value) for value in values if isinstance(value, Fraction) and value.denominator == 1]
    if len(integers) == len(values) and all(abs(value) < _INT64 for value in integers):
        return _Written(np.array(integers, dtype=np.int64).reshape(shape), None)
    if any(abs(value) >= _WHOLE for value in integers):
        raise Unread("too-large", "an integer too large to stand among fractions")
    array = np.array([_float(value) for value in values], dtype=np.float64).reshape(shape)
    slack = [written_slack(node) for node in nodes]
    return _Written(array, np.array(slack).reshape(shape) * (1 + 1e-9) if any(slack) else None)


def _value(node: Node, evaluator: Exact) -> Fraction | float:
    try:
        return evaluator.value(node)
    except Unread as unread:
        if unread.code != "irrational":
            raise
    return real(node)


def _float(value: Fraction | float) -> float:
    try:
        return float(value)
    except OverflowError:
        raise Unread("too-large", "an entry out of all proportion") from None


def _aligned(got: Entries, want: Entries) -> tuple[Entries, Entries]:
    """Both without axes of extent 1, where only those differ: a row, a column and a list are one vector."""
    if got.shape != want.shape and got.squeeze().shape == want.squeeze().shape:
        return got.squeeze(), want.squeeze()
    return got, want


def _shape(array: Entries) -> str:
    return " x ".join(map(str, array.shape)) or "of a single number"


def _entry(array: Entries, index: NDArray[np.intp]) -> str:
    """Where an entry stands, counted from 1, and what stands there."""
    value = array[tuple(index)].item()
    if len(index) == 1:
        return f"entry {index[0] + 1} is {value}"
    if len(index) == 2:
        return f"row {index[0] + 1}, column {index[1] + 1} is {value}"
    return f"entry ({', '.join(str(i + 1) for i in index)}) is {value}"


def _false_step(written: list[_Written]) -> tuple[str, ...]:
    """A note on the first entry in which an array is not the one written before it."""
    for before, after in pairwise(written):
        if before.array.shape != after.array.shape:
            continue
        wrong = ~_agree(after.array, before.array, after.slack)
        if wrong.any():
            index = np.argwhere(wrong)[0]
            given = before.array[tuple(index)]
            return (f"the working before it gives {given} where {_entry(after.array, index)}",)
    return ()
