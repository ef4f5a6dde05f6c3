"""Sizes, extents and random arrays on which an indexed formula is tried: two settings, so that no size is 1 by chance.

What a problem does not state is taken from its own formula: an index that stands alone along an axis runs over it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from grader.answers.entries.grid import Setting, on_grid
from grader.answers.formulas.pointwise import Pointwise
from grader.answers.formulas.sampling import points
from grader.answers.formulas.symbols import Symbols
from grader.answers.syntax.tree import Big, Binary, Index, Name, Node, Unary, parts, spelled
from grader.answers.syntax.unread import Unread

_SEED = 20_261_121
_DEFAULTS = ((3, 2, 4), (4, 3, 2))
"""Extents for what nothing says anything about, in turn, in either setting."""


@dataclass(frozen=True)
class Plan:
    """What is known of a formula's surroundings."""

    tree: Node
    """The formula, bound."""
    free: tuple[str, ...]
    extents: Mapping[str, tuple[Node | None, ...]]
    """Each array's extents as formulas of the sizes; None for one that is not stated."""
    symbols: Symbols
    require: tuple[Node, ...] = ()
    ranges: Mapping[str, Node] = field(default_factory=dict)
    """How far an index of the answer runs, where it is stated."""
    define: tuple[tuple[str, tuple[str, ...], Node], ...] = ()
    """Arrays that others make: name, indices, formula."""
    origin: int = 1
    positive: bool = False
    """Whether arrays hold positive numbers only, for formulas with roots and logarithms."""


def settings(plan: Plan) -> tuple[Setting, ...]:
    """Two settings of `plan`, the same ones at each call.

    Raises:
        Unread: the stated sizes contradict each other.
    """
    return tuple(_setting(plan, number) for number in range(2))


def _setting(plan: Plan, number: int) -> Setting:
    rng = np.random.default_rng(_SEED + number)
    sizes = _sizes(plan, number)
    draft = _Draft(plan, sizes, iter(_cycle(_DEFAULTS[number])))
    extents = draft.extents()
    arrays = {
        name: _entries(rng, shape, positive=plan.positive)
        for name, shape in extents.items()
        if name not in {made for made, _, _ in plan.define}
    }
    ranges = {name: range(plan.origin, plan.origin + draft.length(name)) for name in plan.free}
    for made, letters, tree in plan.define:
        over = {
            letter: range(plan.origin, plan.origin + extent)
            for letter, extent in zip(letters, extents[made], strict=True)
        }
        inner = Setting(arrays, sizes, over, plan.origin)
        arrays[made] = np.array(on_grid(tree, inner, {letter: letter for letter in letters}))
    return Setting(arrays, sizes, ranges, plan.origin)


def _entries(rng: np.random.Generator, shape: tuple[int, ...], *, positive: bool) -> NDArray[np.float64]:
    return rng.uniform(0.1, 2.0, shape) if positive else rng.uniform(-2.0, 2.0, shape)


def _cycle(values: tuple[int, ...]) -> Iterator[int]:
    while True:
        yield from values


def _sizes(plan: Plan, number: int) -> dict[str, float]:
    """A point of the domain: small sizes, as different from each other as can be, others in each setting."""
    if not plan.symbols.domains:
        return {}
    drawn = points(plan.symbols, plan.require)
    names = [name for name, domain in plan.symbols.domains.items() if domain.integer]
    order = np.arange(len(next(iter(drawn.values()))))
    if names:
        table = np.stack([drawn[name] for name in names])
        equal = sum(((table[i] == table[j]) for i in range(len(names)) for j in range(i)), np.zeros(table.shape[1]))
        small = (table < 2).sum(axis=0)
        order = np.lexsort((table.max(axis=0), equal, small))
        if number:
            first = table[:, order[0]][:, None]
            order = order[np.argsort((table[:, order] == first).sum(axis=0), kind="stable")]
    return {name: float(values[order[0]]) for name, values in drawn.items()}


