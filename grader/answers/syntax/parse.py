"""Tokens -> tree, by precedence climbing, in linear time.

From loosest to tightest: commas, relations, sums, products (juxtaposition is one), signs, powers, indices.
A known function takes its bracket as arguments; any other name before a bracket is multiplied by it: `L(K-1)`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache

from grader.answers.syntax import atoms, calls, conditions, sets, sums
from grader.answers.syntax.cursor import MAX_RETURNS, Cursor
from grader.answers.syntax.lex import Token, lex
from grader.answers.syntax.tree import (
    Big,
    Binary,
    Call,
    Derivative,
    Group,
    Index,
    Logic,
    Name,
    Node,
    Num,
    Relation,
    Sequence,
    Space,
    Transposed,
    Unary,
    Word,
    spelled,
)
from grader.answers.syntax.unread import Unread

RELATIONS = frozenset({"=", "<", ">", "<=", ">=", "!=", "~", "->", "=>", "in", "notin", ":"})
SEPARATORS = frozenset({",", ";", "and"})
_STOPS = frozenset({")", "]", "}", "}set", "⌋", "⌉", ".", "!", "&", "\\\\"}) | SEPARATORS
_INEQUALITIES = frozenset({"<", ">", "<=", ">=", "!="})
_CONNECTORS = frozenset({"and", "or"})
_TIMES_WORDS = frozenset({"x", "X", "by"})
_PRODUCT_SIGNS = frozenset({"*", "×", "·", "@"})
_BEHIND_PERCENT = _STOPS | RELATIONS | {"*", "×", "·"}
PERCENT = Num(Fraction(100), "%")
"""What a percentage is divided by."""
_INDICATORS = (Num.of(1), Name("I"), Name("indicator"))
_NAMED = re.compile(r"(?P<name>[^=<>≤≥,;&\n]{1,60})(?<!\\)=(?![=>])")
_STRANGE_CODES = frozenset({"syntax", "unknown-command", "strange-character", "stray-backslash"})
"""What a name may hold that is no mathematics of ours, `#params = ...`: what it equals is read all the same."""
_OPENING = frozenset({"(", "[", "{", "{set", "⌊", "⌈", "sqrt", "∂", "infinity", "sum", "prod"})


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
        return self.peek.kind in {"end", "close"} or self.is_among(_STOPS)

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
        left = self.product()
        while self.is_sign("+", "-", "±"):
            self.longer()
            if self.cells and self.peek.spaced and not self.tokens[self.at + 1].spaced:
                raise Unread("spaced-cells", "a sign that may begin the next cell", self.peek.position)
            op = self.next().text
            left = self.added(op, left, self.product())
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

    def product(self) -> Node:
        """Factors; what stands side by side is multiplied, but never two numbers."""
        chain = self.chain
        left = self.signed()
        while True:
            self.longer()
            if self.is_sign(*_PRODUCT_SIGNS):
                left = Binary(self.next().text, left, self.signed())
            elif self.is_sign("/", "//", "%"):
                left = self.quotient(left)
            elif self.is_times_letter():
                self.next()
                left = Binary("x", left, self.signed())
            elif self.is_juxtaposed():
                left = self.side_by_side(left)
            else:
                self.chain = chain
                return left

    def quotient(self, left: Node) -> Node:
        """`left` divided by what follows; `50%W` may be half of W."""
        before, sign = self.tokens[self.at - 1], self.next()
        signed = self.is_sign("+", "-")
        right = self.divisor()
        if sign.text == "%" and before.kind == "number" and not sign.spaced and (signed or not _is_number(right)):
            raise Unread("ambiguous-percent", "a percentage or a remainder", sign.position)
        return self.divided(sign.text, left, right)

    def divided(self, op: str, left: Node, right: Node) -> Node:
        """`left` divided by `right`; `dL/dW` and `∂L/∂W` are derivatives."""
        match left, right:
            case Call("differential", (of,)), Call("differential", (by,)) if op == "/":
                return Derivative(of, by)
            case Binary(sign, before, Call("differential", (of,))), Call("differential", (by,)) if op == "/":
                return Binary(sign, before, Derivative(of, by))
        return Binary(op, left, right)

    def side_by_side(self, left: Node) -> Node:
        """`left` times what follows it closely; a number and one in brackets set apart are a value and its label."""
        spaced, behind = self.peek.spaced, self.tokens[self.at - 1]
        token = self.peek
        right = self.factor()
        self.require_product(behind, token, right)
        closes = behind.kind == "number" or behind.text == ")"
        if spaced and closes and _is_number(right) and (_is_number(left) or behind.kind == "number"):
            raise Unread("two-numbers", "two numbers stand side by side with no sign between", self.peek.position)
        return Binary("", left, right)

    def require_product(self, behind: Token, token: Token, right: Node) -> None:
        r"""Refuses what stands side by side and is no product, or may be none.

        Args:
            behind: the last token of the left factor.
            token: the first token of the right one.
            right: the right factor.

        Raises:
            Unread: `3\frac{1}{2}` may be a sum, `[1|2|3]` a list, `\sqrt{5}[3]` an entry, `2^{3}4` a slip.
        """
        if behind.text.isdigit() and token.kind == "command" and _is_proper(right):
            raise Unread("mixed-number", "a fraction behind a whole number may be added to it", token.position)
        if token.text == "|" and isinstance(right, Call) and isinstance(right.args[0], Num):
            raise Unread("bars", "bars that may set numbers apart", token.position)
        if token.text == "[" and isinstance(right, Group) and len(right.items) == 1 and _is_number(right):
            raise Unread("two-numbers", "a number in square brackets may be an index", token.position)
        if token.kind == "number" and behind.kind == "name" and self.may_be_script(token):
            raise Unread("ambiguous-digit", "digits behind a letter: a factor, a power or an index", token.position)
        if behind.kind == "number" and "." in behind.text and not token.spaced and _is_number(right):
            raise Unread("ambiguous-decimal", "digits in brackets behind a decimal may be repeating", token.position)
        if token.kind == "number" and behind.text in {"}", "|"} and not isinstance(right, Binary | Name):
            raise Unread("two-numbers", "a number stands right behind a value with no sign between", token.position)

    def may_be_script(self, token: Token) -> bool:
        """Whether the digits of `token` may be an exponent or index of the letter before it; in `K3 = 5` they name."""
        return token.text != "1" and not token.spaced and not self.is_sign("=", ":")

    def divisor(self) -> Node:
        """What stands behind a slash; in the tight reading juxtaposed factors belong to it."""
        right = self.signed()
        while self.is_juxtaposed() and not self.is_times_letter():
            self.slashed = True
            if not self.tight:
                break
            right = Binary("", right, self.factor())
        return right

    def factor(self) -> Node:
        """A juxtaposed factor. `3 4` is no product: one of the two is a slip of the pen or another answer."""
        is_indicator = self.peek.text == "1" and self.tokens[self.at + 1].text in {"_", "["}
        if self.peek.kind == "number" and self.tokens[self.at - 1].kind == "number" and not is_indicator:
            raise Unread("two-numbers", "two numbers stand side by side with no sign between", self.peek.position)
        return self.power()

    def is_juxtaposed(self) -> bool:
        """Whether a factor begins here without a sign before it."""
        if self.peek.kind in {"number", "name", "command", "open"}:
            return self.peek.text not in conditions.RESERVED and not self.is_typed_in()
        if self.is_sign("(") and self.tokens[self.at + 1].text.lower() in conditions.OTHERWISE:
            return False
        return self.is_among(_OPENING) or (self.is_sign("|") and not self.bars)

    def is_times_letter(self) -> bool:
        """Whether here stands an `x` that means `×`: `28x28`, `H x W`; never where `x` is a symbol of the problem."""
        token = self.peek
        if token.kind != "name" or token.text not in _TIMES_WORDS or token.text in self.names:
            return False
        before, after = self.tokens[self.at - 1], self.tokens[self.at + 1]
        opens = after.kind in {"name", "number", "command"} or (after.kind == "sign" and after.text in {"(", "⌊", "["})
        closes = before.kind == "number" or (before.kind == "sign" and before.text in {")", "⌋", "]", "}"})
        return opens and (closes or (token.spaced and after.spaced))

    def signed(self) -> Node:
        """A factor with its signs."""
        if not self.is_sign("+", "-", "±"):
            return self.power()
        self.deeper()
        op = self.next().text
        arg = self.signed()
        self.shallower()
        return arg if op == "+" else Unary(op, arg)

    def power(self) -> Node:
        """An atom with its indices, primes and exponents."""
        base = self.postfix(atoms.atom(self))
        while self.accept("^"):
            base = self.postfix(self.raised(base))
            if isinstance(base, Binary) and self.is_sign("^"):
                raise Unread("double-exponent", "a power of a power without brackets", self.peek.position)
        return base

    def raised(self, base: Node) -> Node:
        """`base` with the exponent that stands here: a transpose, primes, the shape of a space, or a power."""
        braced = self.is_sign("{")
        exponent = self.script()
        if isinstance(exponent, Name) and not isinstance(base, Name) and self.accept("_"):
            exponent = _subscripted(exponent, self.script())  # 2^n_b: a number has no subscript
        if isinstance(base, Space):
            return Space(exponent)
        if base == Name("R") and "R" not in self.names:
            return Space(exponent)  # R^{3x5}, typed without the blackboard
        if exponent == Name("T") and "T" not in self.names:
            return Transposed(base)
        is_label = _is_label(exponent) if braced else isinstance(exponent, Group) and self.labels(exponent)
        if isinstance(base, Name) and is_label and (base != Name("e") or "e" in self.names):
            return Name(base.base, (*base.sub, exponent), base.primes)  # W^{(2)}: a label, no power
        if isinstance(base, Name) and isinstance(exponent, Name) and not exponent.base:
            return Name(base.base, base.sub, base.primes + exponent.primes)
        return Binary("^", base, exponent)

    def labels(self, exponent: Group) -> bool:
        """Whether an exponent typed in brackets is a label, `W^(l)`; a number there may be one or a power."""
        if exponent.bracket != "(":
            return False
        if all(isinstance(item, Num) for item in exponent.items):
            raise Unread(
                "ambiguous-exponent", "a number in brackets that may be a power or a label", self.peek.position
            )
        return all(isinstance(item, Name) and spelled(item) not in self.names for item in exponent.items)

    def postfix(self, base: Node) -> Node:
        """`base` with what follows it closely: `[i, j]`, `_i`, primes, `%`."""
        while True:
            if base in _INDICATORS and self.is_sign("(", "[", "{set") and (found := self.indicator()):
                base = found
            elif self.is_sign("[") and isinstance(base, Name | Index | Derivative):
                base = self.indexed(base)
            elif self.is_sign("'", "''") and isinstance(base, Name):
                base = Name(base.base, base.sub, base.primes + len(self.next().text))
            elif self.accept("_"):
                self.part_subscript(base)
                base = _subscripted(base, self.known_below(base) or self.script())
            elif self.is_sign("%") and self.ends_value():
                self.next()
                base = Binary("/", base, PERCENT)
            elif self.is_sign("!"):
                raise Unread("factorial", "factorials are not read", self.peek.position)
            else:
                return base

    def known_below(self, base: Node) -> Name | None:
        """`in` of the problem's own `C_in`, in one piece although it may have an `I` and an `n`; else None."""
        braced = self.is_sign("{")
        run, behind = self.tokens[self.at + braced], self.tokens[min(self.at + 2, len(self.tokens) - 1)]
        if run.kind != "name" or len(run.text) < 2 or not isinstance(base, Name) or base.sub:
            return None
        if f"{base.base}_{run.text}".lower() not in self.folded or (braced and behind.text != "}"):
            return None
        self.at += 3 if braced else 1
        return Name(run.text)

    def indexed(self, base: Node) -> Node:
        """`base` with the indices in the bracket that stands here; a condition in it is a factor."""
        self.next()
        items = tuple(self.items())
        self.expect("]")
        if items and all(isinstance(item, Relation | Logic) for item in items):
            return Binary("", base, Group("[", items))
        return Index(base, items)

    def indicator(self) -> Node | None:
        """The condition in the bracket that stands here, as in `1[x > 0]`; None where it holds none."""
        mark = self.mark()
        closing = calls.CLOSING[self.next().text]
        try:
            found = conditions.disjunction(self)
            if self.accept(closing):
                return Group("[", (found,))
        except Unread:
            if self.returns >= MAX_RETURNS:
                raise
        self.back_to(mark)
        return None

    def ends_value(self) -> bool:
        """Whether the sign here is the last of its value."""
        after = self.tokens[self.at + 1]
        return after.kind in {"end", "close"} or (after.kind == "sign" and after.text in _BEHIND_PERCENT)

    def part_subscript(self, base: Node) -> None:
        """`K_hK_w` without braces is `K_h K_w`, where the problem has a `K_h` and none with the longer script."""
        token = self.peek
        if token.kind != "name" or len(token.text) < 2 or not isinstance(base, Name):
            return
        stem = f"{base.base}_".lower()
        if stem + token.text.lower() not in self.folded and stem + token.text[0].lower() in self.folded:
            first, rest = replace(token, text=token.text[0]), replace(token, text=token.text[1:], spaced=False)
            self.tokens[self.at : self.at + 1] = [first, rest]

    def script(self) -> Node:
        """What `_` and `^` take: a braced group, or one atom with its sign."""
        self.deeper()
        if self.accept("{"):
            node = self.braced_script()
        elif self.accept("'"):
            node = Name("", primes=1)
        elif self.accept("T"):
            node = Name("T")
        elif self.accept("-"):
            node = Unary("-", atoms.atom(self))
        elif self.accept("*"):
            node = Name("*")
        else:
            node = atoms.atom(self)
        self.shallower()
        return node

    def braced_script(self) -> Node:
        """What stands in the braces of a script, up to and with the closing one."""
        primes = 0
        while self.is_sign("'", "''"):
            primes += len(self.next().text)
        if primes or self.is_sign("T", "*"):
            node = Name("", primes=primes) if primes else Name(self.next().text)
            self.expect("}")
            return node
        items = self.items()
        self.expect("}")
        if not items:
            return Word("")
        return items[0] if len(items) == 1 else Sequence(tuple(items))


