"""Tokens -> tree, by precedence climbing, in linear time.

From loosest to tightest: commas, relations, sums, products (juxtaposition is one), signs, powers, indices.
A known function takes its bracket as arguments; any other name before a bracket is multiplied by it: `L(K-1)`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from grader.answers.syntax import conditions, products, sets, sums
from grader.answers.syntax.cursor import Cursor
from grader.answers.syntax.lex import lex
from grader.answers.syntax.signs import RELATIONS, SEPARATORS, STOPS
from grader.answers.syntax.tree import (
    Big,
    Binary,
    Logic,
    Node,
    Relation,
    Sequence,
    Word,
)
from grader.answers.syntax.unread import Unread

_INEQUALITIES = frozenset({"<", ">", "<=", ">=", "!="})
_CONNECTORS = frozenset({"and", "or"})
_NAMED = re.compile(r"(?P<name>[^=<>≤≥,;&\n]{1,60})(?<!\\)=(?![=>])")
_STRANGE_CODES = frozenset({"syntax", "unknown-command", "strange-character", "stray-backslash"})
"""What a name may hold that is no mathematics of ours, `#params = ...`: what it equals is read all the same."""


def parse(text: str, names: frozenset[str] = frozenset(), *, tight: bool = False) -> Node:
    """The tree of `text`.

    Args:
        text: an answer's mathematics, in any notation.
        names: the problem's own symbols (``dW``, ``pad``), so that they are not taken apart, and others are.
        tight: whether `1/2x` is read as `1/(2x)`; both readings are in use, see `is_slash_ambiguous`.

    Raises:
        Unread: with a code, the reason and the position.
    """
    return _parsed(text, names, tight)[0]


@lru_cache(maxsize=4_096)
def _parsed(text: str, names: frozenset[str], tight: bool) -> tuple[Node, bool]:
    """The tree of `text`, and whether a slash stands in it before a product."""
    try:
        return _whole(text, names, tight=tight)
    except Unread as unread:
        named = _NAMED.match(text)
        strange = unread.code in _STRANGE_CODES and unread.position is not None
        if not (named and strange and (unread.position or 0) < named.end()):
            raise
        tree, slashed = _whole(text[named.end() :], names, tight=tight)
        return _equated(Word(named["name"].strip()), tree), slashed


def _whole(text: str, names: frozenset[str], *, tight: bool) -> tuple[Node, bool]:
    parser = Parser(list(lex(text)), names, tight=tight)
    tree = parser.everything()
    if parser.peek.kind != "end":
        raise Unread("syntax", f"cannot read on from {parser.peek.text!r}", parser.peek.position)
    return tree, parser.slashed


def _equated(left: Node, right: Node) -> Relation:
    """`left = right`, where `right` may be a chain itself."""
    if isinstance(right, Relation):
        return Relation(("=", *right.ops), (left, *right.members))
    return Relation(("=",), (left, right))


def is_slash_ambiguous(text: str, names: frozenset[str] = frozenset()) -> bool:
    """Whether `text` holds something like `1/2x`, that people read in two ways."""
    tree, slashed = _parsed(text, names, False)
    return slashed and tree != parse(text, names, tight=True)


class Parser(Cursor):
    """Each method reads one thing and returns its tree, the loosest first."""

    def everything(self) -> Node:
        """Items set apart by commas; a full stop at the very end says nothing."""
        items = self.items()
        while self.accept(".", ",", ";", "\\\\"):
            pass
        if not items:
            raise Unread("empty", "there is nothing to read", self.peek.position)
        return items[0] if len(items) == 1 else Sequence(tuple(items))

    def items(self, separators: frozenset[str] = SEPARATORS) -> list[Node]:
        """Relations set apart by commas, semicolons or "and"."""
        self.deeper()
        items: list[Node] = []
        either = False
        while not self.stops():
            item = conditions.item(self)
            if either and items and conditions.states(items[-1], item):
                items[-1] = Logic("or", (items[-1], item))
            else:
                items.append(item)
            either = self.is_word("or")
            if not self.separated(separators):
                break
        self.shallower()
        return conditions.merged(items)

    def separated(self, separators: frozenset[str]) -> bool:
        """Steps over a separator, and over `, and` as one."""
        found = bool(self.accept(*separators))
        found |= self.accept_word(*_CONNECTORS)
        if found and self.is_sign(","):
            raise Unread("empty-item", "an item of a list is empty", self.peek.position)
        return found

    def stops(self) -> bool:
        """Whether nothing more can begin here."""
        return self.peek.kind in {"end", "close"} or self.is_among(STOPS)

    def relation(self) -> Node:
        """`a = b <= c`, or just `a`; a sign of relation at either end is passed over."""
        members: list[Node] = []
        ops: list[str] = []
        if self.is_among(_INEQUALITIES):
            raise Unread("inequality", "an inequality without a left side", self.peek.position)
        if not self.is_among(RELATIONS):
            members.append(self.over(self.sum()))
        while self.is_among(RELATIONS) or self.is_typed_in():
            if self.is_word("in") or self.is_sign("in", "notin"):
                typed, op = self.peek.kind != "sign", self.next().text
                ops += [op] if members else []
                members.append(sets.membership(self, typed=typed))
                continue
            op = self.next().text
            self.require_side(op)
            while self.is_among(RELATIONS):  # `= =` over a line's end, `:=`, `==>`
                self.next()
            if self.stops():
                break
            if members:
                ops.append(op)
            found = self.over(self.sum())
            members.append(sets.counted(self, found) if op == "=" else found)
        if not members:
            raise Unread("syntax", "a relation without a right side", self.peek.position)
        return Relation(tuple(ops), tuple(members)) if ops else members[0]

    def over(self, above: Node) -> Node:
        r"""`above` divided by what follows `\over`, if that stands here."""
        if self.peek.kind != "command" or self.peek.text != "over":
            return above
        self.next()
        return Binary("/", above, self.sum())

    def require_side(self, op: str) -> None:
        """Refuses an inequality `op` without a right side, and `=<`.

        Raises:
            Unread: that is what stands here.
        """
        if op in _INEQUALITIES and self.stops():
            raise Unread("inequality", "an inequality without a right side", self.peek.position)
        if self.is_among(_INEQUALITIES) and op == "=":
            raise Unread("syntax", "a sign of relation that is mistyped", self.peek.position)

    def is_typed_in(self) -> bool:
        """Whether Python's `in` stands here, before a list, a set or a range."""
        return self.is_word("in") and self.tokens[self.at + 1].text in {"[", "(", "{", "{set", "range"}

    def sum(self) -> Node:
        """Terms with `+`, `-` or `±` between them."""
        chain = self.chain
        left = products.product(self)
        while self.is_sign("+", "-", "±"):
            self.longer()
            if self.cells and self.peek.spaced and not self.tokens[self.at + 1].spaced:
                raise Unread("spaced-cells", "a sign that may begin the next cell", self.peek.position)
            op = self.next().text
            left = self.added(op, left, products.product(self))
        self.chain = chain
        return left

    def added(self, op: str, left: Node, right: Node) -> Node:
        """`left + right`; a term that uses the index of the sum before it belongs to that sum."""
        owner = sums.reaching(left, right)
        if owner is None:
            return Binary(op, left, right)
        if isinstance(left, Big):
            return Big(left.op, left.bounds, Binary(op, left.body, right))
        if isinstance(left, Binary) and left.op in {"+", "-"}:
            return Binary(left.op, left.left, self.added(op, left.right, right))
        raise Unread("ambiguous-sum", "where the sum ends is not clear; brackets are missing", self.peek.position)
