"""The symbols of a problem, and what a student's names mean among them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cached_property
from typing import Any

from grader.answers.substitute import renamed
from grader.answers.tree import Name, Node, spelled
from grader.answers.unread import Unread

CONSTANTS = frozenset({"e", "pi"})
"""Names that mean their number wherever the problem has no symbol of that name."""


@dataclass(frozen=True)
class Domain:
    """The values that a symbol may take: integers from `low` to `high`, or reals."""

    low: float
    high: float
    integer: bool = True


@dataclass(frozen=True)
class Symbols:
    """What a problem calls its quantities, with their domains and the other spellings that it accepts."""

    domains: Mapping[str, Domain]
    aliases: Mapping[str, str] = field(default_factory=dict)
    """Another spelling -> the symbol."""

    @cached_property
    def names(self) -> frozenset[str]:
        """Every spelling that must not be taken apart when a run of letters is read."""
        return frozenset({*self.domains, *self.aliases} | {base_of(name) for name in (*self.domains, *self.aliases)})

    def bind(self, tree: Node) -> Node:
        """`tree` with each of the student's names replaced by the symbol it stands for.

        A name is taken for a symbol where it is spelled like it or like an alias; else where it differs in case only;
        else where leaving its subscript off helps (`W_{in}` for `W`); each step only where it names exactly one.

        Raises:
            Unread: a name that fits no symbol or several, or two names that would both mean one symbol.
        """
        taken: dict[str, str] = {}
        bound: Node = renamed(tree, lambda name: self._symbol(name, taken))
        return bound

    def _symbol(self, name: Name, taken: dict[str, str]) -> Name:
        text = spelled(name)
        if text in CONSTANTS and text not in self.names:
            return name
        symbol = self.lookup(name)
        before = taken.setdefault(symbol, text)
        if before != text and not {before, text} <= {symbol, *self.aliases}:
            raise Unread("ambiguous-name", f"{before} and {text} could both mean {symbol}")
        return Name(symbol)

    def lookup(self, name: Name) -> str:
        """The symbol that `name` stands for.

        Raises:
            Unread: there is none, or more than one.
        """
        text = spelled(name)
        bare = spelled(Name(name.base, primes=name.primes))
        for spelling, fold in ((text, False), (text, True), (bare, False), (bare, True)):
            wanted = spelling.lower() if fold else spelling
            found = {symbol for known, symbol in self._spellings(fold=fold) if known == wanted}
            if len(found) == 1:
                return found.pop()
            if found:
                raise Unread("ambiguous-name", f"{text} could mean {' or '.join(sorted(found))}")
        raise Unread("unknown-name", f"{text} is none of the problem's symbols")

    def _spellings(self, *, fold: bool) -> list[tuple[str, str]]:
        pairs = [*((name, name) for name in self.domains), *self.aliases.items()]
        return [(known.lower(), symbol) for known, symbol in pairs] if fold else pairs


def base_of(name: str) -> str:
    """`sigma` of `sigma_x`."""
    return name.partition("_")[0]


def names_in(node: Any) -> frozenset[str]:
    """The names that stand in a bound tree."""
    if isinstance(node, Name):
        return frozenset({node.base})
    if isinstance(node, tuple):
        return frozenset().union(*(names_in(item) for item in node))
    if is_dataclass(node):
        return frozenset().union(*(names_in(getattr(node, each.name)) for each in fields(node)))
    return frozenset()
