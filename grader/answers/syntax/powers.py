r"""What stands close to a value: powers, subscripts, indices, primes: `W_{out}^2`, `X[i, j]`, `1[x > 0]`."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from grader.answers.syntax import atoms, calls, conditions
from grader.answers.syntax.cursor import MAX_RETURNS
from grader.answers.syntax.signs import RELATIONS, STOPS
from grader.answers.syntax.tree import (
    Binary,
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

if TYPE_CHECKING:
    from grader.answers.syntax.parse import Parser

_BEHIND_PERCENT = STOPS | RELATIONS | {"*", "×", "·"}
PERCENT = Num(Fraction(100), "%")
"""What a percentage is divided by."""
_INDICATORS = (Num.of(1), Name("I"), Name("indicator"))


def power(p: Parser) -> Node:
    """An atom with its indices, primes and exponents."""
    base = postfix(p, atoms.atom(p))
    while p.accept("^"):
        base = postfix(p, raised(p, base))
        if isinstance(base, Binary) and p.is_sign("^"):
            raise Unread("double-exponent", "a power of a power without brackets", p.peek.position)
    return base


def raised(p: Parser, base: Node) -> Node:
    """`base` with the exponent that stands here: a transpose, primes, the shape of a space, or a power."""
    braced = p.is_sign("{")
    exponent = script(p)
    if isinstance(exponent, Name) and not isinstance(base, Name) and p.accept("_"):
        exponent = _subscripted(exponent, script(p))  # 2^n_b: a number has no subscript
    if isinstance(base, Space):
        return Space(exponent)
    if base == Name("R") and "R" not in p.names:
        return Space(exponent)  # R^{3x5}, typed without the blackboard
    if exponent == Name("T") and "T" not in p.names:
        return Transposed(base)
    is_label = _is_label(exponent) if braced else isinstance(exponent, Group) and labels(p, exponent)
    if isinstance(base, Name) and is_label and (base != Name("e") or "e" in p.names):
        return Name(base.base, (*base.sub, exponent), base.primes)  # W^{(2)}: a label, no power
    if isinstance(base, Name) and isinstance(exponent, Name) and not exponent.base:
        return Name(base.base, base.sub, base.primes + exponent.primes)
    return Binary("^", base, exponent)


def labels(p: Parser, exponent: Group) -> bool:
    """Whether an exponent typed in brackets is a label, `W^(l)`; a number there may be one or a power."""
    if exponent.bracket != "(":
        return False
    if all(isinstance(item, Num) for item in exponent.items):
        raise Unread("ambiguous-exponent", "a number in brackets that may be a power or a label", p.peek.position)
    return all(isinstance(item, Name) and spelled(item) not in p.names for item in exponent.items)


def postfix(p: Parser, base: Node) -> Node:
    """`base` with what follows it closely: `[i, j]`, `_i`, primes, `%`."""
    while True:
        if base in _INDICATORS and p.is_sign("(", "[", "{set") and (found := indicator(p)):
            base = found
        elif p.is_sign("[") and isinstance(base, Name | Index | Derivative):
            base = indexed(p, base)
        elif p.is_sign("'", "''") and isinstance(base, Name):
            base = Name(base.base, base.sub, base.primes + len(p.next().text))
        elif p.accept("_"):
            part_subscript(p, base)
            base = _subscripted(base, known_below(p, base) or script(p))
        elif p.is_sign("%") and ends_value(p):
            p.next()
            base = Binary("/", base, PERCENT)
        elif p.is_sign("!"):
            raise Unread("factorial", "factorials are not read", p.peek.position)
        else:
            return base


def known_below(p: Parser, base: Node) -> Name | None:
    """`in` of the problem's own `C_in`, in one piece although it may have an `I` and an `n`; else None."""
    braced = p.is_sign("{")
    run, behind = p.tokens[p.at + braced], p.tokens[min(p.at + 2, len(p.tokens) - 1)]
    if run.kind != "name" or len(run.text) < 2 or not isinstance(base, Name) or base.sub:
        return None
    if f"{base.base}_{run.text}".lower() not in p.folded or (braced and behind.text != "}"):
        return None
    p.at += 3 if braced else 1
    return Name(run.text)


def indexed(p: Parser, base: Node) -> Node:
    """`base` with the indices in the bracket that stands here; a condition in it is a factor."""
    p.next()
    items = tuple(p.items())
    p.expect("]")
    if any(isinstance(item, Relation) and ":" in item.ops for item in items):
        raise Unread("slice", "a slice of an array", p.peek.position)
    if items and all(isinstance(item, Relation | Logic) for item in items):
        return Binary("", base, Group("[", items))
    return Index(base, items)


def indicator(p: Parser) -> Node | None:
    """The condition in the bracket that stands here, as in `1[x > 0]`; None where it holds none."""
    mark = p.mark()
    closing = calls.CLOSING[p.next().text]
    try:
        found = conditions.disjunction(p)
        if p.accept(closing):
            return Group("[", (found,))
    except Unread:
        if p.returns >= MAX_RETURNS:
            raise
    p.back_to(mark)
    return None


def ends_value(p: Parser) -> bool:
    """Whether the sign here is the last of its value."""
    after = p.tokens[p.at + 1]
    return after.kind in {"end", "close"} or (after.kind == "sign" and after.text in _BEHIND_PERCENT)


def part_subscript(p: Parser, base: Node) -> None:
    """`K_hK_w` without braces is `K_h K_w`, where the problem has a `K_h` and none with the longer script."""
    token = p.peek
    if token.kind != "name" or len(token.text) < 2 or not isinstance(base, Name):
        return
    stem = f"{base.base}_".lower()
    if stem + token.text.lower() not in p.folded and stem + token.text[0].lower() in p.folded:
        first, rest = token._replace(text=token.text[0]), token._replace(text=token.text[1:], spaced=False)
        p.tokens[p.at : p.at + 1] = [first, rest]


def script(p: Parser) -> Node:
    """What `_` and `^` take: a braced group, or one atom with its sign."""
    p.deeper()
    if p.accept("{"):
        node = braced_script(p)
    elif p.accept("'"):
        node = Name("", primes=1)
    elif p.accept("T"):
        node = Name("T")
    elif p.accept("-"):
        node = Unary("-", atoms.atom(p))
    elif p.accept("*"):
        node = Name("*")
    else:
        node = atoms.atom(p)
    p.shallower()
    return node


def braced_script(p: Parser) -> Node:
    """What stands in the braces of a script, up to and with the closing one."""
    primes = 0
    while p.is_sign("'", "''"):
        primes += len(p.next().text)
    if primes or p.is_sign("T", "*"):
        node = Name("", primes=primes) if primes else Name(p.next().text)
        p.expect("}")
        return node
    items = p.items()
    p.expect("}")
    if not items:
        return Word("")
    return items[0] if len(items) == 1 else Sequence(tuple(items))


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
        case Group("(", (_,)):
            return Index(base, sub.items if isinstance(sub, Sequence) else (sub,))  # f(x)_r
    if not isinstance(base, Name):
        raise Unread("subscript", "a subscript under something that is no name")
    parts = sub.items if isinstance(sub, Sequence) else (sub,)
    return Name(base.base, (*base.sub, *parts), base.primes)