class _Draft:
    """Extents and lengths of indices as they become known."""

    def __init__(self, plan: Plan, sizes: Mapping[str, float], defaults: Iterator[int]) -> None:
        self.plan = plan
        self.sizes = {name: np.float64(value) for name, value in sizes.items()}
        self.defaults = defaults
        self.lengths: dict[str, int] = {name: self.closed(node) for name, node in plan.ranges.items()}
        self.accesses = [
            access for tree in (plan.tree, *(tree for _, _, tree in plan.define)) for access in _accesses(tree)
        ]
        for big in parts(plan.tree):
            if isinstance(big, Big):
                self.bounded(big)

    def closed(self, node: Node) -> int:
        value = float(Pointwise(self.sizes).value(node))  # type: ignore[arg-type]  # 0-d values
        if not np.isfinite(value) or value != round(value) or not 0 < value < 100:
            raise Unread("extent", f"an extent that comes out as {value:g}")
        return int(value)

    def bounded(self, big: Big) -> None:
        """The lengths of indices whose upper end is a formula of the sizes."""
        for each in big.bounds:
            if each.high is not None and each.name.base not in self.lengths:
                try:
                    self.lengths[each.name.base] = self.closed(each.high) - self.plan.origin + 1
                except Unread:
                    continue  # an end that depends on another index, or is the student's to get right

    def extents(self) -> dict[str, tuple[int, ...]]:
        """Each array's extents."""
        known: dict[str, list[int | None]] = {
            name: [None if node is None else self.closed(node) for node in nodes]
            for name, nodes in self.plan.extents.items()
        }
        for name, letters, _ in self.plan.define:
            for axis, letter in enumerate(letters):
                self.tie(known[name], axis, letter)
        for array, axis, node in self.accesses:
            if array in known and isinstance(node, Name) and axis < len(known[array]):
                self.tie(known[array], axis, node.base)
        open_ends = {name: [extent is None for extent in axes] for name, axes in known.items()}
        for array, axis, node in self.accesses:
            if array in known and axis < len(known[array]) and open_ends[array][axis] and not isinstance(node, Name):
                known[array][axis] = max(known[array][axis] or 0, self.reach(node) or 0) or None
        return {name: tuple(n if n is not None else next(self.defaults) for n in axes) for name, axes in known.items()}

    def tie(self, axes: list[int | None], axis: int, index: str) -> None:
        """An index that stands alone along an axis is as long as the axis."""
        extent = axes[axis]
        if extent is None:
            axes[axis] = self.lengths.setdefault(index, 0) or self.default(index)
        else:
            self.lengths.setdefault(index, extent)

    def default(self, index: str) -> int:
        self.lengths[index] = next(self.defaults)
        return self.lengths[index]

    def reach(self, node: Node) -> int | None:
        """How long an axis has to be for the index `node`; None where that cannot be told."""
        names = [name for name in _index_names(node) if name not in self.sizes]
        if _falls(node):
            return None
        points = dict(self.sizes)
        for name in names:
            points[name] = np.float64(self.plan.origin + (self.lengths.get(name) or self.default(name)) - 1)
        value = float(Pointwise(points).value(node))  # type: ignore[arg-type]  # 0-d values
        return max(1, min(int(value) - self.plan.origin + 1, 64)) if np.isfinite(value) else None

    def length(self, index: str) -> int:
        """How far an index of the answer runs: as stated, as its axis, or as far as it stays within the arrays."""
        return self.lengths.get(index) or self.within(index) or 4 + next(self.defaults) % 3

    def within(self, index: str) -> int | None:
        best: int | None = None
        for array, axis, node in self.accesses:
            stated = self.plan.extents.get(array, ())
            extent = stated[axis] if axis < len(stated) else None
            if extent is None or index not in _index_names(node) or _falls(node):
                continue
            points = dict(self.sizes)
            others = [name for name in _index_names(node) if name != index and name not in self.sizes]
            if any(name not in self.lengths for name in others):
                continue
            for name in others:
                points[name] = np.float64(self.plan.origin + self.lengths[name] - 1)
            for length in range(1, 9):
                points[index] = np.float64(self.plan.origin + length - 1)
                value = float(Pointwise(points).value(node))  # type: ignore[arg-type]  # 0-d values
                if value - self.plan.origin + 1 > self.closed(extent):
                    best = length - 1 if best is None else min(best, length - 1)
                    break
        return best or None


def _accesses(tree: Node) -> list[tuple[str, int, Node]]:
    """Each index of each entry in `tree`: array, axis, index."""
    entries = [node for node in parts(tree) if isinstance(node, Index)]
    return [
        (entry.array.base, axis, item)
        for entry in entries
        if isinstance(entry.array, Name)
        for axis, item in enumerate(entry.indices)
    ]


def _index_names(tree: Node) -> list[str]:
    return [spelled(node) for node in parts(tree) if isinstance(node, Name)]


def _falls(tree: Node) -> bool:
    """Whether a name is subtracted in `tree`, so that its largest value is not at the end of its range."""
    taken = [node.arg for node in parts(tree) if isinstance(node, Unary) and node.op == "-"]
    taken += [node.right for node in parts(tree) if isinstance(node, Binary) and node.op == "-"]
    return any(_index_names(node) for node in taken)
