"""The symbols of a problem, and what a student's names mean among them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from grader.answers.syntax.substitute import rebuilt, renamed
from grader.answers.syntax.tree import Derivative, Name, Node, parts, spelled
from grader.answers.syntax.unread import Unread

LOSSES = frozenset({"L", "J", "E", "l", "ell", "C", "loss", "Loss", "cost", "Cost", "R"})
"""Names of a scalar whose gradient is meant where only the gradient's name differs: `dL/dW` for `dW`."""
_ACCENTS = frozenset(map(Name, ("hat", "bar", "tilde", "dot")))
"""Subscripts that make another quantity of a name: an estimate, a mean, a derivative; they are never left off."""
CONSTANTS = frozenset({"e", "pi"})
"""Names that mean their number wherever the problem has no symbol of that name."""


@dataclass(frozen=True)
class Domain:
    """The values that a symbol may take: integers from `low` to `high`, or reals."""

    low: float
    high: float
    integer: bool = True
    ties: bool = False
    """Whether half of the reals are taken from a few whole ones, so that comparisons of them come out equal."""


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

    def loose(self, tree: Node) -> tuple[str, ...]:
        """The names in `tree` that are none of these symbols, in order."""
        found: dict[str, None] = {}

        def note(name: Name) -> Name:
            if spelled(name) not in CONSTANTS and spelled(name) not in self.domains:
                found[spelled(name)] = None
            return name

        renamed(_with_derivatives(tree), note)
        return tuple(found)

    def bind(self, tree: Node) -> Node:
        """`tree` with each of the student's names replaced by the symbol it stands for.

        A name is taken for a symbol where it is spelled like it or like an alias; else where it differs in case only;
        else where leaving its subscript off helps (`W_{in}` for `W`); each step only where it names exactly one.

        Raises:
            Unread: a name that fits no symbol or several, or two names that would both mean one symbol.
        """
        taken: dict[str, str] = {}
        bound: Node = renamed(_with_derivatives(tree), lambda name: self._symbol(name, taken))
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

    def knows(self, name: Name) -> bool:
        """Whether `name` is spelled as one of them, in this case or another; less than that may be another thing."""
        wanted = spelled(name).lower()
        return any(known == wanted for known, _ in self._spellings(fold=True))

    def fits(self, name: Name) -> bool:
        """Whether `name` may stand for one of them."""
        try:
            self.lookup(name)
        except Unread as unread:
            return unread.code == "ambiguous-name"
        return True

    def lookup(self, name: Name) -> str:
        """The symbol that `name` stands for.

        Raises:
            Unread: there is none, or more than one.
        """
        text = spelled(name)
        accents = tuple(sub for sub in name.sub if sub in _ACCENTS)  # a mean is not what it is the mean of
        bare = spelled(Name(name.base, accents, name.primes))
        for spelling, fold in ((text, False), (text, True), (bare, False), (bare, True)):
            wanted = spelling.lower() if fold else spelling
            found = {symbol for known, symbol in self._spellings(fold=fold) if known == wanted}
            if len(found) == 1:
                return found.pop()
            if found:
                raise Unread("ambiguous-name", f"{text} could mean {' or '.join(sorted(found))}")
        gradient = _gradient(text)
        if gradient and gradient in self.domains:
            return gradient
        raise Unread("unknown-name", f"{text} is none of the problem's symbols")

    def _spellings(self, *, fold: bool) -> list[tuple[str, str]]:
        pairs = [*((name, name) for name in self.domains), *self.aliases.items()]
        return [(known.lower(), symbol) for known, symbol in pairs] if fold else pairs


def _with_derivatives(tree: Node) -> Node:
    """`tree` with each derivative of names as a name of its own: `dL/dW`."""
    if not any(isinstance(node, Derivative) for node in parts(tree)):
        return tree
    found: Node = rebuilt(tree, lambda node: derivative_name(node) if isinstance(node, Derivative) else node)
    return found


def derivative_name(node: Derivative) -> Node:
    """`dL/dW` as a name; the derivative itself where it is of something that is no name."""
    if isinstance(node.of, Name) and isinstance(node.by, Name):
        return Name(f"d{spelled(node.of)}/d{spelled(node.by)}")
    return node


def _gradient(name: str) -> str:
    """`dW` for `dL/dW`, whatever the loss is called."""
    of, _, by = name.partition("/")
    return by if of.removeprefix("d") in LOSSES else ""


def base_of(name: str) -> str:
    """`sigma` of `sigma_x`."""
    return name.partition("_")[0]


def names_in(node: Any) -> frozenset[str]:
    """The names that stand in a bound tree."""
    return frozenset(name.base for name in parts(node) if isinstance(name, Name))
