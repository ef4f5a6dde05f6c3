"""A formula over the problem's symbols: right where it agrees with the reference on the problem's domain."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from grader.answers.claims import Claim
from grader.answers.formulas.chain import members
from grader.answers.formulas.evaluate import exact
from grader.answers.formulas.local import with_local
from grader.answers.formulas.pointwise import sampled
from grader.answers.formulas.sampling import POINTS, Points, agree, points, rounds, undisturbed
from grader.answers.formulas.symbols import Symbols, names_in
from grader.answers.formulas.ties import agree_beside_ties
from grader.answers.shapes.extents import extents
from grader.answers.syntax.parse import is_slash_ambiguous, parse
from grader.answers.syntax.substitute import substituted, written_out
from grader.answers.syntax.tree import (
    Big,
    Binary,
    Cases,
    Derivative,
    Group,
    Index,
    Logic,
    Name,
    Node,
    Num,
    Relation,
    parts,
)
from grader.answers.syntax.unread import Unread
from grader.answers.values import Formula
from grader.answers.view import CORRECT, Comparison, Reading
from grader.answers.writing.notation import Notation
from grader.answers.writing.render import render_tree
from grader.model import Verdict

_INDICATOR = re.compile(r"(?:(?<![\w.])[1I]|\\mathb[bf]\s*\{1\}|\\mathbbm\s*\{1\}|\U0001d7d9)\s*[\[({_]")
"""The sign of an indicator before its brackets."""
NO_FLOOR_CREDIT = 0.5
_LARGE = 1e8
"""Values from which on one more or less is within the tolerance of floats."""
_EXACT_POINTS = 4
_NEARLY = Comparison(Verdict.INCORRECT, 0.0, "it does not hold everywhere: among large numbers it is off by a little")
_MOST_STEPS = 12
"""Steps of the working that are tried, the first ones."""


@dataclass(frozen=True)
class FormulaView:
    """Reads and compares formulas."""

    symbols: Symbols
    require: tuple[Node, ...] = ()
    """Relations that hold wherever the formula is asked for, such as `K <= W + 2P`."""
    floor_required: bool = False
    """Whether the problem asks for the floor; else it may be left out, and counts where the stride divides."""
    extent: tuple[int, int] | None = None
    """Where the answer may stand as one extent of a written shape: which one, of how many."""

    def read(self, claim: Claim) -> Reading[Formula]:
        """The last member of the chain that can be read; the name on the left is passed over."""
        try:
            whole = self._parsed(claim)
            tree = self._sought(whole)
            formula, notes = self._last(tree, indicator=bool(_INDICATOR.search(claim.text)))
            if is_slash_ambiguous(claim.text, self.symbols.names):
                other, _ = self._last(self._sought(self._parsed(claim, tight=True)))
                self._same_or_unread(formula, other)
        except Unread as unread:
            return Reading(None, unread.code, unread.reason)
        return Reading(Formula(formula), notes=notes, share=self._share(whole, tree))

    def likely(self, value: Formula, reference: Formula) -> bool:
        """Whether symbols stand in it, where they stand in the reference: a plain number is no formula."""
        return bool(names_in(value.tree)) or not names_in(reference.tree)

    def compare(self, value: Formula, reference: Formula) -> Comparison:
        """Equal at every point of the domain; a form without a floor, wherever the reference's floors do nothing."""
        at = points(self.symbols, self.require)
        result = compare_trees(value.tree, reference.tree, at, floor=self.floor_required)
        if result.verdict is Verdict.INCORRECT and self._is_an_extent(value.tree, reference.tree, at):
            return Comparison(Verdict.REVIEW, 0.0, "it is written as a shape, one extent of which is right")
        return result

    def render(self, value: Formula, notation: Notation = Notation.ASCII) -> str:
        """The formula without a name on its left."""
        return render_tree(value.tree, notation)

    def _is_an_extent(self, got: Node, want: Node, at: Points) -> bool:
        """Whether `got` may be a shape, `(n - f + 1) x (n - f + 1)`, and not a product, with `want` as an extent."""
        try:
            written = extents(got)
        except Unread:
            return False
        return len(written) > 1 and any(
            compare_trees(one, want, at, floor=self.floor_required).verdict is Verdict.CORRECT for one in written
        )

    def _parsed(self, claim: Claim, *, tight: bool = False) -> Node:
        """The tree of `claim`, with the student's own definitions put in."""
        tree: Node = written_out(parse(claim.text, self.symbols.names, tight=tight))
        if not claim.defined:
            return tree
        return with_local(tree, claim.defined, self.symbols.names, self.symbols.knows, self.symbols.fits)

    def _sought(self, tree: Node) -> Node:
        """`tree`, or the extent of it that is asked for."""
        if self.extent is None or isinstance(tree, Relation):
            return tree
        which, of = self.extent
        written = extents(tree)
        return written[which] if len(written) == of else tree

    def _share(self, whole: Node, sought: Node) -> str:
        """Which extent of a shape was taken; of a product without crosses it is not certain that it is a shape."""
        if sought is whole or self.extent is None or (isinstance(whole, Binary) and whole.op not in {"×", "x"}):
            return ""
        return f"extent {self.extent[0]}"

    def _last(self, tree: Node, *, indicator: bool = False) -> tuple[Node, tuple[str, ...]]:
        """The last member that can be read, and a note where another stands behind it."""
        chain = members(tree)
        if len(chain) > 1 and isinstance(chain[0], Name | Derivative | Index):
            chain = chain[1:]
        some = {name: values[:1] for name, values in points(self.symbols, self.require).items()}
        first: Unread | None = None
        constant: Node | None = None
        for member in reversed(chain):
            try:
                require_value(member, indicator=indicator)
                bound = self.symbols.bind(member)
                if constant is not None and not names_in(bound):
                    continue
                self._require_finite(bound, some)
            except Unread as unread:
                first = first or unread
                continue
            if not names_in(bound):  # the value for one case, worked out behind the formula
                constant = constant or bound
                continue
            missed = (f"what stands last could not be read: {first.reason}",) if first else ()
            return bound, (*missed, *self._false_step(chain))
        if constant is not None:
            return constant, ()
        raise first or Unread("empty", "there is nothing to read")

    def _require_finite(self, tree: Node, some: Points) -> None:
        """Refuses what has no value anywhere, such as a division by zero."""
        if np.isfinite(sampled(tree, some)).any():
            return
        if not np.isfinite(sampled(tree, points(self.symbols, self.require))).any():
            raise Unread("undefined", "it has no finite value")

    def _false_step(self, chain: tuple[Node, ...]) -> tuple[str, ...]:
        """A note on the first step of the working whose two sides differ; that a rounding is left out is none."""
        known: list[Node] = []
        for member in chain if len(chain) > 1 else ():
            with suppress(Unread):
                bound = self.symbols.bind(member)
                known += [bound] if names_in(bound) and not _sums(bound) else []
        at = points(self.symbols, self.require)
        for left, right in pairwise(known[:_MOST_STEPS]):
            if rounds(left) != rounds(right):
                continue
            one, other = (np.broadcast_to(sampled(node, at), (_size(at),)) for node in (left, right))
            if not (agree(one, other) | ~np.isfinite(other)).all():
                return (f"a step does not hold: {render_tree(left)} is not {render_tree(right)}",)
        return ()

    def _same_or_unread(self, one: Node, other: Node) -> None:
        at = points(self.symbols, self.require)
        if not agree(sampled(one, at), sampled(other, at)).all():
            raise Unread("ambiguous-slash", "a slash before a product can be read in two ways; brackets are missing")


