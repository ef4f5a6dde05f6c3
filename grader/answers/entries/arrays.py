r"""The arrays of an indexed formula, and what a student's names mean among them.

`dy_{ij}`, `dY[i, j]`, `dY[i][j]`, `dY(i, j)` and `\frac{\partial L}{\partial y_{ij}}` are one entry of the array `dY`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from grader.answers.entries.indices import flat, head, indices_in
from grader.answers.entries.own import Own
from grader.answers.formulas.symbols import CONSTANTS, LOSSES, Symbols
from grader.answers.syntax.substitute import with_inner
from grader.answers.syntax.tree import (
    PRODUCTS,
    Big,
    Binary,
    Bound,
    Call,
    Derivative,
    Group,
    Index,
    Name,
    Node,
    Num,
    Relation,
    Transposed,
    nodes,
    parts,
    spelled,
)
from grader.answers.syntax.unread import Unread


class Faulty(Exception):  # noqa: N818 - a verdict on the answer, raised inside the binder and caught by the view
    """A formula that can be read and is wrong in itself: an index that nothing binds, or that is bound twice."""


@dataclass(frozen=True)
class Signature:
    """What a problem's formula is made of."""

    ranks: Mapping[str, int]
    """Each array with the number of its indices; an array may be called `dJ/dU`."""
    symbols: Symbols
    """Sizes and other scalars."""
    free: tuple[str, ...]
    """The indices of the answer, in the order of its axes."""
    letters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The indices that an array has where they are left off."""
    aliases: Mapping[str, str] = field(default_factory=dict)
    """Another spelling -> the array."""
    own: Mapping[str, Own] = field(default_factory=dict)
    """The arrays among them that a student defined."""

    @property
    def names(self) -> frozenset[str]:
        """Every name that must not be taken apart when a run of letters is read."""
        arrays = {name for name in (*self.ranks, *self.aliases) if "/" not in name}
        return frozenset({*arrays, *self.free, *self.symbols.names} | {name.partition("_")[0] for name in arrays})

    def array(self, name: str) -> str | None:
        """The array that is spelled `name`, in this case or, where that is unique, in another."""
        known = {**{array: array for array in self.ranks}, **self.aliases}
        if name in known:
            return known[name]
        found = {array for spelling, array in known.items() if spelling.lower() == name.lower()}
        return found.pop() if len(found) == 1 else None

    def gradient(self, of: str, by: str) -> str | None:
        """The array that is called `d of / d by`; for a loss of any name `d by` too."""
        found = self.array(f"d{of}/d{by}")
        if found or of not in LOSSES:
            return found
        return self.array(f"d{by}") or next(filter(None, (self.array(f"d{loss}/d{by}") for loss in LOSSES)), None)

    def differential(self, name: str) -> str | None:
        """The array `dL/dY` that is called `dY` for short."""
        if not name.startswith("d") or len(name) < 2:
            return None
        return next(filter(None, (self.array(f"d{loss}/{name}") for loss in LOSSES)), None)


def bound(tree: Node, signature: Signature, free: Iterable[str] | None = None) -> Node:
    """`tree` with entries as `Index` of the problem's arrays and scalars under the problem's names.

    Args:
        tree: what the student wrote.
        signature: the problem's arrays and symbols.
        free: the student's names of the answer's indices; None where he gives none, so that they are the problem's.

    Raises:
        Unread: a name that means nothing, or an array with another number of indices than it has.
        Faulty: an index that nothing binds, or that two sums bind.
    """
    scope = frozenset(signature.free if free is None else free)
    lengths = _lengths(tree, signature)
    stated = free is not None or bool(scope & set(indices_in(tree)))
    return _Binder(signature, lengths, stated=stated).node(tree, scope)  # type: ignore[no-any-return]  # a tree for a tree


class _Binder:
    def __init__(self, signature: Signature, lengths: Mapping[str, Node], *, stated: bool) -> None:
        self.signature = signature
        self.lengths = lengths
        """Names that the student has for the length of an axis, and that axis."""
        self.stated = stated
        """Whether the answer's indices are known: given on its left, or used under the problem's names."""
        self.indexing = 0
        """How many indices it stands in."""

    def node(self, node: Any, scope: frozenset[str]) -> Any:
        """`node` with its names bound; `scope` holds the indices that are bound here."""
        match node:
            case Name():
                return self.name(node, scope)
            case Index():
                return self.index(node, scope)
            case Derivative():
                return self.derivative(node, (), scope)
            case Big():
                return self.big(node, scope)
            case Binary("", left, Group("(" | "[", items)) if found := self.called(left, items, scope):
                return found
            case Transposed():
                raise Unread("transpose", "a transposed array in a formula of entries")
            case tuple():
                return tuple(self.node(item, scope) for item in node)
        return with_inner(node, lambda inner: self.node(inner, scope))

    # --- names

    def name(self, name: Name, scope: frozenset[str]) -> Node:
        if spelled(name) in scope:
            return Name(spelled(name))
        array, indices = self.array_of(name)
        if array:
            return self.entry(array, indices, scope)
        if spelled(name) in self.lengths:
            return self.lengths[spelled(name)]
        if name.base == "delta" and len(pair := flat(name.sub, 2)) == 2:
            return Group("[", (Relation(("=",), (self.node(pair[0], scope), self.node(pair[1], scope))),))
        if spelled(name) in CONSTANTS and spelled(name) not in self.signature.symbols.names:
            return name
        try:
            return Name(self.signature.symbols.lookup(name))
        except Unread:
            if self.indexing and (spelled(name) in self.signature.free or _is_index(name)):
                self.unbound(spelled(name))
            raise

    def unbound(self, name: str) -> None:
        """Nothing binds the index `name`."""
        if not self.stated and self.signature.free:
            raise Unread("unbound-index", f"the index {name} is not said to be one of the answer's")
        raise Faulty(f"the index {name} is bound by nothing: no sum runs over it, and the answer has none such")

    def array_of(self, name: Name) -> tuple[str | None, tuple[Node, ...]]:
        """The array that `name` is an entry of, and the indices that stand below it; labels above it say nothing."""
        sub = tuple(node for node in name.sub if not isinstance(node, Group))
        whole = self.signature.array(spelled(replace(name, sub=sub)))
        if whole:
            return whole, ()
        bare = spelled(Name(name.base, primes=name.primes))
        if self.signature.array(bare) != bare and spelled(name) in self.signature.symbols.domains:
            return None, ()  # k_h is a size of the problem's, and no entry of its K
        found = self.signature.array(bare) or self.signature.differential(bare)
        return found, sub

    # --- entries

    def index(self, node: Index, scope: frozenset[str]) -> Node:
        """`X[i, j]`, `X[i][j]`, `X_i[j]`, `dL/dY[i, j]`."""
        array: Node = node.array
        indices = node.indices
        while isinstance(array, Index):
            indices = (*array.indices, *indices)
            array = array.array
        while isinstance(array, Group) and len(array.items) == 1:
            array = array.items[0]
        if isinstance(array, Derivative):
            return self.derivative(array, indices, scope)
        if not isinstance(array, Name):
            raise Unread("index", "an index behind something that is no array")
        name, below = self.array_of(array)
        if not name:
            raise Unread("unknown-name", f"{spelled(array)} is none of the problem's arrays")
        return self.entry(name, (*below, *indices), scope)

    def entry(self, array: str, indices: tuple[Node, ...], scope: frozenset[str]) -> Node:
        rank = self.signature.ranks[array]
        given = flat(indices, rank)
        if not given and rank:
            return self.at(array, tuple(map(Name, self.left_off(array, scope))))
        if len(given) != rank:
            raise Unread("rank", f"{array} with {len(given)} indices, where it has {rank}")
        self.indexing += 1
        found = tuple(self.node(item, scope) for item in given)
        self.indexing -= 1
        return self.at(array, found)

    def at(self, array: str, indices: tuple[Node, ...]) -> Node:
        """The entry of `array` at `indices`; of a student's own array, what that stands for."""
        own = self.signature.own.get(array)
        return own.at(indices) if own else Index(Name(array), indices)

    def left_off(self, array: str, scope: frozenset[str]) -> tuple[str, ...]:
        """The indices of an array that stands without any."""
        letters = self.signature.letters.get(array, ())
        if letters and set(letters) <= scope:
            return letters
        if not scope.isdisjoint(letters):
            self.unbound(next(letter for letter in letters if letter not in scope))
        raise Unread("indices-left-off", f"{array} stands without its indices, and which are meant is not clear")

    def derivative(self, node: Derivative, indices: tuple[Node, ...], scope: frozenset[str]) -> Node:
        """`dL/dY[i, j]`, with its indices behind it or below the names."""
        of, above = head(node.of)
        by, below = head(node.by)
        array = self.signature.gradient(of, by) if of and by else None
        if not array:
            raise Unread("derivative", f"the derivative of {of or '?'} by {by or '?'} is none of the problem's arrays")
        return self.entry(array, (*above, *below, *indices), scope)

    def called(self, left: Node, items: tuple[Node, ...], scope: frozenset[str]) -> Node | None:
        """`dY(i, j)` as an entry, also as the last factor of a product; `f(x)` is `f`. Else None."""
        before, last = (left, left.right) if isinstance(left, Binary) and left.op in PRODUCTS else (None, left)
        while isinstance(last, Group) and len(last.items) == 1 and isinstance(last.items[0], Derivative):
            last = last.items[0]
        if isinstance(last, Derivative):
            found: Node = self.derivative(last, items, scope)
        elif isinstance(last, Name) and (array := self.array_of(last)[0]) and not flat(self.array_of(last)[1], 9):
            if len(items) != self.signature.ranks[array]:
                return None
            found = self.entry(array, items, scope)
        elif last == Name("sigma") and "sigma" not in self.signature.symbols.names and len(items) == 1:
            found = Call("sigmoid", (self.node(items[0], scope),))
        else:
            return None
        return found if before is None else Binary(before.op, self.node(before.left, scope), found)

    # --- sums

    def big(self, node: Big, scope: frozenset[str]) -> Node:
        bounds: list[Bound] = []
        inner = scope
        for each in node.bounds:
            name = spelled(each.name)
            if name in inner:
                raise Faulty(f"the index {name} is bound twice")
            low, high, among = (self.node(end, inner) if end else None for end in (each.low, each.high, each.among))
            bounds.append(Bound(Name(name), low, high, among))
            inner |= {name}
        if not bounds:
            loose = [name for name in indices_in(node.body) if name not in scope]
            bounds = [Bound(Name(name)) for name in dict.fromkeys(loose)]
            inner |= set(loose)
        return Big(node.op, tuple(bounds), self.node(node.body, inner))


