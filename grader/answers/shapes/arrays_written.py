r"""The cells of an array as it is written: nested lists of trees, with sums, factors and transposes put in.

`[[1, 2], [3, 4]]`, `\begin{bmatrix}...`, `\frac{1}{9}[[...]]`, `A + B`, `-[1, 2]`, `[...]^T`, entry by entry.
"""

from __future__ import annotations

from itertools import product
from math import prod

from grader.answers.syntax.tree import (
    Binary,
    Derivative,
    Group,
    Index,
    Matrix,
    Name,
    Node,
    Num,
    Relation,
    Sequence,
    Transposed,
    Unary,
)
from grader.answers.syntax.unread import Unread

_SCALING = frozenset({"*", "×", "·", ""})


def cells_of(node: Node) -> object:
    """Nested lists of scalar trees; a scalar tree where `node` is no array.

    Raises:
        Unread: arrays that do not fit each other, or a product of arrays, which has more than one meaning.
    """
    match node:
        case Matrix(rows):
            return [[cells_of(cell) for cell in row] for row in rows]
        case Group("(" | "[" | "{", (Matrix() as inner,)):
            return cells_of(inner)
        case Group("(" | "[" | "{", items) if len(items) > 1 or isinstance(items[0] if items else None, Group):
            return [cells_of(item) for item in items]
        case Group("[", (single,)):
            return [cells_of(single)]
        case Group("(", (inner,)):
            return cells_of(inner)
        case Transposed(arg):
            return _transposed(cells_of(arg))
        case Sequence(items):
            return _of_items(node, items)
        case Unary("-", arg) if isinstance(cells := cells_of(arg), list):
            return _scaled("*", Num.of(-1), cells)
        case Binary(op, left, right):
            return _combined(node, op, cells_of(left), cells_of(right))
    return node


def _of_items(node: Node, items: tuple[Node, ...]) -> object:
    """Rows, or entries one by one; `node` itself where it is neither."""
    if entries := _by_entries(items):
        return entries
    rows = [cells_of(item) for item in items]
    return rows if all(isinstance(row, list) for row in rows) else node


def _combined(node: Node, op: str, left: object, right: object) -> object:
    """A sum of arrays, an array times or by a number; `node` itself where there is no array."""
    arrays = isinstance(left, list), isinstance(right, list)
    if arrays == (False, False):
        return node
    if arrays == (True, True) and op in {"+", "-"}:
        return _added(op, left, right)
    if arrays == (False, True) and op in _SCALING:
        return _scaled("*", left, right)
    if arrays == (True, False) and (op in _SCALING or op == "/"):
        return _scaled("/" if op == "/" else "*", left, right)
    raise Unread("array-arithmetic", "a product of arrays, or an array beside a number")


def _scaled(op: str, left: object, right: object) -> list[object]:
    """One of both is an array; each of its entries times or by the other."""
    if isinstance(left, list):
        return [_scaled(op, cell, right) if isinstance(cell, list) else _node(op, cell, right) for cell in left]
    assert isinstance(right, list)  # noqa: S101 - the caller has seen that one is
    return [_scaled(op, left, cell) if isinstance(cell, list) else _node(op, left, cell) for cell in right]


def _added(op: str, left: object, right: object) -> object:
    if isinstance(left, list) and isinstance(right, list) and len(left) == len(right):
        return [_added(op, one, other) for one, other in zip(left, right, strict=True)]
    if isinstance(left, list) or isinstance(right, list):
        raise Unread("array-arithmetic", "a sum of arrays whose shapes differ")
    return _node(op, left, right)


def _node(op: str, left: object, right: object) -> Node:
    return Binary(op, left, right)  # type: ignore[arg-type]  # what is no list is a tree


def _transposed(cells: object) -> object:
    if not isinstance(cells, list):
        return cells
    if not all(isinstance(row, list) for row in cells):
        return cells  # a row written as a column: the vector is the same
    if len({len(row) for row in cells}) != 1:
        raise Unread("ragged", "the rows of the array differ in length")
    return [list(column) for column in zip(*cells, strict=True)]


def _by_entries(items: tuple[Node, ...]) -> list[object] | None:
    """The array of entries stated one by one, `Y_{11} = 1, Y_{12} = 2`, `w_1 = 2, w_2 = 3`; None unless complete."""
    found: dict[tuple[int, ...], Node] = {}
    names: set[str] = set()
    for item in items:
        if not isinstance(item, Relation) or set(item.ops) != {"="}:
            return None
        base, index = _named_entry(item.members[0])
        if not index or index in found:
            return None
        names.add(base)
        found[index] = item.members[-1]
    origin = min(min(index) for index in found) if found else 2
    lows = {min(index[axis] for index in found) for axis in range(min(map(len, found)))} if found else set()
    if len(names) != 1 or len(found) < 2 or origin not in (0, 1) or lows != {origin} or len(set(map(len, found))) != 1:
        return None
    lengths = [max(axis) - origin + 1 for axis in zip(*found, strict=True)]
    if prod(lengths) != len(found):
        return None
    return _nested([found[index] for index in product(*(range(origin, origin + size) for size in lengths))], lengths)


def _named_entry(node: Node) -> tuple[str, tuple[int, ...]]:
    """The name and the indices of `Y_{1,2}`, `Y_{12}` or of what `∂L/∂K_{00}` is by."""
    match node:
        case Derivative(Name(of), Name() as by):
            base, index = _named_entry(by)
            return f"{of}/{base}", index
        case Name(base, (Num(raw=raw),)) if len(raw) == 2 and raw.isdigit():
            return base, tuple(map(int, raw))
        case Name(base, subs) if all(isinstance(sub, Num) and sub.raw.isdigit() for sub in subs):
            return base, tuple(int(sub.value) for sub in subs if isinstance(sub, Num))
        case Index(Name(base, ()), subs) if all(isinstance(sub, Num) and sub.raw.isdigit() for sub in subs):
            return base, tuple(int(sub.value) for sub in subs if isinstance(sub, Num))
    return "", ()


def _nested(entries: list[Node], lengths: list[int]) -> list[object]:
    if len(lengths) == 1:
        return list(entries)
    step = len(entries) // lengths[0]
    return [_nested(entries[at : at + step], lengths[1:]) for at in range(0, len(entries), step)]


def nested_shape(cells: object) -> tuple[int, ...]:
    """The lengths of nested lists, the outermost first.

    Raises:
        Unread: they differ within one level.
    """
    if not isinstance(cells, list):
        return ()
    inner = {nested_shape(cell) for cell in cells}
    if len(inner) != 1:
        raise Unread("ragged", "the rows of the array differ in length")
    return (len(cells), *inner.pop())


def flat(cells: object) -> list[Node]:
    """The trees of nested lists, the last axis fastest."""
    if isinstance(cells, list):
        return [node for cell in cells for node in flat(cell)]
    return [cells]  # type: ignore[list-item]  # what is no list is a tree
