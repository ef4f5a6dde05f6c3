r"""A formula of entries, `dW_{h,l} = \sum_i \sum_j dY_{ij} X_{i+h-1,j+l-1}`: right where it agrees on random arrays."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import permutations

import numpy as np
from numpy.typing import NDArray

from grader.answers.claims import Claim
from grader.answers.entries.arrays import Faulty, Signature, bound
from grader.answers.entries.defining import with_own
from grader.answers.entries.grid import Setting, on_grid
from grader.answers.entries.indices import indices_in
from grader.answers.entries.left_side import sides
from grader.answers.entries.numbered import numbered
from grader.answers.entries.own import require_short
from grader.answers.entries.places import Free, by_extents, extents_of, placed
from grader.answers.entries.turned import with_axes
from grader.answers.entries.unbound import in_names
from grader.answers.formulas.chain import members
from grader.answers.formulas.ellipsis import INDEX, closed_up
from grader.answers.formulas.local import MAX_NODES, with_local
from grader.answers.formulas.sampling import agree
from grader.answers.syntax.parse import parse
from grader.answers.syntax.substitute import renamed
from grader.answers.syntax.tree import Big, Call, Index, Name, Node, Num, nodes, spelled
from grader.answers.syntax.unread import Unread
from grader.answers.values import Entrywise, Indexed
from grader.answers.view import CORRECT, Comparison, Reading
from grader.answers.views.formula import is_left_open
from grader.answers.writing.notation import Notation
from grader.answers.writing.render import render_tree
from grader.model import Verdict

_MOST_TURNED = 4
"""Indices of an answer whose orders are all tried, where it is wrong as it stands."""
_MOST_OWN = 3
"""Names of a student's own for the answer's indices, without a left side that says which is which."""

_BEGINS_BEHIND = re.compile(r"[\s&$]{0,20}=")
"""A formula whose left side was lost."""


@dataclass(frozen=True)
class IndexedView:
    """Reads and compares formulas of entries."""

    signature: Signature
    settings: tuple[Setting, ...]
    left: tuple[Node, ...] = ()
    """The indices on the left of the problem's formula; numbers among them stand for axes of extent 1."""
    origin: int | None = None
    """What indices begin at, where the problem says so."""

    def read(self, claim: Claim) -> Reading[Indexed]:
        """The last member of the chain that can be read, its indices named by the left side."""
        signature, rest = with_own(self.signature, claim.defined)
        if signature is not self.signature:
            return replace(self, signature=signature).read(replace(claim, defined=tuple(rest)))
        try:
            return self._read(claim)
        except Unread as unread:
            return Reading(None, unread.code, unread.reason)

    def _read(self, claim: Claim) -> Reading[Indexed]:
        """As `read`.

        Raises:
            Unread: it cannot be read; its left side is lost, so that what an index is may have been said there.
        """
        chain = members(parse(claim.text, self.signature.names | numbered(claim.text)))
        stated, values = sides(chain)
        extents = extents_of(chain[0], claim.spaces) if stated else ()
        if claim.defined:
            values = tuple(self._complete(member, claim, stated or ()) for member in values)
        first: Unread | Faulty | None = None
        for at, member in reversed(tuple(enumerate(values))):
            try:
                value = self._value(member, stated, extents)
            except (Unread, Faulty) as problem:
                first = first or problem
                continue
            said = (f"what stands last could not be read: {first}",) if first else ()
            return Reading(
                value, apt=_is_apt(value), notes=(*said, *self._false_step(value, values[:at], stated, extents))
            )
        if isinstance(first, Faulty) and _BEGINS_BEHIND.match(claim.text):
            raise Unread("left-side", f"{first}; but its left side, which may say more, could not be read")
        if isinstance(first, Faulty):
            return Reading(Indexed((), str(first), written=values[-1]))
        raise first or Unread("empty", "there is nothing to read")

    def _false_step(
        self, value: Indexed, before: tuple[Node, ...], stated: tuple[Node, ...] | None, extents: tuple[int, ...]
    ) -> tuple[str, ...]:
        """A note on the last step before `value` whose two sides differ on random arrays."""
        right = value
        for member in reversed(before):
            try:
                left = self._value(member, stated, extents)
                one, other = (_values(each.readings[0], self.settings[0]) for each in (left, right))
            except (Unread, Faulty):
                continue  # a member in words or of another sort is no step that could be checked
            if not (agree(one, other) | ~np.isfinite(other)).all():
                return (f"a step does not hold: {self.render(left)} is not {self.render(right)}",)
            right = left
        return ()

    def _complete(self, member: Node, claim: Claim, stated: tuple[Node, ...]) -> Node:
        """`member` with the student's own definitions put in; the answer's indices stay."""

        def knows(name: Name) -> bool:
            known = self.signature
            if name in stated or spelled(name) in known.free or known.symbols.knows(name):
                return True
            return known.array(spelled(name)) is not None or known.array(name.base) is not None

        def fits(name: Name) -> bool:
            return self.signature.symbols.fits(name)

        return with_local(member, claim.defined, self.signature.names, knows, fits)

    def _value(self, member: Node, stated: tuple[Node, ...] | None, extents: tuple[int, ...]) -> Indexed:
        written = closed_up(member)
        if written.conditions:
            self._fits(written.conditions)
        readings = []
        bindings = self._bindings(stated, extents) if stated else self._guesses(written.tree)
        for free in bindings:
            names = None if free is None else tuple(name for name, _ in free)
            tree = bound(written.tree, self.signature, names)
            if self.signature.own:
                require_short(tree, MAX_NODES)
            reading = Entrywise(tree, free or tuple((name, name) for name in self.signature.free))
            readings.append(reading)
        origin = _origin(written.tree)
        self._try(readings[0], origin)
        several = dict.fromkeys(readings) if len(readings) > 1 else readings
        return Indexed(tuple(several), origin=origin, assumed=self._assumed(readings[0], stated))

    def _assumed(self, reading: Entrywise, stated: tuple[Node, ...] | None) -> str:
        """What a student does not say outright: the upper end of a sum, or what an index of the answer is."""
        if any(isinstance(node, Call) and node.function == "extent" for node in nodes(reading.tree)):
            return "an upper end"
        own = [name for name, free in reading.free if name not in self.signature.free]
        return f"the index {own[0]}" if own and not stated else ""

    def _try(self, reading: Entrywise, origin: int | None) -> None:
        """Works `reading` out once: what has no value at all is no formula of entries, and cannot be read."""
        setting = self.settings[0]
        with suppress(Faulty):  # a sum that runs too far is a wrong answer, and told as one
            _values(reading, rebased(setting, setting.base if origin is None else origin))

    def _fits(self, conditions: tuple[Node, ...]) -> None:
        """Whether the terms of an ellipsis fit together wherever the formula is asked for."""
        for setting in self.settings:
            for condition in conditions:
                tree = bound(condition, self.signature)
                if not np.all(on_grid(tree, setting, {name: name for name in self.signature.free})):
                    raise Unread("ellipsis", "the last term of the ellipsis does not fit the ones before it")

    def _bindings(self, stated: tuple[Node, ...], extents: tuple[int, ...]) -> list[Free | None]:
        """What the student's names of the answer's indices stand for: by position, and by name where that differs.

        The space that the student says the answer is in tells its axes apart, where their extents differ.
        """
        free = self.signature.free
        by_place = placed(stated, self.left or tuple(map(Name, free)), free, self._single)
        if by_place is None:
            if set(map(_spelled, stated)) >= set(free):
                return [None]
            raise Unread("left-side", f"the left side has {len(stated)} indices, where the answer has {len(free)}")
        by_place = by_extents(by_place, stated, extents, self._extents)
        names, places = (tuple(column) for column in zip(*by_place, strict=True))
        if set(names) == set(free) and names != places:
            return [by_place, None]
        return [by_place]

    def _guesses(self, member: Node) -> list[Free | None]:
        """Without a left side: the problem's names, or each way in which the student's may stand for them."""
        free = self.signature.free
        sums = [node for node in nodes(member) if isinstance(node, Big)]
        if not all(big.bounds for big in sums) or set(free) <= set(indices_in(member)):
            return [None]
        taken = {spelled(each.name) for big in sums for each in big.bounds}
        scalars = self.signature.symbols.domains
        plain = renamed(member, lambda name: Name(spelled(name)) if spelled(name) in scalars else name)
        used = dict.fromkeys(name for name in indices_in(plain) if name not in taken)
        own = [name for name in used if name not in free and not self.signature.symbols.fits(Name(name))]
        missing = [name for name in free if name not in used]
        if not 0 < len(own) == len(missing) <= _MOST_OWN:
            return [None]
        kept = [(name, name) for name in free if name in used]
        return [(*kept, *zip(ways, missing, strict=True)) for ways in permutations(own)]

    @cached_property
    def _extents(self) -> dict[str, int]:
        """How many values each index of the answer has, where that is the same on all arrays."""
        lengths = {name: {len(setting.ranges[name]) for setting in self.settings} for name in self.signature.free}
        return {name: found.pop() for name, found in lengths.items() if len(found) == 1}

    @property
    def _single(self) -> frozenset[str]:
        """The answer's indices along axes of extent 1."""
        return frozenset(name for name, extent in self._extents.items() if extent == 1)

    def likely(self, value: Indexed, reference: Indexed) -> bool:
        """Whether entries of arrays stand in it, where they stand in the reference."""
        return bool(value.fault) or _is_apt(value) or not _is_apt(reference)

    def compare(self, value: Indexed, reference: Indexed) -> Comparison:
        """Right where both agree on arrays of two sizes, in every way that it can be read."""
        if value.fault:
            return Comparison(Verdict.INCORRECT, 0.0, value.fault)
        marks = [self._mark(reading, value.origin, reference) for reading in value.readings]
        if value.assumed and any(mark.verdict is not Verdict.CORRECT for mark in marks):
            return Comparison(Verdict.REVIEW, 0.0, f"it is not said what {value.assumed} is")
        if len(marks) == 1 and marks[0].verdict is Verdict.INCORRECT and self._in_another_order(value, reference):
            return Comparison(Verdict.REVIEW, 0.0, "it is right with its indices in another order")
        if len(marks) == 1 and marks[0].verdict is Verdict.INCORRECT and (name := self._turned(value, reference)):
            return Comparison(Verdict.REVIEW, 0.0, f"it is right if the axes of {name} stand in another order")
        if len({mark.verdict for mark in marks}) > 1:
            reason = "its indices are right by their names and wrong by their places, or the other way round"
            return Comparison(Verdict.REVIEW, 0.0, reason)
        return marks[0]

    def _in_another_order(self, value: Indexed, reference: Indexed) -> bool:
        """Whether it is right if its names stand for the answer's indices in another order than on its left."""
        reading = value.readings[0]
        names, free = [name for name, _ in reading.free], [problem for _, problem in reading.free]
        if not 1 < len(names) <= _MOST_TURNED:
            return False
        for order in permutations(free):
            turned = replace(reading, free=tuple(zip(names, order, strict=True)))
            if list(order) != free and self._mark(turned, value.origin, reference).verdict is not Verdict.INCORRECT:
                return True
        return False

    def _turned(self, value: Indexed, reference: Indexed) -> str:
        """The array with whose axes in another order it would be right, where that is another shape; else empty."""
        reading = value.readings[0]
        used = {
            node.array.base for node in nodes(reading.tree) if isinstance(node, Index) and isinstance(node.array, Name)
        }
        for array in sorted(used):
            shape = self.settings[0].arrays[array].shape if array in self.settings[0].arrays else ()
            for order in permutations(range(len(shape))) if 1 < len(shape) <= _MOST_TURNED else ():
                if tuple(shape[axis] for axis in order) == shape:
                    continue
                turned = replace(reading, tree=with_axes(reading.tree, array, order))
                if self._mark(turned, value.origin, reference).verdict is Verdict.CORRECT:
                    return array
        return ""

    def _mark(self, reading: Entrywise, origin: int | None, reference: Indexed) -> Comparison:
        """As the problem's indices begin; else as the student's sums say, or may say."""
        own = self.settings[0].base
        result = self._at(own, reading, reference)
        if result.verdict is Verdict.CORRECT or self.origin is not None or origin == own:
            return result
        other = self._at(1 - own, reading, reference)
        if origin is not None:
            return other
        if other.verdict is Verdict.CORRECT:
            return Comparison(Verdict.REVIEW, 0.0, f"it is right if indices begin at {1 - own}, which is not said")
        return result

    def _at(self, base: int, reading: Entrywise, reference: Indexed) -> Comparison:
        """How `reading` stands to `reference`, its indices beginning at `base`."""
        try:
            for setting in self.settings:
                want = _wanted(setting, _Key(reference))
                got = _values(reading, rebased(setting, base))
                wrong = np.isfinite(want) & ~agree(got, want)
                if wrong.any() and np.isnan(got[wrong]).all() and is_left_open(reading.tree):
                    return Comparison(Verdict.REVIEW, 0.0, "it is not said what holds otherwise")
                if wrong.any() and not wrong.all() and (np.isnan(got) & (want == 0))[wrong].all():
                    return Comparison(Verdict.REVIEW, 0.0, "it is not said what holds outside the arrays")
                if wrong.any():
                    return Comparison(Verdict.INCORRECT, 0.0, self._difference(got, wrong, setting))
        except Faulty as fault:
            return Comparison(Verdict.INCORRECT, 0.0, str(fault))
        except Unread as unread:
            return Comparison(Verdict.REVIEW, 0.0, unread.reason)
        return CORRECT

    def _difference(self, got: NDArray[np.float64], wrong: NDArray[np.bool_], setting: Setting) -> str:
        place = np.argwhere(wrong)[0]
        at = ", ".join(f"{name} = {int(i) + setting.base}" for name, i in zip(self.signature.free, place, strict=True))
        where = f" at {at}" if at else ""
        if np.isnan(got[tuple(place)]):
            return f"on random arrays it has no value{where}"
        return f"on random arrays it gives something else{where}"

    def render(self, value: Indexed, notation: Notation = Notation.ASCII) -> str:
        """The formula in the problem's names, without what stands on its left."""
        if value.readings:
            return render_tree(in_names(value.readings[0], self.signature), notation)
        return render_tree(value.written, notation) if value.written else "?"