def _lengths(tree: Node, signature: Signature) -> dict[str, Node]:
    """Names of upper ends that mean nothing to the problem: a student's own names for the length of an axis."""
    found: dict[str, Node] = {}
    for big in nodes(tree):
        for each in big.bounds if isinstance(big, Big) else ():
            name = _end(each.high)
            axis = _axis(each.name, big.body, signature) if name and not _is_known(name, signature) else None
            if name and axis:
                found.setdefault(spelled(name), axis)
    return found


def _end(high: Node | None) -> Name | None:
    """`N` of the ends `N` and `N - 1`."""
    if isinstance(high, Binary) and high.op == "-" and high.right == Num.of(1):
        high = high.left
    return high if isinstance(high, Name) else None


def _is_known(name: Name, signature: Signature) -> bool:
    if spelled(name) in signature.free:
        return True
    try:
        signature.symbols.lookup(name)
    except Unread:
        return False
    return True


def _axis(index: Name, body: Node, signature: Signature) -> Node | None:
    """The length of the axis along which `index` stands alone: `extent(X, 0)`."""
    for node in parts(body):
        name, indices = _entry_of(node, signature)
        given = flat(indices, signature.ranks[name]) if name else ()
        if name and name not in signature.own and index in given and len(given) == signature.ranks[name]:
            return Call("extent", (Name(name), Num.of(given.index(index))))
    return None


def _entry_of(node: Node, signature: Signature) -> tuple[str | None, tuple[Node, ...]]:
    """The array that `node` is an entry of, and the indices."""
    match node:
        case Index(Name() as array, indices):
            return signature.array(spelled(Name(array.base, primes=array.primes))), (*array.sub, *indices)
        case Name(_, sub) if sub:
            return signature.array(spelled(Name(node.base, primes=node.primes))), sub
        case Index(Derivative() as array, indices):
            return _entry_of(array, signature)[0], (*_entry_of(array, signature)[1], *indices)
        case Derivative(of, by):
            (above, before), (below, behind) = head(of), head(by)
            return signature.gradient(above, below) if above and below else None, (*before, *behind)
    return None, ()


def _is_index(name: Name) -> bool:
    return len(name.base) == 1 and name.base.islower() and name.base in "hijklmnpqrstuv"
