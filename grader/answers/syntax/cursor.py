"""A place among the tokens, and the small questions that a parser asks there."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import NamedTuple

from grader.answers.syntax.lex import Token
from grader.answers.syntax.tree import Node
from grader.answers.syntax.unread import MAX_CHAIN, MAX_DEPTH, Unread

MAX_RETURNS = 100


class Mark(NamedTuple):
    """A place among the tokens as they were there."""

    at: int
    tokens: tuple[Token, ...]
    chain: int
    depth: int


_NAMES = ("name", "word")


class Cursor:
    """Walks along `tokens`; the end token is never passed."""

    def __init__(self, tokens: list[Token], names: AbstractSet[str], *, tight: bool) -> None:
        self.tokens = tokens
        self.at = 0
        self.depth = 0
        self.chain = 0
        self.cells = 0
        """How many lists and matrices are open, whose cells may be set apart by spaces."""
        self.bars = 0
        """How many `|` are open."""
        self.names = names
        self.folded = frozenset(name.lower() for name in names)
        self.tight = tight
        self.slashed = False
        """Whether a slash before a product was met."""
        self.returns = 0
        """How often a second way to read was tried."""
        self.subject: Node | None = None
        """What the condition before was about, which "it" means: `x is positive and ... when it is negative`."""

    @property
    def peek(self) -> Token:
        """The token that stands here."""
        return self.tokens[self.at]

    def next(self) -> Token:
        """The token that stands here; steps over it."""
        token = self.tokens[self.at]
        self.at += token.kind != "end"
        return token

    def is_sign(self, *signs: str) -> bool:
        """Whether one of `signs` stands here."""
        token = self.tokens[self.at]
        return token.kind == "sign" and token.text in signs

    def is_among(self, signs: AbstractSet[str]) -> bool:
        """Whether a sign out of a set stands here; for the larger sets, as the arguments need not be laid out."""
        token = self.tokens[self.at]
        return token.kind == "sign" and token.text in signs

    def accept(self, *signs: str) -> str:
        """Steps over one of `signs` and returns it, or returns the empty string."""
        token = self.tokens[self.at]
        if token.kind != "sign" or token.text not in signs:
            return ""
        self.at += 1
        return token.text

    def is_word(self, *words: str) -> bool:
        """Whether one of `words` stands here, typed plainly or as text inside mathematics."""
        token = self.tokens[self.at]
        return token.kind in _NAMES and token.text.lower() in words

    def accept_word(self, *words: str) -> bool:
        """Steps over one of `words`."""
        found = self.is_word(*words)
        self.at += found
        return found

    def expect(self, sign: str) -> None:
        """Steps over `sign`.

        Raises:
            Unread: something else stands here.
        """
        if not self.accept(sign):
            found = self.peek.text or "the end"
            raise Unread("unbalanced", f"expected {sign[0]!r}, found {found!r}", self.peek.position)

    def mark(self) -> Mark:
        """Where the parser stands, to come back to it."""
        return Mark(self.at, tuple(self.tokens), self.chain, self.depth)

    def back_to(self, mark: Mark) -> None:
        """Stands again where it stood at `mark`.

        Raises:
            Unread: that was done too often; ways to read that nest in one another would take for ever.
        """
        self.returns += 1
        if self.returns > MAX_RETURNS:
            raise Unread("too-deep", "too many things that could be read in two ways", self.peek.position)
        self.at, self.chain, self.depth = mark.at, mark.chain, mark.depth
        self.tokens[:] = mark.tokens

    def deeper(self) -> None:
        """One level down.

        Raises:
            Unread: that is too deep.
        """
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise Unread("too-deep", f"more than {MAX_DEPTH} levels of nesting", self.peek.position)

    def longer(self) -> None:
        """One more term or factor in a row.

        Raises:
            Unread: that is too many.
        """
        self.chain += 1
        if self.chain + self.depth > MAX_CHAIN:
            raise Unread("too-long-chain", f"more than {MAX_CHAIN} terms in a row", self.peek.position)

    def shallower(self) -> None:
        """One level up."""
        self.depth -= 1
