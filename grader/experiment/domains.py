"""What the symbols of a row may be: as the row says, else as such names are used in the field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

Domain = list[int] | list[float] | str

SIZES: Domain = [24, 64]
SMALL: Domain = [1, 16]
_WORDS: Mapping[str, Domain] = {
    "real": "real",
    "reals": "real",
    "positive": "positive",
    "positive real": "positive",
    "positive reals": "positive",
    "integer": SMALL,
    "integers": SMALL,
    "natural": SMALL,
    "naturals": SMALL,
    "positive integer": SMALL,
    "positive integers": SMALL,
}
_RANGE = re.compile(r"\s*(-?\d+)\s*(?:\.\.|\u2026|to)\s*(-?\d+)\s*")
_ROUNDS = re.compile(r"floor|ceil|//|%|\bmod\b|\u230a|\u2308")
_SMOOTH = re.compile(r"exp|log|sqrt|sigmoid|tanh|_hat|\be\^|\*\*\s*0?\.5")
_GREEK = frozenset(
    "alpha beta gamma delta epsilon eta theta lambda mu nu xi pi rho sigma tau phi chi psi omega kappa zeta".split()
)
_POSITIVE = frozenset({"sigma", "lambda", "eta"})
_REAL = frozenset("x y z a b g u v q".split())
_INTEGERS: tuple[tuple[frozenset[str], Domain], ...] = (
    (frozenset("w h i n l t".split()), SIZES),
    (frozenset("k f".split()), [1, 7]),
    (frozenset("p pad padding".split()), [0, 3]),
    (frozenset("s stride".split()), [1, 4]),
    (frozenset("d dilation".split()), [1, 3]),
)
_COUNTS = frozenset("n m k d l r c f h w i j s p t".split())


def stated(domain: Any) -> tuple[dict[str, Domain], list[str]]:
    """The symbols that a row's `domain` mentions, with their values, and the relations among them.

    Raises:
        ValueError: it is neither a mapping nor a relation nor a list of such.
    """
    match domain:
        case None:
            return {}, []
        case str():
            return {}, [domain]
        case list():
            parts = [stated(one) for one in domain]
            return {name: value for found, _ in parts for name, value in found.items()}, [
                relation for _, found in parts for relation in found
            ]
        case dict():
            return _mapped(domain)
    raise ValueError(f"found the domain {domain!r}, expected a mapping, a relation or a list of such; correct it")


def _mapped(domain: Mapping[str, Any]) -> tuple[dict[str, Domain], list[str]]:
    symbols: dict[str, Domain] = {}
    relations: list[str] = []
    for name, value in domain.items():
        if name == "require":
            relations += stated(value)[1]
        elif isinstance(value, str) and re.match(r"\s*(?:[<>=\u2264\u2265])", value):
            relations.append(f"{name} {value}")
        else:
            symbols[name] = _values(value)
    return symbols, relations


def _values(value: Any) -> Domain:
    if not isinstance(value, str):
        return value  # type: ignore[no-any-return]  # the kind that takes it says what is wrong with it
    found = _RANGE.fullmatch(value)
    if found:
        return [int(found[1]), int(found[2])]
    return _WORDS.get(value.strip().lower(), value)


def usual(names: Iterable[str], formula: str) -> dict[str, Domain]:
    """What names that nobody says anything about usually stand for in `formula`: sizes, counts, reals."""
    rounds = bool(_ROUNDS.search(formula))
    found = tuple(names)
    smooth = not rounds and (bool(_SMOOTH.search(formula)) or any(_is_real(name) for name in found))
    return {name: _usual(name, smooth=smooth, rounds=rounds) for name in found}


def _is_real(name: str) -> bool:
    base = _base(name)
    return base in _GREEK or base in _REAL or "hat" in name


def _base(name: str) -> str:
    return re.split(r"[_'\d]", name, maxsplit=1)[0]


def _usual(name: str, *, smooth: bool, rounds: bool) -> Domain:
    base = _base(name)
    if not rounds and base in _POSITIVE:
        return "positive"
    if not rounds and (_is_real(name) or "/" in name):
        return "real"
    if smooth and base[:1].islower() and base.lower() not in _COUNTS:
        return "real"
    return next((domain for letters, domain in _INTEGERS if base.lower() in letters), SMALL)
