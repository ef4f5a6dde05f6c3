"""Indexed formulas on random arrays: an axis for each index, so that a sum is a sum along an axis.

An entry outside its array contributes nothing to a sum; elsewhere it has no value (NaN).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.answers.entries.arrays import Faulty
from grader.answers.formulas.pointwise import FOLDS, NEUTRAL, Points, Pointwise
from grader.answers.syntax.tree import PRODUCTS, Big, Binary, Bound, Call, Group, Index, Name, Node, Num, Same, nodes
from grader.answers.syntax.unread import Unread

_SMALL_EXTENT = 12
"""Ends of sums beyond which a number is a size of the student's own, and no slip of one more or less."""
MAX_AXES = 12
MAX_CELLS = 2_000_000
MAX_RANGE = 64
"""Steps of an index beyond which a sum is cut: the arrays are far smaller, so nothing stands there."""


@dataclass(frozen=True, eq=False)
class Setting:
    """Arrays and sizes on which two formulas are held against each other."""

    arrays: Mapping[str, NDArray[np.float64]]
    scalars: Mapping[str, float]
    ranges: Mapping[str, range]
    """What each index of the answer runs over."""
    base: int
    """What indices begin at."""


@lru_cache(maxsize=1_024)
def _facts(same: Same) -> tuple[int, dict[str, list[tuple[str, int]]]]:
    """How many indices are summed over in a tree, and the axes along which each index stands alone."""
    sums = 0
    alone: dict[str, list[tuple[str, int]]] = {}
    for node in nodes(same.tree):
        if isinstance(node, Big):
            sums += len(node.bounds)
        elif isinstance(node, Index) and isinstance(node.array, Name):
            for axis, item in enumerate(node.indices):
                if isinstance(item, Name):
                    alone.setdefault(item.base, []).append((node.array.base, axis))
    return sums, alone


def on_grid(tree: Node, setting: Setting, free: Mapping[str, str]) -> NDArray[np.float64]:
    """The values of `tree`, an axis for each index of the answer, in the order of `setting.ranges`.

    Args:
        tree: a formula as `grader.answers.entries.arrays.bound` returns it.
        setting: the arrays.
        free: each name that the formula has for an index of the answer -> the problem's name.

    Raises:
        Unread: it holds something that has no value on arrays, or takes too much.
        Faulty: a sum runs beyond an array.
    """
    return _on_grid(Same(tree), setting, tuple(free.items()))


@lru_cache(maxsize=64)
def _on_grid(same: Same, setting: Setting, free: tuple[tuple[str, str], ...]) -> NDArray[np.float64]:
    """What is read is tried once and compared right after it: the second time costs nothing."""
    tree = same.tree
    sums, alone = _facts(same)
    grid = _Grid(setting, dict(free), len(setting.ranges) + sums, alone)
    with np.errstate(all="ignore"):
        found = np.asarray(grid.value(tree))
    shape = tuple(len(each) for each in setting.ranges.values())
    extra = found.ndim - len(shape)
    if extra > 0:
        found = found.reshape(found.shape[: len(shape)])
    return np.broadcast_to(found, shape)


