"""What a problem's own formula of entries says about its arrays: their names, how many indices, which letters.

An author who writes `dW[h,l] = sum_{i=1..m} dY[i,l] * X[i+h-1,l]` has said almost all of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any

from grader.answers.entries.indices import flat, head
from grader.answers.formulas.symbols import CONSTANTS
from grader.answers.syntax.tree import Big, Bound, Derivative, Group, Index, Name, Node, spelled


@dataclass
class Found:
    """What has been seen of the formulas so far."""

    arrays: frozenset[str]
    """Names that are stated to be arrays."""
    symbols: frozenset[str]
    """Names that are stated to be sizes or other scalars."""
    ranks: dict[str, int] = field(default_factory=dict)
    letters: dict[str, tuple[str, ...]] = field(default_factory=dict)
    sizes: list[str] = field(default_factory=list)
    """Other names in indices and ends of sums."""
    scalars: list[str] = field(default_factory=list)
    """Other names elsewhere."""
    loose: list[str] = field(default_factory=list)
    """Indices that nothing binds: those of the answer, where its left side names none."""


def look(
    trees: Iterable[Node], free: Iterable[str], arrays: Iterable[str], symbols: Iterable[str], *, stated: bool
) -> Found:
    """What `trees` say; `free` are the answer's indices, all of them where they are `stated`."""
    found = Found(frozenset(arrays), frozenset(symbols))
    looker = _Looker(found, stated)
    for tree in trees:
        looker.value(tree, frozenset(free))
    return found


def array_and_indices(node: Node) -> tuple[str, tuple[Node, ...]]:
    """The array that `node` is an entry of, and the indices: of `X[i, j]`, `x_{ij}` and `dJ/dU[i, j]`."""
    match node:
        case Index(array, indices):
            name, before = array_and_indices(array)
            return name, (*before, *indices)
        case Derivative(of, by):
            above, below = head(of), head(by)
            return f"d{above[0]}/d{below[0]}", (*above[1], *below[1])
        case Name(base, sub, primes):
            return f"{base}{chr(39) * primes}", tuple(item for item in sub if not isinstance(item, Group))
        case Group("(", (inner,)):
            return array_and_indices(inner)
    return "", ()


class _Looker:
    def __init__(self, found: Found, stated: bool) -> None:
        self.found = found
        self.stated = stated

    def value(self, node: Any, scope: frozenset[str]) -> None:
        """`node` where a value stands."""
        match node:
            case Big(_, bounds, body):
                self.value(body, self.bounds(bounds, scope))
            case Index() | Derivative():
                self.entry(*array_and_indices(node), scope)
            case Name():
                self.name(node, scope)
            case tuple():
                for item in node:
                    self.value(item, scope)
            case _ if is_dataclass(node):
                for each in fields(node):
                    self.value(getattr(node, each.name), scope)

    def bounds(self, bounds: tuple[Bound, ...], scope: frozenset[str]) -> frozenset[str]:
        for bound in bounds:
            for end in (bound.low, bound.high, bound.among):
                self.index(end, scope)
            scope |= {spelled(bound.name)}
        return scope

    def name(self, name: Name, scope: frozenset[str]) -> None:
        text = spelled(name)
        if text in scope or text in self.found.symbols or text in CONSTANTS:
            return
        base, indices = array_and_indices(name)
        known = base in self.found.arrays or base in self.found.ranks
        if text in self.found.arrays or (known and not indices):
            return
        if indices and (known or any(_is_index(item, scope) for item in indices)):
            self.entry(base, indices, scope)
        elif text not in self.found.scalars:
            self.found.scalars.append(text)

    def entry(self, array: str, indices: tuple[Node, ...], scope: frozenset[str]) -> None:
        if not array or (not indices and array in self.found.ranks):
            return
        given = flat(indices, self.found.ranks.get(array, 0))
        self.found.ranks.setdefault(array, len(given))
        for item in given:
            self.index(item, scope)
        names = tuple(spelled(item) for item in given if isinstance(item, Name))
        if len(names) == len(given) > 0 and set(names).isdisjoint(self.found.symbols):
            self.found.letters.setdefault(array, names)

    def index(self, node: Any, scope: frozenset[str]) -> None:
        """`node` where an index or an end of a sum stands."""
        if isinstance(node, Index):
            self.value(node, scope)
        elif isinstance(node, Name):
            text = spelled(node)
            if text in scope or text in self.found.symbols:
                return
            seen = self.found.sizes if self.stated or not node.base[:1].islower() else self.found.loose
            if text not in seen:
                seen.append(text)
        elif isinstance(node, tuple):
            for item in node:
                self.index(item, scope)
        elif is_dataclass(node):
            for each in fields(node):
                self.index(getattr(node, each.name), scope)


def _is_index(node: Any, scope: frozenset[str]) -> bool:
    if isinstance(node, Name):
        return spelled(node) in scope
    if isinstance(node, tuple):
        return any(_is_index(item, scope) for item in node)
    return is_dataclass(node) and any(_is_index(getattr(node, each.name), scope) for each in fields(node))


def ranks_of(arrays: Mapping[str, object]) -> dict[str, int]:
    """The number of indices of each array that is stated with its extents, or with that number."""
    return {
        name: len(extents) if isinstance(extents, tuple) else int(str(extents))
        for name, extents in arrays.items()
        if extents is not None
    }
