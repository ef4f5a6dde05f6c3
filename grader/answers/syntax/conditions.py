r"""Case distinctions: `\begin{cases}`, `a if c else b`, `a for c, 0 otherwise`, and what stands behind the "if"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from grader.answers.syntax.cursor import MAX_RETURNS
from grader.answers.syntax.tree import Binary, Branch, Cases, Group, Logic, Node, Num, Relation
from grader.answers.syntax.tree import Sequence as Listed
from grader.answers.syntax.unread import Unread

if TYPE_CHECKING:
    from grader.answers.syntax.parse import Parser

IF = frozenset({"if", "when", "whenever", "for", "where", "provided", "iff"})
OTHERWISE = frozenset({"otherwise", "else", "elsewhere", "o.w", "ow", "o/w"})
_BEHIND = OTHERWISE - {"else"}
"""Words that stand behind a value for which there is no condition; "else" stands behind a condition too."""
OTHERWISE_ABROAD = frozenset({
    "sonst", "andernfalls", "sinon", "autrement", "en otro caso", "en caso contrario", "caso contrário",
    "caso contrario", "altrimenti", "w przeciwnym razie", "иначе", "в остальных случаях", "否则", "其他", "其它",
})  # fmt: skip
RESERVED = IF | OTHERWISE | {"and", "or", "not", "is", "then", "over"}
"""Words that are no factor of a product."""
_UNDEFINED = frozenset({"undefined", "indeterminate", "undef"})
_FILLERS = frozenset({"all", "every", "each", "any", "that"})
_SIGNS_IN_WORDS = {
    "positive": ">", "negative": "<", "nonnegative": ">=", "nonpositive": "<=", "zero": "=", "nonzero": "!=",
}  # fmt: skip


def item(p: Parser) -> Node:
    """One item of a list, with its condition before or behind it, if it has one; Python's `a if c else b` is one."""
    if p.accept_word(*OTHERWISE):
        p.accept(",", ":")
        return Cases((Branch(p.sum()),))
    if p.accept_word("if"):
        condition = disjunction(p)
        p.accept(",", ":")
        p.accept_word("then")
        return Cases((Branch(p.sum(), condition), *_alternatives(p)))
    value = _connected(p, _value(p))
    if p.accept_word(*OTHERWISE):
        return _with_condition(value, (Branch(value),))
    if not p.accept_word(*IF):
        return value
    branches = [Branch(value, disjunction(p)), *_alternatives(p)]
    if p.is_sign("(") and p.tokens[p.at + 1].text.lower() in OTHERWISE:
        branches.append(_in_brackets(p))
    return _with_condition(value, tuple(branches))


def _alternatives(p: Parser) -> list[Branch]:
    """`else b if d else c`, and `else if d then b else c`."""
    branches: list[Branch] = []
    while p.accept_word("else"):
        first = disjunction(p) if p.accept_word("if") else None
        if first is not None:
            p.accept(",", ":")
            p.accept_word("then")
        other = p.sum()
        behind = disjunction(p) if first is None and p.accept_word("if") else first
        branches.append(Branch(other, behind))
    return branches


def _in_brackets(p: Parser) -> Branch:
    """`(else 0)` behind a case."""
    p.next()
    p.next()
    other = Branch(p.sum())
    p.expect(")")
    return other


def _value(p: Parser) -> Node:
    """A value, or that there is none."""
    if p.accept_word(*_UNDEFINED):
        return Binary("/", Num.of(0), Num.of(0))
    return p.relation()


def states(*nodes: Node) -> bool:
    """Whether all of `nodes` are conditions."""
    return all(isinstance(node, Relation | Logic) for node in nodes)


def _connected(p: Parser, first: Node) -> Node:
    """`first`, joined to the conditions behind a sign: `(a > 0) & (b > 0)`."""
    while p.is_sign("∧", "∨", "||"):
        op = "and" if p.next().text == "∧" else "or"
        first = Logic(op, (first, _one(p)))
    return first


def _last(value: Node) -> Node:
    return value.members[-1] if isinstance(value, Relation) else value


def _with_condition(value: Node, branches: tuple[Branch, ...]) -> Node:
    """`f = a if c` is `f = (a if c)`: the condition is that of the last member."""
    cases = Cases(tuple(Branch(_last(branch.value), branch.condition) for branch in branches))
    if isinstance(value, Relation):
        return Relation(value.ops, (*value.members[:-1], cases))
    return cases


def merged(items: Sequence[Node]) -> list[Node]:
    """Neighbours that are branches of one case distinction, `a if c, b otherwise`, as one item."""
    found: list[Node] = []
    for item in items:
        before = _cases(found[-1]) if found else None
        if before and isinstance(item, Cases) and before.branches[-1].condition is not None:
            joined = Cases((*before.branches, *item.branches))
            last = found.pop()
            found.append(Relation(last.ops, (*last.members[:-1], joined)) if isinstance(last, Relation) else joined)
        else:
            found.append(item)
    return found