class _Grid(Pointwise):
    """Names are sizes, scalars or indices; an index is an array along its own axis."""

    def __init__(
        self, setting: Setting, free: Mapping[str, str], axes: int, alone: Mapping[str, list[tuple[str, int]]]
    ) -> None:
        if axes > MAX_AXES:
            raise Unread("too-large", f"more than {MAX_AXES} indices")
        self.setting = setting
        self.axes = axes
        self.alone = alone
        self.used = len(setting.ranges)
        self.spans: dict[str, tuple[int, range]] = {}
        """The axis of each index, and what it runs over."""
        points: dict[str, Points] = {name: np.float64(value) for name, value in setting.scalars.items()}  # type: ignore[misc]  # 0-d
        own = {problem: axis for axis, problem in enumerate(setting.ranges)}
        for name, problem in free.items():
            points[name] = self.along(name, own[problem], setting.ranges[problem])
        super().__init__(points)

    def along(self, index: str, axis: int, values: range) -> Points:
        """The values of an index along one of the axes."""
        self.spans[index] = axis, values
        return _real_along(self.axes, axis, values)

    def value(self, node: Node) -> Points:
        """The value of `node`; `extent(X, 0)` is the length of an axis."""
        match node:
            case Call("extent", (Name(array), Num(axis))):
                return np.float64(self.setting.arrays[array].shape[int(axis)])  # type: ignore[return-value]  # 0-d
        return super().value(node)

    def name(self, name: Name) -> Points:
        """A size, a scalar or an index, under whatever name it is bound."""
        found = self.points.get(name.base)
        return super().name(name) if found is None else found

    def entry(self, array: Node, indices: tuple[Node, ...]) -> Points:
        """Entries of an array; NaN outside it."""
        if not isinstance(array, Name) or array.base not in self.setting.arrays:
            raise Unread("unknown-name", "an entry of something that is none of the problem's arrays")
        values = self.setting.arrays[array.base]
        within = [self.within(index, extent) for index, extent in zip(indices, values.shape, strict=True)]
        plain = [place for place in within if place is not None]
        if len(plain) == len(within):
            self.bounded(plain)
            return np.asarray(values[tuple(plain)])
        at = [np.asarray(self.value(index)) - self.setting.base for index in indices]
        self.bounded(at)
        inside: NDArray[np.bool_] | None = None
        places = []
        for index, extent in zip(at, values.shape, strict=True):
            whole = (index == np.floor(index)) & (index >= 0) & (index < extent)
            if whole.all():
                places.append(index.astype(np.intp))
                continue
            inside = whole if inside is None else inside & whole
            places.append(np.where(whole, index, 0).astype(np.intp))
        found = values[tuple(places)]
        return found if inside is None else np.where(inside, found, np.nan)

    def bounded(self, places: Sequence[NDArray[Any]]) -> None:
        """Refuses entries at more places than anybody's homework has."""
        if math.prod(np.broadcast_shapes(*(each.shape for each in places))) > MAX_CELLS:
            raise Unread("too-large", "a sum out of all proportion")

    def within(self, index: Node, extent: int) -> NDArray[np.intp] | None:
        """The places of an index that is a sum of others, `i + h - 1`, and nowhere outside its axis; else None."""
        found = _linear(index, self.spans)
        if found is None:
            return None
        start, factors = found[0] - self.setting.base, found[1]
        lengths = [len(self.spans[name][1]) for name, _ in factors]
        if not all(lengths) or math.prod(lengths) > MAX_CELLS:
            return None
        ends = [(times * self.spans[name][1][0], times * self.spans[name][1][-1]) for name, times in factors]
        if start + sum(map(min, ends)) < 0 or start + sum(map(max, ends)) >= extent:
            return None
        place = np.asarray(start)
        for name, times in factors:
            axis, values = self.spans[name]
            place = place + times * _along(self.axes, axis, values)
        return place

    def big(self, node: Big) -> Points:
        """A sum along the axes of its indices."""
        outer = self.points
        first = self.used
        masks: list[NDArray[np.bool_]] = []
        for bound in node.bounds:
            values, mask = self.reach(bound)
            self.points = {**self.points, bound.name.base: self.along(bound.name.base, self.used, values)}
            if mask is not None:
                low, high = mask
                own = self.points[bound.name.base]
                masks.append((own >= low) & (own <= high))
            self.used += 1
        term = np.asarray(self.value(node.body))
        term = term.reshape(term.shape or (1,) * self.axes)
        full = [max(1, n) for n in term.shape]
        for axis, bound in enumerate(node.bounds, first):
            full[axis] = self.points[bound.name.base].size
        if list(term.shape) != full:
            term = np.broadcast_to(term, full)
        for within in masks:
            term = np.where(within, term, np.nan)
        self.spend(term.size)
        self.points = outer
        return _folded(node.op, term, tuple(range(first, first + len(node.bounds))))

    def reach(self, bound: Bound) -> tuple[range, tuple[Points, Points] | None]:
        """All values that an index takes anywhere, and the ends that limit it from place to place."""
        if bound.among is not None:
            raise Unread("bound", "a sum over a set that is not read")
        natural = self.natural(bound.name.base)
        if bound.high is None:
            low = self.setting.base if bound.low is None else int(np.min(self.value(bound.low)))
            values = natural or range(self.setting.base - MAX_RANGE // 2, self.setting.base + MAX_RANGE // 2)
            return range(max(low, values.start) if bound.low is not None else values.start, values.stop), None
        low_end = self.value(bound.low) if bound.low is not None else np.asarray(float(self.setting.base))
        high_end = self.value(bound.high)
        if not (np.isfinite(low_end).all() and np.isfinite(high_end).all()):
            raise Unread("bound", "a sum without finite ends")
        start, stop = int(np.floor(np.min(low_end))), int(np.floor(np.max(high_end))) + 1
        if natural and (start < natural.start or stop > natural.stop):
            if isinstance(bound.high, Num) and stop > _SMALL_EXTENT:
                raise Unread("bound-number", "a sum up to a number, where the sizes stand for any")
            beyond = start if start < natural.start else stop - 1
            raise Faulty(f"the index {bound.name.base} runs to {beyond}, outside the array that it is an index of")
        values = range(start, min(stop, start + MAX_RANGE))
        everywhere = np.ndim(low_end) == np.ndim(high_end) == 0 and start == low_end
        return values, None if everywhere else (np.asarray(low_end), np.asarray(high_end))

    def natural(self, index: str) -> range | None:
        """What `index` runs over where it stands alone as an index of an array: all of that axis."""
        extents = [self.setting.arrays[array].shape[axis] for array, axis in self.alone.get(index, ())]
        return range(self.setting.base, self.setting.base + min(extents)) if extents else None


@lru_cache(maxsize=1_024)
def _along(axes: int, axis: int, values: range) -> NDArray[np.intp]:
    """`values` along one of so many axes."""
    found = np.array(values, dtype=np.intp).reshape([-1 if i == axis else 1 for i in range(axes)])
    found.flags.writeable = False
    return found


@lru_cache(maxsize=1_024)
def _real_along(axes: int, axis: int, values: range) -> NDArray[np.float64]:
    found = _along(axes, axis, values).astype(np.float64)
    found.flags.writeable = False
    return found


def _linear(node: Node, indices: Mapping[str, object]) -> tuple[int, tuple[tuple[str, int], ...]] | None:
    """`node` as an integer and a sum of indices, each with its integer factor; None where it is anything else."""
    match node:
        case Num(value) if value.denominator == 1:
            return int(value), ()
        case Name(base) if base in indices:
            return 0, ((base, 1),)
        case Group("(", (inner,)):
            return _linear(inner, indices)
        case Binary(("+" | "-") as op, left, right):
            one, other = _linear(left, indices), _linear(right, indices)
            if one is None or other is None:
                return None
            sign = 1 if op == "+" else -1
            return one[0] + sign * other[0], (*one[1], *((name, sign * times) for name, times in other[1]))
        case Binary(op, Num(value), right) if op in PRODUCTS and value.denominator == 1:
            found = _linear(right, indices)
            return found and (int(value) * found[0], tuple((name, int(value) * times) for name, times in found[1]))
    return None


def _folded(op: str, term: NDArray[np.float64], axes: tuple[int, ...]) -> Points:
    if not axes:
        return term
    if op not in NEUTRAL:
        raise Unread("not-a-formula", f"{op} over an index is not read")
    holes = np.isnan(term)
    kept = np.where(holes, NEUTRAL[op], term) if holes.any() else term
    return np.asarray(FOLDS[op].reduce(kept, axis=axes, keepdims=True), dtype=np.float64)