def rebased(setting: Setting, base: int) -> Setting:
    """`setting` with indices that begin at `base`."""
    if base == setting.base:
        return setting
    moved = base - setting.base
    ranges = {name: range(each.start + moved, each.stop + moved) for name, each in setting.ranges.items()}
    return replace(setting, ranges=ranges, base=base)


def _values(reading: Entrywise, setting: Setting) -> NDArray[np.float64]:
    return on_grid(reading.tree, setting, dict(reading.free))


@dataclass(frozen=True, eq=False, slots=True)
class _Key:
    """A reference as a key: the very object, which every answer to a part is held against."""

    reference: Indexed

    def __hash__(self) -> int:
        return id(self.reference)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and other.reference is self.reference


@lru_cache(maxsize=256)
def _wanted(setting: Setting, key: _Key) -> NDArray[np.float64]:
    return _values(key.reference.readings[0], setting)


def _spelled(node: Node) -> str:
    return spelled(node) if isinstance(node, Name) else ""


def _is_apt(value: Indexed) -> bool:
    return any(isinstance(node, Index) for reading in value.readings for node in nodes(reading.tree))


def _origin(tree: Node) -> int | None:
    """What the sums of `tree` begin at, where they all say the same plain 0 or 1."""
    lows = {each.low for big in nodes(tree) if isinstance(big, Big) for each in big.bounds if each.name != INDEX}
    lows.discard(None)
    found = {int(low.value) for low in lows if isinstance(low, Num) and low.value in {0, 1}}
    return found.pop() if len(found) == 1 and len(lows) == 1 else None