def _cases(node: Node) -> Cases | None:
    last = _last(node)
    return last if isinstance(last, Cases) else None


def disjunction(p: Parser) -> Node:
    """Conditions with "or" between them."""
    return _joined(p, "or", ("∨", "||"), _conjunction)


def _conjunction(p: Parser) -> Node:
    return _joined(p, "and", ("∧",), _one)


def _joined(p: Parser, op: str, signs: tuple[str, ...], inner: Callable[[Parser], Node]) -> Node:
    p.deeper()
    args = [inner(p)]
    while True:
        if p.accept(*signs):
            args.append(inner(p))
        elif more := _further(p, op, inner):
            args.append(more)
        else:
            break
    p.shallower()
    return args[0] if len(args) == 1 else Logic(op, tuple(args))


def _further(p: Parser, op: str, inner: Callable[[Parser], Node]) -> Node | None:
    """The condition behind `op`, or behind a comma for "and"; None where a further branch stands there."""
    if not (p.is_word(op) or p.is_sign(op) or (op == "and" and p.is_sign(","))):
        return None
    mark = p.mark()
    p.next()
    p.accept_word(op)
    try:
        found = inner(p)
        if not p.is_word(*IF, *_BEHIND):
            return found
    except Unread:
        if p.returns >= MAX_RETURNS:
            raise
    p.back_to(mark)
    return None


def _one(p: Parser) -> Node:
    if p.accept("¬") or p.accept_word("not"):
        return Logic("not", (_one(p),))
    while p.accept_word(*_FILLERS):
        pass
    node = p.subject if p.subject is not None and p.accept_word("it") else p.relation()
    if p.accept_word("is"):
        p.subject = node
        return _in_words(p, node)
    if isinstance(node, Group) and node.bracket in {"(", "["} and node.items:
        return node if len(node.items) == 1 else Logic("and", node.items)
    if isinstance(node, Relation) and all(isinstance(each, Group) and each.bracket == "(" for each in node.members):
        return _item_by_item(node)
    if not isinstance(node, Relation | Logic):
        raise Unread("condition", "a condition that states nothing", p.peek.position)
    return node


def _item_by_item(relation: Relation) -> Node:
    """`(m, n) = (p, q)` as `m = p and n = q`."""
    lists = [each.items for each in relation.members if isinstance(each, Group)]
    if set(relation.ops) != {"="} or len({len(items) for items in lists}) != 1 or len(lists[0]) < 2:
        return relation
    return Logic("and", tuple(Relation(relation.ops, items) for items in zip(*lists, strict=True)))


def _in_words(p: Parser, node: Node) -> Node:
    """`x is positive`, `x is not zero`."""
    denied = p.accept_word("not")
    word = p.next().text.lower().replace("-", "")
    if word == "non" and p.accept("-"):
        word += p.next().text.lower()
    if word not in _SIGNS_IN_WORDS:
        raise Unread("condition", f"a condition in words ({word})", p.peek.position)
    relation = Relation((_SIGNS_IN_WORDS[word],), (node, Num.of(0)))
    return Logic("not", (relation,)) if denied else relation


def cases(p: Parser) -> Node:
    r"""The rows between `\begin{cases}` and its end; without conditions they are a list of equations."""
    branches: list[Branch] = []
    while p.peek.kind not in {"close", "end"}:
        if p.accept("\\\\"):
            continue
        branches.append(_row(p))
        p.accept(".", ";", ",")
        if not p.is_sign("\\\\"):
            break
    if any(branch.condition is None for branch in branches[:-1]) and branches[-1].condition is not None:
        raise Unread("condition", "a case without its condition", p.peek.position)
    if not branches:
        raise Unread("empty", "a case distinction of nothing", p.peek.position)
    if all(branch.condition is None for branch in branches) and len(branches) > 1:
        return Listed(tuple(branch.value for branch in branches))
    return Cases(tuple(branches))


def _row(p: Parser) -> Branch:
    """`value & condition`, with or without the sign and the "if"; the condition may come first."""
    if p.accept_word(*IF):
        condition = disjunction(p)
        p.accept(",", ":")
        p.accept("&")
        return Branch(_value(p), condition)
    value = _value(p)
    while p.accept(",", ";", "&", ":"):
        pass
    return Branch(value, _behind(p))


def _behind(p: Parser) -> Node | None:
    worded = p.accept_word(*IF)
    if p.accept_word(*OTHERWISE, *OTHERWISE_ABROAD):
        return None
    if not worded and (p.is_sign("\\\\") or p.peek.kind in {"close", "end"}):
        return None
    return disjunction(p)