def _is_proper(node: Node) -> bool:
    """Whether it is a fraction of two numbers, below 1."""
    match node:
        case Binary("/", Num(above), Num(below)):
            return above < below
    return False


def _is_number(node: Node) -> bool:
    return isinstance(node, Num) or (
        isinstance(node, Group) and len(node.items) == 1 and isinstance(node.items[0], Num)
    )


def _is_label(exponent: Node) -> bool:
    """Whether it is a superscript in brackets that counts or names, as in `W^{(2)}`; worked out, it is a power."""
    return isinstance(exponent, Group) and exponent.bracket == "(" and not _is_arithmetic(exponent.items)


def _is_arithmetic(items: tuple[Node, ...]) -> bool:
    match items:
        case (Binary(_, Num(), Num()),):
            return True
    return False


def _subscripted(base: Node, sub: Node) -> Node:
    """`base` with one more subscript; below a bracket it names nothing and is passed over."""
    if isinstance(sub, Relation | Logic) and base in _INDICATORS:
        return Group("[", (sub,))  # 1_{x > 0}
    if isinstance(base, Derivative):
        return Index(base, sub.items if isinstance(sub, Sequence) else (sub,))
    match base:
        case Binary("^", Name() as name, exponent):
            return Binary("^", _subscripted(name, sub), exponent)  # W^2_0 is W_0^2
    if not isinstance(base, Name):
        raise Unread("subscript", "a subscript under something that is no name")
    parts = sub.items if isinstance(sub, Sequence) else (sub,)
    return Name(base.base, (*base.sub, *parts), base.primes)
