"""An array of numbers: a matrix in LaTeX, nested lists, a table; right by entry."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from grader.answers.chain import members
from grader.answers.claims import Claim
from grader.answers.evaluate import exact
from grader.answers.parse import parse
from grader.answers.rounding import written_slack
from grader.answers.tree import Binary, Group, Matrix, Node, Sequence, Transposed
from grader.answers.unread import MAX_CELLS, Unread
from grader.answers.values import Tensor
from grader.answers.view import CORRECT, Comparison, Reading
from grader.model import Verdict

RTOL, ATOL = 1e-6, 1e-9
HALF = 0.5

Entries: TypeAlias = NDArray[np.int64] | NDArray[np.float64]

_INT64 = 2**63
_SCALING = frozenset({"*", "×", "·", ""})


@dataclass(frozen=True)
class TensorView:
    """Reads and compares arrays."""

    def read(self, claim: Claim) -> Reading[Tensor]:
        """The last array in a chain of equalities; a note names the entry where the array before it differs."""
        try:
            written = _candidates(claim)
            arrays = [_array(cells) for cells in written]
        except Unread as unread:
            return Reading(None, unread.code, unread.reason)
        return Reading(
            Tensor(arrays[-1], _slack(written[-1], arrays[-1])), apt=arrays[-1].ndim > 1, notes=_false_sum(arrays)
        )

    def likely(self, value: Tensor, reference: Tensor) -> bool:
        """Whether it has as many axes that are longer than 1."""
        return value.array.squeeze().ndim == reference.array.squeeze().ndim

    def compare(self, value: Tensor, reference: Tensor) -> Comparison:
        """Credit is right entries over all; under half right is incorrect, a wrong shape earns nothing."""
        got, want = _aligned(value.array, reference.array)
        if got.shape != want.shape:
            reason = f"the array has shape {_shape(got)}, the one asked for {_shape(want)}"
            return Comparison(Verdict.INCORRECT, 0.0, reason)
        agree = got == want if got.dtype == want.dtype == np.int64 else np.isclose(got, want, rtol=RTOL, atol=ATOL)
        if value.slack is not None:
            agree |= np.abs(got - want) <= value.slack.reshape(got.shape)
        if agree.all():
            return CORRECT
        credit = float(agree.mean())
        reason = f"{int(agree.sum())} of {agree.size} entries agree; {_entry(got, np.argwhere(~agree)[0])}"
        if credit < HALF:
            return Comparison(Verdict.INCORRECT, 0.0, reason)
        return Comparison(Verdict.PARTIAL, credit, reason)

    def render(self, value: Tensor) -> str:
        """Nested lists."""
        return str(value.array.tolist())


def _candidates(claim: Claim) -> list[list[object]]:
    """The arrays of the claim as nested lists of trees, in order."""
    if claim.rows:
        filled = [row for row in claim.rows if any(cell.strip() for cell in row)]  # a table's header may be blank
        return [[[parse(cell) for cell in row] for row in filled]]
    tree = parse(claim.text)
    found = [cells for member in members(tree) if isinstance(cells := _cells(member), list)]
    if not found:
        raise Unread("not-a-tensor", "there is no array in it")
    if not isinstance(_cells(members(tree)[-1]), list):
        raise Unread("not-a-tensor", "the last member is not an array")
    return found


def _cells(node: Node) -> object:
    """Nested lists of scalar trees; a scalar tree where `node` is no array."""
    match node:
        case Matrix(rows):
            return [list(row) for row in rows]
        case Group("(" | "[" | "{", items) if len(items) > 1 or isinstance(items[0] if items else None, Group):
            return [_cells(item) for item in items]
        case Group("[", (single,)):
            return [_cells(single)]
        case Group("(", (inner,)):
            return _cells(inner)
        case Transposed(arg):
            return _transposed(_cells(arg))
        case Sequence(items) if all(isinstance(_cells(item), list) for item in items):
            return [_cells(item) for item in items]
        case Binary(op, left, right) if op in _SCALING and isinstance(cells := _cells(right), list):
            return _scaled(left, cells)
    return node


def _transposed(cells: object) -> object:
    if not isinstance(cells, list):
        return cells
    if not all(isinstance(row, list) for row in cells):
        return cells  # a row written as a column: the vector is the same
    if len({len(row) for row in cells}) != 1:
        raise Unread("ragged", "the rows of the array differ in length")
    return [list(column) for column in zip(*cells, strict=True)]


def _scaled(factor: Node, cells: list[object]) -> list[object]:
    """`1/9 * [[...]]`, entry by entry."""
    return [_scaled(factor, cell) if isinstance(cell, list) else Binary("*", factor, cell) for cell in cells]  # type: ignore[arg-type]  # what is no list is a tree


def _array(cells: object) -> Entries:
    """The array of `cells`: int64 where each entry is an integer, else float64."""
    shape = _nested_shape(cells)
    flat = [exact(node) for node in _flat(cells)]
    if len(flat) > MAX_CELLS:
        raise Unread("too-large", f"more than {MAX_CELLS} entries")
    whole = all(value.denominator == 1 and abs(value) < _INT64 for value in flat)
    if whole:
        return np.array([int(value) for value in flat], dtype=np.int64).reshape(shape)
    return np.array([_float(value) for value in flat], dtype=np.float64).reshape(shape)


def _slack(cells: object, array: Entries) -> Entries | None:
    """Half a unit in the last place of each decimal of at least three significant digits."""
    slack = [written_slack(node) for node in _flat(cells)]
    return np.array(slack).reshape(array.shape) * (1 + 1e-9) if any(slack) else None


def _float(value: Fraction) -> float:
    try:
        return float(value)
    except OverflowError:
        raise Unread("too-large", "an entry out of all proportion") from None


def _nested_shape(cells: object) -> tuple[int, ...]:
    if not isinstance(cells, list):
        return ()
    inner = {_nested_shape(cell) for cell in cells}
    if len(inner) != 1:
        raise Unread("ragged", "the rows of the array differ in length")
    return (len(cells), *inner.pop())


def _flat(cells: object) -> list[Node]:
    if isinstance(cells, list):
        return [node for cell in cells for node in _flat(cell)]
    return [cells]  # type: ignore[list-item]  # what is no list is a tree


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


def _false_sum(arrays: list[Entries]) -> tuple[str, ...]:
    """A note on the first entry in which the last array is not the one written before it."""
    if len(arrays) < 2 or arrays[-1].shape != arrays[-2].shape or np.array_equal(arrays[-1], arrays[-2]):
        return ()
    index = np.argwhere(arrays[-1] != arrays[-2])[0]
    return (f"the working before it gives {arrays[-2][tuple(index)]} where {_entry(arrays[-1], index)}",)
