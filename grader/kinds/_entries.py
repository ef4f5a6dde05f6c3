"""What parts whose answer is a formula of entries state: the formula, its arrays, their sizes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Literal, TypeAlias

import numpy as np

from grader.answers.entries.arrays import Faulty, Signature, bound
from grader.answers.entries.discover import array_and_indices, look, ranks_of
from grader.answers.entries.grid import Setting, on_grid
from grader.answers.entries.left_side import left_indices
from grader.answers.entries.settings import Plan, settings
from grader.answers.formulas.chain import members
from grader.answers.formulas.ellipsis import INDEX, closed_up
from grader.answers.formulas.symbols import Domain, Symbols
from grader.answers.syntax.parse import parse
from grader.answers.syntax.tree import Big, Call, Index, Name, Node, Num, parts, spelled
from grader.answers.syntax.unread import Unread
from grader.answers.values import Entrywise, Indexed
from grader.answers.views.indexed import IndexedView
from grader.kinds._symbols import Symbolic

Extents: TypeAlias = tuple[int | str, ...] | int | None

_SIZE = Domain(2, 6)
REAL = Domain(-3.0, 3.0, integer=False)
_POSITIVE = frozenset({"sqrt", "log", "root"})


class Entries(Symbolic):
    """A formula of entries and the arrays in it."""

    formula: str
    """With the answer's indices on its left: ``dW[h,l] = sum_{i=1..m} sum_{j=1..m} dY[i,j] * X[i+h-1, j+l-1]``."""
    arrays: Mapping[str, Extents] = {}
    """Each array with its extents, formulas of the symbols, or with the number of its indices. What the formula says
    itself may be left out. The answer's own extents, ``dW: [k, k]``, say how far its indices run."""
    define: tuple[str, ...] = ()
    """Arrays that others make, and that a student may write as well: ``U[i] = 1/(1 + exp(-Z[i]))``."""
    origin: Literal[0, 1] | None = None
    """What indices begin at; left out, either is right where a student's own sums say so."""

    def prove(self) -> None:
        """Works the formula out once.

        Raises:
            ValueError: that fails, or it has no value anywhere.
        """
        reference = self.reference_of(self.formula)
        for setting in self.settings:
            try:
                values = on_grid(reference.readings[0].tree, setting, dict(reference.readings[0].free))
            except Faulty as fault:
                raise ValueError(
                    f"found {self.formula!r}, expected a formula of entries ({fault}); correct it"
                ) from None
            if not np.isfinite(values).any():
                raise ValueError(f"found {self.formula!r}, expected a formula that has a value somewhere; correct it")

    def equation(self, text: str) -> tuple[Node, ...]:
        """The members of the equation `text`.

        Raises:
            ValueError: it cannot be read.
        """
        arrays = {name for name in self.arrays if "/" not in name}
        names = Symbols(self.symbols, self.aliases).names | arrays
        try:
            return members(closed_up(parse(text, names)).tree)
        except Unread as unread:
            raise ValueError(f"found {text!r}, expected a formula of entries ({unread.reason}); correct it") from unread

    @cached_property
    def left(self) -> tuple[Node, ...]:
        """The indices on the left of the formula."""
        sides = self.equation(self.formula)
        return (left_indices(sides[0]) or ()) if len(sides) > 1 else ()

    @cached_property
    def signature(self) -> Signature:
        """The arrays, sizes and indices that the formula and the definitions hold."""
        free = tuple(dict.fromkeys(spelled(node) for node in self.left if isinstance(node, Name)))
        made = [self.equation(text) for text in self.define]
        trees = [self.equation(self.formula)[-1], *(side for equation in made for side in (equation[0], equation[-1]))]
        inner = free + tuple(name for sides in made for name in _letters(sides[0]))
        stated = len(self.equation(self.formula)) > 1
        found = look(trees, inner, self.arrays, self.symbols, stated=stated)
        answer = array_and_indices(self.equation(self.formula)[0])[0]
        ranks = {name: rank for name, rank in ranks_of(self.arrays).items() if name != answer or name in found.ranks}
        symbols = {
            **dict.fromkeys(found.sizes, _SIZE),
            **dict.fromkeys((name for name in found.scalars if name not in found.sizes), REAL),
            **self.symbols,
        }
        return Signature(
            {**found.ranks, **ranks}, Symbols(symbols, self.aliases), free or tuple(found.loose), found.letters
        )

    @cached_property
    def settings(self) -> tuple[Setting, ...]:
        """The arrays on which answers are tried.

        Raises:
            ValueError: the sizes contradict each other.
        """
        answer = array_and_indices(self.equation(self.formula)[0])[0]
        own = self.arrays.get(answer)
        tree = self.bound(self.equation(self.formula)[-1])
        names = [
            node.function
            for each in (tree, *(made for _, _, made in self.made))
            for node in parts(each)
            if isinstance(node, Call)
        ]
        plan = Plan(
            tree=tree,
            free=self.signature.free,
            extents={name: self._extents(self.arrays.get(name), rank) for name, rank in self.signature.ranks.items()},
            symbols=self.signature.symbols,
            require=self.relations,
            ranges=self._ranges(own),
            define=self.made,
            origin=_begins(tree) if self.origin is None else self.origin,
            positive=not _POSITIVE.isdisjoint(names),
        )
        try:
            return settings(plan)
        except Unread as unread:
            raise ValueError(f"found sizes that do not fit together ({unread.reason}); correct them") from unread

    @cached_property
    def made(self) -> tuple[tuple[str, tuple[str, ...], Node], ...]:
        """`define`, read: the array, its indices, its formula."""
        found = []
        for text in self.define:
            sides = self.equation(text)
            letters = _letters(sides[0])
            found.append((array_and_indices(sides[0])[0], letters, self.bound(sides[-1], letters)))
        return tuple(found)

    def bound(self, tree: Node, free: tuple[str, ...] | None = None) -> Node:
        """`tree` with its names bound.

        Raises:
            ValueError: it names what is not there.
        """
        try:
            return bound(tree, self.signature, free)
        except (Unread, Faulty) as problem:
            raise ValueError(f"found {self.formula!r}, expected a formula of entries ({problem}); correct it") from None

    def reference_of(self, text: str) -> Indexed:
        """The answer that the equation `text` states."""
        tree = self.bound(self.equation(text)[-1])
        return Indexed((Entrywise(tree, tuple((name, name) for name in self.signature.free)),))

    def view(self) -> IndexedView:
        """How answers are read and compared."""
        return IndexedView(self.signature, self.settings, self.left, self.origin)

    def _extents(self, stated: Extents, rank: int) -> tuple[Node | None, ...]:
        if not isinstance(stated, tuple):
            return (None,) * rank
        return tuple(Num.of(each) if isinstance(each, int) else self._size(each) for each in stated)

    def _size(self, text: str) -> Node:
        try:
            return self.signature.symbols.bind(parse(text, self.signature.symbols.names))
        except Unread as unread:
            raise ValueError(f"found the extent {text!r}, expected a formula of sizes ({unread.reason})") from unread

    def _ranges(self, own: Extents) -> dict[str, Node]:
        """How far the answer's indices run, where its extents are stated."""
        if not isinstance(own, tuple):
            return {}
        places = list(self.left) if len(self.left) == len(own) else []
        sizes = self._extents(own, len(own))
        return {
            spelled(node): size
            for node, size in zip(places, sizes, strict=False)
            if isinstance(node, Name) and size is not None
        }


def _letters(left: Node) -> tuple[str, ...]:
    return tuple(spelled(node) for node in left_indices(left) or () if isinstance(node, Name))


def _begins(tree: Node) -> int:
    """What the sums of `tree` begin at: 0 where one says so, or an index is a plain 0, else 1."""
    lows = [each.low for node in parts(tree) if isinstance(node, Big) for each in node.bounds if each.name != INDEX]
    zeros = any(isinstance(low, Num) and low.value == 0 for low in lows)
    zeros |= any(Num.of(0) in node.indices for node in parts(tree) if isinstance(node, Index))
    return 0 if zeros else 1
