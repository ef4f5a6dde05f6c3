r"""Sums, products and maxima over indices: `\sum_{i=1}^{m}`, `∑_{i,j}`, `sum_{i=1..m}`, `max_{0 <= k < K}`.

The body reaches as far as a product does; `sum(... for i in range(m))` is Python's way to say the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from grader.answers.syntax import powers, products
from grader.answers.syntax.signs import GREEK
from grader.answers.syntax.tree import INNER, Big, Binary, Bound, Call, Dots, Group, Name, Node, Num, Relation
from grader.answers.syntax.unread import Unread

if TYPE_CHECKING:
    from grader.answers.syntax.parse import Parser

_ORDERS = frozenset({"<", "<=", ">", ">="})
_MOST_TOGETHER = 4
"""Indices below a sum without commas between them."""
_GREEK = frozenset(GREEK.values())


def big(p: Parser, op: str) -> Node:
    """The operator whose sign was just stepped over, with its scripts and its body."""
    p.deeper()
    bounds, conditions = scripts(p)
    body = products.product(p)
    p.shallower()
    return summed(op, bounds, conditions, body)


def summed(op: str, bounds: Sequence[Bound], conditions: Sequence[Node], body: Node) -> Node:
    """The operator over `body`, where all of `conditions` hold."""
    for condition in conditions:
        body = Binary("", body, Group("[", (condition,)))
    match body:
        case (Big() as inner) | Group("(", (Big() as inner,)) if inner.op == op:
            return Big(op, (*bounds, *inner.bounds), inner.body)
    return Big(op, tuple(bounds), body)


def scripts(p: Parser) -> tuple[list[Bound], list[Node]]:
    """What stands below and above the sign, in either order: the bounds, and conditions such as `i != j`."""
    bounds: list[Bound] = []
    conditions: list[Node] = []
    high: Node | None = None
    while p.is_sign("_", "^"):
        if p.next().text == "^":
            high = powers.script(p)
        elif p.accept("{"):
            bounds, conditions = _below(p)
            p.expect("}")
        else:
            bounds = [Bound(_index(powers.script(p), p))]
    bounds = [each for bound in bounds for each in _apart(p, bound)]
    if high is not None:
        if not bounds:
            raise Unread("bound", "a sum with an upper end and no index", p.peek.position)
        bounds = [replace(bound, high=high) if bound.high is None else bound for bound in bounds]
    return bounds, conditions


def _apart(p: Parser, bound: Bound) -> list[Bound]:
    r"""`\\sum_{ij}` runs over two indices, where the problem has none that is called so."""
    name = bound.name.base
    several = 1 < len(name) <= _MOST_TOGETHER and name.islower() and name.isalpha() and name not in _GREEK
    if not several or bound.name.sub or name.lower() in p.folded or bound.low is not None or bound.among is not None:
        return [bound]
    return [replace(bound, name=Name(letter)) for letter in name]


def _below(p: Parser) -> tuple[list[Bound], list[Node]]:
    """`i=1`, `i,j`, `i=1..m`, `i=1, j=1`, `0 <= i < m`, `i in {1, ..., m}`; rows set apart by commas."""
    bounds: list[Bound] = []
    conditions: list[Node] = []
    waiting: list[Name] = []
    while not p.is_sign("}") and p.peek.kind != "end":
        left = p.sum()
        if p.accept("="):
            low, high = _ends(p)
            bounds += [Bound(name, low, high) for name in (*waiting, _index(left, p))]
            waiting = []
        elif p.accept("in") or p.accept_word("in"):
            among = p.sum()
            bounds += [_among(name, among) for name in (*waiting, _index(left, p))]
            waiting = []
        elif p.is_sign(*_ORDERS, "!="):
            found = _limited(p, left)
            if isinstance(found, Relation):
                conditions.append(found)
            else:
                bounds += [replace(found, name=name) for name in (*waiting, found.name)]
            waiting = []
        else:
            waiting.append(_index(left, p))
        if not p.accept(",", ";", "\\\\", "and"):
            break
    return [*bounds, *map(Bound, waiting)], conditions


def _ends(p: Parser) -> tuple[Node, Node | None]:
    """What stands behind `i =`: `1`, `1..m`, `1, ..., m`."""
    low = p.sum()
    if p.is_sign(",") and p.tokens[p.at + 1].text == "...":
        p.next()
    if not p.accept("..."):
        return low, None
    p.accept(",")
    return low, p.sum()


def _limited(p: Parser, left: Node) -> Bound | Relation:
    """`0 <= i < m` as a bound; any other relation is a condition on indices bound elsewhere."""
    ops = [p.next().text]
    members = [left, p.sum()]
    while p.is_sign(*_ORDERS):
        ops.append(p.next().text)
        members.append(p.sum())
    if len(members) == 3 and isinstance(members[1], Name) and set(ops) <= {"<", "<="}:
        low = members[0] if ops[0] == "<=" else Binary("+", members[0], Num.of(1))
        high = members[2] if ops[1] == "<=" else Binary("-", members[2], Num.of(1))
        return Bound(members[1], low, high)
    return Relation(tuple(ops), tuple(members))


def _among(name: Name, among: Node) -> Bound:
    """`i in {1, ..., m}` and `i in [1, m]` have two ends."""
    match among:
        case Group("{" | "[", (low, Dots(), high)) | Group("[", (low, high)):
            return Bound(name, low, high)
        case Call("range", (high,)):
            return Bound(name, Num.of(0), Binary("-", high, Num.of(1)))
        case Call("range", (low, high)):
            return Bound(name, low, Binary("-", high, Num.of(1)))
    return Bound(name, among=among)


def _index(node: Node, p: Parser) -> Name:
    if not isinstance(node, Name):
        raise Unread("bound", "a sum over something that is no index", p.peek.position)
    return node


def generator(p: Parser, op: str) -> Node:
    """`(body for i in range(m) for j in range(m))`, and a plain `(body)`; the bracket stands here."""
    p.deeper()
    p.expect("(")
    body = p.sum()
    bounds: list[Bound] = []
    while p.accept_word("for"):
        name = _index(powers.power(p), p)
        if not (p.accept("in") or p.accept_word("in")):
            raise Unread("bound", "a loop without its range", p.peek.position)
        bounds.append(_among(name, p.sum()))
    p.expect(")")
    p.shallower()
    found = summed(op, bounds, (), body)
    return Group("(", (found,)) if bounds else found


def _free(node: Any) -> set[Name]:
    """The names in `node` that none of its own sums binds."""
    if isinstance(node, Name):
        return {node} | _free(node.sub)
    if isinstance(node, tuple):
        return set().union(*map(_free, node))
    own = {bound.name for bound in node.bounds} if isinstance(node, Big) else set()
    return set().union(*(_free(getattr(node, name)) for name in INNER.get(type(node), ()))) - own


def reaching(left: Node, right: Node) -> Node | None:
    r"""`right` taken into the sum that `left` ends with, where it uses its index: `\sum_i a_i - b_i`; else None."""
    match left:
        case Big(bounds=bounds):
            return left if {bound.name for bound in bounds} & _free(right) else None
        case Binary(_, _, Big() as last):
            return last if reaching(last, right) else None
    return None