def _size(at: Points) -> int:
    return len(next(iter(at.values()))) if at else 1


def require_value(tree: Node, *, indicator: bool = False) -> None:
    """Refuses a statement where a value is asked for; `[x > 0]` has one, 1 or 0.

    Args:
        tree: what was read.
        indicator: whether a sign of an indicator stands before its brackets, `1[x = 0]`.

    Raises:
        Unread: it joins conditions, or is an equation in brackets, which is no indicator as a whole.
    """
    if isinstance(tree, Logic):
        raise Unread("not-a-formula", "conditions where a formula was asked for")
    if indicator or not isinstance(tree, Group):
        return
    if any(isinstance(item, Relation) and "=" in item.ops for item in tree.items):
        raise Unread("equation-in-brackets", "an equation in brackets may be the answer, or 1 where it holds")


def _sums(node: Node) -> bool:
    """Whether a sum stands in it, which takes long to work out at every point."""
    return any(isinstance(part, Big) for part in parts(node))


def compare_trees(got: Node, want: Node, at: Points, *, floor: bool) -> Comparison:
    """How the formula `got` stands to `want` at the points `at`; `floor` says whether a floor may not be left out.

    What takes too long to work out at all of them is for a person.
    """
    try:
        return _compare_trees(got, want, at, floor=floor)
    except Unread as unread:
        return Comparison(Verdict.REVIEW, 0.0, unread.reason)


