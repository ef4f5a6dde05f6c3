r"""The arrays that a student defines beside the answer: `G[i,j,m] = dJ/dZ[i,j,m]`, `let g = dY`.

An array of the problem's stays what it is, whatever a student writes about it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from grader.answers.entries.arrays import Faulty, Signature, bound
from grader.answers.entries.indices import flat
from grader.answers.entries.own import Own, is_entry_of, require_short
from grader.answers.syntax.parse import parse
from grader.answers.syntax.tree import Binary, Group, Index, Name, Node, parts, spelled
from grader.answers.syntax.unread import Unread

_MOST_INDICES = 4
_MANY = 9
_MOST_PARTS = 200
"""Things in one definition, those that it builds on put in."""

Defined = Sequence[tuple[str, str]]


def with_own(signature: Signature, defined: Defined) -> tuple[Signature, Defined]:
    """`signature` with the arrays that `defined` makes, and what else is defined; a later definition takes over."""
    known = signature
    rest: list[tuple[str, str]] = []
    for name, expression in defined:
        found = _array(name, expression, known, signature)
        if not found:
            rest.append((name, expression))
            continue
        array, own = found
        signature = replace(
            signature,
            ranks={**signature.ranks, array: len(own.indices)},
            letters={**signature.letters, array: own.indices},
            own={**signature.own, array: own},
        )
    return signature, rest


def _array(name: str, expression: str, known: Signature, signature: Signature) -> tuple[str, Own] | None:
    """The array that a definition makes; None where it makes none or cannot be read."""
    try:
        left, value = parse(name, known.names), parse(expression, signature.names)
    except Unread:
        return None
    array, below = _left(left)
    if not array or _is_taken(array, known):
        return None
    for indices in _indices(below, signature):
        own = _own(value, indices, signature, stated=bool(below))
        if own:
            return array, own
    return None


def _left(left: Node) -> tuple[str, tuple[Node, ...]]:
    """The name of what is defined and its indices; an empty name where it is no array."""
    match left:
        case Name(base, sub, primes):
            return spelled(Name(base, primes=primes)), sub
        case Index(Name(sub=()) as array, indices):
            return spelled(array), indices
        case Binary("", Name(sub=()) as array, Group("(", items)):
            return spelled(array), items
    return "", ()


def _is_taken(array: str, known: Signature) -> bool:
    symbols = known.symbols
    if known.array(array) or known.differential(array) or array in known.free:
        return True
    return symbols.knows(Name(array)) or symbols.fits(Name(array))


def _indices(below: tuple[Node, ...], signature: Signature) -> Iterator[tuple[str, ...]]:
    """What the indices may be called: as the left side says, else as those of an array of the problem's."""
    if not below:
        yield from dict.fromkeys(sorted(signature.letters.values()))
        return
    found = flat(below, _MANY)
    if len(found) == 1 and isinstance(found[0], Name) and not found[0].sub:
        yield (found[0].base,)
        yield tuple(found[0].base)
    elif all(isinstance(node, Name) for node in found):
        yield tuple(map(spelled, (node for node in found if isinstance(node, Name))))


def _own(value: Node, indices: tuple[str, ...], signature: Signature, *, stated: bool) -> Own | None:
    """The definition, where `value` is made of entries with all of `indices`; only these where none are stated."""
    if not 0 < len(set(indices)) == len(indices) <= _MOST_INDICES:
        return None
    try:
        tree = bound(value, signature, indices)
        require_short(tree, _MOST_PARTS)
    except (Unread, Faulty):
        return None
    entries = [node for node in parts(tree) if isinstance(node, Index)]
    used = {node.base for node in parts(tree) if isinstance(node, Name)}
    if not entries or not set(indices) <= used:
        return None
    return Own(indices, tree) if stated or all(is_entry_of(node, indices) for node in entries) else None
