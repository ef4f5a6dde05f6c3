"""How something grows with the size of its input: right up to a constant factor and lower-order terms."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Annotated

from pydantic import BeforeValidator, model_validator

from grader.answers.formulas.symbols import Symbols
from grader.answers.growth.expansion import Growing
from grader.answers.growth.rates import Rate
from grader.answers.syntax.parse import parse
from grader.answers.syntax.signs import GREEK
from grader.answers.syntax.tree import Name, Node
from grader.answers.syntax.unread import Unread
from grader.answers.values import Growth
from grader.answers.views.growth import GrowthView
from grader.kinds import Given, Kind, Slip
from grader.kinds._slips import StatedSlip

_NOTATION = re.compile(r"\s*(?:\\mathcal\s*\{?\s*O\s*\}?|\\?(?:Theta|Omega)|[OΘΟ])\s*\((.*)\)\s*\Z", re.DOTALL)
_USUAL = "n"
_NOT_GROWING = frozenset({"c", "C", *GREEK.values()})


def _listed(value: object) -> object:
    """The names alone, where each stands with the values that it may take, as in other kinds."""
    return tuple(value) if isinstance(value, Mapping) else value


def _text(value: object) -> object:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


Formula = Annotated[str, BeforeValidator(_text)]


class GrowthSlip(StatedSlip):
    """A known mistake, as the rate it leads to."""

    rate: Formula


class GrowthGiven(Given):
    """A rate and what it is a rate in."""

    rate: Formula
    """The right one: ``n``, ``O(n^2)``, ``n*log(n)``, ``linear in n``."""
    symbols: Annotated[tuple[str, ...], BeforeValidator(_listed)] = ()
    """What grows; left out, every name in `rate`, or n. In a mapping only its names count."""
    aliases: Mapping[str, Formula] = {}
    """Other names and words, and what they are in the symbols: ``{m: n - k + 1, image size: n}``."""
    constants: tuple[str, ...] = ()
    """Names that do not grow, such as k; Greek letters and c do not in any case."""
    slips: tuple[GrowthSlip, ...] = ()

    @model_validator(mode="after")
    def _rates_read(self) -> GrowthGiven:
        for text in (self.rate, *(slip.rate for slip in self.slips)):
            self.rate_of(text)
        return self

    @cached_property
    def view(self) -> GrowthView:
        """How answers are read.

        Raises:
            ValueError: an alias stands for what is no formula of the symbols.
        """
        symbols = self.symbols or _symbols_of(self.rate)
        constants = frozenset(self.constants)
        known = frozenset({*symbols, *self.aliases, *constants})
        trees = {name: _tree(text, known) for name, text in self.aliases.items() if _is_name(name)}
        growing = Growing(tuple(symbols), trees, constants)
        spoken = tuple(
            (name, text) for name, text in self.aliases.items() if re.fullmatch(r"[A-Za-z][A-Za-z -]{2,}", name)
        )
        view = GrowthView(growing, spoken)
        for text in self.aliases.values():
            _read(view, text)
        return view

    def rate_of(self, text: str) -> Rate:
        """The rate that `text` states.

        Raises:
            ValueError: it states none.
        """
        return _read(self.view, text)


def _read(view: GrowthView, text: str) -> Rate:
    try:
        return view.rate(text)
    except Unread as unread:
        raise ValueError(
            f"found {text!r}, expected a rate of growth in {', '.join(view.growing.symbols)} such as 'n^2' "
            f"({unread.reason}); correct it"
        ) from unread


def _tree(text: str, names: frozenset[str]) -> Node:
    try:
        return parse(text, names)
    except Unread as unread:
        raise ValueError(f"found {text!r}, expected a formula ({unread.reason}); correct it") from unread


def _is_name(text: str) -> bool:
    try:
        return isinstance(parse(text, frozenset({text})), Name)
    except Unread:
        return False


def _symbols_of(rate: str) -> tuple[str, ...]:
    """The names that stand in `rate`; n where there are none, or where it is stated in words."""
    inner = _NOTATION.match(rate)
    try:
        found = Symbols({}).loose(parse(inner[1] if inner else rate))
    except Unread:
        found = ()
    named = tuple(name for name in found if name.partition("_")[0] not in _NOT_GROWING)
    words = any(len(name) > 3 for name in named)
    return (_USUAL,) if words or not named else named


def _slips(given: GrowthGiven) -> tuple[Slip, ...]:
    return tuple(slip.slip(Growth(given.rate_of(slip.rate))) for slip in given.slips)


KIND = Kind(
    GrowthGiven,
    lambda given: given.view,
    lambda given: Growth(given.rate_of(given.rate)),
    slips=_slips,
    names=("growth", "growth rate", "rate of growth"),
    reads_passage=True,
)
