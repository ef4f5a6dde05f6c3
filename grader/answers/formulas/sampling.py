"""Points of a problem's domain, and whether two formulas agree on them.

Hundreds of seeded points, weighted to small integers; five points would accept one wrong formula in sixteen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.answers.formulas.pointwise import holds, sampled
from grader.answers.formulas.symbols import Domain, Symbols
from grader.answers.syntax.tree import Binary, Call, Name, Node, Relation, parts
from grader.answers.syntax.unread import Unread

POINTS = 256
"""The fewest points on which two formulas are held against each other."""

_DRAWN = 4_096
_ROUNDS = 8
"""How many times so many points are drawn, where relations leave few of them."""
_SEED = 20_261_121
_RTOL = _ATOL = 1e-9
_ROUNDINGS = frozenset({"floor", "ceil", "trunc"})
Points = Mapping[str, NDArray[np.float64]]


def points(symbols: Symbols, require: tuple[Node, ...]) -> Points:
    """Points of the domain of `symbols` at which all of `require` holds: the same ones at each call.

    Raises:
        Unread: fewer than `POINTS` of those drawn fulfil the requirements.
    """
    return _drawn(tuple(symbols.domains.items()), require)


@lru_cache(maxsize=256)
def _drawn(domains: tuple[tuple[str, Domain], ...], require: tuple[Node, ...]) -> Points:
    rng = np.random.default_rng(_SEED)
    found: list[dict[str, NDArray[np.float64]]] = []
    count = 0
    for _ in range(_ROUNDS):
        drawn = {name: _column(rng, domain) for name, domain in domains}
        for name, value in _made(domains, require):
            drawn[name] = np.broadcast_to(sampled(value, drawn), (_DRAWN,))
        kept = np.ones(_DRAWN, dtype=bool)
        for relation in require:
            kept &= holds(relation, drawn, _DRAWN)
        for name, domain in domains:
            kept &= (drawn[name] >= domain.low) & (drawn[name] <= domain.high)
        found.append({name: values[kept] for name, values in drawn.items()})
        count += int(kept.sum())
        if count >= POINTS:
            return {name: np.concatenate([each[name] for each in found]) for name, _ in domains}
    raise Unread("domain", f"the domain leaves only {count} of {_ROUNDS * _DRAWN} points")


def _made(domains: tuple[tuple[str, Domain], ...], require: tuple[Node, ...]) -> Iterator[tuple[str, Node]]:
    """The symbols that an equation gives: `m` of `m = n - k + 1`; else hardly any point would fulfil it."""
    names = {name for name, _ in domains}
    for relation in require:
        match relation:
            case Relation(("=",), (Name(name, ()), value)) if name in names and Name(name) not in parts(value):
                names.discard(name)
                yield name, value


def _column(rng: np.random.Generator, domain: Domain) -> NDArray[np.float64]:
    """Half the values from the lower end of the domain, where slips and edge cases show, half from all of it."""
    low, high = domain.low, domain.high
    if not domain.integer:
        values = rng.uniform(low, high, _DRAWN)
        whole = rng.integers(int(np.ceil(low)), int(np.floor(high)) + 1, _DRAWN) if domain.ties else values
        return np.where(rng.random(_DRAWN) < 0.5, whole, values) if domain.ties else values
    near = rng.integers(int(low), int(min(high, low + 4)) + 1, _DRAWN)
    far = rng.integers(int(low), int(high) + 1, _DRAWN)
    return np.where(rng.random(_DRAWN) < 0.5, near, far).astype(np.float64)


def agree(got: NDArray[np.float64], want: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Where two formulas agree; what is not a number agrees with nothing."""
    with np.errstate(invalid="ignore"):  # the difference of two infinities agrees with nothing either
        return np.asarray(np.abs(got - want) <= _ATOL + _RTOL * np.abs(want)) & np.isfinite(want)


def rounds(node: Node) -> bool:
    """Whether a floor, a ceiling or a whole division stands in `node`."""
    return any(True for _ in _roundings(node))


def undisturbed(node: Node, at: Points, size: int) -> NDArray[np.bool_]:
    """Where each floor and ceiling in `node` is taken of an integer, so that it changes nothing."""
    whole = np.ones(size, dtype=bool)
    for inner in _roundings(node):
        value = sampled(inner, at)
        whole &= np.abs(value - np.round(value)) < _RTOL
    return whole


def _roundings(node: Any) -> Iterator[Node]:
    """What stands inside each floor, ceiling or whole division of `node`."""
    if isinstance(node, Call) and node.function in _ROUNDINGS:
        yield node.args[0]
    if isinstance(node, Binary) and node.op == "//":
        yield Binary("/", node.left, node.right)
    if isinstance(node, tuple):
        for item in node:
            yield from _roundings(item)
    elif is_dataclass(node):
        for each in fields(node):
            yield from _roundings(getattr(node, each.name))