def _compare_trees(got: Node, want: Node, at: Points, *, floor: bool) -> Comparison:
    size = _size(at)
    values = np.broadcast_to(sampled(got, at), (size,))
    agrees = agree(values, np.broadcast_to(sampled(want, at), (size,)))
    if agrees.all():
        return CORRECT if _agree_exactly(got, want, at, values) else _NEARLY
    if at and agrees.any() and agree_beside_ties(got, want, at, ~agrees, agree).all():
        return CORRECT
    if rounds(want) and not rounds(got):
        whole = undisturbed(want, at, size)
        if whole.sum() >= POINTS and agrees[whole].all():
            if floor:
                return Comparison(Verdict.PARTIAL, NO_FLOOR_CREDIT, "the floor that the problem asks for is missing")
            return Comparison(Verdict.CORRECT, 1.0, "right; the floor is left out")
    if is_left_open(got) and np.isnan(values[~agrees]).all():
        return Comparison(Verdict.REVIEW, 0.0, "it is not said what holds otherwise")
    return Comparison(Verdict.INCORRECT, 0.0, _counterexample(values, agrees, at))


def _agree_exactly(got: Node, want: Node, at: Points, values: NDArray[np.float64]) -> bool:
    """Whether two formulas that agree as floats agree as integers too, where floats cannot tell one more from none."""
    if not at or np.abs(values).max() < _LARGE or not all((column == np.round(column)).all() for column in at.values()):
        return True
    for place in np.argsort(-np.abs(values))[:_EXACT_POINTS]:
        try:
            one, other = (exact(_at_point(tree, at, int(place))) for tree in (got, want))
        except Unread:
            return True  # roots and logarithms have no exact values; they agree as far as floats go
        if one != other:
            return False
    return True


def _at_point(tree: Node, at: Points, place: int) -> Node:
    for name, column in at.items():
        tree = substituted(tree, Name(name), Num.of(int(column[place])))
    return tree


def is_left_open(tree: Node) -> bool:
    """Whether a case distinction without an "otherwise" stands in `tree`."""
    return any(
        isinstance(node, Cases) and all(branch.condition is not None for branch in node.branches)
        for node in parts(tree)
    )


def _counterexample(got: NDArray[np.float64], agrees: NDArray[np.bool_], at: Points) -> str:
    """The simplest point at which the formula is wrong, and what it gives there."""
    wrong = np.flatnonzero(~agrees)
    first = min(wrong, key=lambda i: sum(abs(float(values[i])) for values in at.values()))
    place = ", ".join(f"{name} = {values[first]:.6g}" for name, values in at.items())
    return f"it does not hold everywhere: at {place} it gives {got[first]:.6g}"
