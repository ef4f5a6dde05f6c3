"""A tree -> ASCII that parses to the same value."""

from __future__ import annotations

from grader.answers.tree import PRODUCTS, Binary, Call, Group, Name, Node, Num, Relation, Unary, spelled

_LEVEL = {"+": 1, "-": 1, "*": 2, "/": 2, "//": 2, "%": 2, "^": 4}


def render_tree(node: Node) -> str:
    """`node` in one line."""
    return _render(node, 0)


def _render(node: Node, outer: int) -> str:
    match node:
        case Num(value, _):
            return _bracketed(str(value), 2 if value.denominator != 1 else 9, outer)
        case Name():
            return spelled(node)
        case Group(_, (inner,)):
            return _render(inner, outer)
        case Unary(op, arg):
            return _bracketed(f"{op}{_render(arg, 3)}", 2, outer)
        case Binary(op, left, right):
            sign = "*" if op in PRODUCTS else op
            level = _LEVEL.get(sign, 2)
            text = f"{_render(left, level)}{_spaced(sign)}{_render(right, level + 1)}"
            return _bracketed(text, level, outer)
        case Call(function, args):
            return f"{function}({', '.join(_render(arg, 0) for arg in args)})"
        case Relation(ops, members):
            parts = [_render(members[0], 0)]
            for op, member in zip(ops, members[1:], strict=True):
                parts += [op, _render(member, 0)]
            return " ".join(parts)
    return "?"


def _spaced(sign: str) -> str:
    return f" {sign} " if sign in {"+", "-"} else sign


def _bracketed(text: str, level: int, outer: int) -> str:
    return f"({text})" if level < outer else text
