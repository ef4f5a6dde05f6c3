"""Python source -> what it says: the value of each name at the end, as it is written. Nothing is run.

A name whose value cannot be told from one assignment says nothing: it is changed later, in a loop, or by a method.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

_BITWISE = (ast.BitXor, ast.BitOr, ast.BitAnd, ast.LShift, ast.RShift)
"""Operators that mean something else on paper: `10 ^ 2` is 8 in Python."""
_ARRAYS = frozenset({"array", "asarray", "tensor", "Tensor", "matrix", "FloatTensor", "Size"})
_CHANGES = frozenset(
    "append extend insert pop remove clear sort reverse fill resize put update itemset add_ mul_ zero_".split()
)

_PROGRAM = re.compile(
    r"^\s*(?:(?:import|from|def|class|for|while|if|elif|else|return|assert|with|try|print)\b|[@#]|\w+\s*[-+*/]?=)",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Assigned:
    """A name and its value as written; `line` counts from 0."""

    name: str
    value: str
    line: int


def assigned(source: str) -> list[Assigned]:
    """What the names of `source` hold at its end, in the order of their lines; `np.array(...)` is its list."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []  # code that does not parse holds no value that could be read for certain
    lines = source.encode().split(b"\n")
    found: dict[str, Assigned] = {}
    for node in tree.body:
        mine = {one.name: one for one in _assignments(node, lines)}
        for name in _touched(node):
            found.pop(name, None)
        found |= mine
    return list(found.values())


def shown(source: str) -> list[Assigned]:
    """What the last line shows, where it is an expression by itself, as a notebook prints it; its name is empty."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
    last = tree.body[-1] if tree.body else None
    if not isinstance(last, ast.Expr) or (isinstance(last.value, ast.Constant) and isinstance(last.value.value, str)):
        return []
    if any(isinstance(node, ast.Call) for node in ast.walk(_bare(last.value))):
        return []  # what a call returns is not written there
    return [Assigned("", text, last.lineno - 1) for text in _text(last.value, source.encode().split(b"\n"))]


def is_program(source: str) -> bool:
    """Whether `source` is Python, if only by its looks, and not something that a program printed."""
    try:
        ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return bool(_PROGRAM.search(source))
    return True


def _assignments(node: ast.stmt, lines: list[bytes]) -> Iterator[Assigned]:
    match node:
        case (
            ast.Assign(targets=[ast.Name(id=name)], value=value) | ast.AnnAssign(target=ast.Name(id=name), value=value)
        ):
            pairs = [(name, value)] if value else []
        case ast.Assign(targets=[ast.Name(id=name), *_], value=value):
            pairs = [(name, value)]
        case ast.Assign(targets=[ast.Tuple(elts=names)], value=ast.Tuple(elts=values)) if len(names) == len(values):
            pairs = [(one.id, value) for one, value in zip(names, values, strict=True) if isinstance(one, ast.Name)]
        case _:
            pairs = []
    for name, value in pairs:
        yield from (Assigned(name, text, node.lineno - 1) for text in _text(value, lines))


def _text(value: ast.expr, lines: list[bytes]) -> Iterator[str]:
    """The source of `value`; nothing where Python means something else by it than paper does."""
    inner = _bare(value)
    if any(isinstance(node, ast.BinOp) and isinstance(node.op, _BITWISE) for node in ast.walk(inner)):
        return
    start, end = inner.lineno - 1, inner.end_lineno or inner.lineno
    text = lines[start:end]
    text[-1] = text[-1][: inner.end_col_offset]
    text[0] = text[0][inner.col_offset :]
    yield b"\n".join(text).decode()


def _bare(value: ast.expr) -> ast.expr:
    """The list within `np.array(...)`; anything else as it is."""
    match value:
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=[first, *_]) if name in _ARRAYS:
            return first
    return value


def _touched(node: ast.stmt) -> Iterator[str]:
    """The names that `node` gives a value, deletes, or changes by an entry or a method."""
    for inner in ast.walk(node):
        match inner:
            case ast.Name(id=name, ctx=ast.Store() | ast.Del()):
                yield name
            case ast.Subscript(value=ast.Name(id=name), ctx=ast.Store() | ast.Del()):
                yield name
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=attr)) if attr in _CHANGES:
                yield name
