"""What parts whose answer is a formula state in common: the symbols, where they range, and what holds among them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any, TypeAlias

import numpy as np
from pydantic import AfterValidator, BeforeValidator, WithJsonSchema, model_validator

from grader.answers.formulas.pointwise import sampled
from grader.answers.formulas.sampling import points
from grader.answers.formulas.symbols import Domain, Symbols, base_of, derivative_name
from grader.answers.syntax.parse import parse
from grader.answers.syntax.tree import Derivative, Name, Node, Relation, spelled
from grader.answers.syntax.unread import Unread
from grader.kinds import Given

_NAMED = {
    "real": Domain(-3.0, 3.0, integer=False),
    "positive": Domain(0.1, 3.0, integer=False),
}


_NUMBERED = re.compile(r"([A-Za-z]+)(\d+)")
"""A name that ends in digits."""


def _domain(value: Any) -> Domain:
    match value:
        case Domain():
            return value
        case str() if value in _NAMED:
            return _NAMED[value]
        case [int(low), int(high)] if low <= high:
            return Domain(low, high)
        case [int() | float() as low, int() | float() as high] if low < high:
            return Domain(low, high, integer=False)
    raise ValueError(
        f"found the domain {value!r}, expected [1, 64] for integers, [0.5, 2.0] for reals, or {' or '.join(_NAMED)}"
    )


def _spelling(text: str) -> str:
    """`text` as the answer language spells a name: ``W_in`` for ``W_{in}``, ``K_1`` for ``K1``."""
    found = _NUMBERED.fullmatch(text)
    text = f"{found[1]}_{found[2]}" if found else text
    try:
        tree = parse(text, frozenset({text, base_of(text)}))
    except Unread as unread:
        raise ValueError(f"found {text!r}, expected a symbol ({unread.reason}); correct it") from unread
    if isinstance(tree, Derivative):
        tree = derivative_name(tree)
    if not isinstance(tree, Name):
        raise ValueError(f"found {text!r}, expected one symbol; correct it")  # noqa: TRY004 - pydantic takes no other
    return spelled(tree)


Spelling: TypeAlias = Annotated[str, AfterValidator(_spelling)]
Range: TypeAlias = Annotated[Domain, BeforeValidator(_domain), WithJsonSchema({"type": ["array", "string"]})]


class Symbolic(Given):
    """The problem's symbols."""

    symbols: Mapping[Spelling, Range] = {}
    """Each symbol with the values it may take: ``[1, 7]`` integers, ``[0.5, 2.0]`` reals, ``real`` or ``positive``."""
    aliases: Mapping[Spelling, str] = {}
    """Other spellings that are accepted, each with the symbol it stands for."""
    require: tuple[str, ...] = ()
    """Relations that hold wherever the formula is asked for: ``K <= W + 2*P``."""
    floor_required: bool = False
    """Whether a formula without its floor is only partly right."""

    @cached_property
    def known(self) -> Symbols:
        """The symbols as the answer language takes them."""
        return Symbols(self.symbols, self.aliases)

    @cached_property
    def relations(self) -> tuple[Node, ...]:
        """`require`, read."""
        return tuple(self.tree(text) for text in self.require)

    def tree(self, text: str) -> Node:
        """`text` over the problem's symbols.

        Raises:
            ValueError: it cannot be read, or names what is no symbol.
        """
        try:
            return self.known.bind(parse(text, self.known.names))
        except Unread as unread:
            raise ValueError(
                f"found {text!r}, expected a formula in {', '.join(self.symbols) or 'numbers'} "
                f"({unread.reason}); correct it"
            ) from unread

    def defined(self, text: str) -> Node:
        """`text` as `tree` reads it, sure to have a value wherever it is asked for.

        Raises:
            ValueError: as for `tree`, and where the domain is empty or has a hole.
        """
        tree = self.tree(text)
        try:
            values = sampled(tree, points(self.known, self.relations))
        except Unread as unread:
            raise ValueError(unread.reason) from unread
        if not np.isfinite(values).all():
            raise ValueError(f"{text} has no value somewhere on its domain")
        return tree

    @model_validator(mode="after")
    def _symbols_fit(self) -> Symbolic:
        for alias, symbol in self.aliases.items():
            if symbol not in self.symbols:
                raise ValueError(f"found the alias {alias!r} of {symbol!r}, expected one of {', '.join(self.symbols)}")
        required = zip(self.require, self.relations, strict=True)
        strange = [text for text, tree in required if not isinstance(tree, Relation)]
        if strange:
            raise ValueError(f"found {strange[0]!r}, expected a relation such as 'K <= W'; correct it")
        return self
